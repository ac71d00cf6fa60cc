//! The collection `revocations`: tokens of admins that were given up before their end.

use super::{
    date,
    migrations::{expiry, unique},
    schema,
};
use crate::model::{error::AppError, time::Timestamp};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{Document, doc},
};

pub(super) const NAME: &str = "revocations";

pub(super) fn validator() -> Document {
    schema::document(doc! { "family": schema::text(1, 100), "expires_at": schema::date() }, &[])
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "family": 1 }), expiry()]
}

/// Reads and writes revocations.
#[derive(Clone)]
pub struct Revocations {
    collection: Collection<Document>,
}

impl Revocations {
    pub(super) fn new(database: &Database) -> Revocations {
        Revocations { collection: database.collection(NAME) }
    }

    /// Voids a login: its token and every token that it was refreshed into.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn revoke(&self, family: &str, until: Timestamp) -> Result<(), AppError> {
        let update = doc! { "$setOnInsert": { "expires_at": date(until) } };
        self.collection.update_one(doc! { "family": family }, update).upsert(true).await?;
        Ok(())
    }

    /// Was it voided?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn contains(&self, family: &str) -> Result<bool, AppError> {
        Ok(self.collection.find_one(doc! { "family": family }).await?.is_some())
    }
}
