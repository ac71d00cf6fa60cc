//! Orders summed up by day: the aggregations.

use super::{DayDoc, SoldDoc};
use crate::{
    model::{day::Day, error::AppError, figures::Totals, status::OrderStatus, time::Timestamp},
    server::{
        clock::{ZONE, begins, wall},
        store::{date, moment, orders::NO_PHONE},
    },
};
use futures::TryStreamExt;
use mongodb::{
    Collection,
    bson::{Bson, DateTime, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Verified, and not given up.
const COUNTING: [OrderStatus; 4] =
    [OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Ready, OrderStatus::Completed];

fn counting() -> Vec<&'static str> {
    COUNTING.iter().map(|status| status.name()).collect()
}

/// The shop's day of a moment, written as days are.
fn day_of(moment: &str) -> Document {
    doc! { "$dateToString": { "date": moment, "format": "%Y-%m-%d", "timezone": ZONE } }
}

/// What is summed up: the orders of one day, or all.
pub(super) struct Summing<'a> {
    orders: &'a Collection<Document>,
    /// When they were placed.
    placed: Option<Document>,
}

#[derive(Deserialize)]
struct DayGroup {
    _id: Day,
    #[serde(flatten)]
    totals: Totals,
}

#[derive(Deserialize)]
struct ProductGroup {
    _id: DayProduct,
    name: String,
    pieces: i64,
    revenue: i64,
}

#[derive(Deserialize)]
struct DayProduct {
    day: Day,
    product: ObjectId,
}

#[derive(Deserialize)]
struct Newcomers {
    _id: Day,
    newcomers: i64,
}

impl<'a> Summing<'a> {
    pub(super) fn new(orders: &'a Collection<Document>, day: Option<Day>) -> Summing<'a> {
        let placed = day.map(|day| doc! { "$gte": date(begins(day)), "$lt": date(begins(day.next())) });
        Summing { orders, placed }
    }

    /// The days that have any order.
    pub(super) async fn days(&self, as_of: DateTime) -> Result<Vec<DayDoc>, AppError> {
        let newcomers: Vec<Newcomers> = self.newcomers().await?;
        let newcomers: HashMap<Day, i64> =
            newcomers.into_iter().map(|group| (group._id, group.newcomers)).collect();
        let mut products: BTreeMap<Day, Vec<SoldDoc>> = BTreeMap::new();
        for group in self.ask::<ProductGroup>(self.products()).await? {
            let ProductGroup { _id: DayProduct { day, product }, name, pieces, revenue } = group;
            products.entry(day).or_default().push(SoldDoc { product, name, pieces, revenue });
        }
        let days = self.ask::<DayGroup>(self.totals()).await?.into_iter().map(|DayGroup { _id, totals }| {
            let newcomers = newcomers.get(&_id).copied().unwrap_or_default();
            let totals = Totals { newcomers, ..totals };
            DayDoc { _id, as_of, totals, products: products.remove(&_id).unwrap_or_default() }
        });
        Ok(days.collect())
    }

    async fn ask<T: DeserializeOwned + Send + Sync + Unpin>(
        &self,
        stages: Vec<Document>,
    ) -> Result<Vec<T>, AppError> {
        Ok(self.orders.aggregate(stages).with_type::<T>().await?.try_collect().await?)
    }

    /// The stages that find the orders, with what else they must be.
    fn matching(&self, besides: Document) -> Vec<Document> {
        narrowed(self.placed.as_ref().map(|placed| doc! { "created_at": placed.clone() }), besides)
    }

    fn totals(&self) -> Vec<Document> {
        let counts = doc! { "$in": ["$status", counting()] };
        let cancelled = doc! { "$eq": ["$status", OrderStatus::Cancelled.name()] };
        let known = doc! { "$and": [counts.clone(), { "$ne": ["$customer_phone", NO_PHONE] }] };
        // A sum of numbers of either kind is 64 bits wide as this zero is.
        let sum =
            |when: &Document, of: Bson| doc! { "$sum": { "$cond": [when.clone(), of, Bson::Int64(0)] } };
        let (one, amount) = (Bson::Int64(1), Bson::from("$total_amount"));
        let group = doc! { "$group": {
            "_id": day_of("$created_at"),
            "orders": sum(&counts, one.clone()),
            "revenue": sum(&counts, amount.clone()),
            "cancelled": sum(&cancelled, one.clone()),
            "lost": sum(&cancelled, amount),
            "known": sum(&known, one),
            "newcomers": { "$sum": Bson::Int64(0) },
        } };
        [self.matching(doc! {}), vec![group]].concat()
    }

    fn products(&self) -> Vec<Document> {
        let lines = vec![
            doc! { "$unwind": "$items" },
            doc! { "$group": {
                "_id": { "day": day_of("$created_at"), "product": "$items.product_id" },
                "name": { "$last": "$items.product_name" },
                "pieces": { "$sum": "$items.quantity" },
                "revenue": { "$sum": "$items.total_price" },
            } },
        ];
        [self.matching(doc! { "status": { "$in": counting() } }), lines].concat()
    }

    /// How many numbers ordered for the first time.
    async fn newcomers(&self) -> Result<Vec<Newcomers>, AppError> {
        let whose = doc! { "status": { "$in": counting() }, "customer_phone": { "$ne": NO_PHONE } };
        let mut among = None;
        if self.placed.is_some() {
            // First who ordered at all, then when each of them ordered first: by the index, not through all.
            #[derive(Deserialize)]
            struct Who {
                _id: String,
            }
            let each = doc! { "$group": { "_id": "$customer_phone" } };
            let who = [self.matching(whose.clone()), vec![each]].concat();
            let who: Vec<String> = self.ask::<Who>(who).await?.into_iter().map(|who| who._id).collect();
            among = Some(doc! { "customer_phone": { "$in": who } });
        }
        let mut stages = narrowed(among, whose);
        stages.push(first_of_each());
        if let Some(placed) = &self.placed {
            stages.push(doc! { "$match": { "at": placed.clone() } });
        }
        stages.push(doc! { "$group": { "_id": day_of("$at"), "newcomers": { "$sum": Bson::Int64(1) } } });
        self.ask(stages).await
    }
}

/// Finds by what few orders have, then by the rest. In one stage the embedded server goes by the index
/// of the status, which nearly all orders share, and reads them all; MongoDB joins the two and weighs
/// the indexes itself.
fn narrowed(few: Option<Document>, rest: Document) -> Vec<Document> {
    few.into_iter().chain([rest]).map(|filter| doc! { "$match": filter }).collect()
}

/// The moment of each number's first order.
fn first_of_each() -> Document {
    doc! { "$group": { "_id": "$customer_phone", "at": { "$min": "$created_at" } } }
}

/// The days whose sums may differ since a moment: those of the orders that have changed, and those
/// of the first orders of their numbers. An order that begins or ceases to count makes another order
/// of its number the first, or no longer the first; of the orders that did not change, that can only
/// be the earliest.
pub(super) async fn changed_days(
    orders: &Collection<Document>,
    since: Timestamp,
) -> Result<BTreeSet<Day>, AppError> {
    #[derive(Deserialize)]
    struct Changed {
        customer_phone: String,
        created_at: DateTime,
    }
    #[derive(Deserialize)]
    struct First {
        at: DateTime,
    }
    let day = |at: DateTime| Day::of(wall(moment(at)));
    let orders_changed = orders.clone_with_type::<Changed>();
    let changed = orders_changed.find(doc! { "updated_at": { "$gte": date(since) } });
    let changed = changed.projection(doc! { "customer_phone": 1, "created_at": 1 });
    let changed: Vec<Changed> = changed.await?.try_collect().await?;
    let mut days: BTreeSet<Day> = changed.iter().map(|order| day(order.created_at)).collect();
    let numbers: BTreeSet<&str> = changed.iter().map(|order| order.customer_phone.as_str()).collect();
    let numbers: Vec<&str> = numbers.into_iter().filter(|number| *number != NO_PHONE).collect();
    if !numbers.is_empty() {
        let theirs = doc! { "customer_phone": { "$in": numbers } };
        let unchanged = doc! {
            "status": { "$in": counting() },
            "updated_at": { "$lt": date(since) },
        };
        let mut stages = narrowed(Some(theirs), unchanged);
        stages.push(first_of_each());
        let firsts: Vec<First> = orders.aggregate(stages).with_type::<First>().await?.try_collect().await?;
        days.extend(firsts.into_iter().map(|first| day(first.at)));
    }
    Ok(days)
}
