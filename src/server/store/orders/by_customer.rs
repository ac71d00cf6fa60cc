//! Orders by the number that ordered.

use super::{OrderDoc, Orders};
use crate::{
    model::{
        error::AppError,
        money::Money,
        order::Order,
        page::{Page, Paging},
        phone::Phone,
        status::OrderStatus,
        time::Timestamp,
    },
    server::store::{date, moment},
};
use futures::TryStreamExt;
use mongodb::bson::{Bson, DateTime, Document, doc};
use serde::Deserialize;
use std::collections::HashMap;

/// What counts as sold: orders that are verified and were not cancelled.
const SOLD: [OrderStatus; 4] =
    [OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Ready, OrderStatus::Completed];

/// What a number has ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhoneFigures {
    /// Orders that count as sold.
    pub orders: i64,
    /// What they cost together.
    pub spent: Money,
    /// Orders that were cancelled.
    pub cancelled: i64,
    /// When the first that counts was placed.
    pub first: Option<Timestamp>,
    /// When the last was.
    pub last: Option<Timestamp>,
}

#[derive(Deserialize)]
struct FiguresDoc {
    _id: String,
    orders: i64,
    spent: i64,
    cancelled: i64,
    first: Option<DateTime>,
    last: Option<DateTime>,
}

#[derive(Deserialize)]
struct PhoneDoc {
    _id: String,
}

impl Orders {
    /// One page of all orders of a number, the newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn page_of_phone(&self, phone: &Phone, paging: Paging) -> Result<Page<Order>, AppError> {
        let filter = doc! { "customer_phone": phone.as_str() };
        let total = self.collection.count_documents(filter.clone()).await?;
        let found: Vec<OrderDoc> = self
            .collection
            .find(filter)
            .sort(doc! { "created_at": -1, "_id": -1 })
            .skip(paging.skip())
            .limit(i64::from(paging.per_page()))
            .await?
            .try_collect()
            .await?;
        let orders: Result<Vec<Order>, AppError> =
            found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect();
        Ok(paging.of(orders?, total))
    }

    /// The last order of a number that counts as sold.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn last_sold_to(&self, phone: &Phone) -> Result<Option<Order>, AppError> {
        let filter = doc! { "customer_phone": phone.as_str(), "status": { "$in": sold() } };
        let found = self.collection.find_one(filter).sort(doc! { "created_at": -1 }).await?;
        found.map(|document| document.into_model().map(|stored| stored.order)).transpose()
    }

    /// What these numbers have ordered; one without any order is left out.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn figures_of(&self, phones: &[Phone]) -> Result<HashMap<Phone, PhoneFigures>, AppError> {
        let groups = self.collection.aggregate(figures(phones)).with_type::<FiguresDoc>();
        let found: Vec<FiguresDoc> = groups.await?.try_collect().await?;
        let read = |group: FiguresDoc| {
            let phone = Phone::from_e164(&group._id).ok()?;
            let figures = PhoneFigures {
                orders: group.orders,
                spent: Money::from_bani(group.spent).ok()?,
                cancelled: group.cancelled,
                first: group.first.map(moment),
                last: group.last.map(moment),
            };
            Some((phone, figures))
        };
        Ok(found.into_iter().filter_map(read).collect())
    }

    /// The numbers of orders that have changed since a moment.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn phones_changed_since(&self, since: Timestamp) -> Result<Vec<Phone>, AppError> {
        let groups = vec![
            doc! { "$match": { "updated_at": { "$gte": date(since) } } },
            doc! { "$group": { "_id": "$customer_phone" } },
        ];
        let found: Vec<PhoneDoc> =
            self.collection.aggregate(groups).with_type::<PhoneDoc>().await?.try_collect().await?;
        Ok(found.into_iter().filter_map(|group| Phone::from_e164(&group._id).ok()).collect())
    }
}

/// What these numbers have ordered, as the database is asked: by the index on the number.
pub fn figures(phones: &[Phone]) -> Vec<Document> {
    let phones: Vec<&str> = phones.iter().map(Phone::as_str).collect();
    let is_sold = doc! { "$in": ["$status", sold()] };
    let is_cancelled = doc! { "$eq": ["$status", OrderStatus::Cancelled.name()] };
    let when = |condition: &Document, then: Bson, other: Bson| doc! { "$cond": [condition, then, other] };
    let (one, nothing) = (Bson::Int64(1), Bson::Int64(0));
    let placed = when(&is_sold, "$created_at".into(), Bson::Null);
    vec![
        doc! { "$match": { "customer_phone": { "$in": phones } } },
        doc! { "$group": {
            "_id": "$customer_phone",
            "orders": { "$sum": when(&is_sold, one.clone(), nothing.clone()) },
            "spent": { "$sum": when(&is_sold, "$total_amount".into(), nothing.clone()) },
            "cancelled": { "$sum": when(&is_cancelled, one, nothing) },
            "first": { "$min": placed.clone() },
            "last": { "$max": placed },
        } },
    ]
}

fn sold() -> Vec<&'static str> {
    SOLD.iter().map(|status| status.name()).collect()
}
