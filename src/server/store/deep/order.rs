//! The orders, each on its own and all together.

use super::{Kind, Looked, name};
use crate::{
    model::{
        history::is_path,
        order::{Actor, Source},
        status::OrderStatus,
        time::Timestamp,
    },
    server::store::{moment, orders},
};
use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{DateTime, Document, deserialize_from_document, doc, oid::ObjectId},
    error::Result,
};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// How long after its time a pending order may wait for the job that cancels it, in seconds.
const MUCH: i64 = 600;

/// Of an order, what is held against something.
#[derive(Deserialize)]
struct Told {
    _id: ObjectId,
    order_number: String,
    idempotency_key: String,
    customer_phone: String,
    #[serde(default)]
    source: Source,
    items: Vec<Line>,
    #[serde(default)]
    delivery_fee: i64,
    total_amount: i64,
    status: OrderStatus,
    history: Vec<Entry>,
    #[serde(default)]
    desk: Desk,
    verified_at: Option<DateTime>,
    pending_until: DateTime,
    updated_at: DateTime,
}

#[derive(Deserialize)]
struct Line {
    product_id: ObjectId,
    quantity: i64,
    unit_price: i64,
    total_price: i64,
}

#[derive(Deserialize)]
struct Entry {
    status: OrderStatus,
    by: Actor,
}

#[derive(Default, Deserialize)]
struct Desk {
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    total_from: i64,
    total_to: i64,
}

/// What a number has ordered.
#[derive(Clone, Copy)]
pub(super) struct Bought {
    pub orders: i64,
    pub spent: i64,
    /// When any of it changed last.
    pub changed: Timestamp,
}

impl Default for Bought {
    fn default() -> Bought {
        Bought { orders: 0, spent: 0, changed: Timestamp(0) }
    }
}

/// What all orders say together. For a hundred thousand of them some 30 MB.
#[derive(Default)]
pub(super) struct Orders {
    pub ids: HashSet<ObjectId>,
    /// The pieces of each product that orders hold: all that were not cancelled.
    pub held: HashMap<ObjectId, i64>,
    pub bought: HashMap<String, Bought>,
    numbers: HashSet<String>,
    keys: HashSet<String>,
}

impl Orders {
    /// Reads them one after the other.
    pub async fn read(database: &Database, looked: &mut Looked, at: Timestamp) -> Result<Orders> {
        let mut all = Orders::default();
        let mut found = database.collection::<Document>(orders::NAME).find(doc! {}).await?;
        while let Some(document) = found.try_next().await? {
            looked.orders += 1;
            if let Ok(id) = document.get_object_id("_id") {
                all.ids.insert(id);
            }
            let readable = orders::fits(&document);
            let told = deserialize_from_document::<Told>(document.clone());
            if !readable || told.is_err() {
                looked.fault(Kind::Unreadable, name(orders::NAME, &document));
            }
            // What can be understood of it counts: one fault is not to look like many.
            if let Ok(told) = told {
                all.add(told, looked, at);
            }
        }
        Ok(all)
    }

    fn add(&mut self, order: Told, looked: &mut Looked, at: Timestamp) {
        for kind in order.faults(at) {
            looked.fault(kind, &order.order_number);
        }
        if order.status != OrderStatus::Cancelled {
            for line in &order.items {
                *self.held.entry(line.product_id).or_default() += line.quantity;
            }
        }
        let bought = self.bought.entry(order.customer_phone).or_default();
        if !matches!(order.status, OrderStatus::Pending | OrderStatus::Cancelled) {
            bought.orders += 1;
            bought.spent = bought.spent.saturating_add(order.total_amount);
        }
        bought.changed = bought.changed.max(moment(order.updated_at));
        if !self.keys.insert(order.idempotency_key) {
            looked.fault(Kind::Twice, format!("the key of {}", order.order_number));
        }
        if self.numbers.contains(&order.order_number) {
            looked.fault(Kind::Twice, format!("the number {} ({})", order.order_number, order._id));
        }
        self.numbers.insert(order.order_number);
    }
}

impl Told {
    /// What does not agree within it.
    fn faults(&self, at: Timestamp) -> Vec<Kind> {
        let wrong_line = self
            .items
            .iter()
            .any(|line| line.unit_price.checked_mul(line.quantity) != Some(line.total_price));
        let overdue =
            self.status == OrderStatus::Pending && at.seconds_since(moment(self.pending_until)) > MUCH;
        let checks = [
            (wrong_line, Kind::LineTotal),
            (self.sum() != Some(self.total_amount), Kind::Total),
            (!self.changes_lead_to_total(), Kind::Changes),
            (!self.came_this_way(), Kind::History),
            (!self.is_proved(), Kind::Proof),
            (overdue, Kind::Overdue),
        ];
        checks.into_iter().filter_map(|(wrong, kind)| wrong.then_some(kind)).collect()
    }

    fn sum(&self) -> Option<i64> {
        self.items.iter().try_fold(self.delivery_fee, |sum, line| sum.checked_add(line.total_price))
    }

    fn changes_lead_to_total(&self) -> bool {
        let changes = &self.desk.changes;
        let joined = changes.windows(2).all(|two| two[0].total_to == two[1].total_from);
        joined && changes.last().is_none_or(|last| last.total_to == self.total_amount)
    }

    /// Orders of the pages begin as pending, those that were typed in at the desk are confirmed.
    fn came_this_way(&self) -> bool {
        let steps: Vec<OrderStatus> = self.history.iter().map(|entry| entry.status).collect();
        let begins = match self.source {
            Source::Web => OrderStatus::Pending,
            Source::Phone => OrderStatus::Confirmed,
        };
        steps.first() == Some(&begins) && steps.last() == Some(&self.status) && is_path(&steps)
    }

    /// Whoever confirms is the customer, with a code, or somebody at the desk; the moment is kept. What
    /// was never confirmed has no such moment.
    fn is_proved(&self) -> bool {
        let confirmed = self.history.iter().find(|entry| entry.status == OrderStatus::Confirmed);
        let stands_so = !matches!(self.status, OrderStatus::Pending | OrderStatus::Cancelled);
        match confirmed {
            Some(entry) => entry.by != Actor::Shop && self.verified_at.is_some(),
            // A history without the step is a fault of its own.
            None => self.verified_at.is_some() == stands_so,
        }
    }
}
