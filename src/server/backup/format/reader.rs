//! Reading the inside of a backup.

use super::{super::fault::Fault, Adding, FORMAT, Header, Kind, LONGEST, MAGIC, Section, Sum};
use mongodb::bson::deserialize_from_slice;
use serde::de::DeserializeOwned;
use sha2::Digest;
use std::io::Read;

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
