//! Filling a database from a backup. From the first change to the last a mark stands in it, and with
//! the mark nobody opens a shop: a restore that was interrupted cannot look like a whole one.

use super::{date, dump, messages, migrations, picture_files::PictureFiles};
use crate::{
    model::message::MessageState,
    server::{clock::now, config::ConfigError},
};
use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{Document, RawDocumentBuf, doc},
    error::Result,
};

/// The collection that is there while a restore is not done.
const MARK: &str = "restoring";

/// What a database holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing that somebody would miss.
    Nothing,
    /// A restore that did not end.
    HalfRestored,
    /// Something, for example in this collection.
    Something(String),
}

/// Is there a restore that did not end?
///
/// # Errors
/// What the driver says.
pub async fn is_half_restored(database: &Database) -> Result<bool> {
    Ok(database.collection::<Document>(MARK).find_one(doc! {}).await?.is_some())
}

/// Refuses a database in which a restore did not end.
///
/// # Errors
/// A sentence that says what to do, or why it cannot be known.
pub async fn refuse_half_restored(database: &Database) -> std::result::Result<(), ConfigError> {
    match is_half_restored(database).await {
        Ok(false) => Ok(()),
        Ok(true) => Err(ConfigError(format!(
            "The database {} is being restored from a backup, or a restore of it did not end: run vatra \
             restore again.",
            database.name()
        ))),
        Err(error) => Err(ConfigError(format!("The database cannot be used: {error}"))),
    }
}

/// A database to be filled.
pub struct Refill {
    database: Database,
}

impl Refill {
    /// This one. Changes nothing yet.
    pub fn of(database: &Database) -> Refill {
        Refill { database: database.clone() }
    }

    /// Pictures that are kept in it.
    pub fn picture_files(&self) -> PictureFiles {
        PictureFiles::of(&self.database)
    }

    /// What it holds.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn content(&self) -> Result<Content> {
        if is_half_restored(&self.database).await? {
            return Ok(Content::HalfRestored);
        }
        for name in dump::precious() {
            if self.database.collection::<Document>(name).find_one(doc! {}).await?.is_some() {
                return Ok(Content::Something(name.to_owned()));
            }
        }
        Ok(Content::Nothing)
    }

    /// Its collections, whatever they are.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn collections(&self) -> Result<Vec<String>> {
        let names = self.database.list_collection_names().await?;
        Ok(names.into_iter().filter(|name| !name.starts_with("system.")).collect())
    }

    /// Sets the mark and empties everything else.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn begin(&self) -> Result<()> {
        let begun = doc! { "$set": { "at": date(now()) } };
        let marks = self.database.collection::<Document>(MARK);
        marks.update_one(doc! { "_id": "restore" }, begun).upsert(true).await?;
        for name in self.collections().await? {
            if name != MARK {
                self.database.collection::<Document>(&name).drop().await?;
            }
        }
        Ok(())
    }

    /// Puts documents into a collection that has no rules yet: those of the schema may be younger
    /// than the documents.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn insert(&self, collection: &str, documents: &[RawDocumentBuf]) -> Result<()> {
        if !documents.is_empty() {
            self.database.collection::<RawDocumentBuf>(collection).insert_many(documents).await?;
        }
        Ok(())
    }

    /// Hands each document of a collection to `look`, in the order of their ids.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn read(&self, collection: &str, mut look: impl FnMut(&RawDocumentBuf)) -> Result<()> {
        let collection = self.database.collection::<RawDocumentBuf>(collection);
        let mut found = collection.find(doc! {}).sort(doc! { "_id": 1 }).await?;
        while let Some(document) = found.try_next().await? {
            look(&document);
        }
        Ok(())
    }

    /// Validators and indexes, and what this program's documents have beyond those of the backup.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn bring_up_to_date(&self) -> Result<()> {
        // The journal came with the backup, and says that these were made.
        migrations::run_again(&self.database).await?;
        migrations::run(&self.database).await.map(drop)
    }

    /// Takes back what was still to be sent when the backup was taken: most of it was sent since, and
    /// nobody is to be told twice or of something old. Says how many.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn withdraw_messages(&self) -> Result<u64> {
        let open = [MessageState::Queued, MessageState::Sending].map(MessageState::name);
        let withdrawn = doc! {
            "$set": { "state": MessageState::Withdrawn.name(), "updated_at": date(now()) },
            "$unset": { "sealed": "" },
        };
        let waiting = doc! { "state": { "$in": open.to_vec() } };
        let messages = self.database.collection::<Document>(messages::NAME);
        Ok(messages.update_many(waiting, withdrawn).await?.modified_count)
    }

    /// Takes the mark away: the database is whole.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn finish(&self) -> Result<()> {
        self.database.collection::<Document>(MARK).drop().await
    }

    /// Removes the database.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn remove(self) -> Result<()> {
        self.database.drop().await
    }
}
