//! The collection `blocks`: numbers that the shop takes no orders from. A number is kept as a keyed
//! hash: a block outlives what is remembered of its customer, and must not tell who that was.

use super::{date, migrations::index, moment, object_id, schema, transaction::Aborted};
use crate::{
    model::{
        customer::Block,
        error::AppError,
        ids::{BlockId, CustomerId},
        page::{Page, Paging},
    },
    server::clock::{now, wall},
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

pub(super) const NAME: &str = "blocks";

#[derive(Serialize, Deserialize)]
struct BlockDoc {
    /// HMAC of the number.
    _id: String,
    // These go when the customer is forgotten.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    customer: Option<ObjectId>,
    at: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "_id": schema::text(43, 43),
            "reason": schema::text(1, 500),
            "by": schema::text(1, 100),
            "customer": schema::id(),
            "at": schema::date(),
        },
        &["reason", "by", "customer"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![index(doc! { "at": -1 })]
}

/// A number to block.
pub struct NewBlock {
    /// The hash of the number.
    pub id: BlockId,
    /// Why.
    pub reason: String,
    /// Which admin says so.
    pub by: String,
    /// Whose number it is, if that is remembered.
    pub customer: Option<CustomerId>,
}

/// A block as stored.
pub struct StoredBlock {
    /// What the producer sees of it.
    pub block: Block,
    /// Whose number it is, if that is remembered.
    pub customer: Option<CustomerId>,
}

/// Reads and writes blocks.
#[derive(Clone)]
pub struct Blocks {
    collection: Collection<BlockDoc>,
}

impl Blocks {
    pub(super) fn new(database: &Database) -> Blocks {
        Blocks { collection: database.collection(NAME) }
    }

    /// Blocks a number, or gives its block another reason.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn put(&self, new: NewBlock) -> Result<(), AppError> {
        let block = BlockDoc {
            _id: new.id.to_string(),
            reason: Some(new.reason),
            by: Some(new.by),
            customer: new.customer.map(|id| object_id(id.as_str())),
            at: date(now()),
        };
        self.collection.replace_one(doc! { "_id": new.id.as_str() }, &block).upsert(true).await?;
        Ok(())
    }

    /// Lets a number order again. Says whether it was blocked.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn remove(&self, id: &BlockId) -> Result<bool, AppError> {
        Ok(self.collection.delete_one(doc! { "_id": id.as_str() }).await?.deleted_count == 1)
    }

    /// The block of a number.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of(&self, id: &BlockId) -> Result<Option<Block>, AppError> {
        let found = self.collection.find_one(doc! { "_id": id.as_str() }).await?;
        Ok(found.and_then(BlockDoc::into_model).map(|stored| stored.block))
    }

    /// Is a number blocked, as this transaction sees it?
    ///
    /// # Errors
    /// The database's.
    pub async fn holds(&self, session: &mut ClientSession, id: &BlockId) -> Result<bool, Aborted> {
        Ok(self.collection.find_one(doc! { "_id": id.as_str() }).session(session).await?.is_some())
    }

    /// Which of these numbers are blocked.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn among(&self, ids: &[BlockId]) -> Result<HashSet<BlockId>, AppError> {
        let ids: Vec<&str> = ids.iter().map(BlockId::as_str).collect();
        let filter = doc! { "_id": { "$in": ids } };
        let found: Vec<BlockDoc> = self.collection.find(filter).await?.try_collect().await?;
        Ok(found.into_iter().filter_map(|block| BlockId::parse(&block._id).ok()).collect())
    }

    /// One page of the blocks, the newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn list(&self, paging: Paging) -> Result<Page<StoredBlock>, AppError> {
        let total = self.collection.count_documents(doc! {}).await?;
        let found: Vec<BlockDoc> = self
            .collection
            .find(doc! {})
            .sort(doc! { "at": -1, "_id": 1 })
            .skip(paging.skip())
            .limit(i64::from(paging.per_page()))
            .await?
            .try_collect()
            .await?;
        Ok(paging.of(found.into_iter().filter_map(BlockDoc::into_model).collect(), total))
    }

    /// Leaves nothing of a block but the hash and since when it is.
    ///
    /// # Errors
    /// The database's.
    pub async fn anonymise(&self, session: &mut ClientSession, id: &BlockId) -> Result<(), Aborted> {
        let update = doc! { "$unset": { "reason": "", "by": "", "customer": "" } };
        self.collection.update_one(doc! { "_id": id.as_str() }, update).session(session).await?;
        Ok(())
    }
}

impl BlockDoc {
    fn into_model(self) -> Option<StoredBlock> {
        let customer = self.customer.and_then(|id| CustomerId::parse(&id.to_hex()).ok());
        let id = BlockId::parse(&self._id).ok()?;
        let block = Block { id, reason: self.reason, by: self.by, at: wall(moment(self.at)) };
        Some(StoredBlock { block, customer })
    }
}
