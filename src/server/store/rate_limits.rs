//! The collection `rate_limits`: counters of fixed windows, shared by all instances.

mod together;

pub use together::{Change, Refused, Share};

use super::{
    date,
    migrations::{expiry, unique},
    schema,
};
use crate::{
    model::{error::AppError, time::Timestamp},
    server::{
        clock::{now, shop_day},
        error::DUPLICATE_KEY,
    },
};
use futures::TryStreamExt;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{Bson, DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

pub(super) const NAME: &str = "rate_limits";

#[derive(Serialize, Deserialize)]
struct WindowDoc {
    key: String,
    /// See [`Window::number`].
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
    /// Within which time.
    pub per: Per,
}

/// The time that a limit counts in, from fixed point to fixed point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// So many seconds, counted from 1970 on.
    Seconds(i64),
    /// A day of the shop's calendar.
    Day,
}

/// One such time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its number since 1970.
    pub number: i64,
    /// When it ends, in Unix seconds.
    pub ends: i64,
}

impl Per {
    /// The window of a moment.
    pub fn window(self, at: Timestamp) -> Window {
        match self {
            Per::Seconds(length) => {
                let number = at.0.div_euclid(1000).div_euclid(length);
                Window { number, ends: (number + 1) * length }
            }
            Per::Day => {
                let (number, ends) = shop_day(at);
                Window { number, ends: ends.0.div_euclid(1000) }
            }
        }
    }
}

impl Window {
    /// The refusal of one event too many: wait until the window has ended.
    pub fn too_many(self, at: Timestamp) -> AppError {
        let seconds = self.ends - at.0.div_euclid(1000);
        AppError::RateLimited { retry_after: u32::try_from(seconds).unwrap_or(1).max(1) }
    }

    /// When the database may forget it.
    fn forgotten(self) -> DateTime {
        date(Timestamp((self.ends + 60) * 1000))
    }
}

/// Counts events.
#[derive(Clone)]
pub struct RateLimits {
    database: Database,
    collection: Collection<WindowDoc>,
}

impl RateLimits {
    pub(super) fn new(database: &Database) -> RateLimits {
        RateLimits { database: database.clone(), collection: database.collection(NAME) }
    }

    /// Would one more event be one too many? Counts nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub async fn check(&self, key: &str, limit: Limit) -> Result<(), AppError> {
        self.check_for(key, limit, 1).await
    }

    /// The same for an event that counts as so many.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub async fn check_for(&self, key: &str, limit: Limit, weight: u32) -> Result<(), AppError> {
        let at = now();
        let window = limit.per.window(at);
        let found = self.collection.find_one(doc! { "key": key, "window": window.number }).await?;
        let counted = found.map_or(0, |counter| counter.count);
        if counted + i64::from(weight) > i64::from(limit.most) { Err(window.too_many(at)) } else { Ok(()) }
    }

    /// Takes one event of the current window back.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn forgive(&self, key: &str, limit: Limit) -> Result<(), AppError> {
        self.change_all(&[Share::one(key.to_owned(), limit).taken_back()]).await
    }

    /// Counts one event if it is not one too many, in one operation, as stock is taken: what is
    /// refused counts for nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub async fn count(&self, key: &str, limit: Limit) -> Result<(), AppError> {
        self.count_all(&[Share::one(key.to_owned(), limit)]).await.map_err(|refused| refused.error)
    }

    /// Adds what was counted elsewhere to the counters of a window, at most [`BATCH`] of them, in
    /// one message to the database. It is not told twice, so a message whose answer is lost may
    /// have counted or not.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn add(&self, window: Window, counted: &[(String, u32)]) -> Result<(), AppError> {
        let addition = |(key, count): &(String, u32)| Change::Add(key.clone(), window, *count);
        self.change_all(&counted.iter().map(addition).collect::<Vec<_>>()).await
    }

    /// What all instances have counted in a window.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn totals(&self, window: Window, keys: &[String]) -> Result<HashMap<String, u32>, AppError> {
        self.totals_of(doc! { "window": window.number, "key": { "$in": keys } }).await
    }

    /// The same in the windows of now of these limits.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn totals_now(&self, counters: &[(&str, Per)]) -> Result<HashMap<String, u32>, AppError> {
        let at = now();
        let counter = |(key, per): &(&str, Per)| doc! { "key": *key, "window": per.window(at).number };
        self.totals_of(doc! { "$or": counters.iter().map(counter).collect::<Vec<_>>() }).await
    }

    async fn totals_of(&self, filter: Document) -> Result<HashMap<String, u32>, AppError> {
        let found: Vec<WindowDoc> = self.collection.find(filter).await?.try_collect().await?;
        let total = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(found.into_iter().map(|counter| (counter.key, total(counter.count))).collect())
    }
}

/// How many counters one message may change.
pub const BATCH: usize = 1000;

/// The places of the updates that met a counter just begun. Any other refusal is an error.
fn repeatable(answer: &Document) -> Result<Vec<usize>, AppError> {
    let refused = answer.get_array("writeErrors").map(Vec::as_slice).unwrap_or_default();
    let place = |refusal: &Bson| {
        let refusal = refusal.as_document()?;
        let place = refusal.get_i32("index").ok()?;
        (refusal.get_i32("code").ok()? == DUPLICATE_KEY).then_some(usize::try_from(place).ok()?)
    };
    refused
        .iter()
        .map(|refusal| {
            place(refusal).ok_or_else(|| {
                tracing::error!(%refusal, "the database refused to count");
                AppError::Internal
            })
        })
        .collect()
}
