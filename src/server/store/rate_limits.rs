//! The collection `rate_limits`: counters of fixed windows, shared by all instances.

use super::{
    date,
    migrations::{expiry, unique},
    schema,
};
use crate::{
    model::error::AppError,
    server::{clock::now, error::is_duplicate},
};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "rate_limits";

#[derive(Serialize, Deserialize)]
struct WindowDoc {
    key: String,
    /// The number of the window since 1970.
    window: i64,
    count: i64,
    expires_at: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "key": schema::text(1, 200),
            "window": schema::whole(0),
            "count": schema::whole(0),
            "expires_at": schema::date(),
        },
        &[],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "key": 1, "window": 1 }), expiry()]
}

/// What may happen how often.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// How often.
    pub most: u32,
    /// Within how many seconds.
    pub seconds: i64,
}

/// Counts events.
#[derive(Clone)]
pub struct RateLimits {
    collection: Collection<WindowDoc>,
}

impl RateLimits {
    pub(super) fn new(database: &Database) -> RateLimits {
        RateLimits { collection: database.collection(NAME) }
    }

    /// Would one more event be one too many? Counts nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub async fn check(&self, key: &str, limit: Limit) -> Result<(), AppError> {
        let at = now().0 / 1000;
        let window = at / limit.seconds;
        let found = self.collection.find_one(doc! { "key": key, "window": window }).await?;
        match found {
            Some(document) if document.count >= i64::from(limit.most) => {
                Err(too_many((window + 1) * limit.seconds - at))
            }
            _ => Ok(()),
        }
    }

    /// Takes one event of the current window back.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn forgive(&self, key: &str, limit: Limit) -> Result<(), AppError> {
        let window = now().0 / 1000 / limit.seconds;
        let filter = doc! { "key": key, "window": window, "count": { "$gt": 0 } };
        self.collection.update_one(filter, doc! { "$inc": { "count": -1_i64 } }).await?;
        Ok(())
    }

    /// Counts one event.
    ///
    /// # Errors
    /// [`AppError::RateLimited`] when it is one too many; the event is then counted all the same.
    pub async fn count(&self, key: &str, limit: Limit) -> Result<(), AppError> {
        let at = now().0 / 1000;
        let window = at / limit.seconds;
        let ends = (window + 1) * limit.seconds;
        let filter = doc! { "key": key, "window": window };
        let until = crate::model::time::Timestamp((ends + 60) * 1000);
        let update = doc! { "$inc": { "count": 1_i64 }, "$setOnInsert": { "expires_at": date(until) } };
        let mut counted = None;
        // Two first events at once: one of the two upserts meets the unique index and tries again.
        for _ in 0..3 {
            match self
                .collection
                .find_one_and_update(filter.clone(), update.clone())
                .upsert(true)
                .return_document(ReturnDocument::After)
                .await
            {
                Ok(document) => {
                    counted = document;
                    break;
                }
                Err(error) if is_duplicate(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        match counted {
            Some(document) if document.count > i64::from(limit.most) => Err(too_many(ends - at)),
            _ => Ok(()),
        }
    }
}

fn too_many(seconds_left: i64) -> AppError {
    AppError::RateLimited { retry_after: u32::try_from(seconds_left).unwrap_or(60).max(1) }
}
