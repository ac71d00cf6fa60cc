//! What the API's document says of the types of model/, which know nothing of it.

use super::{
    fields::{FieldValue, Whole},
    food_json::Amount,
    money::Decimal,
};
use crate::model::{
    allergen::Allergen,
    checkout::DeliveryType,
    day::Day,
    error::CODES,
    field::FieldError,
    ids::{CartId, CategoryId, IdempotencyKey, ORDER_NUMBER_SIGNS, OrderId, OrderNumber, ProductId, Slug},
    measure::{NetContent, Unit},
    message::{MessageFailure, MessageKind, MessageState, Report},
    phone::Phone,
    product::{ProductForm, ProductSort},
    quantity::Quantity,
    status::OrderStatus,
    time::Timestamp,
    vat::VatRate,
};
use serde_json::{json, value::RawValue};
use std::borrow::Cow;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
    },
};

fn text(pattern: &str, example: &str, about: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(pattern))
        .examples([json!(example)])
        .description(Some(about))
}

fn choice(names: impl IntoIterator<Item = &'static str>, about: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).description(Some(about))
}

fn whole(from: u32, to: u32, about: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(from))
        .maximum(Some(to))
        .description(Some(about))
}

macro_rules! schema {
    ($($type:ty, $name:literal => $schema:expr;)*) => {
        $(
            impl PartialSchema for $type {
                fn schema() -> RefOr<Schema> {
                    RefOr::T(Schema::Object($schema.build()))
                }
            }
            impl ToSchema for $type {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed($name)
                }
            }
        )*
    };
}

const OBJECT_ID: &str = "^[0-9a-f]{24}$";

schema! {
    ProductId, "ProductId" => text(OBJECT_ID, "507f1f77bcf86cd799439011", "A product.");
    CategoryId, "CategoryId" => text(OBJECT_ID, "507f1f77bcf86cd799439012", "A category.");
    OrderId, "OrderId" => text(OBJECT_ID, "507f1f77bcf86cd799439013", "An order.");
    CartId, "CartId" => text(
        "^[A-Za-z0-9_-]{43}$",
        "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA",
        "A cart. Whoever knows it holds the cart.",
    );
    IdempotencyKey, "IdempotencyKey" => text(
        "^[A-Za-z0-9_-]{8,128}$",
        "5f0c3b0e-8c7e-4d4e-9f43-2a7f1c9a1b10",
        "Made by the client; the same key gives the same order.",
    );
    Slug, "Slug" => text("^[a-z0-9-]{1,120}$", "paine-cu-maia", "A name in an address.");
    OrderNumber, "OrderNumber" => text(
        &format!(
            "^[{signs}]{{3}}-[{signs}]{{4}}$",
            signs = ORDER_NUMBER_SIGNS.iter().copied().map(char::from).collect::<String>()
        ),
        "VK7-3MQ9",
        "What the customer reads out.",
    );
    Day, "Day" => text(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2025-01-13", "A day of the shop's calendar.");
    Phone, "Phone" => text(r"^\+[1-9][0-9]{6,14}$", "+40722123456", "A phone number in E.164.");
    OrderStatus, "OrderStatus" => choice(
        OrderStatus::ALL.map(OrderStatus::name),
        "pending → confirmed → processing → ready → completed; cancelled from all but completed.",
    );
    MessageKind, "MessageKind" => choice(
        MessageKind::ALL.map(MessageKind::name),
        "What a message tells of: the status that an order has come to, or a code.",
    );
    MessageState, "MessageState" => choice(
        MessageState::ALL.map(MessageState::name),
        "queued → sending → sent, failed, withdrawn, or queued again.",
    );
    Report, "MessageReport" => choice(
        Report::ALL.map(Report::name),
        "What the provider has told of a message that it took.",
    );
    MessageFailure, "MessageFailure" => choice(
        MessageFailure::ALL.map(MessageFailure::name),
        "Why a message was not sent.",
    );
    DeliveryType, "DeliveryType" => choice(
        [DeliveryType::Pickup, DeliveryType::Delivery].map(DeliveryType::name),
        "Picked up at the shop, or brought to an address.",
    );
    Code, "ErrorCode" => choice(CODES, "What a program can rely on.");
    ProductSort, "ProductSort" => choice(ProductSort::ALL.map(ProductSort::name), "In which order.");
    Allergen, "Allergen" => choice(
        Allergen::ALL.map(Allergen::name),
        "One of the fourteen of Annex II of Regulation (EU) No 1169/2011.",
    );
    Unit, "Unit" => choice(Unit::ALL.map(Unit::name), "In what a content is measured.");
    Amount, "ContentAmount" => ObjectBuilder::new()
        .schema_type(Type::Number)
        .minimum(Some(0.001))
        .maximum(Some(NetContent::MAX))
        .examples([json!(500)])
        .description(Some("At most three decimals; pieces are whole."));
    VatRate, "VatRate" => ObjectBuilder::new()
        .schema_type(Type::Integer)
        .enum_values(Some(VatRate::ALL.map(VatRate::percent)))
        .description(Some("Percent of VAT in the price: 11 for food, 21 for everything else."));
    Quantity, "Quantity" => whole(1, Quantity::MAX, "Whole pieces.").examples([json!(2)]);
    Stock, "Stock" => whole(0, ProductForm::MAX_STOCK, "Pieces that can be sold.").examples([json!(12)]);
    Decimal, "Amount" => ObjectBuilder::new()
        .schema_type(Type::Number)
        .minimum(Some(0))
        .maximum(Some(9_999_999.99))
        .examples([json!(12.5)])
        .description(Some("Lei, with two decimals."));
    Version, "Version" => ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(0))
        .maximum(Some(Version::MAX))
        .examples([json!(1_736_764_200_123_i64)])
        .description(Some("Which state of a thing."));
    Moment, "Moment" => ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .examples([json!("2025-01-13T10:30:00Z")])
        .description(Some("A moment in UTC."));
}

/// The codes of the table "Errors".
pub struct Code;

/// Pieces in stock, where a handler's type has a plain number.
pub struct Stock;

/// A moment, where a handler's type has the text.
pub struct Moment;

/// Which state of a thing: the moment of its last change, in milliseconds.
pub struct Version(pub Timestamp);

impl Version {
    /// The largest whole number that every JSON parser keeps exactly: 2^53 - 1.
    const MAX: i64 = (1 << 53) - 1;
}

impl FieldValue for Version {
    fn read(raw: &RawValue) -> Result<Version, FieldError> {
        match Whole::read(raw)? {
            Whole(number @ 0..=Version::MAX) => Ok(Version(Timestamp(number))),
            Whole(_) => Err(FieldError::Range { min: 0, max: Version::MAX }),
        }
    }
}
