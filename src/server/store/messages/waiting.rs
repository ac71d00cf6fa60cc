//! What waits to be sent.

use super::{MessageDoc, Messages, OPEN};
use crate::{
    model::{error::AppError, time::Timestamp},
    server::store::moment,
};
use mongodb::bson::doc;

impl Messages {
    /// How many messages wait, and since when the oldest does.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn waiting(&self) -> Result<(u64, Option<Timestamp>), AppError> {
        let waiting = doc! { "state": { "$in": OPEN.to_vec() } };
        let count = self.collection.count_documents(waiting.clone()).await?;
        let oldest: Option<MessageDoc> =
            self.collection.find_one(waiting).sort(doc! { "queued_at": 1 }).await?;
        Ok((count, oldest.map(|oldest| moment(oldest.queued_at))))
    }
}
