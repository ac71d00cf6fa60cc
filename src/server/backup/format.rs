//! What stands inside a backup, before compression and encryption: a beginning with the format's
//! number, a header, sections of documents with their sums, and an end with the totals of all.
//! Each frame is a letter, the length in four bytes and so many bytes.

use super::fault::Fault;
use mongodb::bson::{deserialize_from_slice, serialize_to_vec};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{
    fmt::Write as _,
    io::{self, Read, Write},
};

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

/// Writes the inside of a backup.
pub struct Writer<W> {
    inner: W,
    section: Adding,
    all: Adding,
}

impl<W: Write> Writer<W> {
    /// Begins.
    ///
    /// # Errors
    /// The file's.
    pub fn begin(inner: W, header: &Header) -> io::Result<Writer<W>> {
        let mut writer = Writer { inner, section: Adding::default(), all: Adding::default() };
        writer.put(MAGIC)?;
        writer.put(&FORMAT.to_be_bytes())?;
        writer.frame(b'H', &encoded(header)?)?;
        Ok(writer)
    }

    /// Begins a section.
    ///
    /// # Errors
    /// The file's.
    pub fn section(&mut self, section: &Section) -> io::Result<()> {
        self.section = Adding::default();
        self.frame(b'S', &encoded(section)?)
    }

    /// One document of the section.
    ///
    /// # Errors
    /// The file's, or that it is too long.
    pub fn document(&mut self, document: &[u8]) -> io::Result<()> {
        self.section.add(document);
        self.all.count(document);
        self.frame(b'D', document)
    }

    /// Ends the section.
    ///
    /// # Errors
    /// The file's.
    pub fn end(&mut self) -> io::Result<Sum> {
        let sum = std::mem::take(&mut self.section).sum();
        self.frame(b'E', &encoded(&sum)?)?;
        Ok(sum)
    }

    /// Ends the backup.
    ///
    /// # Errors
    /// The file's.
    pub fn finish(mut self) -> io::Result<(W, Sum)> {
        let sum = self.all.clone().sum();
        self.frame(b'T', &encoded(&sum)?)?;
        Ok((self.inner, sum))
    }

    fn frame(&mut self, tag: u8, body: &[u8]) -> io::Result<()> {
        let length = u32::try_from(body.len()).ok().filter(|_| body.len() <= LONGEST);
        let length = length.ok_or_else(|| io::Error::other("a document is too long for a backup"))?;
        self.put(&[tag])?;
        self.put(&length.to_be_bytes())?;
        self.put(body)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.all.hash.update(bytes);
        self.inner.write_all(bytes)
    }
}

fn encoded<T: Serialize>(value: &T) -> io::Result<Vec<u8>> {
    serialize_to_vec(value).map_err(io::Error::other)
}

/// What comes next in a backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A section begins.
    Section(Section),
    /// A document of it.
    Document(Vec<u8>),
    /// It has ended, and what was read of it sums up to this, as it says.
    End(Sum),
    /// All was read, and nothing is missing.
    Done(Sum),
}

/// Reads the inside of a backup and checks all of it on the way.
pub struct Reader<R> {
    inner: R,
    header: Header,
    /// Sections that were begun.
    begun: usize,
    section: Option<Adding>,
    all: Adding,
}

impl<R: Read> Reader<R> {
    /// Reads the beginning.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn begin(inner: R) -> Result<Reader<R>, Fault> {
        let empty = Header {
            vatra: String::new(),
            schema: Vec::new(),
            database: String::new(),
            at: String::new(),
            collections: Vec::new(),
        };
        let mut reader = Reader { inner, header: empty, begun: 0, section: None, all: Adding::default() };
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Fault::Foreign);
        }
        let format = u32::from_be_bytes(reader.four()?);
        if format > FORMAT {
            return Err(Fault::Newer(format!("its format is {format}, and this program reads {FORMAT}")));
        }
        if format == 0 || reader.take(1)? != b"H" {
            return Err(Fault::Damaged);
        }
        let body = reader.body()?;
        reader.header = decoded(&body)?;
        Ok(reader)
    }

    /// What was said first.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Reads on.
    ///
    /// # Errors
    /// What is wrong.
    pub fn read_on(&mut self) -> Result<Entry, Fault> {
        // The end is no part of its own sum.
        let before = self.all.clone();
        let tag = self.take(1)?;
        let body = self.body()?;
        match (tag.as_slice(), self.section.take()) {
            (b"S", None) => {
                let section: Section = decoded(&body)?;
                if section != self.expected() {
                    return Err(Fault::Damaged);
                }
                self.begun += 1;
                self.section = Some(Adding::default());
                Ok(Entry::Section(section))
            }
            (b"D", Some(mut section)) => {
                section.add(&body);
                self.all.count(&body);
                self.section = Some(section);
                Ok(Entry::Document(body))
            }
            (b"E", Some(section)) => {
                let sum: Sum = decoded(&body)?;
                if sum == section.sum() { Ok(Entry::End(sum)) } else { Err(Fault::Damaged) }
            }
            (b"T", None) if self.begun == self.header.collections.len() + 1 => {
                let sum: Sum = decoded(&body)?;
                let nothing_behind = self.inner.read(&mut [0])? == 0;
                if sum == before.sum() && nothing_behind { Ok(Entry::Done(sum)) } else { Err(Fault::Damaged) }
            }
            _ => Err(Fault::Damaged),
        }
    }

    /// The collections as the header says, and the pictures.
    fn expected(&self) -> Section {
        match self.header.collections.get(self.begun) {
            Some(name) => Section { kind: Kind::Collection, name: name.clone() },
            None => Section { kind: Kind::Pictures, name: "pictures".into() },
        }
    }

    fn body(&mut self) -> Result<Vec<u8>, Fault> {
        let length = usize::try_from(u32::from_be_bytes(self.four()?)).unwrap_or(usize::MAX);
        if length > LONGEST {
            return Err(Fault::Damaged);
        }
        self.take(length)
    }

    fn four(&mut self) -> Result<[u8; 4], Fault> {
        self.take(4)?.try_into().map_err(|_| Fault::Damaged)
    }

    fn take(&mut self, length: usize) -> Result<Vec<u8>, Fault> {
        let mut bytes = vec![0; length];
        self.inner.read_exact(&mut bytes)?;
        self.all.hash.update(&bytes);
        Ok(bytes)
    }
}

fn decoded<T: DeserializeOwned>(body: &[u8]) -> Result<T, Fault> {
    deserialize_from_slice(body).map_err(|_| Fault::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;
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
