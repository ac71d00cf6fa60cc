//! `vatra backup`: all collections as of one moment, then the pictures, into one file, which is read
//! again before it gets its name.

use super::{
    format::{Header, Kind, Section, Sum},
    keys::Keys,
    old::{self, Keep},
    pictures,
    place::{self, Place, failed},
    progress::Progress,
    sealed_file::{Item, Unfinished, check_all},
};
use crate::server::{
    clock::{now, rfc3339},
    config::{Config, ConfigError},
    pictures::PictureStore,
    store::{
        dump::{self, Snapshot},
        picture_files::PictureFiles,
        progress::{BACKUP, Progress as LastUntil},
        refill,
    },
};
use age::x25519;
use std::path::{Path, PathBuf};
use tokio::sync::mpsc::{self, Sender};

/// So many documents wait for the disk at most; one may be 16 MB.
const AHEAD: usize = 8;

/// What is wanted.
pub struct Wanted {
    /// The file, or the folder in which it gets a name.
    pub to: PathBuf,
    /// Who can open it.
    pub recipient: x25519::Recipient,
    /// Which older ones stay in the folder; without this all do.
    pub keep: Option<Keep>,
}

/// What was made.
#[derive(Debug)]
pub struct Taken {
    /// The file.
    pub file: PathBuf,
    /// The sum of all that is in it.
    pub total: Sum,
    /// How many older backups were removed.
    pub removed: usize,
    /// Does the database know of it? The doctor and the figures tell how old the last one is.
    pub noted: bool,
}

/// Why reading ended early.
enum Stop {
    Because(ConfigError),
    /// The writer has ended, and knows why.
    NoWriter,
}

/// Takes a backup. A file that is there is never overwritten.
///
/// # Errors
/// A sentence; then no file is left behind.
pub async fn take(config: &Config, wanted: &Wanted, progress: &mut Progress) -> Result<Taken, ConfigError> {
    let at = now();
    let folder = wanted.to.is_dir();
    let file = if folder { wanted.to.join(super::names::name(at)) } else { wanted.to.clone() };
    if wanted.keep.is_some() && !folder {
        return Err(ConfigError(format!(
            "Older backups are removed from a folder only, and {} is none.",
            file.display()
        )));
    }
    if file.exists() {
        return Err(ConfigError(format!("{} is there already.", file.display())));
    }
    let place = Place::open(config).await?;
    refill::refuse_half_restored(&place.database).await?;
    let pictures = place::pictures(config, PictureFiles::of(&place.database)).await?;
    let header = Header {
        vatra: env!("CARGO_PKG_VERSION").into(),
        schema: dump::schema(&place.database).await.map_err(|error| failed(&error))?,
        database: config.database_name.clone(),
        at: rfc3339(at),
        collections: dump::collections().into_iter().map(str::to_owned).collect(),
    };
    let own = x25519::Identity::generate();
    let recipients = vec![wanted.recipient.clone(), own.to_public()];
    let (sender, items) = mpsc::channel(AHEAD);
    let unfinished = Unfinished::of(&file);
    let writing = {
        let header = header.clone();
        tokio::task::spawn_blocking(move || {
            let sum = unfinished.write(&recipients, &header, items);
            sum.map(|sum| (unfinished, sum))
        })
    };
    let read = read_all(&place, &*pictures, &sender, progress).await;
    drop(sender);
    let written = writing.await.map_err(|error| ConfigError(error.to_string()))?;
    if let Err(Stop::Because(error)) = read {
        return Err(error);
    }
    let cannot =
        |error: std::io::Error| ConfigError(format!("{} cannot be written: {error}.", file.display()));
    let (unfinished, total) = written.map_err(cannot)?;
    prove(unfinished.part(), own, &header, &total).await?;
    unfinished.name().map_err(cannot)?;
    // The file is whole, also where this cannot be written.
    let noted = LastUntil::new(&place.database).reach(BACKUP, at).await.is_ok();
    let removed = match wanted.keep {
        Some(keep) => {
            let new = file.file_name().unwrap_or_default().to_string_lossy();
            old::remove(&wanted.to, keep, &new)?
        }
        None => 0,
    };
    Ok(Taken { file, total, removed, noted })
}

/// Reads again what was written, with the key that ends with this process.
async fn prove(part: &Path, own: x25519::Identity, header: &Header, total: &Sum) -> Result<(), ConfigError> {
    let checked = check_all(part, &Keys::Own(own)).await?;
    if checked.header == *header && checked.total == *total {
        return Ok(());
    }
    Err(ConfigError(format!("{} does not read as it was written.", part.display())))
}

/// Hands everything to the writer.
async fn read_all(
    place: &Place,
    pictures: &dyn PictureStore,
    sender: &Sender<Item>,
    progress: &mut Progress,
) -> Result<(), Stop> {
    let because = |error: mongodb::error::Error| Stop::Because(failed(&error));
    let way = dump::way(&place.client).await.map_err(because)?;
    let mut snapshot = Snapshot::begin(&place.client, &place.database, way).await.map_err(because)?;
    for name in dump::collections() {
        progress.begin("read", name);
        put(sender, Item::Section(Section { kind: Kind::Collection, name: name.into() })).await?;
        let mut documents = snapshot.read(name).await.map_err(because)?;
        while let Some(document) = documents.next().await.map_err(because)? {
            progress.add(document.as_bytes().len());
            put(sender, Item::Document(document.into_bytes())).await?;
        }
        put(sender, Item::End).await?;
        progress.end();
    }
    snapshot.end().await;
    // After the collections: a picture is kept before a product names it, so none of them is missed.
    all_pictures(pictures, sender, progress).await?;
    put(sender, Item::Finish).await
}

async fn all_pictures(
    pictures: &dyn PictureStore,
    sender: &Sender<Item>,
    progress: &mut Progress,
) -> Result<(), Stop> {
    let because =
        |error: std::io::Error| Stop::Because(ConfigError(format!("The pictures cannot be read: {error}.")));
    progress.begin("read", "pictures");
    put(sender, Item::Section(Section { kind: Kind::Pictures, name: "pictures".into() })).await?;
    for name in pictures.names().await.map_err(because)? {
        // One that was removed meanwhile belongs to no product any more.
        if let Some(document) = pictures::kept(pictures, &name).await.map_err(because)? {
            progress.add(document.as_bytes().len());
            put(sender, Item::Document(document.into_bytes())).await?;
        }
    }
    put(sender, Item::End).await?;
    progress.end();
    Ok(())
}

async fn put(sender: &Sender<Item>, item: Item) -> Result<(), Stop> {
    sender.send(item).await.map_err(|_| Stop::NoWriter)
}
