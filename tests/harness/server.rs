//! One database server for all tests of this process.

use mongodb::error::{Error, ErrorKind, WriteFailure};
use std::{fs, path::Path};
use tokio::sync::OnceCell;
use vatra::server::store::embedded::Embedded;

/// A static is never dropped: the kernel stops the server when this process ends.
static SERVER: OnceCell<Embedded> = OnceCell::const_new();

const PREFIX: &str = "vatra-tests-";

/// Where the database listens; the first test to ask starts it.
pub async fn database_uri() -> &'static str {
    let start = || async {
        remove_leftovers();
        let files = std::env::temp_dir().join(format!("{PREFIX}{}", std::process::id()));
        fs::create_dir_all(&files).expect("a directory for the database");
        Embedded::start(&files).await.expect("a database server")
    };
    &SERVER.get_or_init(start).await.uri
}

/// Files of runs that have ended. (A run cannot remove its own: its server outlives it by a moment.)
fn remove_leftovers() {
    for entry in fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        if owner(&entry.path()).is_some_and(|pid| !Path::new(&format!("/proc/{pid}")).exists()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The process that a directory of test files belongs to.
fn owner(directory: &Path) -> Option<u32> {
    directory.file_name()?.to_str()?.strip_prefix(PREFIX)?.parse().ok()
}

/// The code with which the database refused (MongoDB's error codes).
pub fn error_code(error: &Error) -> Option<i32> {
    match error.kind.as_ref() {
        ErrorKind::Write(WriteFailure::WriteError(write)) => Some(write.code),
        ErrorKind::Command(command) => Some(command.code),
        _ => None,
    }
}
