//! Filling an emptied database from a backup, and comparing what it keeps with what the file says.

use super::{
    format::{Adding, Entry, Kind, Section, Sum},
    keys::Keys,
    pictures,
    place::failed,
    progress::Progress,
    sealed_file::{self, Checked},
};
use crate::server::{
    config::ConfigError,
    pictures::{PictureName, PictureStore},
    store::refill::Refill,
};
use mongodb::bson::RawDocumentBuf;
use std::path::Path;
use tokio::sync::mpsc::{self, Receiver};

/// A batch holds so many bytes at most, and one document.
const BATCH: usize = 4 << 20;
/// So many documents wait for the database at most.
const AHEAD: usize = 8;

/// Fills it with what the file holds, and reads each collection back. The file was checked before.
pub async fn fill(
    refill: &Refill,
    pictures: &dyn PictureStore,
    (file, keys, checked): (&Path, &Keys, &Checked),
    progress: &mut Progress,
) -> Result<(), ConfigError> {
    let mut entries = entries(file, keys);
    let changed =
        || ConfigError(format!("{} is not what it was a moment ago: restore it again.", file.display()));
    let mut filling = Filling { refill, pictures, batch: Vec::new(), size: 0, names: Vec::new() };
    let mut current = None;
    while let Some(entry) = entries.recv().await {
        match (entry?, &current) {
            (Entry::Section(section), _) => {
                progress.begin("restored", &section.name);
                current = Some(section);
            }
            (Entry::Document(document), Some(section)) => {
                progress.add(document.len());
                filling.add(section, document).await?;
            }
            (Entry::End(sum), Some(section)) => {
                filling.end(section, &sum).await?;
                progress.end();
            }
            (Entry::Done(total), _) if total == checked.total => return Ok(()),
            _ => return Err(changed()),
        }
    }
    Err(changed())
}

/// What stands in the file, read on a thread that may wait for the disk.
fn entries(file: &Path, keys: &Keys) -> Receiver<Result<Entry, ConfigError>> {
    let (sender, receiver) = mpsc::channel(AHEAD);
    let (file, keys) = (file.to_owned(), keys.clone());
    tokio::task::spawn_blocking(move || {
        let said = |fault: super::fault::Fault| ConfigError(fault.sentence(&file));
        let opened = keys.identities().and_then(|keys| sealed_file::open(&file, &keys).map_err(said));
        let mut reader = match opened {
            Ok(reader) => reader,
            Err(error) => return drop(sender.blocking_send(Err(error))),
        };
        loop {
            let entry = reader.read_on().map_err(said);
            let last = matches!(entry, Err(_) | Ok(Entry::Done(_)));
            // Nobody listens any more when the database has failed.
            if sender.blocking_send(entry).is_err() || last {
                return;
            }
        }
    });
    receiver
}

struct Filling<'a> {
    refill: &'a Refill,
    pictures: &'a dyn PictureStore,
    batch: Vec<RawDocumentBuf>,
    size: usize,
    /// The pictures that were put.
    names: Vec<PictureName>,
}

impl Filling<'_> {
    async fn add(&mut self, section: &Section, document: Vec<u8>) -> Result<(), ConfigError> {
        let strange = || ConfigError(format!("What the backup holds of {} cannot be read.", section.name));
        if section.kind == Kind::Pictures {
            let (name, picture) = pictures::read(&document).ok_or_else(strange)?;
            self.pictures.put(&name, picture).await.map_err(|error| unkept(&error))?;
            self.names.push(name);
            return Ok(());
        }
        self.size += document.len();
        self.batch.push(RawDocumentBuf::from_bytes(document).map_err(|_| strange())?);
        if self.size >= BATCH { self.flush(&section.name).await } else { Ok(()) }
    }

    async fn flush(&mut self, collection: &str) -> Result<(), ConfigError> {
        self.refill.insert(collection, &self.batch).await.map_err(|error| failed(&error))?;
        self.batch.clear();
        self.size = 0;
        Ok(())
    }

    /// Compares what is kept now with what the file says of this section.
    async fn end(&mut self, section: &Section, sum: &Sum) -> Result<(), ConfigError> {
        let mut kept = Adding::default();
        match section.kind {
            Kind::Collection => {
                self.flush(&section.name).await?;
                let read = self.refill.read(&section.name, |document| kept.add(document.as_bytes()));
                read.await.map_err(|error| failed(&error))?;
            }
            Kind::Pictures => {
                for name in &self.names {
                    let picture =
                        pictures::kept(self.pictures, name).await.map_err(|error| unkept(&error))?;
                    picture.iter().for_each(|document| kept.add(document.as_bytes()));
                }
            }
        }
        if kept.sum() == *sum {
            return Ok(());
        }
        Err(ConfigError(format!(
            "What was restored of {} is not what the backup holds: is a shop still open on this database?",
            section.name
        )))
    }
}

fn unkept(error: &std::io::Error) -> ConfigError {
    ConfigError(format!("The pictures cannot be restored: {error}."))
}
