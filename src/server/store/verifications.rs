//! The collection `verifications`: codes sent by SMS, hashed, one document per order.

use super::{
    date,
    migrations::{expiry, index, unique},
    moment, object_id, schema,
};
use crate::{
    model::{error::AppError, ids::OrderId, phone::Phone, time::Timestamp},
    server::clock::now,
};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "verifications";

/// How often a code may be tried.
pub const MAX_TRIES: u32 = 5;

#[derive(Serialize, Deserialize)]
struct VerificationDoc {
    /// The checkout that the code is bound to: its order.
    order_id: ObjectId,
    phone: String,
    code_hash: String,
    tries: i64,
    sends: i64,
    sent_at: DateTime,
    expires_at: DateTime,
}

/// A code that was sent.
pub struct SentCode {
    /// HMAC of the code.
    pub code_hash: String,
    /// Tries so far, the one under way included.
    pub tries: u32,
    /// How often a code was sent for this order.
    pub sends: u32,
    /// When the last one was sent.
    pub sent_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "order_id": schema::id(),
            "phone": schema::text(9, 16),
            "code_hash": schema::text(43, 43),
            "tries": schema::whole(0),
            "sends": schema::whole(1),
            "sent_at": schema::date(),
            "expires_at": schema::date(),
        },
        &[],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "order_id": 1 }), index(doc! { "phone": 1 }), expiry()]
}

/// Reads and writes codes.
#[derive(Clone)]
pub struct Verifications {
    collection: Collection<VerificationDoc>,
}

impl Verifications {
    pub(super) fn new(database: &Database) -> Verifications {
        Verifications { collection: database.collection(NAME) }
    }

    /// The code of an order, if one was sent and has not ended.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of_order(&self, order: &OrderId) -> Result<Option<SentCode>, AppError> {
        let filter = doc! { "order_id": object_id(order.as_str()), "expires_at": { "$gt": date(now()) } };
        Ok(self.collection.find_one(filter).await?.map(SentCode::of))
    }

    /// Puts a new code in the place of the old one, if fewer were sent than `sends_seen` says: two
    /// requests at once send one SMS. Says whether it did.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn replace(
        &self,
        order: &OrderId,
        phone: &Phone,
        code_hash: &str,
        sends_seen: u32,
        expires_at: Timestamp,
    ) -> Result<bool, AppError> {
        let id = object_id(order.as_str());
        let fields = doc! {
            "phone": phone.as_str(),
            "code_hash": code_hash,
            "tries": 0_i64,
            "sends": i64::from(sends_seen) + 1,
            "sent_at": date(now()),
            "expires_at": date(expires_at),
        };
        if sends_seen == 0 {
            // What is left of an ended code is in the way until the TTL index takes it.
            self.collection
                .delete_one(doc! { "order_id": id, "expires_at": { "$lte": date(now()) } })
                .await?;
            let update = doc! { "$setOnInsert": fields };
            let result = self.collection.update_one(doc! { "order_id": id }, update).upsert(true).await;
            return match result {
                Ok(result) => Ok(result.upserted_id.is_some()),
                Err(error) if crate::server::error::is_duplicate(&error) => Ok(false),
                Err(error) => Err(error.into()),
            };
        }
        let filter = doc! { "order_id": id, "sends": i64::from(sends_seen) };
        Ok(self.collection.update_one(filter, doc! { "$set": fields }).await?.modified_count == 1)
    }

    /// The last SMS did not leave: another may follow at once.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn not_sent(&self, order: &OrderId) -> Result<(), AppError> {
        let update = doc! { "$set": { "sent_at": date(Timestamp(0)) } };
        self.collection.update_one(doc! { "order_id": object_id(order.as_str()) }, update).await?;
        Ok(())
    }

    /// Counts a try and returns the code to compare with; `None` when it has ended or was tried
    /// too often. One operation, so that a thousand guesses at once are still at most five.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn try_once(&self, order: &OrderId, phone: &Phone) -> Result<Option<SentCode>, AppError> {
        let filter = doc! {
            "order_id": object_id(order.as_str()),
            "phone": phone.as_str(),
            "tries": { "$lt": i64::from(MAX_TRIES) },
            "expires_at": { "$gt": date(now()) },
        };
        let tried = self
            .collection
            .find_one_and_update(filter, doc! { "$inc": { "tries": 1_i64 } })
            .return_document(ReturnDocument::After)
            .await?;
        Ok(tried.map(SentCode::of))
    }

    /// A code serves once.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn delete(&self, order: &OrderId) -> Result<(), AppError> {
        self.collection.delete_one(doc! { "order_id": object_id(order.as_str()) }).await?;
        Ok(())
    }
}

impl SentCode {
    /// Did the last SMS not leave (see [`Verifications::not_sent`])?
    pub fn failed(&self) -> bool {
        self.sent_at == Timestamp(0)
    }

    fn of(document: VerificationDoc) -> SentCode {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        SentCode {
            code_hash: document.code_hash,
            tries: count(document.tries),
            sends: count(document.sends),
            sent_at: moment(document.sent_at),
            expires_at: moment(document.expires_at),
        }
    }
}
