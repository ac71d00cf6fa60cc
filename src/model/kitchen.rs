//! What is to be baked and packed on a day.

use super::{day::Day, ids::ProductId, order::Order, qr::QrDrawing};
use serde::{Deserialize, Serialize};

/// How many pieces of a product a day's open orders hold, as the database counts them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductCount {
    /// Which product.
    pub id: ProductId,
    /// What it was called in the newest of the orders.
    pub name: String,
    /// In orders that are still to be made ready.
    pub to_do: u64,
    /// In orders that are ready.
    pub ready: u64,
    /// How many of all these are in orders without a day.
    pub undated: u64,
}

impl ProductCount {
    /// All pieces.
    pub const fn all(&self) -> u64 {
        self.to_do + self.ready
    }
}

/// The products of one shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tray {
    /// The shelf's name; none for products that are gone from the catalogue.
    pub shelf: Option<String>,
    /// Its products, by name.
    pub products: Vec<ProductCount>,
}

/// All that is to be done on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BakeList {
    /// Which day.
    pub day: Day,
    /// The day that it is now.
    pub today: Day,
    /// By shelf, in the order of the shelves.
    pub trays: Vec<Tray>,
    /// How many orders there are, those that are ready among them, and those without a day.
    pub orders: OrderCount,
}

/// Orders counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderCount {
    /// All of them.
    pub all: u64,
    /// Those that are ready.
    pub ready: u64,
    /// Those without a day.
    pub undated: u64,
}

/// An order to be packed, with the code that opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    /// The order.
    pub order: Order,
    /// The whole address of its page on the desk.
    pub address: String,
    /// The same for a camera.
    pub code: Option<QrDrawing>,
}

/// The orders of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOrders<T> {
    /// Which day; none for a single order.
    pub day: Option<Day>,
    /// The day that it is now.
    pub today: Day,
    /// The orders.
    pub orders: Vec<T>,
}
