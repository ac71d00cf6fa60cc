//! The collection `progress`: how far jobs have come that go on where they stopped.

use super::{date, moment, schema};
use crate::model::{error::AppError, time::Timestamp};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "progress";

/// The job that counts what customers have ordered.
pub const CUSTOMERS: &str = "customers";

/// Backups: the last one holds everything up to here.
pub const BACKUP: &str = "backup";

#[derive(Serialize, Deserialize)]
struct ProgressDoc {
    /// The job's name.
    _id: String,
    until: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(doc! { "_id": schema::text(1, 50), "until": schema::date() }, &[])
}

/// A document for each job needs none besides the id's.
pub(super) fn indexes() -> Vec<IndexModel> {
    Vec::new()
}

/// Reads and writes how far jobs have come.
#[derive(Clone)]
pub struct Progress {
    collection: Collection<ProgressDoc>,
}

impl Progress {
    /// Of this database.
    pub fn new(database: &Database) -> Progress {
        Progress { collection: database.collection(NAME) }
    }

    /// The moment up to which a job has seen everything; the beginning of time at first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of(&self, job: &str) -> Result<Timestamp, AppError> {
        let found = self.collection.find_one(doc! { "_id": job }).await?;
        Ok(found.map_or(Timestamp(0), |found| moment(found.until)))
    }

    /// A job has seen everything up to a moment. It never goes back.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn reach(&self, job: &str, until: Timestamp) -> Result<(), AppError> {
        let update = doc! { "$max": { "until": date(until) } };
        let reached = self.collection.update_one(doc! { "_id": job }, update).upsert(true).await;
        match reached {
            // Another instance made the document at the same moment, and went as far.
            Err(error) if crate::server::error::is_duplicate(&error) => Ok(()),
            result => Ok(result.map(drop)?),
        }
    }
}
