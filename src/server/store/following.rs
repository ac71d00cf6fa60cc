//! Following what others write to the catalogue: other instances, and hands that edit the database.

use super::{Store, categories, changes::Marks, products};
use mongodb::{
    bson::{Document, doc},
    change_stream::{
        ChangeStream,
        event::{ChangeStreamEvent, OperationType},
    },
    error::Result,
};
use std::time::Duration;

/// How long the database may wait for something to tell before it says that there is nothing.
const ROUND: Duration = Duration::from_secs(2);

/// Without an answer for so long the connection leads nowhere.
const SILENCE: Duration = Duration::from_secs(15);

/// The changes of the catalogue, as the database tells them.
pub struct Following(ChangeStream<ChangeStreamEvent<Document>>);

impl Store {
    /// Follows the catalogue from now on. What changed before is not told.
    ///
    /// # Errors
    /// The database's; one without change streams refuses.
    pub async fn follow(&self) -> Result<Following> {
        let ours = doc! { "$match": { "ns.coll": { "$in": [products::NAME, categories::NAME] } } };
        let stream = self.database.watch().pipeline([ours]).max_await_time(ROUND).await?;
        Ok(Following(stream))
    }
}

impl Following {
    /// The next change; `None` when the database will tell no more, or has not been heard of for
    /// long. The driver takes up a broken stream itself where it broke off; an error is told when
    /// that failed too.
    ///
    /// # Errors
    /// The database's.
    pub async fn next(&mut self) -> Result<Option<Marks>> {
        while self.0.is_alive() {
            match tokio::time::timeout(SILENCE, self.0.next_if_any()).await {
                Ok(Ok(Some(event))) => return Ok(Some(marks(&event))),
                // Nothing to tell in this round.
                Ok(Ok(None)) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => break,
            }
        }
        Ok(None)
    }
}

fn marks(event: &ChangeStreamEvent<Document>) -> Marks {
    let collection = event.ns.as_ref().and_then(|ns| ns.coll.as_deref()).unwrap_or_default();
    let id = event.document_key.as_ref().and_then(|key| key.get_object_id("_id").ok());
    match (&event.operation_type, collection, id) {
        (
            OperationType::Insert | OperationType::Update | OperationType::Replace | OperationType::Delete,
            products::NAME,
            Some(id),
        ) => Marks::product(id),
        (_, categories::NAME, Some(_)) => Marks::categories(),
        // A collection was dropped or renamed, or something that is not known yet.
        _ => Marks::all(),
    }
}
