//! Which orders the producer wants to see, as a query.

use super::search;
use crate::{
    model::{checkout::DeliveryType, day::Day, status::OrderStatus, time::Timestamp},
    server::store::date,
};
use mongodb::bson::{Document, doc};

/// Which orders the producer wants to see.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Only these.
    pub status: Option<OrderStatus>,
    /// Beginnings of words of a name, digits of a phone, or a number.
    pub search: Option<String>,
    /// Placed at or after.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub to: Option<Timestamp>,
    /// Only those that leave the shop so.
    pub delivery: Option<DeliveryType>,
    /// Only those for this day.
    pub day: Option<Day>,
}

/// The order of the list: that of an index, so that a page is read from it and nothing is sorted.
pub fn newest_first() -> Document {
    doc! { "created_at": -1, "_id": -1 }
}

impl OrderFilter {
    /// The query.
    pub fn query(&self) -> Document {
        let mut query = Document::new();
        if let Some(status) = self.status {
            query.insert("status", status.name());
        }
        let mut placed = Document::new();
        if let Some(from) = self.from {
            placed.insert("$gte", date(from));
        }
        if let Some(to) = self.to {
            placed.insert("$lt", date(to));
        }
        if !placed.is_empty() {
            query.insert("created_at", placed);
        }
        if let Some(delivery) = self.delivery {
            query.insert("delivery_type", delivery.name());
        }
        if let Some(day) = self.day {
            query.insert("day", day.to_string());
        }
        if let Some(search) = self.searched() {
            query.extend(search::terms(search));
        }
        query
    }

    /// What is searched for, if anything.
    pub(super) fn searched(&self) -> Option<&str> {
        self.search.as_deref().map(str::trim).filter(|search| !search.is_empty())
    }

    /// Is every order wanted?
    pub(super) fn is_all(&self) -> bool {
        self.query() == doc! {}
    }
}
