//! The collection `sheets`: tables of products that were sent and checked, and wait to be imported.

use super::{date, migrations::expiry, schema};
use crate::{
    model::{error::AppError, time::Timestamp},
    server::clock::now,
};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "sheets";

/// How long a table waits, in seconds.
const WAITS: i64 = 6 * 3600;

/// The most bytes of a table.
pub const MAX_BYTES: usize = 1 << 20;

#[derive(Serialize, Deserialize)]
struct SheetDoc {
    _id: String,
    text: String,
    expires_at: DateTime,
}

pub(super) fn validator() -> Document {
    let most = i32::try_from(MAX_BYTES).unwrap_or(i32::MAX);
    schema::document(doc! { "text": schema::text(0, most), "expires_at": schema::date() }, &[])
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![expiry()]
}

/// Reads and writes them.
#[derive(Clone)]
pub struct Sheets {
    collection: Collection<SheetDoc>,
}

impl Sheets {
    pub(super) fn new(database: &Database) -> Sheets {
        Sheets { collection: database.collection(NAME) }
    }

    /// Keeps a table for a while.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn insert(&self, id: &str, text: &str) -> Result<(), AppError> {
        let expires_at = date(now().plus_seconds(WAITS));
        let sheet = SheetDoc { _id: id.to_owned(), text: text.to_owned(), expires_at };
        self.collection.insert_one(sheet).await?;
        Ok(())
    }

    /// The table of this id, if it still waits.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn find(&self, id: &str, at: Timestamp) -> Result<Option<String>, AppError> {
        let filter = doc! { "_id": id, "expires_at": { "$gt": date(at) } };
        Ok(self.collection.find_one(filter).await?.map(|sheet| sheet.text))
    }

    /// Forgets a table.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn delete(&self, id: &str) -> Result<(), AppError> {
        self.collection.delete_one(doc! { "_id": id }).await?;
        Ok(())
    }
}
