//! The collection `daily_figures`: the orders of each day summed up, so that years are read at once.
//!
//! What stands here can be made anew from the orders at any time (docs/decisions/0027). A document
//! says as of when it was summed up, and only a later sum takes its place. The document `state` says
//! as of when every change of an order is in the sums.

mod summing;

use super::{corrupt, date, moment, orders};
use crate::{
    model::{
        day::Day,
        error::AppError,
        figures::{Range, Seller, Totals},
        ids::ProductId,
        time::Timestamp,
    },
    server::{clock::now, error::is_duplicate},
};
use futures::TryStreamExt;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};
use summing::{Summing, changed_days};
use tokio::sync::Mutex;

pub(super) const NAME: &str = "daily_figures";

/// The document that is no day.
const STATE: &str = "state";

/// A change is looked at again for as long as this: a transaction ends at most a minute after it
/// wrote its time, and the clocks of two servers may differ.
const MARGIN: i64 = 300;

/// More days than these are summed up in one go with all others.
const MANY: usize = 60;

pub(super) fn indexes() -> Vec<IndexModel> {
    // Days are found by their ids.
    Vec::new()
}

pub(super) fn validator() -> Document {
    use super::schema::{date, document, id, list, object, text, whole};
    let product = doc! { "product": id(), "name": text(1, 200), "pieces": whole(0), "revenue": whole(0) };
    let fields = doc! {
        "as_of": date(),
        "orders": whole(0),
        "revenue": whole(0),
        "cancelled": whole(0),
        "lost": whole(0),
        "known": whole(0),
        "newcomers": whole(0),
        "products": list(object(product, &[]), 100_000),
    };
    document(fields, &["orders", "revenue", "cancelled", "lost", "known", "newcomers", "products"])
}

/// A day as it is kept.
#[derive(Clone, Serialize, Deserialize)]
struct DayDoc {
    _id: Day,
    as_of: DateTime,
    #[serde(flatten)]
    totals: Totals,
    #[serde(default)]
    products: Vec<SoldDoc>,
}

#[derive(Clone, Serialize, Deserialize)]
struct SoldDoc {
    product: ObjectId,
    name: String,
    pieces: i64,
    revenue: i64,
}

impl DayDoc {
    /// The same sums, whichever of a product's names stands beside them.
    fn says_the_same_as(&self, other: &DayDoc) -> bool {
        let sums = |day: &DayDoc| {
            let mut sums: Vec<_> =
                day.products.iter().map(|sold| (sold.product, sold.pieces, sold.revenue)).collect();
            sums.sort();
            sums
        };
        self.totals == other.totals && sums(self) == sums(other)
    }
}

impl SoldDoc {
    fn into_model(self) -> Option<Seller> {
        let id = ProductId::parse(&self.product.to_hex()).ok()?;
        Some(Seller { id, name: self.name, pieces: self.pieces, revenue: self.revenue })
    }
}

/// Reads the sums, and keeps them as the orders are.
#[derive(Clone)]
pub struct Figures {
    days: Collection<DayDoc>,
    state: Collection<Document>,
    orders: Collection<Document>,
    /// One after the other: the second finds little left to do.
    turn: Arc<Mutex<()>>,
}

impl Figures {
    pub(super) fn new(database: &Database) -> Figures {
        Figures {
            days: database.collection(NAME),
            state: database.collection(NAME),
            orders: database.collection(orders::NAME),
            turn: Arc::default(),
        }
    }

    /// The totals of each day that has any, the earliest first. As of the last [`Figures::catch_up`].
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn totals(&self, range: Range) -> Result<Vec<(Day, Totals)>, AppError> {
        let found = self.days.find(within(range)).projection(doc! { "products": 0 });
        let found: Vec<DayDoc> = found.sort(doc! { "_id": 1 }).await?.try_collect().await?;
        Ok(found.into_iter().map(|day| (day._id, day.totals)).collect())
    }

    /// What was sold, in no order, each product by its latest name.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn sold(&self, range: Range) -> Result<Vec<Seller>, AppError> {
        // Reading the days and adding here takes a tenth of what `$unwind` and `$group` take over them.
        let found = self.days.find(within(range)).sort(doc! { "_id": 1 });
        let mut days = found.await?;
        let mut sums: HashMap<ObjectId, SoldDoc> = HashMap::new();
        while let Some(day) = days.try_next().await? {
            for sold in day.products {
                match sums.get_mut(&sold.product) {
                    Some(sum) => {
                        sum.pieces += sold.pieces;
                        sum.revenue += sold.revenue;
                        sum.name = sold.name;
                    }
                    None => drop(sums.insert(sold.product, sold)),
                }
            }
        }
        let sellers: Option<Vec<Seller>> = sums.into_values().map(SoldDoc::into_model).collect();
        sellers.ok_or_else(|| corrupt(NAME).into())
    }

    /// Sums up again every day in which something has changed since the last time; says how many.
    /// It may run at any time, and on several servers at once.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn catch_up(&self) -> Result<usize, AppError> {
        let _turn = self.turn.lock().await;
        let as_of = now();
        let days = match self.state.find_one(doc! { "_id": STATE }).await? {
            Some(state) => {
                let done = state.get_datetime("as_of").map_err(|_| corrupt(NAME))?;
                if moment(*done) > as_of.plus_seconds(MARGIN) {
                    // A clock was ahead: its sums would stand in the way of all until then.
                    let ahead = doc! { "as_of": { "$gt": date(as_of) } };
                    self.state.update_many(ahead, doc! { "$set": { "as_of": date(as_of) } }).await?;
                    None
                } else {
                    let since = moment(*done).plus_seconds(-MARGIN);
                    Some(changed_days(&self.orders, since).await?)
                }
            }
            None => None,
        };
        let summed = match days {
            Some(days) if days.len() <= MANY => {
                let mut summed = 0;
                for day in days {
                    summed += self.sum_up(Some(day), as_of).await?;
                }
                summed
            }
            _ => self.sum_up(None, as_of).await?,
        };
        // Only now: what breaks off is done again.
        self.replace(STATE, doc! { "as_of": date(as_of) }, as_of).await?;
        Ok(summed)
    }

    /// The days whose sums are not those of their orders, for `vatra doctor --deep`. Days in which
    /// something has changed since the last time are not judged.
    ///
    /// # Errors
    /// [`AppError::Database`], or [`AppError::Internal`] for a document that is no day.
    pub(super) async fn days_that_differ(&self) -> Result<Vec<Day>, AppError> {
        let Some(state) = self.state.find_one(doc! { "_id": STATE }).await? else { return Ok(Vec::new()) };
        let done = moment(*state.get_datetime("as_of").map_err(|_| corrupt(NAME))?).min(now());
        let changed = changed_days(&self.orders, done.plus_seconds(-MARGIN)).await?;
        let kept: Vec<DayDoc> = self.days.find(doc! { "_id": { "$ne": STATE } }).await?.try_collect().await?;
        let mut kept: HashMap<Day, DayDoc> = kept.into_iter().map(|day| (day._id, day)).collect();
        let mut differ = Vec::new();
        for day in Summing::new(&self.orders, None).days(date(done)).await? {
            if kept.remove(&day._id).is_none_or(|kept| !kept.says_the_same_as(&day)) {
                differ.push(day._id);
            }
        }
        // And those of which no order is left.
        differ.extend(kept.into_values().filter(|day| day.totals != Totals::default()).map(|day| day._id));
        differ.retain(|day| !changed.contains(day));
        differ.sort();
        Ok(differ)
    }

    /// Sums up one day, or all of them.
    async fn sum_up(&self, day: Option<Day>, as_of: Timestamp) -> Result<usize, AppError> {
        let days = Summing::new(&self.orders, day).days(date(as_of)).await?;
        for day in &days {
            let document = mongodb::bson::serialize_to_document(day).map_err(mongodb::error::Error::from)?;
            self.replace(&day._id.to_string(), document, as_of).await?;
        }
        Ok(days.len())
    }

    /// Puts a document in the place of an earlier one; a later one stays.
    async fn replace(&self, id: &str, document: Document, as_of: Timestamp) -> Result<(), AppError> {
        let earlier = doc! { "_id": id, "as_of": { "$lte": date(as_of) } };
        match self.state.replace_one(earlier, document).upsert(true).await {
            // There is one with this id, and it is a later one.
            Err(error) if is_duplicate(&error) => Ok(()),
            result => Ok(result.map(drop)?),
        }
    }
}

/// Days are written so that they sort as texts, and `state` comes after all of them.
fn within(range: Range) -> Document {
    doc! { "_id": { "$gte": range.from.to_string(), "$lte": range.to.to_string() } }
}
