//! What the orders of a day need from the kitchen.

use super::{Orders, document::OrderDoc};
use crate::{
    model::{
        checkout::DeliveryType,
        day::Day,
        error::AppError,
        ids::ProductId,
        kitchen::{OrderCount, ProductCount},
        order::Order,
        status::OrderStatus,
    },
    server::store::corrupt,
};
use futures::TryStreamExt;
use mongodb::bson::{Bson, Document, doc, oid::ObjectId};
use serde::Deserialize;

/// Orders that the kitchen works on.
const OPEN: [OrderStatus; 3] = [OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Ready];

/// Which orders of the kitchen's.
#[derive(Clone, Copy, Debug)]
pub struct OfDay {
    /// Those of this day.
    pub day: Day,
    /// Those without a day, too?
    pub undated: bool,
    /// Only those that leave the shop so.
    pub delivery: Option<DeliveryType>,
}

impl OfDay {
    fn query(self) -> Document {
        let open: Vec<&str> = OPEN.iter().map(|status| status.name()).collect();
        let mut days = vec![Bson::from(self.day.to_string())];
        if self.undated {
            // Finds documents without the field.
            days.push(Bson::Null);
        }
        let mut query = doc! { "status": { "$in": open }, "day": { "$in": days } };
        if let Some(delivery) = self.delivery {
            query.insert("delivery_type", delivery.name());
        }
        query
    }
}

#[derive(Deserialize)]
struct Counted {
    _id: ObjectId,
    name: String,
    to_do: i64,
    ready: i64,
    undated: i64,
}

impl Counted {
    fn into_model(self) -> Option<ProductCount> {
        Some(ProductCount {
            id: ProductId::parse(&self._id.to_hex()).ok()?,
            name: self.name,
            to_do: u64::try_from(self.to_do).ok()?,
            ready: u64::try_from(self.ready).ok()?,
            undated: u64::try_from(self.undated).ok()?,
        })
    }
}

impl Orders {
    /// How many pieces of each product they hold.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn pieces(&self, of: OfDay) -> Result<Vec<ProductCount>, AppError> {
        // A sum of numbers of either kind is 64 bits wide as this zero is.
        let when = |condition: Document| doc! { "$cond": [condition, "$items.quantity", Bson::Int64(0)] };
        let ready = doc! { "$eq": ["$status", OrderStatus::Ready.name()] };
        let to_do = doc! { "$ne": ["$status", OrderStatus::Ready.name()] };
        let undated = doc! { "$eq": [{ "$ifNull": ["$day", ""] }, ""] };
        let stages = vec![
            doc! { "$match": of.query() },
            doc! { "$sort": { "created_at": 1 } },
            doc! { "$unwind": "$items" },
            doc! { "$group": {
                "_id": "$items.product_id",
                "name": { "$last": "$items.product_name" },
                "to_do": { "$sum": when(to_do) },
                "ready": { "$sum": when(ready) },
                "undated": { "$sum": when(undated) },
            } },
        ];
        let found: Vec<Counted> =
            self.collection.aggregate(stages).with_type::<Counted>().await?.try_collect().await?;
        let counts: Option<Vec<ProductCount>> = found.into_iter().map(Counted::into_model).collect();
        counts.ok_or_else(|| corrupt(super::NAME).into())
    }

    /// How many they are.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count_of_day(&self, of: OfDay) -> Result<OrderCount, AppError> {
        #[derive(Deserialize)]
        struct Kind {
            status: OrderStatus,
            undated: bool,
        }
        #[derive(Deserialize)]
        struct Group {
            _id: Kind,
            orders: i64,
        }
        let undated = doc! { "$eq": [{ "$ifNull": ["$day", ""] }, ""] };
        let stages = vec![
            doc! { "$match": of.query() },
            doc! { "$group": { "_id": { "status": "$status", "undated": undated }, "orders": { "$sum": Bson::Int64(1) } } },
        ];
        let found: Vec<Group> =
            self.collection.aggregate(stages).with_type::<Group>().await?.try_collect().await?;
        let mut count = OrderCount::default();
        for Group { _id: Kind { status, undated }, orders } in found {
            let orders = u64::try_from(orders).unwrap_or_default();
            count.all += orders;
            count.ready += if status == OrderStatus::Ready { orders } else { 0 };
            count.undated += if undated { orders } else { 0 };
        }
        Ok(count)
    }

    /// The orders themselves, the oldest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of_day(&self, of: OfDay) -> Result<Vec<Order>, AppError> {
        let sorted = self.collection.find(of.query()).sort(doc! { "created_at": 1, "_id": 1 });
        let found: Vec<OrderDoc> = sorted.await?.try_collect().await?;
        found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect()
    }
}
