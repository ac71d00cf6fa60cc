//! The shop as a process of its own, to be killed. Its log is printed when a test fails.

use super::eventually;
use std::{
    fs::File,
    net::TcpListener,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Child, Command, ExitStatus, Stdio},
};
use tempfile::TempDir;

/// What a process finds in its environment.
pub type Settings = Vec<(String, String)>;

/// A running `vatra serve`. It is killed when this is dropped.
pub struct Server {
    child: Child,
    port: u16,
    log: PathBuf,
    _folder: TempDir,
}

impl Server {
    /// Starts one, and waits until it is ready.
    pub async fn start(settings: &Settings, more: &[(&str, &str)]) -> Server {
        Server::start_by("exec \"$0\"", settings, more).await
    }

    /// The same by this line of a shell, in which `$0` is the program.
    pub async fn start_by(line: &str, settings: &Settings, more: &[(&str, &str)]) -> Server {
        // Somebody may take a port that was free a moment ago; then another one is tried.
        for _ in 0..5 {
            let mut server = Server::launch(line, settings, more);
            if server.becomes_ready().await {
                return server;
            }
        }
        panic!("the server does not start");
    }

    /// Starts one that is to be killed before it is ready.
    pub fn begin(settings: &Settings, more: &[(&str, &str)]) -> Server {
        Server::launch("exec \"$0\"", settings, more)
    }

    fn launch(line: &str, settings: &Settings, more: &[(&str, &str)]) -> Server {
        let folder = tempfile::tempdir().expect("a folder");
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = folder.path().join("server.log");
        let file = File::create(&log).expect("a log");
        let mut command = Command::new("sh");
        command.args(["-c", line, env!("CARGO_BIN_EXE_vatra")]).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("LEPTOS_SITE_ADDR", format!("127.0.0.1:{port}"));
        command.envs(settings.iter().map(|(name, value)| (name, value))).envs(more.iter().copied());
        command.stdin(Stdio::null()).stdout(file.try_clone().unwrap()).stderr(file);
        let child = command.spawn().expect("the server's program");
        Server { child, port, log, _folder: folder }
    }

    /// Waits until it answers; not when it has ended.
    async fn becomes_ready(&mut self) -> bool {
        let client = reqwest::Client::new();
        let address = format!("{}/readyz", self.address());
        loop {
            if self.child.try_wait().expect("a process").is_some() {
                println!("{}", self.log());
                return false;
            }
            let answer = client.get(&address).send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return true;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port of that.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Kills it, as `kill -9` does.
    pub fn kill(&mut self) {
        self.child.kill().expect("killed");
        self.child.wait().expect("its end");
    }

    /// Asks it to stop, as `kill` does.
    pub fn terminate(&self) {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        assert!(asked.expect("kill").success());
    }

    /// Waits until something has killed it.
    pub async fn until_killed(&mut self) {
        assert_eq!(self.ended().await.signal(), Some(9), "{}", self.log());
    }

    /// Waits until it has ended as it should.
    pub async fn until_ended(&mut self) {
        assert_eq!(self.ended().await.code(), Some(0), "{}", self.log());
    }

    async fn ended(&mut self) -> ExitStatus {
        let mut status = None;
        eventually("the process has ended", async || {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            status = self.child.try_wait().expect("a process");
            status.is_some()
        })
        .await;
        status.unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = (self.child.kill(), self.child.wait());
        if std::thread::panicking() {
            println!("{}", self.log());
        }
    }
}
