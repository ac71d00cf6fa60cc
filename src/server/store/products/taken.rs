//! How many pieces orders hold of each product. The number stands beside the stock and changes with it
//! in one operation, so `vatra doctor --deep` can prove from the data alone that every order took its
//! pieces off the shelf once, and gave them back once if it was cancelled (docs/decisions/0038). What
//! the producer puts on the shelf changes the stock and not this number.

use super::NAME;
use crate::{model::status::OrderStatus, server::store::orders};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Database,
    bson::{Document, doc, oid::ObjectId},
    error::{Result, TRANSIENT_TRANSACTION_ERROR},
};
use serde::Deserialize;

/// The field; missing where no order has ever held a piece.
pub(in crate::server::store) const TAKEN: &str = "taken";

/// How often counting is begun again when something is sold meanwhile.
const ATTEMPTS: u32 = 20;

/// The change of a shelf: so many pieces onto it, or off it when negative.
pub(super) fn moved(pieces: i64) -> Document {
    doc! { "$inc": { "stock_quantity": pieces, TAKEN: -pieces } }
}

#[derive(Deserialize)]
struct Held {
    _id: ObjectId,
    pieces: i64,
}

/// Counts what all orders hold, in one transaction: what is sold meanwhile makes it begin again.
///
/// # Errors
/// The database's.
pub(in crate::server::store) async fn count(database: &Database) -> Result<()> {
    if database.collection::<Document>(orders::NAME).find_one(doc! {}).await?.is_none() {
        return Ok(());
    }
    let mut session = database.client().start_session().await?;
    let mut attempt = 0;
    loop {
        session.start_transaction().await?;
        let error = match count_once(database, &mut session).await {
            Ok(()) => match session.commit_transaction().await {
                Ok(()) => return Ok(()),
                Err(error) => error,
            },
            Err(error) => {
                let _ = session.abort_transaction().await;
                error
            }
        };
        attempt += 1;
        if attempt == ATTEMPTS || !error.contains_label(TRANSIENT_TRANSACTION_ERROR) {
            return Err(error);
        }
    }
}

async fn count_once(database: &Database, session: &mut ClientSession) -> Result<()> {
    let products = database.collection::<Document>(NAME);
    let counted = doc! { TAKEN: { "$exists": true } };
    products.update_many(counted, doc! { "$unset": { TAKEN: "" } }).session(&mut *session).await?;
    let stages = vec![
        doc! { "$match": { "status": { "$ne": OrderStatus::Cancelled.name() } } },
        doc! { "$unwind": "$items" },
        doc! { "$group": { "_id": "$items.product_id", "pieces": { "$sum": "$items.quantity" } } },
    ];
    let orders = database.collection::<Document>(orders::NAME);
    let mut held = orders.aggregate(stages).with_type::<Held>().session(&mut *session).await?;
    let held: Vec<Held> = held.stream(session).try_collect().await?;
    for Held { _id, pieces } in held {
        let set = doc! { "$set": { TAKEN: pieces } };
        products.update_one(doc! { "_id": _id }, set).session(&mut *session).await?;
    }
    Ok(())
}
