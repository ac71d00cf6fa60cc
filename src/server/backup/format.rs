//! What stands inside a backup, before compression and encryption: a beginning with the format's
//! number, a header, sections of documents with their sums, and an end with the totals of all.
//! Each frame is a letter, the length in four bytes and so many bytes.

mod reader;
mod writer;

pub use reader::{Entry, Reader};
pub use writer::Writer;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;
const MAGIC: &[u8] = b"vatra backup\n";
/// A document is at most 16 MB, and MongoDB allows its own a little more.
const LONGEST: usize = 17 << 20;

/// What the documents of a section are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Those of a collection.
    Collection,
    /// Pictures: a name and bytes.
    Pictures,
}

/// What is said first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the program that wrote it.
    pub vatra: String,
    /// The migrations that the database had seen.
    pub schema: Vec<i32>,
    /// The database's name.
    pub database: String,
    /// When it was begun, in UTC.
    pub at: String,
    /// Its collections, in the order of their sections.
    pub collections: Vec<String>,
}

/// The beginning of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What is in it.
    pub kind: Kind,
    /// The collection, or `pictures`.
    pub name: String,
}

/// How many documents and bytes, and their SHA-256 in hexadecimal digits: of a section's documents
/// one after the other, or of all that stands before the end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// Documents.
    pub documents: i64,
    /// Their bytes.
    pub bytes: i64,
    /// See above.
    pub sha256: String,
}

/// Makes a [`Sum`] of documents.
#[derive(Clone, Default)]
pub struct Adding {
    documents: i64,
    bytes: i64,
    hash: Sha256,
}

impl Adding {
    /// One more.
    pub fn add(&mut self, document: &[u8]) {
        self.count(document);
        self.hash.update(document);
    }

    fn count(&mut self, document: &[u8]) {
        self.documents += 1;
        self.bytes = self.bytes.saturating_add(i64::try_from(document.len()).unwrap_or(i64::MAX));
    }

    /// The sum.
    pub fn sum(self) -> Sum {
        let mut sha256 = String::new();
        for byte in self.hash.finalize() {
            let _ = write!(sha256, "{byte:02x}");
        }
        Sum { documents: self.documents, bytes: self.bytes, sha256 }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::fault::Fault, *};
    use mongodb::bson::rawdoc;

    fn header() -> Header {
        Header {
            vatra: "0.1.0".into(),
            schema: vec![1, 2],
            database: "vatra".into(),
            at: "2026-11-27T05:00:00Z".into(),
            collections: vec!["orders".into()],
        }
    }

    fn whole() -> Vec<u8> {
        let mut writer = Writer::begin(Vec::new(), &header()).unwrap();
        writer.section(&Section { kind: Kind::Collection, name: "orders".into() }).unwrap();
        writer.document(rawdoc! { "_id": 1 }.as_bytes()).unwrap();
        writer.document(rawdoc! { "_id": 2 }.as_bytes()).unwrap();
        writer.end().unwrap();
        writer.section(&Section { kind: Kind::Pictures, name: "pictures".into() }).unwrap();
        writer.end().unwrap();
        writer.finish().unwrap().0
    }

    fn read(bytes: &[u8]) -> Result<Sum, Fault> {
        let mut reader = Reader::begin(bytes)?;
        loop {
            if let Entry::Done(sum) = reader.read_on()? {
                return Ok(sum);
            }
        }
    }

    #[test]
    fn what_is_written_is_read() {
        assert_eq!(read(&whole()).unwrap().documents, 2);
        assert_eq!(Reader::begin(&whole()[..]).unwrap().header(), &header());
    }

    #[test]
    fn every_byte_counts() {
        let whole = whole();
        for place in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[place] ^= 1;
            assert!(read(&damaged).is_err(), "byte {place}");
            assert!(read(&whole[..place]).is_err(), "cut at {place}");
        }
        assert!(read(&[&whole[..], b"x"].concat()).is_err());
    }

    #[test]
    fn a_newer_format_is_told_apart() {
        let mut newer = whole();
        newer[MAGIC.len() + 3] = 2;
        assert!(matches!(read(&newer), Err(Fault::Newer(_))));
    }
}
