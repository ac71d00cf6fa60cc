use std::{
    io::{BufRead, BufReader, Read},
    process::{Child, ChildStdout, Command, Stdio},
};
use vatra::server::store::connect::connect;

/// A server without transactions, stopped when dropped.
struct Standalone {
    child: Child,
    port: u16,
    /// Kept open: a server that cannot write its messages might stop.
    _messages: BufReader<ChildStdout>,
}

impl Standalone {
    fn start(files: &std::path::Path) -> Standalone {
        // setpriv stops it also when this test does not end in order.
        let mut child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--", "secantusd-rs", "--standalone", "--port", "0"])
            .arg("--storage-path")
            .arg(files)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("secantusd-rs");
        let mut messages = BufReader::new(child.stdout.take().unwrap());
        let mut lines = messages.by_ref().lines().map_while(Result::ok);
        let port = lines.find_map(|line| port(&line)).expect("the port that it chose");
        Standalone { child, port, _messages: messages }
    }
}

impl Drop for Standalone {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn port(line: &str) -> Option<u16> {
    let digits = line.split("127.0.0.1:").nth(1)?;
    digits.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
}

#[tokio::test]
async fn a_standalone_server_is_refused_with_the_way_out() {
    let files = tempfile::tempdir().unwrap();
    let server = Standalone::start(files.path());
    let uri = format!("mongodb://127.0.0.1:{}/?directConnection=true", server.port);
    let sentence = connect(&uri, "vatra").await.err().expect("refused").0;
    assert!(sentence.starts_with("The database is a standalone server"), "{sentence}");
    assert!(sentence.contains("--replSet") && sentence.contains("rs.initiate()"), "{sentence}");
}

#[tokio::test]
async fn an_address_that_is_none_is_named() {
    let sentence = connect("http://localhost", "vatra").await.err().expect("refused").0;
    assert!(sentence.starts_with("MONGODB_URI"), "{sentence}");
}
