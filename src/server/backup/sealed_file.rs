//! The file around a backup: compressed (gzip), then encrypted (age), and under its name only when
//! it is whole, on the disk and read again.

use super::{
    fault::Fault,
    format::{Entry, Header, Reader, Section, Sum, Writer},
    keys::Keys,
};
use crate::server::{config::ConfigError, store::dump};
use age::{
    Decryptor, Encryptor, Identity, Recipient,
    stream::{StreamReader, StreamWriter},
    x25519,
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::{
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// What is handed to the thread that writes.
pub enum Item {
    /// A section begins.
    Section(Section),
    /// A document of it.
    Document(Vec<u8>),
    /// It ends.
    End,
    /// All is there. Without this the file is given up.
    Finish,
}

type Sealed = GzEncoder<StreamWriter<BufWriter<File>>>;

/// A file that is not whole yet; it goes when this is dropped.
pub struct Unfinished {
    part: PathBuf,
    file: PathBuf,
    named: bool,
}

impl Unfinished {
    /// Beside the file that it will be.
    pub fn of(file: &Path) -> Unfinished {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        Unfinished { part: file.with_file_name(format!(".{name}.part")), file: file.to_owned(), named: false }
    }

    /// Writes what comes until the end.
    ///
    /// # Errors
    /// The file's.
    pub fn write(
        &self,
        recipients: &[x25519::Recipient],
        header: &Header,
        mut items: mpsc::Receiver<Item>,
    ) -> io::Result<Sum> {
        let file =
            fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&self.part)?;
        let recipients = recipients.iter().map(|recipient| recipient as &dyn Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
        let encrypted = encryptor.wrap_output(BufWriter::new(file))?;
        let mut writer: Writer<Sealed> =
            Writer::begin(GzEncoder::new(encrypted, Compression::default()), header)?;
        while let Some(item) = items.blocking_recv() {
            match item {
                Item::Section(section) => writer.section(&section)?,
                Item::Document(document) => writer.document(&document)?,
                Item::End => drop(writer.end()?),
                Item::Finish => {
                    let (compressed, sum) = writer.finish()?;
                    let mut file = compressed.finish()?.finish()?;
                    file.flush()?;
                    file.get_ref().sync_all()?;
                    return Ok(sum);
                }
            }
        }
        Err(io::Error::other("it was given up"))
    }

    /// Where it is meanwhile.
    pub fn part(&self) -> &Path {
        &self.part
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// The folder's.
    pub fn name(mut self) -> io::Result<()> {
        fs::rename(&self.part, &self.file)?;
        self.named = true;
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.named {
            let _ = fs::remove_file(&self.part);
        }
    }
}

/// Reads all of a compressed stream, and lets nothing stand behind it.
pub struct Opened {
    inner: GzDecoder<StreamReader<BufReader<File>>>,
}

impl Read for Opened {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        // Only the last piece of an encrypted file says that it is the last, so it must be read.
        if count == 0 && !buffer.is_empty() && self.inner.get_mut().read(&mut [0])? != 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "something stands behind the end"));
        }
        Ok(count)
    }
}

/// Opens a backup with one of the identities; its schema is one that this program knows.
///
/// # Errors
/// What is wrong with it.
pub fn open(file: &Path, identities: &[Box<dyn Identity>]) -> Result<Reader<Opened>, Fault> {
    let decryptor = Decryptor::new_buffered(BufReader::new(File::open(file)?))?;
    let decrypted = decryptor.decrypt(identities.iter().map(AsRef::as_ref))?;
    let reader = Reader::begin(Opened { inner: GzDecoder::new(decrypted) })?;
    let unknown = dump::unknown(&reader.header().schema);
    if !unknown.is_empty() {
        let (made, ours) = (&reader.header().vatra, env!("CARGO_PKG_VERSION"));
        return Err(Fault::Newer(format!(
            "{made} ran migrations that this one, {ours}, does not know ({unknown:?})"
        )));
    }
    Ok(reader)
}

/// A backup that was read from the first byte to the last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it says first.
    pub header: Header,
    /// Its sections and their sums.
    pub sections: Vec<(Section, Sum)>,
    /// The sum of all.
    pub total: Sum,
}

/// Reads all of a backup, on a thread that may wait for the disk.
///
/// # Errors
/// A sentence that says what is wrong with the keys or with the file.
pub async fn check_all(file: &Path, keys: &Keys) -> Result<Checked, ConfigError> {
    let (file, keys) = (file.to_owned(), keys.clone());
    let work = move || check(&file, &keys.identities()?).map_err(|fault| ConfigError(fault.sentence(&file)));
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(ConfigError(error.to_string())))
}

/// Reads all of a backup.
///
/// # Errors
/// What is wrong with it.
pub fn check(file: &Path, identities: &[Box<dyn Identity>]) -> Result<Checked, Fault> {
    let mut reader = open(file, identities)?;
    let (mut sections, mut current) = (Vec::new(), None);
    loop {
        match reader.read_on()? {
            Entry::Section(section) => current = Some(section),
            Entry::Document(_) => {}
            Entry::End(sum) => sections.extend(current.take().map(|section| (section, sum))),
            Entry::Done(total) => return Ok(Checked { header: reader.header().clone(), sections, total }),
        }
    }
}
