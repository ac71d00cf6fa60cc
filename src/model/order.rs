//! Orders as the shop and its customers read them.

use super::{
    checkout::Delivery,
    day::Day,
    food::LineFacts,
    ids::{OrderId, OrderNumber, ProductId},
    locale::Locale,
    message::Channel,
    money::Money,
    phone::Phone,
    quantity::Quantity,
    status::OrderStatus,
    text,
    time::{Timestamp, WallTime},
    vat::{self, VatRate},
};
use serde::{Deserialize, Serialize};

/// A line of an order: name, prices and facts are frozen at the moment of ordering.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineItem {
    /// Which product it was.
    pub product_id: ProductId,
    /// What it was called.
    pub product_name: String,
    /// How many.
    pub quantity: Quantity,
    /// What one cost.
    pub unit_price: Money,
    /// What all cost.
    pub total_price: Money,
    /// How much one piece was, its allergens, its VAT.
    pub food: LineFacts,
}

/// Who changed the status of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "username", rename_all = "lowercase")]
pub enum Actor {
    /// Who ordered.
    Customer,
    /// An admin, by user name.
    Admin(String),
    /// The shop itself: an order that was not verified in time, or replaced by a new one.
    Shop,
}

/// One step in the life of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// What it became.
    pub status: OrderStatus,
    /// By whose hand.
    pub actor: Actor,
    /// When, on the shop's clock.
    pub at: WallTime,
    /// A remark of the producer.
    pub note: Option<String>,
}

/// How an order reached the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// By the shop's pages or the JSON API.
    #[default]
    Web,
    /// By a call: an admin typed it in.
    Phone,
}

/// A whole order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// Where it stands.
    pub status: OrderStatus,
    /// Who ordered.
    pub customer_name: String,
    /// Verified once the status is past pending.
    pub customer_phone: Phone,
    /// Pickup, or where to.
    pub delivery: Delivery,
    /// When it suits the customer, in the customer's words.
    pub preferred_time: Option<String>,
    /// What the customer asks for besides.
    pub special_instructions: Option<String>,
    /// The day on which the customer gets it; orders of before have none.
    pub day: Option<Day>,
    /// The place of pickup or the area of delivery, as it was called at the moment of ordering.
    pub place: Option<String>,
    /// The language that the shop writes to the customer in.
    pub locale: Locale,
    /// How it reached the shop.
    pub source: Source,
    /// At least one line.
    pub items: Vec<LineItem>,
    /// What bringing it costs, frozen like the lines; zero for a pickup.
    pub delivery_fee: Money,
    /// The sum of the lines and of the fee.
    pub total: Money,
    /// Does its customer wait to be called, as no code came? Then the producer confirms it by hand.
    pub call_back: bool,
    /// Every change of status, oldest first.
    pub history: Vec<HistoryEntry>,
    /// When it was placed.
    pub created_at: Timestamp,
    /// When anything of it changed last.
    pub updated_at: Timestamp,
    /// The same on the shop's clock.
    pub placed: WallTime,
}

impl Order {
    /// The VAT in the total, each rate once.
    pub fn vat_included(&self) -> Vec<(VatRate, Money)> {
        vat::included(self.items.iter().map(|line| (line.food.vat, line.total_price)))
    }
}

/// What is known about the code of a pending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// When the code ends.
    pub expires_at: Timestamp,
    /// Seconds until another one can be sent.
    pub resend_after: u32,
}

/// What has become of the code of an order, on its way by SMS or by a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeProgress {
    /// It is about to leave, or has left.
    OnItsWay,
    /// The phone has it.
    Delivered,
    /// It could not leave yet; the shop tries again by itself.
    TryingAgain,
    /// It left and did not arrive.
    NotArrived,
    /// The number can receive none.
    BadNumber,
    /// It was given up.
    Failed,
}

impl CodeProgress {
    /// What the customer is told of it; of an SMS nothing as long as all goes well.
    pub const fn message(self, channel: Channel, l: Locale) -> Option<&'static str> {
        match (self, channel) {
            (CodeProgress::OnItsWay | CodeProgress::Delivered, Channel::Sms) => None,
            (CodeProgress::OnItsWay, Channel::Call) => Some(text::verify::ringing(l)),
            (CodeProgress::Delivered, Channel::Call) => Some(text::verify::rung(l)),
            (CodeProgress::TryingAgain, Channel::Sms) => Some(text::verify::trying_again(l)),
            (CodeProgress::TryingAgain, Channel::Call) => Some(text::verify::ringing_again(l)),
            (CodeProgress::NotArrived, Channel::Sms) => Some(text::verify::not_arrived(l)),
            (CodeProgress::NotArrived, Channel::Call) => Some(text::verify::not_answered(l)),
            (CodeProgress::BadNumber, Channel::Sms) => Some(text::verify::bad_number(l)),
            (CodeProgress::BadNumber, Channel::Call) => Some(text::verify::cannot_ring(l)),
            (CodeProgress::Failed, Channel::Sms) => Some(text::verify::given_up(l)),
            (CodeProgress::Failed, Channel::Call) => Some(text::verify::call_failed(l)),
        }
    }
}

/// What the page of an order that waits for its code shows besides the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Its code, while one is alive.
    pub verification: Option<Verification>,
    /// What has become of the last code.
    pub progress: Option<CodeProgress>,
    /// How it went.
    pub channel: Channel,
    /// May its customer ask for a call that tells a code, once the last one had the time to arrive?
    pub may_ring: bool,
    /// May its customer ask to be called by a person?
    pub may_call: bool,
}

/// The answer to placing an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The order as stored.
    pub order: Order,
    /// `None` when the customer's session for this phone is still valid: no code is needed.
    pub verification: Option<Verification>,
    /// The order is safe, but its SMS could not be sent; the customer can ask for it again.
    pub sms_failed: bool,
    /// The same order was placed before under the same key.
    pub replayed: bool,
}
