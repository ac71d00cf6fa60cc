//! Following what is written to orders, by this instance and by others.

use super::{Store, orders};
use mongodb::{
    bson::{Document, doc, oid::ObjectId},
    change_stream::{ChangeStream, event::ChangeStreamEvent},
    error::Result,
};
use std::time::Duration;

/// How long the database may wait for something to tell before it says that there is nothing.
const ROUND: Duration = Duration::from_secs(2);

/// Without an answer for so long the connection leads nowhere.
const SILENCE: Duration = Duration::from_secs(15);

/// The changes of orders, as the database tells them.
pub struct FollowingOrders(ChangeStream<ChangeStreamEvent<Document>>);

impl Store {
    /// Follows orders from now on. What changed before is not told.
    ///
    /// # Errors
    /// The database's; one without change streams refuses.
    pub async fn follow_orders(&self) -> Result<FollowingOrders> {
        // Of the database and not of the collection, which may be dropped and made again.
        let ours = doc! { "$match": { "ns.coll": orders::NAME } };
        // Which order it was is enough: what is told is read without the customer's data.
        let id_only = doc! { "$project": { "operationType": 1, "ns": 1, "documentKey": 1 } };
        let stream = self.database.watch().pipeline([ours, id_only]).max_await_time(ROUND).await?;
        Ok(FollowingOrders(stream))
    }
}

impl FollowingOrders {
    /// The next order that was written; `None` when the database will tell no more, or has not been
    /// heard of for long. The driver takes up a broken stream itself where it broke off.
    ///
    /// # Errors
    /// The database's.
    pub async fn next(&mut self) -> Result<Option<ObjectId>> {
        while self.0.is_alive() {
            match tokio::time::timeout(SILENCE, self.0.next_if_any()).await {
                Ok(Ok(Some(event))) => {
                    // Of a collection that was dropped nobody needs to be told.
                    let key = event.document_key.as_ref();
                    if let Some(id) = key.and_then(|key| key.get_object_id("_id").ok()) {
                        return Ok(Some(id));
                    }
                }
                Ok(Ok(None)) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => break,
            }
        }
        Ok(None)
    }
}
