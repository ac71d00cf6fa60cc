//! The collection `error_counts`: what went wrong on the server, a document for each hour, code and
//! place, so that what several instances count adds up. The database forgets it after
//! [`RETENTION_DAYS`].

use super::{
    date,
    migrations::{expiry, index, unique},
    moment, schema,
};
use crate::{
    model::{error::AppError, time::Timestamp},
    server::error::is_duplicate,
};
use futures::TryStreamExt;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "error_counts";

/// How long an hour is remembered.
pub const RETENTION_DAYS: i64 = 30;

/// The most hours of codes and places that are looked at: more than a shop that works ever has.
const MOST: i64 = 5000;

#[derive(Serialize, Deserialize)]
struct CountDoc {
    /// When the hour began.
    hour: DateTime,
    code: String,
    place: String,
    count: i64,
    last_at: DateTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    expires_at: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "hour": schema::date(),
            "code": schema::text(1, 40),
            "place": schema::text(1, 40),
            "count": schema::whole(1),
            "last_at": schema::date(),
            "request_id": schema::text(1, 60),
            "expires_at": schema::date(),
        },
        &["request_id"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "hour": 1, "code": 1, "place": 1 }), index(doc! { "last_at": -1 }), expiry()]
}

/// What was counted in an hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// When the hour began.
    pub hour: Timestamp,
    /// The code of the error.
    pub code: String,
    /// Where it happened.
    pub place: String,
    /// How often.
    pub count: u64,
    /// When last.
    pub last: Timestamp,
    /// The last request in which it happened.
    pub request_id: Option<String>,
}

/// Adds to the counts and reads them.
#[derive(Clone)]
pub struct ErrorCounts {
    collection: Collection<CountDoc>,
}

impl ErrorCounts {
    pub(super) fn new(database: &Database) -> ErrorCounts {
        ErrorCounts { collection: database.collection(NAME) }
    }

    /// Adds what was counted to what all instances have counted in that hour.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn add(&self, counted: &Counted) -> Result<(), AppError> {
        let of = doc! { "hour": date(counted.hour), "code": &counted.code, "place": &counted.place };
        let ends = counted.hour.plus_seconds(RETENTION_DAYS * 24 * 3600 + 3600);
        let mut update = doc! {
            "$inc": { "count": i64::try_from(counted.count).unwrap_or(i64::MAX) },
            "$max": { "last_at": date(counted.last) },
            "$setOnInsert": { "expires_at": date(ends) },
        };
        if let Some(request) = &counted.request_id {
            update.insert("$set", doc! { "request_id": request });
        }
        // Two instances that begin the same hour: one of the two upserts meets the unique index.
        let mut tries = 0;
        loop {
            match self.collection.update_one(of.clone(), update.clone()).upsert(true).await {
                Err(error) if is_duplicate(&error) && tries < 3 => tries += 1,
                result => return Ok(result.map(drop)?),
            }
        }
    }

    /// What last happened at or after a moment, the latest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn since(&self, moment: Timestamp) -> Result<Vec<Counted>, AppError> {
        let found = self.collection.find(doc! { "last_at": { "$gte": date(moment) } });
        let found: Vec<CountDoc> =
            found.sort(doc! { "last_at": -1 }).limit(MOST).await?.try_collect().await?;
        Ok(found.into_iter().map(CountDoc::into_counted).collect())
    }
}

impl CountDoc {
    fn into_counted(self) -> Counted {
        Counted {
            hour: moment(self.hour),
            code: self.code,
            place: self.place,
            count: u64::try_from(self.count).unwrap_or(0),
            last: moment(self.last_at),
            request_id: self.request_id,
        }
    }
}
