//! What is kept besides the orders and must agree with them: messages, and the customers' counts.

use super::{Kind, Looked, name, order::Orders};
use crate::{
    model::{message::MessageState, time::Timestamp},
    server::{
        clock::now,
        store::{messages, moment, progress, users},
    },
};
use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{DateTime, Document, deserialize_from_document, doc, oid::ObjectId},
    error::Result,
};
use serde::Deserialize;

/// An order that changed so many seconds ago is in the counts: the job runs every 15 seconds.
const RECENT: i64 = 300;

/// How long after its time a message may wait for a worker, in seconds.
const MUCH: i64 = 600;

#[derive(Deserialize)]
struct Message {
    _id: ObjectId,
    order_id: Option<ObjectId>,
    state: MessageState,
    due_at: DateTime,
}

#[derive(Deserialize)]
struct Customer {
    _id: ObjectId,
    phone_number: String,
    #[serde(default)]
    orders: i64,
    #[serde(default)]
    spent: i64,
}

pub(super) async fn messages(
    database: &Database,
    orders: &Orders,
    looked: &mut Looked,
    at: Timestamp,
) -> Result<()> {
    let collection = database.collection::<Document>(messages::NAME);
    let fields = doc! { "order_id": 1, "state": 1, "due_at": 1 };
    let mut found = collection.find(doc! {}).projection(fields).await?;
    while let Some(document) = found.try_next().await? {
        looked.messages += 1;
        let Ok(message) = deserialize_from_document::<Message>(document.clone()) else {
            looked.fault(Kind::Unreadable, name(messages::NAME, &document));
            continue;
        };
        if message.order_id.is_some_and(|order| !orders.ids.contains(&order)) {
            looked.fault(Kind::Message, message._id.to_hex());
        }
        let open = matches!(message.state, MessageState::Queued | MessageState::Sending);
        if open && at.seconds_since(moment(message.due_at)) > MUCH {
            looked.fault(Kind::Waiting, message._id.to_hex());
        }
    }
    Ok(())
}

/// Orders that changed before this moment are in the customers' counts.
pub(super) async fn counted_until(database: &Database) -> Result<Timestamp> {
    let job = doc! { "_id": progress::CUSTOMERS };
    let found = database.collection::<Document>(progress::NAME).find_one(job).await?;
    let until = found.as_ref().and_then(|found| found.get_datetime("until").ok());
    // What has changed just now is not counted yet, whatever a clock that was ahead has written.
    Ok(until.map_or(Timestamp(0), |until| moment(*until)).min(now().plus_seconds(-RECENT)))
}

pub(super) async fn customers(
    database: &Database,
    orders: &Orders,
    looked: &mut Looked,
    counted: Timestamp,
) -> Result<()> {
    let collection = database.collection::<Document>(users::NAME);
    let fields = doc! { "phone_number": 1, "orders": 1, "spent": 1 };
    let mut found = collection.find(doc! { "role": "customer" }).projection(fields).await?;
    while let Some(document) = found.try_next().await? {
        looked.customers += 1;
        let Ok(customer) = deserialize_from_document::<Customer>(document.clone()) else {
            looked.fault(Kind::Unreadable, name(users::NAME, &document));
            continue;
        };
        let bought = orders.bought.get(&customer.phone_number).copied().unwrap_or_default();
        // Whose orders have just changed is counted by the next run of the job.
        let settled = bought.changed < counted;
        if settled && (customer.orders, customer.spent) != (bought.orders, bought.spent) {
            looked.fault(Kind::Customer, customer._id.to_hex());
        }
    }
    Ok(())
}
