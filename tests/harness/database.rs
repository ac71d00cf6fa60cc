//! A database of one test alone, to be killed, frozen and started again.

use super::cable::{Cable, port_of};
use std::process::Command;
use tempfile::TempDir;
use vatra::server::store::embedded::Embedded;

/// A database server behind a cable: it has the same address whenever it is started again.
pub struct OwnDatabase {
    server: Option<Embedded>,
    pub cable: Cable,
    folder: TempDir,
}

impl OwnDatabase {
    /// Starts one.
    pub async fn start() -> OwnDatabase {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Embedded::start(folder.path()).await.expect("a database server");
        let cable = Cable::to(&server.uri).await;
        OwnDatabase { server: Some(server), cable, folder }
    }

    /// Its URI for shops, with the driver's times as they are in production.
    pub fn uri(&self) -> String {
        format!("mongodb://127.0.0.1:{}/?directConnection=true", self.cable.port())
    }

    /// Sends a signal like `KILL` or `STOP`.
    pub fn signal(&self, name: &str) {
        let pid = self.server.as_ref().expect("a server").process().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status();
        assert!(sent.expect("kill").success());
    }

    /// Starts it again on the same files, after it was killed or asked to stop.
    pub async fn start_again(&mut self) {
        drop(self.server.take());
        let server = Embedded::start(self.folder.path()).await.expect("a database server");
        self.cable.lead_to(&[port_of(&server.uri)]);
        self.server = Some(server);
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        // One that is frozen does not hear that it is to stop.
        if self.server.is_some() {
            self.signal("CONT");
        }
    }
}
