//! What a document of `orders` looks like, and what the model makes of it.

use super::{
    NAME, NewOrder, StoredOrder,
    erasure::{NO_PHONE, NO_TEXT},
    record::{self, DeskDoc},
    search,
};
use crate::{
    model::{
        allergen::Declaration,
        checkout::{Address, Delivery, DeliveryType},
        day::Day,
        error::AppError,
        food::LineFacts,
        ids::{CartId, OrderId, OrderNumber, ProductId},
        locale::Locale,
        measure::NetContent,
        money::Money,
        order::{Actor, HistoryEntry, LineItem, Order, Source},
        order_record::Record,
        phone::Phone,
        quantity::Quantity,
        status::OrderStatus,
        vat::VatRate,
    },
    server::{
        clock::{now, wall},
        store::{corrupt, date, food, moment, object_id, schema},
    },
};
use mongodb::bson::{DateTime, Document, deserialize_from_document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct OrderDoc {
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
    /// Written `2025-01-13`, so that texts sort as days do.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    day: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    place: Option<String>,
    // Orders of before were placed on the pages, most of them Romanian, and brought for nothing.
    #[serde(default)]
    locale: Locale,
    #[serde(default)]
    source: Source,
    items: Vec<LineDoc>,
    #[serde(default)]
    delivery_fee: i64,
    total_amount: i64,
    status: OrderStatus,
    history: Vec<HistoryDoc>,
    /// What the desk alone may know. Other hands and servers of before leave it out.
    #[serde(default)]
    desk: DeskDoc,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    verified_at: Option<DateTime>,
    /// When an order that is still pending gives its stock back.
    pending_until: DateTime,
    /// When its customer asked to be called.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    call_asked_at: Option<DateTime>,
    /// What the producer finds it by.
    #[serde(default)]
    search: Vec<String>,
    created_at: DateTime,
    updated_at: DateTime,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct AddressDoc {
    street: String,
    city: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    notes: Option<String>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct LineDoc {
    product_id: ObjectId,
    product_name: String,
    quantity: i64,
    unit_price: i64,
    total_price: i64,
    // The facts of the moment of ordering; orders of before have none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    net_content: Option<NetContent>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    allergens: Option<Declaration>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    vat_rate: Option<VatRate>,
}

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct HistoryDoc {
    status: OrderStatus,
    by: Actor,
    at: DateTime,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    note: Option<String>,
}

pub(in crate::server::store) fn validator() -> Document {
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
            "net_content": food::net_content(),
            "allergens": food::allergens(),
            "vat_rate": food::vat_rate(),
        },
        &["net_content", "allergens", "vat_rate"],
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
            "day": schema::text(10, 10),
            "place": schema::text(1, 100),
            "locale": schema::one_of(&["ro", "en"]),
            "source": schema::one_of(&["web", "phone"]),
            "items": items,
            "delivery_fee": schema::whole(0),
            "total_amount": schema::whole(0),
            "status": schema::one_of(&names),
            "history": schema::list(step, 100),
            "desk": record::validator(),
            "verified_at": schema::date(),
            "pending_until": schema::date(),
            "call_asked_at": schema::date(),
            search::FIELD: schema::list(schema::text(1, 50), search::MOST as i32),
            "created_at": schema::date(),
            "updated_at": schema::date(),
        },
        &[
            "delivery_address",
            "preferred_time",
            "special_instructions",
            "day",
            "place",
            "locale",
            "source",
            "delivery_fee",
            "desk",
            "verified_at",
            "call_asked_at",
            search::FIELD,
        ],
    )
}

/// Is this document an order?
pub(in crate::server::store) fn fits(document: &Document) -> bool {
    deserialize_from_document::<OrderDoc>(document.clone()).is_ok_and(|order| order.parse().is_some())
}

impl OrderDoc {
    pub(super) fn new(new: NewOrder) -> OrderDoc {
        let at = date(now());
        let confirmed = new.status == OrderStatus::Confirmed;
        let step = |status| HistoryDoc { status, by: new.by.clone(), at, note: None };
        // Who orders by phone is never asked for a code.
        let mut history = match new.source {
            Source::Web => vec![step(OrderStatus::Pending)],
            Source::Phone => Vec::new(),
        };
        if confirmed {
            history.push(step(OrderStatus::Confirmed));
        }
        OrderDoc {
            search: search::entries(&new.name, new.phone.as_str(), new.number.as_str()),
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
            day: new.day,
            place: new.place,
            locale: new.locale,
            source: new.source,
            items: new.items.into_iter().map(LineDoc::of).collect(),
            delivery_fee: new.delivery_fee.bani(),
            total_amount: new.total.bani(),
            status: new.status,
            history,
            desk: DeskDoc::with(new.note.as_ref()),
            verified_at: confirmed.then_some(at),
            pending_until: date(new.pending_until),
            call_asked_at: new.call_back.then_some(at),
            created_at: at,
            updated_at: at,
        }
    }

    /// The same order of nobody's.
    pub(super) fn anonymised(self, cart: &CartId) -> OrderDoc {
        let nowhere = |_| AddressDoc {
            street: NO_TEXT.to_owned(),
            city: NO_TEXT.to_owned(),
            postal_code: None,
            notes: None,
        };
        OrderDoc {
            search: search::entries("", "", &self.order_number),
            request_hash: NO_TEXT.to_owned(),
            cart_session: cart.to_string(),
            customer_phone: NO_PHONE.to_owned(),
            customer_name: NO_TEXT.to_owned(),
            delivery_address: self.delivery_address.map(nowhere),
            preferred_time: None,
            special_instructions: None,
            history: self.history.into_iter().map(|step| HistoryDoc { note: None, ..step }).collect(),
            desk: self.desk.anonymised(),
            updated_at: date(now()),
            ..self
        }
    }

    /// What the desk keeps of it.
    pub(super) fn record(&self) -> Result<Record, AppError> {
        self.desk.record(self.history.iter().map(|step| moment(step.at)).collect())
    }

    pub(super) fn into_model(self) -> Result<StoredOrder, AppError> {
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
            day: self.day,
            place: self.place,
            locale: self.locale,
            source: self.source,
            call_back: self.status == OrderStatus::Pending && self.call_asked_at.is_some(),
            items: self.items.into_iter().map(LineDoc::into_model).collect::<Option<_>>()?,
            delivery_fee: Money::from_bani(self.delivery_fee).ok()?,
            total: Money::from_bani(self.total_amount).ok()?,
            history: self.history.into_iter().map(HistoryDoc::into_model).collect(),
            created_at,
            updated_at: moment(self.updated_at),
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
    pub(super) fn of(line: LineItem) -> LineDoc {
        LineDoc {
            product_id: object_id(line.product_id.as_str()),
            product_name: line.product_name,
            quantity: line.quantity.into(),
            unit_price: line.unit_price.bani(),
            total_price: line.total_price.bani(),
            net_content: line.food.net,
            allergens: line.food.allergens,
            vat_rate: line.food.vat,
        }
    }

    fn into_model(self) -> Option<LineItem> {
        Some(LineItem {
            product_id: ProductId::parse(&self.product_id.to_hex()).ok()?,
            product_name: self.product_name,
            quantity: Quantity::new(self.quantity).ok()?,
            unit_price: Money::from_bani(self.unit_price).ok()?,
            total_price: Money::from_bani(self.total_price).ok()?,
            food: LineFacts { net: self.net_content, allergens: self.allergens, vat: self.vat_rate },
        })
    }
}

impl HistoryDoc {
    pub(super) fn of(step: &super::Step, at: DateTime) -> HistoryDoc {
        HistoryDoc { status: step.to, by: step.actor.clone(), at, note: step.note.clone() }
    }

    fn into_model(self) -> HistoryEntry {
        HistoryEntry { status: self.status, actor: self.by, at: wall(moment(self.at)), note: self.note }
    }
}
