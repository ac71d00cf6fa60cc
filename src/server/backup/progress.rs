//! How far it is, for who watches: collections, counts and sizes, and never what is in a document.

use std::{
    io::{IsTerminal, Write},
    time::{Duration, Instant},
};

/// Tells how far it is.
pub struct Progress {
    out: Box<dyn Write + Send>,
    live: bool,
    doing: &'static str,
    section: String,
    documents: u64,
    bytes: u64,
    shown: Instant,
}

impl Progress {
    /// To standard error; on a terminal in one line that is written again and again.
    pub fn to_stderr() -> Progress {
        let stderr = std::io::stderr();
        let live = stderr.is_terminal();
        Progress { live, ..Progress::to(Box::new(stderr)) }
    }

    /// A line for each section.
    pub fn to(out: Box<dyn Write + Send>) -> Progress {
        let (section, shown) = (String::new(), Instant::now());
        Progress { out, live: false, doing: "", section, documents: 0, bytes: 0, shown }
    }

    /// A section begins.
    pub fn begin(&mut self, doing: &'static str, section: &str) {
        (self.doing, self.section) = (doing, section.to_owned());
        (self.documents, self.bytes) = (0, 0);
    }

    /// One more document.
    pub fn add(&mut self, bytes: usize) {
        self.documents += 1;
        self.bytes = self.bytes.saturating_add(u64::try_from(bytes).unwrap_or(0));
        if self.live && self.shown.elapsed() > Duration::from_millis(200) {
            self.shown = Instant::now();
            let line = self.line();
            let _ = write!(self.out, "\r\x1b[K{line}");
            let _ = self.out.flush();
        }
    }

    /// The section has ended.
    pub fn end(&mut self) {
        let (line, before) = (self.line(), if self.live { "\r\x1b[K" } else { "" });
        // That nobody can be told is no reason to stop.
        let _ = writeln!(self.out, "{before}{line}");
    }

    fn line(&self) -> String {
        format!("{} {}: {}, {}", self.doing, self.section, self.documents, megabytes(self.bytes))
    }
}

/// `12.3 MB`
pub fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
