//! What is told of orders as they change: read without anything that is the customer's.

use super::{NAME, Orders};
use crate::{
    model::{
        error::AppError,
        ids::{OrderId, OrderNumber},
        news::OrderNews,
        order::Actor,
        status::OrderStatus,
        time::Timestamp,
    },
    server::store::{corrupt, date, moment},
};
use futures::TryStreamExt;
use mongodb::bson::{DateTime, Document, doc, oid::ObjectId};
use serde::Deserialize;

/// The fields that news are made of.
#[derive(Deserialize)]
struct NewsDoc {
    _id: ObjectId,
    order_number: String,
    status: OrderStatus,
    history: Vec<HandDoc>,
    updated_at: DateTime,
}

#[derive(Deserialize)]
struct HandDoc {
    by: Actor,
}

fn fields() -> Document {
    doc! { "order_number": 1, "status": 1, "history.by": 1, "updated_at": 1 }
}

impl NewsDoc {
    fn into_news(self) -> Option<OrderNews> {
        let touched = self.history.iter().any(|step| matches!(step.by, Actor::Admin(_)));
        Some(OrderNews {
            id: OrderId::parse(&self._id.to_hex()).ok()?,
            number: OrderNumber::parse(&self.order_number).ok()?,
            status: self.status,
            new: self.status == OrderStatus::Confirmed && !touched,
            at: moment(self.updated_at),
        })
    }
}

impl Orders {
    /// What has changed at or after a moment, the oldest first, at most so many.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn changed_since(&self, at: Timestamp, most: i64) -> Result<Vec<OrderNews>, AppError> {
        let filter = doc! { "updated_at": { "$gte": date(at) } };
        self.news(filter, most).await
    }

    /// The news of one order, if it is there.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn news_of(&self, id: ObjectId) -> Result<Option<OrderNews>, AppError> {
        Ok(self.news(doc! { "_id": id }, 1).await?.pop())
    }

    async fn news(&self, filter: Document, most: i64) -> Result<Vec<OrderNews>, AppError> {
        let found: Vec<NewsDoc> = self
            .collection
            .clone_with_type::<NewsDoc>()
            .find(filter)
            .projection(fields())
            .sort(doc! { "updated_at": 1 })
            .limit(most)
            .await?
            .try_collect()
            .await?;
        let news: Option<Vec<OrderNews>> = found.into_iter().map(NewsDoc::into_news).collect();
        news.ok_or_else(|| corrupt(NAME).into())
    }
}
