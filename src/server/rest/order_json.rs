//! An order as the API writes it. It holds the customer's phone number in full: it is shown only
//! to who has proved the number or typed it, and to the producer.

use super::{
    food_json::{AllergensJson, NetJson, UnitPriceJson, VatJson, unit_price},
    money::Decimal,
    schema::Moment,
};
use crate::{
    model::{
        checkout::{Address, DeliveryType},
        day::Day,
        ids::{OrderId, OrderNumber, ProductId},
        order::{LineItem, Order, Placed, Verification},
        phone::Phone,
        quantity::Quantity,
        status::OrderStatus,
        vat::VatRate,
    },
    server::clock::rfc3339,
};
use serde::Serialize;
use utoipa::ToSchema;

/// The order.
#[derive(Serialize, ToSchema)]
#[schema(as = Order)]
pub struct OrderJson {
    id: OrderId,
    order_number: OrderNumber,
    status: OrderStatus,
    customer_name: String,
    customer_phone: Phone,
    delivery_type: DeliveryType,
    delivery_address: Option<AddressJson>,
    preferred_time: Option<String>,
    special_instructions: Option<String>,
    /// When the customer gets it; null where the shop promises no day.
    day: Option<Day>,
    /// The place of pickup or the area of delivery, as it was called at the moment of ordering.
    #[schema(max_length = 100, example = "La cuptor")]
    place: Option<String>,
    items: Vec<LineJson>,
    /// Part of the total.
    delivery_fee: Decimal,
    total_amount: Decimal,
    /// The VAT in the total, each rate once.
    vat_included: Vec<VatJson>,
    #[schema(value_type = Moment)]
    created_at: String,
    verification: VerificationJson,
}

/// A line; name, prices and facts are those of the moment of ordering.
#[derive(Serialize, ToSchema)]
#[schema(as = LineItem)]
struct LineJson {
    product_id: ProductId,
    product_name: String,
    quantity: Quantity,
    unit_price: Decimal,
    total_price: Decimal,
    net_content: Option<NetJson>,
    unit_price_per_measure: Option<UnitPriceJson>,
    allergens: AllergensJson,
    /// Null in orders from before it was kept.
    vat_rate: Option<VatRate>,
}

/// Where an order is brought to.
#[derive(Serialize, ToSchema)]
#[schema(as = Address)]
struct AddressJson {
    #[schema(max_length = 200, example = "Strada Morii 5")]
    street: String,
    #[schema(max_length = 100, example = "Sibiu")]
    city: String,
    #[schema(max_length = 20, example = "550001")]
    postal_code: Option<String>,
    /// For the driver.
    #[schema(max_length = 200)]
    notes: Option<String>,
}

/// Is a code needed, and until when?
#[derive(Serialize, ToSchema)]
#[schema(as = Verification)]
struct VerificationJson {
    required: bool,
    /// When the code ends.
    #[schema(value_type = Option<Moment>, nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    /// Seconds until another one can be asked for.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    resend_after: Option<u32>,
    /// `false` when the order was placed but its SMS could not be sent: it can be asked for again.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_sent: Option<bool>,
    /// `true` when no code is to come: the shop calls, and confirms the order by hand.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    call_back: Option<bool>,
}

/// A code that was sent.
#[derive(Serialize, ToSchema)]
#[schema(as = SentCode)]
pub struct CodeJson {
    #[schema(value_type = Moment)]
    expires_at: String,
    /// Seconds until another one can be asked for.
    resend_after: u32,
}

impl OrderJson {
    /// An order with what is known about its code.
    pub fn of(order: Order, code: Option<Verification>) -> OrderJson {
        let required = order.status == OrderStatus::Pending;
        let call_back = (required && order.call_back).then_some(true);
        let code = code.filter(|_| required).map(CodeJson::from);
        let (expires_at, resend_after) = code.map(|code| (code.expires_at, code.resend_after)).unzip();
        OrderJson {
            vat_included: order.vat_included().into_iter().map(VatJson::from).collect(),
            id: order.id,
            order_number: order.number,
            status: order.status,
            customer_name: order.customer_name,
            customer_phone: order.customer_phone,
            delivery_type: order.delivery.kind(),
            delivery_address: order.delivery.address().cloned().map(AddressJson::from),
            preferred_time: order.preferred_time,
            special_instructions: order.special_instructions,
            day: order.day,
            place: order.place,
            delivery_fee: Decimal(order.delivery_fee),
            items: order.items.into_iter().map(LineJson::from).collect(),
            total_amount: Decimal(order.total),
            created_at: rfc3339(order.created_at),
            verification: VerificationJson { required, expires_at, resend_after, sms_sent: None, call_back },
        }
    }

    /// An order that was just placed.
    pub fn placed(placed: Placed) -> OrderJson {
        let mut order = OrderJson::of(placed.order, placed.verification);
        order.verification.sms_sent = order.verification.required.then_some(!placed.sms_failed);
        order
    }
}

impl From<LineItem> for LineJson {
    fn from(line: LineItem) -> LineJson {
        LineJson {
            product_id: line.product_id,
            product_name: line.product_name,
            quantity: line.quantity,
            unit_price: Decimal(line.unit_price),
            total_price: Decimal(line.total_price),
            net_content: line.food.net.map(NetJson::from),
            unit_price_per_measure: unit_price(line.food.net, line.unit_price),
            allergens: line.food.allergens.into(),
            vat_rate: line.food.vat,
        }
    }
}

impl From<Address> for AddressJson {
    fn from(address: Address) -> AddressJson {
        let Address { street, city, postal_code, notes } = address;
        AddressJson { street, city, postal_code, notes }
    }
}

impl From<Verification> for CodeJson {
    fn from(code: Verification) -> CodeJson {
        CodeJson { expires_at: rfc3339(code.expires_at), resend_after: code.resend_after }
    }
}
