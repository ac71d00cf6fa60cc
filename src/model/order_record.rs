//! What the producer's desk keeps of an order besides the order: notes, changes of what is in it,
//! messages. It is a type of its own, so that nothing of it can reach a customer with the order.

use super::{
    cancel_reason::CancelReason,
    ids::ProductId,
    message::{Message, MessageKind, MessageState},
    money::Money,
    order::{Actor, Order},
    status::OrderStatus,
    time::{Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};

/// A note of an admin's, for admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The admin's user name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}

impl Note {
    /// The most characters of a note.
    pub const MAX: u32 = 1000;

    /// The most notes of an order.
    pub const MOST: u32 = 100;
}

/// A line that has another number of pieces now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineChange {
    /// Which product.
    pub product_id: ProductId,
    /// What it is called in the order.
    pub product_name: String,
    /// How many pieces there were; 0 for a line that was added.
    pub from: u32,
    /// How many there are; 0 for a line that was taken out.
    pub to: u32,
}

/// A change of what is in an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsChange {
    /// Whose.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Each line that changed.
    pub lines: Vec<LineChange>,
    /// The order's total before.
    pub total_from: Money,
    /// The order's total since.
    pub total_to: Money,
}

impl ItemsChange {
    /// The most changes of an order that are kept.
    pub const MOST: u32 = 100;
}

/// Why an order was cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// The reason from the list.
    pub reason: CancelReason,
    /// Was the customer to be told?
    pub told: bool,
    /// More about it, in the producer's words, for the desk alone.
    pub words: Option<String>,
}

/// All that the desk keeps of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Oldest first.
    pub notes: Vec<Note>,
    /// Oldest first.
    pub changes: Vec<ItemsChange>,
    /// Why it was cancelled, when the producer did it on the order's page.
    pub cancelled: Option<Cancelled>,
    /// When each step of [`Order::history`] was taken: the order itself knows it to the minute.
    pub steps: Vec<Timestamp>,
}

/// A product that can be put into an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Which.
    pub id: ProductId,
    /// Its name.
    pub name: String,
    /// What one costs.
    pub price: Money,
    /// How many are left.
    pub stock: u32,
}

/// An order on the producer's desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskOrder {
    /// The order.
    pub order: Order,
    /// All that happened to it, newest first.
    pub events: Vec<Event>,
    /// Notes, oldest first.
    pub notes: Vec<(WallTime, Note)>,
    /// Messages to its customer, oldest first.
    pub messages: Vec<Message>,
    /// What is on sale, while what is in the order can be changed.
    pub offers: Vec<Offer>,
    /// Will cancelling it send a message, if the producer wants that?
    pub tells_cancelled: bool,
}

/// Something that happened to an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, on the shop's clock.
    pub at: WallTime,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    /// It came to another status.
    Status {
        /// Which.
        status: OrderStatus,
        /// By whose hand.
        by: Actor,
        /// The remark beside it.
        note: Option<String>,
        /// The reason, of one that was cancelled.
        cancelled: Option<Cancelled>,
    },
    /// What is in it was changed.
    Items(ItemsChange),
    /// A note was written.
    Note(Note),
    /// A message was handed over, or given up.
    Message(Message),
}

impl DeskOrder {
    /// May what is in the order be changed?
    pub const fn editable(status: OrderStatus) -> bool {
        matches!(status, OrderStatus::Confirmed | OrderStatus::Processing)
    }
}

/// All that happened to an order, newest first.
pub fn events(
    order: &Order,
    record: &Record,
    messages: &[Message],
    wall: impl Fn(Timestamp) -> WallTime,
) -> Vec<Event> {
    let cancelled = |status| record.cancelled.clone().filter(|_| status == OrderStatus::Cancelled);
    let steps = order.history.iter().zip(&record.steps).map(|(step, at)| {
        let what = Happening::Status {
            status: step.status,
            by: step.actor.clone(),
            note: step.note.clone(),
            cancelled: cancelled(step.status),
        };
        (*at, what)
    });
    let changes = record.changes.iter().map(|change| (change.at, Happening::Items(change.clone())));
    let notes = record.notes.iter().map(|note| (note.at, Happening::Note(note.clone())));
    // That a code was sent is no event of the order's: it says so where the messages stand.
    let told = messages.iter().filter(|message| message.kind != MessageKind::Code);
    let done = told.filter(|message| message.state == MessageState::Sent);
    let sent = done.filter_map(|message| Some((message.sent_at?, Happening::Message(message.clone()))));
    let mut all: Vec<(Timestamp, Happening)> = steps.chain(changes).chain(notes).chain(sent).collect();
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().rev().map(|(at, what)| Event { at: wall(at), what }).collect()
}
