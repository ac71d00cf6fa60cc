//! Customers as the producer sees them.

use super::{
    ids::{BlockId, CustomerId, NoteId},
    money::Money,
    order::Order,
    page::Page,
    phone::Phone,
    session::Kept,
    time::WallTime,
};
use serde::{Deserialize, Serialize};

/// The most characters of a note, and of the reason of a block.
pub const MAX_TEXT: u32 = 500;

/// How the list of customers is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CustomerSort {
    /// Who ordered last comes first.
    #[default]
    Recent,
    /// By name.
    Name,
    /// Who ordered most often comes first.
    Orders,
    /// Who spent most comes first.
    Spent,
}

impl CustomerSort {
    /// All of them, as a form lists them.
    pub const ALL: [CustomerSort; 4] =
        [CustomerSort::Recent, CustomerSort::Name, CustomerSort::Orders, CustomerSort::Spent];

    /// As in an address.
    pub const fn name(self) -> &'static str {
        match self {
            CustomerSort::Recent => "recent",
            CustomerSort::Name => "name",
            CustomerSort::Orders => "orders",
            CustomerSort::Spent => "spent",
        }
    }

    /// The one of this name; any other text is the first.
    pub fn named(name: &str) -> CustomerSort {
        CustomerSort::ALL.into_iter().find(|sort| sort.name() == name).unwrap_or_default()
    }
}

/// What a number has ordered. Orders that wait for their code or were cancelled are no sales.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFigures {
    /// How many orders.
    pub orders: u64,
    /// What they cost together.
    pub spent: Money,
    /// How many were cancelled, or never confirmed.
    pub cancelled: u64,
    /// When the first was placed.
    pub first: Option<WallTime>,
    /// When the last was.
    pub last: Option<WallTime>,
}

/// A customer in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    /// Which.
    pub id: CustomerId,
    /// The name of the last order.
    pub name: String,
    /// The number.
    pub phone: Phone,
    /// What was ordered.
    pub figures: CustomerFigures,
    /// Is the number blocked?
    pub blocked: bool,
}

/// A note of the producer's about a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// What it says.
    pub text: String,
    /// The admin who wrote it.
    pub by: String,
    /// When.
    pub at: WallTime,
}

/// A number that the shop takes no orders from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Which.
    pub id: BlockId,
    /// Why; forgotten with the customer.
    pub reason: Option<String>,
    /// The admin who decided it; forgotten with the customer.
    pub by: Option<String>,
    /// When.
    pub at: WallTime,
}

/// What is remembered of a customer, besides orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerMemory {
    /// Since when.
    pub since: WallTime,
    /// Until when.
    pub kept_until: WallTime,
    /// The newest first.
    pub notes: Vec<Note>,
}

/// All that the producer sees of one customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerFile {
    /// As it was asked for.
    pub id: CustomerId,
    /// The name of the record, or else of an order.
    pub name: String,
    /// The number.
    pub phone: Phone,
    /// Nobody is remembered before the first confirmed order.
    pub memory: Option<CustomerMemory>,
    /// What was ordered.
    pub figures: CustomerFigures,
    /// One page of all orders, the newest first.
    pub orders: Page<Order>,
    /// Is the number blocked?
    pub block: Option<Block>,
}

/// A blocked number in the list of those.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockedNumber {
    /// The block.
    pub block: Block,
    /// Whose number it is, as long as that is remembered.
    pub customer: Option<CustomerName>,
}

/// Who a customer is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerName {
    /// Which.
    pub id: CustomerId,
    /// The name of the last order.
    pub name: String,
    /// The number.
    pub phone: Phone,
}

/// What the producer is shown before a customer is forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure {
    /// As it was asked for.
    pub id: CustomerId,
    /// How much is kept, and what stands in the way.
    pub kept: Kept,
    /// Is the number blocked? Then it stays so.
    pub blocked: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_of_sorting_has_its_name() {
        for sort in CustomerSort::ALL {
            assert_eq!(CustomerSort::named(sort.name()), sort);
        }
        for junk in ["", "Name", "spent ", "$where"] {
            assert_eq!(CustomerSort::named(junk), CustomerSort::Recent, "{junk}");
        }
    }
}
