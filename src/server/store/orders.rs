//! The collection `orders`. No TTL index here: a TTL deletes whole documents.

mod board;
mod by_customer;
mod document;
mod erasure;
mod filter;
pub mod kitchen;
mod news;
mod record;
pub(crate) mod search;

pub use board::Back;
pub use by_customer::{PhoneFigures, figures};
pub use erasure::{NO_PHONE, NO_TEXT};
pub use filter::{OrderFilter, newest_first};
pub use record::NewItems;

use super::{
    date,
    migrations::{index, unique},
    object_id,
    transaction::Aborted,
};
use crate::{
    model::{
        checkout::Delivery,
        day::Day,
        error::{AppError, Missing},
        ids::{CartId, IdempotencyKey, OrderId, OrderNumber},
        locale::Locale,
        money::Money,
        order::{Actor, LineItem, Order, Source},
        order_record::Note,
        page::{Page, Paging},
        phone::Phone,
        status::OrderStatus,
        time::Timestamp,
    },
    server::{clock::now, failpoint::reached},
};
use document::{HistoryDoc, OrderDoc};
use futures::TryStreamExt;
use mongodb::{ClientSession, Collection, Database, IndexModel, bson::doc, options::ReturnDocument};

pub(super) use document::{fits, validator};
pub(super) use search::make_findable;

pub(super) const NAME: &str = "orders";

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![
        unique(doc! { "order_number": 1 }),
        unique(doc! { "idempotency_key": 1 }),
        index(doc! { "customer_phone": 1, "created_at": -1 }),
        // With the id, which decides between two of the same moment: a page of the list is read from
        // the index in its order, and nothing is sorted.
        index(doc! { "status": 1, "created_at": -1, "_id": -1 }),
        index(doc! { "created_at": -1, "_id": -1 }),
        index(doc! { "updated_at": 1 }),
        index(doc! { search::FIELD: 1 }),
        index(doc! { "cart_session": 1, "status": 1 }),
        index(doc! { "status": 1, "pending_until": 1 }),
        // Whose orders have changed: read from the index alone.
        index(doc! { "updated_at": 1, "customer_phone": 1 }),
        index(doc! { "status": 1, "day": 1 }),
    ]
}

/// A list of what was searched for ends here: whoever finds so many searches for more.
pub const MOST_FOUND: u64 = 1000;

/// An order about to be stored.
#[derive(Clone)]
pub struct NewOrder {
    /// Its id, made beforehand so that a code can be bound to it.
    pub id: OrderId,
    /// Its number.
    pub number: OrderNumber,
    /// Makes placing it idempotent.
    pub key: IdempotencyKey,
    /// What was ordered, as a hash.
    pub request_hash: String,
    /// The cart it comes from.
    pub cart: CartId,
    /// Who orders.
    pub name: String,
    /// The number to verify.
    pub phone: Phone,
    /// Pickup, or where to.
    pub delivery: Delivery,
    /// In the customer's words.
    pub preferred_time: Option<String>,
    /// In the customer's words.
    pub special_instructions: Option<String>,
    /// When the customer gets it.
    pub day: Option<Day>,
    /// The name of the place of pickup or of the area of delivery.
    pub place: Option<String>,
    /// The customer's language.
    pub locale: Locale,
    /// How it reached the shop.
    pub source: Source,
    /// With the prices of now.
    pub items: Vec<LineItem>,
    /// What bringing it costs.
    pub delivery_fee: Money,
    /// The sum of lines and fee.
    pub total: Money,
    /// Pending, or confirmed when the phone is verified already.
    pub status: OrderStatus,
    /// See [`Orders::overdue`].
    pub pending_until: Timestamp,
    /// Is its customer to be called, as no code could be sent?
    pub call_back: bool,
    /// Who placed it.
    pub by: Actor,
    /// What was noted for the desk.
    pub note: Option<Note>,
}

/// An order as stored, with what only the services need.
#[derive(Clone)]
pub struct StoredOrder {
    /// What everybody may know who may see the order.
    pub order: Order,
    /// The cart it comes from.
    pub cart: CartId,
    /// What was ordered, as a hash.
    pub request_hash: String,
    /// See [`Orders::overdue`].
    pub pending_until: Timestamp,
}

/// A change of status.
pub struct Step {
    /// From exactly this status.
    pub from: OrderStatus,
    /// To this one.
    pub to: OrderStatus,
    /// By whom.
    pub actor: Actor,
    /// A remark.
    pub note: Option<String>,
}

/// Reads and writes orders.
#[derive(Clone)]
pub struct Orders {
    collection: Collection<OrderDoc>,
}

impl Orders {
    pub(super) fn new(database: &Database) -> Orders {
        Orders { collection: database.collection(NAME) }
    }

    /// Stores a new order.
    ///
    /// # Errors
    /// The database's; a duplicate key error when number or idempotency key are taken.
    pub async fn insert(&self, session: &mut ClientSession, new: NewOrder) -> Result<StoredOrder, Aborted> {
        let document = OrderDoc::new(new);
        self.collection.insert_one(&document).session(session).await?;
        reached("order.inserted");
        Ok(document.into_model()?)
    }

    /// One by its id.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn by_id(&self, id: &OrderId) -> Result<StoredOrder, AppError> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) }).await?;
        found.ok_or(AppError::missing(Missing::Order))?.into_model()
    }

    /// The order that was placed with this key.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn by_key(&self, key: &IdempotencyKey) -> Result<Option<StoredOrder>, AppError> {
        let found = self.collection.find_one(doc! { "idempotency_key": key.as_str() }).await?;
        found.map(OrderDoc::into_model).transpose()
    }

    /// Orders of this cart that still wait for their code.
    ///
    /// # Errors
    /// The database's.
    pub async fn pending_of_cart(
        &self,
        session: &mut ClientSession,
        cart: &CartId,
    ) -> Result<Vec<StoredOrder>, Aborted> {
        let filter = doc! { "cart_session": cart.as_str(), "status": OrderStatus::Pending.name() };
        let mut cursor = self.collection.find(filter).session(&mut *session).await?;
        let mut found = Vec::new();
        while let Some(document) = cursor.next(session).await {
            found.push(document?.into_model()?);
        }
        Ok(found)
    }

    /// The same outside of a transaction: what this cart holds already.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn waiting_of_cart(&self, cart: &CartId) -> Result<Vec<Order>, AppError> {
        let filter = doc! { "cart_session": cart.as_str(), "status": OrderStatus::Pending.name() };
        let found: Vec<OrderDoc> = self.collection.find(filter).await?.try_collect().await?;
        found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect()
    }

    /// Orders whose code was not entered in time.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn overdue(&self, at: Timestamp) -> Result<Vec<StoredOrder>, AppError> {
        let filter = doc! { "status": OrderStatus::Pending.name(), "pending_until": { "$lt": date(at) } };
        let found: Vec<OrderDoc> = self.collection.find(filter).limit(100).await?.try_collect().await?;
        found.into_iter().map(OrderDoc::into_model).collect()
    }

    /// Gives a pending order more time, after another code was sent.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn wait_until(
        &self,
        session: &mut ClientSession,
        id: &OrderId,
        until: Timestamp,
    ) -> Result<(), Aborted> {
        let filter = doc! { "_id": object_id(id.as_str()), "status": OrderStatus::Pending.name() };
        // Nobody sees this moment: to the producer nothing has changed.
        let later = doc! { "$max": { "pending_until": date(until) } };
        self.collection.update_one(filter, later).session(session).await?;
        Ok(())
    }

    /// Marks a pending order whose customer is to be called, and keeps it so long; `None` when it is not
    /// pending any more.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn ask_for_call(&self, id: &OrderId, until: Timestamp) -> Result<Option<Order>, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "status": OrderStatus::Pending.name() };
        let at = date(now());
        let update = doc! {
            "$set": { "call_asked_at": at, "updated_at": at },
            "$max": { "pending_until": date(until) },
        };
        let asked = self.collection.find_one_and_update(filter, update);
        let asked = asked.return_document(ReturnDocument::After).await?;
        Ok(asked.map(OrderDoc::into_model).transpose()?.map(|stored| stored.order))
    }

    /// Changes the status if it still is `step.from`; `None` when it is not.
    ///
    /// # Errors
    /// The database's.
    pub async fn step(
        &self,
        session: &mut ClientSession,
        id: &OrderId,
        step: &Step,
    ) -> Result<Option<StoredOrder>, Aborted> {
        let at = date(now());
        let entry = HistoryDoc::of(step, at);
        let entry = mongodb::bson::serialize_to_bson(&entry).map_err(mongodb::error::Error::from)?;
        let mut set = doc! { "status": step.to.name(), "updated_at": at };
        if step.to == OrderStatus::Confirmed {
            set.insert("verified_at", at);
        }
        let changed = self
            .collection
            .find_one_and_update(
                doc! { "_id": object_id(id.as_str()), "status": step.from.name() },
                doc! { "$set": set, "$push": { "history": entry } },
            )
            .return_document(ReturnDocument::After)
            .session(session)
            .await?;
        Ok(changed.map(OrderDoc::into_model).transpose()?)
    }

    /// The newest orders of a phone number.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of_phone(&self, phone: &Phone) -> Result<Vec<Order>, AppError> {
        let found: Vec<OrderDoc> = self
            .collection
            .find(doc! { "customer_phone": phone.as_str() })
            .sort(doc! { "created_at": -1 })
            .limit(50)
            .await?
            .try_collect()
            .await?;
        found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect()
    }

    /// All orders of a phone number, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn all_of_phone(&self, phone: &Phone) -> Result<Vec<Order>, AppError> {
        let all = self.collection.find(doc! { "customer_phone": phone.as_str() });
        let found: Vec<OrderDoc> = all.sort(doc! { "created_at": -1 }).await?.try_collect().await?;
        found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect()
    }

    /// One page of the producer's list, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn list(&self, filter: &OrderFilter, paging: Paging) -> Result<Page<Order>, AppError> {
        let query = filter.query();
        let count = async { self.count(filter).await };
        let find = async {
            let page = self.collection.find(query).sort(newest_first());
            let page = page.skip(paging.skip()).limit(i64::from(paging.per_page()));
            Ok::<Vec<OrderDoc>, AppError>(page.await?.try_collect().await?)
        };
        let (total, found) = tokio::try_join!(count, find)?;
        let orders: Result<Vec<Order>, AppError> =
            found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect();
        Ok(paging.of(orders?, total))
    }

    /// How many a filter lets through; of a search not more than [`MOST_FOUND`], as counting costs the
    /// reading of each.
    async fn count(&self, filter: &OrderFilter) -> Result<u64, AppError> {
        if filter.is_all() {
            return Ok(self.collection.estimated_document_count().await?);
        }
        let count = self.collection.count_documents(filter.query());
        let count = if filter.searched().is_some() { count.limit(MOST_FOUND) } else { count };
        Ok(count.await?)
    }

    /// How many orders stand in each status that has any: each a range of an index, and no document
    /// is read.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count_by_status(&self) -> Result<Vec<(OrderStatus, u64)>, AppError> {
        let count = |status: OrderStatus| async move {
            let count = self.collection.count_documents(doc! { "status": status.name() }).await;
            Ok::<_, AppError>((status, count?))
        };
        let counts = futures::future::try_join_all(OrderStatus::ALL.map(count)).await?;
        Ok(counts.into_iter().filter(|(_, count)| *count > 0).collect())
    }

    /// Is there any order at all?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn any(&self) -> Result<bool, AppError> {
        Ok(self.collection.find_one(doc! {}).await?.is_some())
    }
}
