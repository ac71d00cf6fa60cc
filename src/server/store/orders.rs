//! The collection `orders`. No TTL index here: a TTL deletes whole documents.

use super::{
    corrupt, date,
    migrations::{index, unique},
    moment, object_id, schema,
    transaction::Aborted,
};
use crate::{
    model::{
        checkout::{Address, Delivery, DeliveryType},
        error::{AppError, Missing},
        ids::{CartId, IdempotencyKey, OrderId, OrderNumber, ProductId},
        money::Money,
        order::{Actor, HistoryEntry, LineItem, Order},
        page::{Page, Paging},
        phone::Phone,
        quantity::Quantity,
        status::OrderStatus,
        time::Timestamp,
    },
    server::clock::{now, wall},
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "orders";

#[derive(Clone, Serialize, Deserialize)]
struct OrderDoc {
    _id: ObjectId,
    order_number: String,
    idempotency_key: String,
    /// What was ordered, as a hash: the same key with another order is a mistake of the client's.
    request_hash: String,
    /// The cart that is emptied when the order is confirmed.
    cart_session: String,
    customer_phone: String,
    customer_name: String,
    delivery_type: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    delivery_address: Option<AddressDoc>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    preferred_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    special_instructions: Option<String>,
    items: Vec<LineDoc>,
    total_amount: i64,
    status: OrderStatus,
    history: Vec<HistoryDoc>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    verified_at: Option<DateTime>,
    /// When an order that is still pending gives its stock back.
    pending_until: DateTime,
    created_at: DateTime,
    updated_at: DateTime,
}

#[derive(Clone, Serialize, Deserialize)]
struct AddressDoc {
    street: String,
    city: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    notes: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct LineDoc {
    product_id: ObjectId,
    product_name: String,
    quantity: i64,
    unit_price: i64,
    total_price: i64,
}

#[derive(Clone, Serialize, Deserialize)]
struct HistoryDoc {
    status: OrderStatus,
    by: Actor,
    at: DateTime,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    note: Option<String>,
}

pub(super) fn validator() -> Document {
    let names: Vec<&str> = OrderStatus::ALL.iter().map(|status| status.name()).collect();
    let address = schema::object(
        doc! {
            "street": schema::text(1, 200),
            "city": schema::text(1, 100),
            "postal_code": schema::text(1, 20),
            "notes": schema::text(1, 200),
        },
        &["postal_code", "notes"],
    );
    let line = schema::object(
        doc! {
            "product_id": schema::id(),
            "product_name": schema::text(1, 200),
            "quantity": schema::whole(1),
            "unit_price": schema::whole(0),
            "total_price": schema::whole(0),
        },
        &[],
    );
    let step = schema::object(
        doc! {
            "status": schema::one_of(&names),
            "by": { "bsonType": "object" },
            "at": schema::date(),
            "note": schema::text(1, 500),
        },
        &["note"],
    );
    let mut items = schema::list(line, 100);
    items.insert("minItems", 1);
    schema::document(
        doc! {
            "order_number": schema::text(8, 8),
            "idempotency_key": schema::text(8, 128),
            "request_hash": schema::text(1, 100),
            "cart_session": schema::text(43, 43),
            "customer_phone": schema::text(9, 16),
            "customer_name": schema::text(1, 100),
            "delivery_type": schema::one_of(&["pickup", "delivery"]),
            "delivery_address": address,
            "preferred_time": schema::text(1, 100),
            "special_instructions": schema::text(1, 500),
            "items": items,
            "total_amount": schema::whole(0),
            "status": schema::one_of(&names),
            "history": schema::list(step, 100),
            "verified_at": schema::date(),
            "pending_until": schema::date(),
            "created_at": schema::date(),
            "updated_at": schema::date(),
        },
        &["delivery_address", "preferred_time", "special_instructions", "verified_at"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![
        unique(doc! { "order_number": 1 }),
        unique(doc! { "idempotency_key": 1 }),
        index(doc! { "customer_phone": 1, "created_at": -1 }),
        index(doc! { "status": 1, "created_at": -1 }),
        index(doc! { "created_at": -1 }),
        index(doc! { "cart_session": 1, "status": 1 }),
        index(doc! { "status": 1, "pending_until": 1 }),
    ]
}

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
    /// With the prices of now.
    pub items: Vec<LineItem>,
    /// Their sum.
    pub total: Money,
    /// Pending, or confirmed when the phone is verified already.
    pub status: OrderStatus,
    /// See [`Orders::overdue`].
    pub pending_until: Timestamp,
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

/// Which orders the producer wants to see.
#[derive(Clone, Debug, Default)]
pub struct OrderFilter {
    /// Only these.
    pub status: Option<OrderStatus>,
    /// Words of a name, digits of a phone, or a number.
    pub search: Option<String>,
    /// Placed at or after.
    pub from: Option<Timestamp>,
    /// Placed before.
    pub to: Option<Timestamp>,
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
    pub async fn wait_until(&self, id: &OrderId, until: Timestamp) -> Result<(), AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "status": OrderStatus::Pending.name() };
        self.collection.update_one(filter, doc! { "$set": { "pending_until": date(until) } }).await?;
        Ok(())
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
        let entry = HistoryDoc { status: step.to, by: step.actor.clone(), at, note: step.note.clone() };
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

    /// One page of the producer's list, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn list(&self, filter: &OrderFilter, paging: Paging) -> Result<Page<Order>, AppError> {
        let filter = filter.query();
        let total = self.collection.count_documents(filter.clone()).await?;
        let found: Vec<OrderDoc> = self
            .collection
            .find(filter)
            .sort(doc! { "created_at": -1, "_id": -1 })
            .skip(paging.skip())
            .limit(i64::from(paging.per_page()))
            .await?
            .try_collect()
            .await?;
        let orders: Result<Vec<Order>, AppError> =
            found.into_iter().map(|document| document.into_model().map(|stored| stored.order)).collect();
        Ok(paging.of(orders?, total))
    }

    /// How many orders stand in each status that has any.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count_by_status(&self) -> Result<Vec<(OrderStatus, u64)>, AppError> {
        let groups = vec![doc! { "$group": { "_id": "$status", "count": { "$sum": 1 } } }];
        let found: Vec<Document> = self.collection.aggregate(groups).await?.try_collect().await?;
        let count = |group: &Document| {
            let status = OrderStatus::from_name(group.get_str("_id").ok()?)?;
            let count = group.get_i32("count").map(i64::from).or_else(|_| group.get_i64("count")).ok()?;
            Some((status, u64::try_from(count).ok()?))
        };
        Ok(found.iter().filter_map(count).collect())
    }

    /// Is there any order at all?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn any(&self) -> Result<bool, AppError> {
        Ok(self.collection.find_one(doc! {}).await?.is_some())
    }
}

impl OrderFilter {
    fn query(&self) -> Document {
        let mut query = Document::new();
        if let Some(status) = self.status {
            query.insert("status", status.name());
        }
        let mut placed = Document::new();
        if let Some(from) = self.from {
            placed.insert("$gte", date(from));
        }
        if let Some(to) = self.to {
            placed.insert("$lt", date(to));
        }
        if !placed.is_empty() {
            query.insert("created_at", placed);
        }
        if let Some(search) = self.search.as_deref().map(str::trim).filter(|search| !search.is_empty()) {
            query.insert("$or", search_terms(search));
        }
        query
    }
}

fn search_terms(search: &str) -> Vec<Document> {
    let mut terms = vec![doc! { "order_number": search.to_uppercase() }];
    let literal: String = search.chars().take(100).flat_map(escape).collect();
    terms.push(doc! { "customer_name": { "$regex": literal, "$options": "i" } });
    let digits: String = search.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 3
        && digits.bytes().any(|digit| digit != b'0')
        && !search.chars().any(char::is_alphabetic)
    {
        // A number as people write it begins with the 0 of the country's own numbering.
        terms.push(doc! { "customer_phone": { "$regex": digits.trim_start_matches('0') } });
    }
    terms
}

/// A sign as a regex that means the sign itself.
fn escape(sign: char) -> impl Iterator<Item = char> {
    let special = sign.is_ascii() && !sign.is_ascii_alphanumeric() && !sign.is_whitespace();
    special.then_some('\\').into_iter().chain([sign])
}

impl OrderDoc {
    fn new(new: NewOrder) -> OrderDoc {
        let at = date(now());
        let confirmed = new.status == OrderStatus::Confirmed;
        let step = |status| HistoryDoc { status, by: Actor::Customer, at, note: None };
        let mut history = vec![step(OrderStatus::Pending)];
        if confirmed {
            history.push(step(OrderStatus::Confirmed));
        }
        OrderDoc {
            _id: object_id(new.id.as_str()),
            order_number: new.number.into(),
            idempotency_key: new.key.into(),
            request_hash: new.request_hash,
            cart_session: new.cart.into(),
            customer_phone: new.phone.into(),
            customer_name: new.name,
            delivery_type: new.delivery.kind().name().to_owned(),
            delivery_address: new.delivery.address().map(AddressDoc::of),
            preferred_time: new.preferred_time,
            special_instructions: new.special_instructions,
            items: new.items.into_iter().map(LineDoc::of).collect(),
            total_amount: new.total.bani(),
            status: new.status,
            history,
            verified_at: confirmed.then_some(at),
            pending_until: date(new.pending_until),
            created_at: at,
            updated_at: at,
        }
    }

    fn into_model(self) -> Result<StoredOrder, AppError> {
        self.parse().ok_or_else(|| corrupt(NAME).into())
    }

    fn parse(self) -> Option<StoredOrder> {
        let delivery = match DeliveryType::from_name(&self.delivery_type)? {
            DeliveryType::Pickup => Delivery::Pickup,
            DeliveryType::Delivery => Delivery::Delivery(self.delivery_address?.into_model()),
        };
        let created_at = moment(self.created_at);
        let order = Order {
            id: OrderId::parse(&self._id.to_hex()).ok()?,
            number: OrderNumber::parse(&self.order_number).ok()?,
            status: self.status,
            customer_name: self.customer_name,
            customer_phone: Phone::from_e164(&self.customer_phone).ok()?,
            delivery,
            preferred_time: self.preferred_time,
            special_instructions: self.special_instructions,
            items: self.items.into_iter().map(LineDoc::into_model).collect::<Option<_>>()?,
            total: Money::from_bani(self.total_amount).ok()?,
            history: self.history.into_iter().map(HistoryDoc::into_model).collect(),
            created_at,
            placed: wall(created_at),
        };
        Some(StoredOrder {
            order,
            cart: CartId::parse(&self.cart_session).ok()?,
            request_hash: self.request_hash,
            pending_until: moment(self.pending_until),
        })
    }
}

impl AddressDoc {
    fn of(address: &Address) -> AddressDoc {
        AddressDoc {
            street: address.street.clone(),
            city: address.city.clone(),
            postal_code: address.postal_code.clone(),
            notes: address.notes.clone(),
        }
    }

    fn into_model(self) -> Address {
        Address { street: self.street, city: self.city, postal_code: self.postal_code, notes: self.notes }
    }
}

impl LineDoc {
    fn of(line: LineItem) -> LineDoc {
        LineDoc {
            product_id: object_id(line.product_id.as_str()),
            product_name: line.product_name,
            quantity: line.quantity.into(),
            unit_price: line.unit_price.bani(),
            total_price: line.total_price.bani(),
        }
    }

    fn into_model(self) -> Option<LineItem> {
        Some(LineItem {
            product_id: ProductId::parse(&self.product_id.to_hex()).ok()?,
            product_name: self.product_name,
            quantity: Quantity::new(self.quantity).ok()?,
            unit_price: Money::from_bani(self.unit_price).ok()?,
            total_price: Money::from_bani(self.total_price).ok()?,
        })
    }
}

impl HistoryDoc {
    fn into_model(self) -> HistoryEntry {
        HistoryEntry { status: self.status, actor: self.by, at: wall(moment(self.at)), note: self.note }
    }
}
