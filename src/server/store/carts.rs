//! The collection `cart_sessions`.

use super::{corrupt, date, migrations, object_id, schema, transaction::Aborted};
use crate::{
    model::{
        error::AppError,
        ids::{CartId, ProductId},
        money::Money,
        quantity::Quantity,
    },
    server::clock::now,
};
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{Bson, DateTime, Document, doc, oid::ObjectId},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;

pub(super) const NAME: &str = "cart_sessions";

/// The most different products in one cart.
pub const MAX_LINES: usize = 100;

#[derive(Serialize, Deserialize)]
struct CartDoc {
    session_id: String,
    items: Vec<ItemDoc>,
    created_at: DateTime,
    updated_at: DateTime,
    expires_at: DateTime,
}

#[derive(Serialize, Deserialize)]
struct ItemDoc {
    product_id: ObjectId,
    quantity: i64,
    /// Bani: the price that the customer saw, so that a change can be told.
    seen_price: i64,
}

/// What happens to a quantity.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// It becomes this.
    Set(Quantity),
    /// It grows by this.
    Add(Quantity),
}

/// A product in a stored cart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartItem {
    /// Which product.
    pub product_id: ProductId,
    /// How many.
    pub quantity: Quantity,
    /// The price that the customer saw.
    pub seen_price: Money,
}

pub(super) fn validator() -> Document {
    let item = schema::object(
        doc! {
            "product_id": schema::id(),
            "quantity": schema::whole(1),
            "seen_price": schema::whole(0),
        },
        &[],
    );
    schema::document(
        doc! {
            "session_id": schema::text(43, 43),
            "items": schema::list(item, 100),
            "created_at": schema::date(),
            "updated_at": schema::date(),
            "expires_at": schema::date(),
        },
        &[],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![migrations::unique(doc! { "session_id": 1 }), migrations::expiry()]
}

/// Reads and writes carts.
#[derive(Clone)]
pub struct Carts {
    collection: Collection<CartDoc>,
}

impl Carts {
    pub(super) fn new(database: &Database) -> Carts {
        Carts { collection: database.collection(NAME) }
    }

    /// The products of a cart in the order in which they were added; `None` when there is no such
    /// cart or its time is over (the TTL index deletes only about once a minute).
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn items(&self, cart: &CartId) -> Result<Option<Vec<CartItem>>, AppError> {
        let filter = doc! { "session_id": cart.as_str(), "expires_at": { "$gt": date(now()) } };
        let found = self.collection.find_one(filter).await?;
        found.map(CartDoc::into_items).transpose()
    }

    /// Changes the quantity of a product, or puts it in; each use renews the cart's time. The
    /// price is remembered as the one that the customer saw.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn put(
        &self,
        cart: &CartId,
        product: &ProductId,
        seen_price: Money,
        change: Change,
        ttl: Duration,
    ) -> Result<Vec<CartItem>, AppError> {
        let id = object_id(product.as_str());
        let (first, then) = match change {
            Change::Set(quantity) => (i64::from(quantity), doc! { "$literal": i64::from(quantity) }),
            Change::Add(quantity) => (
                i64::from(quantity),
                doc! { "$min": [
                    i64::from(Quantity::MAX),
                    { "$add": ["$$this.quantity", i64::from(quantity)] },
                ] },
            ),
        };
        let entry =
            |quantity: Bson| doc! { "product_id": id, "quantity": quantity, "seen_price": seen_price.bani() };
        // One pipeline update, so that two taps at once cannot make two lines of one product.
        let items = doc! { "$ifNull": ["$items", []] };
        let replaced = doc! { "$map": {
            "input": items.clone(),
            "in": { "$cond": [{ "$eq": ["$$this.product_id", id] }, entry(then.into()), "$$this"] },
        } };
        // Not "$items.product_id": secantusd-rs does not look into the elements of an array for it.
        let known = doc! { "$in": [id, { "$map": { "input": items.clone(), "in": "$$this.product_id" } }] };
        let appended = doc! { "$concatArrays": [items, [entry(first.into())]] };
        let (at, until) = times(ttl);
        let pipeline = vec![doc! { "$set": {
            "session_id": cart.as_str(),
            "items": { "$cond": [known, replaced, appended] },
            "created_at": { "$ifNull": ["$created_at", at] },
            "updated_at": at,
            "expires_at": until,
        } }];
        let changed = self
            .collection
            .find_one_and_update(doc! { "session_id": cart.as_str() }, pipeline)
            .upsert(true)
            .return_document(ReturnDocument::After)
            .await?;
        changed.map_or(Ok(Vec::new()), CartDoc::into_items)
    }

    /// Takes a product out.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn remove(
        &self,
        cart: &CartId,
        product: &ProductId,
        ttl: Duration,
    ) -> Result<Option<Vec<CartItem>>, AppError> {
        let (at, until) = times(ttl);
        let update = doc! {
            "$pull": { "items": { "product_id": object_id(product.as_str()) } },
            "$set": { "updated_at": at, "expires_at": until },
        };
        let changed = self
            .collection
            .find_one_and_update(doc! { "session_id": cart.as_str(), "expires_at": { "$gt": at } }, update)
            .return_document(ReturnDocument::After)
            .await?;
        changed.map(CartDoc::into_items).transpose()
    }

    /// Marks a cart as being ordered; says whether it is still there. Two orders of one cart at
    /// once thereby meet in the database, and one of them tries again and sees the other.
    ///
    /// # Errors
    /// The database's.
    pub async fn claim(&self, session: &mut ClientSession, cart: &CartId) -> Result<bool, Aborted> {
        let update = doc! { "$set": { "updated_at": date(now()) } };
        let result =
            self.collection.update_one(doc! { "session_id": cart.as_str() }, update).session(session).await?;
        Ok(result.matched_count == 1)
    }

    /// Empties a cart whose order is confirmed.
    ///
    /// # Errors
    /// The database's.
    pub async fn delete(&self, session: &mut ClientSession, cart: &CartId) -> Result<(), Aborted> {
        self.collection.delete_one(doc! { "session_id": cart.as_str() }).session(session).await?;
        Ok(())
    }
}

fn times(ttl: Duration) -> (DateTime, DateTime) {
    let at = now();
    let seconds = i64::try_from(ttl.as_secs()).unwrap_or(i64::MAX);
    (date(at), date(at.plus_seconds(seconds)))
}

impl CartDoc {
    fn into_items(self) -> Result<Vec<CartItem>, AppError> {
        self.items.into_iter().map(|item| item.into_model().ok_or_else(|| corrupt(NAME).into())).collect()
    }
}

impl ItemDoc {
    fn into_model(self) -> Option<CartItem> {
        Some(CartItem {
            product_id: ProductId::parse(&self.product_id.to_hex()).ok()?,
            quantity: Quantity::new(self.quantity).ok()?,
            seen_price: Money::from_bani(self.seen_price).ok()?,
        })
    }
}
