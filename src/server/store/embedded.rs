//! A local database server as a child process, for development and demonstration: `mongod` where
//! it is on PATH (as a one-member replica set), else `secantusd-rs`.

use crate::server::config::{Config, ConfigError, Database};
use mongodb::{Client, bson::doc, options::ClientOptions};
use std::{
    fs::{self, File},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

/// How long a database may take to answer after its start.
const START: Duration = Duration::from_secs(60);

/// How long the server of an app that has crashed may take to close its files.
const CLOSING: Duration = Duration::from_secs(15);

/// Why a server cannot be used.
enum NotReady {
    Ended,
    Silent,
}

impl std::fmt::Display for NotReady {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            NotReady::Ended => "stopped right after its start (do two shops share one data directory?)",
            NotReady::Silent => "did not answer within a minute",
        })
    }
}

/// A running child process; it is stopped when this is dropped, and by the kernel when the
/// server dies without dropping it.
pub struct Embedded {
    child: Child,
    port: u16,
    /// Where it listens.
    pub uri: String,
    /// Its program's name, for the banner.
    pub program: &'static str,
    /// Ends the thread that the child is bound to.
    _parent: mpsc::Sender<()>,
}

#[derive(Clone, Copy)]
enum Kind {
    Mongod,
    Secantus,
}

impl Kind {
    const fn program(self) -> &'static str {
        match self {
            Kind::Mongod => "mongod",
            Kind::Secantus => "secantusd-rs",
        }
    }
}

impl Embedded {
    /// Starts a server when the configuration names none, and says where the database listens.
    ///
    /// # Errors
    /// As [`Embedded::start`].
    pub async fn if_ours(config: &Config) -> Result<(Option<Embedded>, String), ConfigError> {
        match &config.database {
            Database::Uri(uri) => Ok((None, uri.clone())),
            Database::Embedded => {
                let server = Embedded::start(&config.data_dir.join("db")).await?;
                let uri = server.uri.clone();
                Ok((Some(server), uri))
            }
        }
    }

    /// Starts a server on a free loopback port with its files in `dir`, and waits until it takes
    /// transactions.
    ///
    /// # Errors
    /// A sentence that says what is missing or where the server's log is.
    pub async fn start(dir: &Path) -> Result<Embedded, ConfigError> {
        let kind = [Kind::Mongod, Kind::Secantus]
            .into_iter()
            .find(|kind| on_path(kind.program()))
            .ok_or_else(|| {
                ConfigError(
                    "No local database server was found: install mongod or secantusd-rs (make setup does), \
                 or set MONGODB_URI."
                        .into(),
                )
            })?;
        let started = Instant::now();
        loop {
            let mut server = Embedded::launch(kind, dir)?;
            match server.wait_until_ready(kind).await {
                Ok(()) => return Ok(server),
                // After a crash of the app the old server may still be closing these files.
                Err(NotReady::Ended) if started.elapsed() < CLOSING => {
                    tokio::time::sleep(Duration::from_millis(300)).await;
                }
                Err(why) => {
                    let log = log_file(kind, dir);
                    return Err(ConfigError(format!(
                        "{} {why}; its log is {}.",
                        kind.program(),
                        log.display()
                    )));
                }
            }
        }
    }

    fn launch(kind: Kind, dir: &Path) -> Result<Embedded, ConfigError> {
        let io = |error: std::io::Error| ConfigError(format!("{} cannot be used: {error}.", dir.display()));
        let files = dir.join(kind.program());
        fs::create_dir_all(&files).map_err(io)?;
        let port = free_port().map_err(io)?;
        let log = File::create(log_file(kind, dir)).map_err(io)?;
        let (child, parent) = spawn(command(kind, port, &files), log)
            .map_err(|error| ConfigError(format!("{} cannot be started: {error}.", kind.program())))?;
        Ok(Embedded {
            child,
            port,
            uri: format!("mongodb://127.0.0.1:{port}/?directConnection=true"),
            program: kind.program(),
            _parent: parent,
        })
    }

    async fn wait_until_ready(&mut self, kind: Kind) -> Result<(), NotReady> {
        let mut options = ClientOptions::parse(&self.uri).await.map_err(|_| NotReady::Silent)?;
        options.server_selection_timeout = Some(Duration::from_millis(500));
        let client = Client::with_options(options).map_err(|_| NotReady::Silent)?;
        let admin = client.database("admin");
        let started = Instant::now();
        let mut initiated = false;
        while started.elapsed() < START {
            if let Ok(Some(_)) = self.child.try_wait() {
                return Err(NotReady::Ended);
            }
            match admin.run_command(doc! { "hello": 1 }).await {
                Ok(hello)
                    if hello.get_bool("isWritablePrimary").unwrap_or(false)
                        && hello.contains_key("setName") =>
                {
                    return Ok(());
                }
                Ok(_) if matches!(kind, Kind::Mongod) && !initiated => {
                    let members = vec![doc! { "_id": 0, "host": format!("127.0.0.1:{}", self.port) }];
                    let config = doc! { "_id": "vatra", "version": 1, "members": members };
                    // A second start finds the set initiated, but under the old port.
                    if admin.run_command(doc! { "replSetInitiate": config.clone() }).await.is_err() {
                        let mut config = config;
                        config.insert("version", i32::try_from(now_seconds()).unwrap_or(i32::MAX));
                        let _ = admin.run_command(doc! { "replSetReconfig": config, "force": true }).await;
                    }
                    initiated = true;
                }
                _ => {}
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(NotReady::Silent)
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks the server to stop, and waits until its files are closed.
    pub fn stop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().is_ok_and(|status| status.success());
        let until = Instant::now() + Duration::from_secs(if asked { 15 } else { 0 });
        while Instant::now() < until {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.stop();
    }
}

fn log_file(kind: Kind, dir: &Path) -> PathBuf {
    dir.join(format!("{}.log", kind.program()))
}

fn now_seconds() -> i64 {
    crate::server::clock::now().0 / 1000
}

fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir: PathBuf| dir.join(program).is_file()))
}

fn free_port() -> std::io::Result<u16> {
    TcpListener::bind(("127.0.0.1", 0))?.local_addr().map(|address| address.port())
}

fn command(kind: Kind, port: u16, files: &Path) -> Command {
    // setpriv asks the kernel to stop the child when its parent dies, however it dies; process
    // group 0 keeps the terminal's Ctrl-C from it, so that the app can finish first.
    let mut command = if on_path("setpriv") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "TERM", "--", kind.program()]);
        command
    } else {
        Command::new(kind.program())
    };
    let port = port.to_string();
    match kind {
        Kind::Mongod => {
            command.args(["--bind_ip", "127.0.0.1", "--port", &port, "--replSet", "vatra", "--dbpath"])
        }
        Kind::Secantus => command.args([
            "--host",
            "127.0.0.1",
            "--port",
            &port,
            "--sync-on-commit",
            "--cache-size",
            "256M",
            "--storage-path",
        ]),
    };
    command.arg(files);
    command
}

/// Spawns from a thread that lives as long as the returned sender: the kernel binds the child to
/// the thread that made it, not to the process.
fn spawn(mut command: Command, log: File) -> std::io::Result<(Child, mpsc::Sender<()>)> {
    use std::os::unix::process::CommandExt;
    let (alive, end) = mpsc::channel::<()>();
    let (made, result) = mpsc::channel();
    std::thread::spawn(move || {
        let spawned = log.try_clone().and_then(|errors| {
            command.process_group(0).stdin(Stdio::null()).stdout(log).stderr(errors).spawn()
        });
        let _ = made.send(spawned);
        let _ = end.recv();
    });
    let child = result.recv().map_err(|_| std::io::Error::other("the starting thread died"))??;
    Ok((child, alive))
}
