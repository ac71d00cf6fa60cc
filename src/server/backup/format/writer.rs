//! Writing the inside of a backup.

use super::{Adding, FORMAT, Header, LONGEST, MAGIC, Section, Sum};
use mongodb::bson::serialize_to_vec;
use serde::Serialize;
use sha2::Digest;
use std::io::{self, Write};

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
