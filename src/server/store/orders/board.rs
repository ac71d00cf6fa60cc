//! What the board of the day shows.

use super::{OrderDoc, OrderFilter, Orders};
use crate::{
    model::{
        error::AppError,
        ids::OrderId,
        order::{Actor, Order},
        status::OrderStatus,
        time::Timestamp,
    },
    server::{
        clock::now,
        store::{date, object_id},
    },
};
use futures::TryStreamExt;
use mongodb::{
    bson::{Document, doc, serialize_to_bson},
    options::ReturnDocument,
};

/// A step to take back.
pub struct Back {
    /// The order.
    pub id: OrderId,
    /// Where it is.
    pub from: OrderStatus,
    /// Where it goes back to.
    pub to: OrderStatus,
    /// How many entries its history had when it was looked at.
    pub entries: usize,
    /// Who made the last step, and takes it back.
    pub actor: Actor,
    /// Only a step that was made at or after this moment.
    pub not_before: Timestamp,
}

impl Orders {
    /// The oldest orders that a filter lets through, at most so many.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn oldest(&self, filter: &OrderFilter, most: usize) -> Result<Vec<Order>, AppError> {
        self.some(filter.query(), doc! { "created_at": 1, "_id": 1 }, most).await
    }

    /// What was finished or given up since a moment, the last first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn ended_since(
        &self,
        filter: &OrderFilter,
        since: Timestamp,
        most: usize,
    ) -> Result<Vec<Order>, AppError> {
        let mut query = filter.query();
        query.insert("updated_at", doc! { "$gte": date(since) });
        query
            .insert("status", doc! { "$in": [OrderStatus::Completed.name(), OrderStatus::Cancelled.name()] });
        self.some(query, doc! { "updated_at": -1 }, most).await
    }

    /// How many orders stand in a status, and when the oldest of them was placed.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn standing_in(&self, status: OrderStatus) -> Result<(u64, Option<Timestamp>), AppError> {
        let filter = OrderFilter { status: Some(status), ..OrderFilter::default() };
        let count = self.collection.count_documents(filter.query()).await?;
        let oldest = self.oldest(&filter, 1).await?;
        Ok((count, oldest.first().map(|order| order.created_at)))
    }

    /// These orders, as far as they are there.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn by_ids(&self, ids: &[OrderId]) -> Result<Vec<Order>, AppError> {
        let ids: Vec<_> = ids.iter().map(|id| object_id(id.as_str())).collect();
        let most = ids.len();
        self.some(doc! { "_id": { "$in": ids } }, doc! { "created_at": 1, "_id": 1 }, most).await
    }

    async fn some(&self, query: Document, sort: Document, most: usize) -> Result<Vec<Order>, AppError> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        // To the database a limit of nothing is none.
        if most == 0 {
            return Ok(Vec::new());
        }
        let found: Vec<OrderDoc> =
            self.collection.find(query).sort(sort).limit(most).await?.try_collect().await?;
        found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect()
    }

    /// Takes the last step of an order back, if it is still the last, was made by this person, and not
    /// too long ago; `None` when any of that does not hold.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn take_back(&self, back: &Back) -> Result<Option<Order>, AppError> {
        let at = date(now());
        let by = serialize_to_bson(&back.actor).map_err(mongodb::error::Error::from)?;
        let last = back.entries.saturating_sub(1);
        let filter = doc! {
            "_id": object_id(back.id.as_str()),
            "status": back.from.name(),
            format!("history.{last}.by"): by.clone(),
            format!("history.{last}.at"): { "$gte": date(back.not_before) },
            format!("history.{}", back.entries): { "$exists": false },
        };
        let entry = doc! { "status": back.to.name(), "by": by, "at": at };
        let update = doc! {
            "$set": { "status": back.to.name(), "updated_at": at },
            "$push": { "history": entry },
        };
        let changed = self
            .collection
            .find_one_and_update(filter, update)
            .return_document(ReturnDocument::After)
            .await?;
        Ok(changed.map(OrderDoc::into_model).transpose()?.map(|stored| stored.order))
    }
}
