//! Does the data of the shop agree with itself? Everything is read once and held against everything
//! else, for `vatra doctor --deep`. It changes nothing, and may run while the shop is open: what spans
//! several documents is looked at twice, and only what is the same both times is a fault and not a sale
//! under way (docs/decisions/0038).

mod order;
mod others;
mod shelves;

use super::{connect, figures::Figures};
use crate::{
    model::time::Timestamp,
    server::{clock::now, config::ConfigError},
};
use mongodb::{Client, Database, bson::Document, error::Result};
use order::Orders;

/// What a fault is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A document that does not fit its type.
    Unreadable,
    /// A line of an order that does not cost what its pieces cost.
    LineTotal,
    /// An order whose total is not the sum of its lines and its fee.
    Total,
    /// An order whose changes do not lead to its total.
    Changes,
    /// An order whose history is no way through the table of statuses, or ends elsewhere.
    History,
    /// An order that is confirmed, and nothing says by whom.
    Proof,
    /// An order number or an idempotency key that stands in two orders.
    Twice,
    /// An order that should not wait any more.
    Overdue,
    /// A shelf with less than nothing on it.
    BelowZero,
    /// A shelf from which other pieces were taken than orders hold.
    Stock,
    /// A product in a category that does not exist.
    Category,
    /// A message about an order that does not exist.
    Message,
    /// A message that nobody takes up.
    Waiting,
    /// A customer whose counts differ from their orders.
    Customer,
    /// A day whose figures differ from its orders.
    Day,
}

impl Kind {
    /// May it be seen for a moment while the shop works?
    const fn spans_documents(self) -> bool {
        use Kind::{Category, Customer, Day, Message, Overdue, Stock, Twice, Waiting};
        matches!(self, Category | Customer | Day | Message | Overdue | Stock | Twice | Waiting)
    }
}

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What it is about.
    pub kind: Kind,
    /// Which document, and how it differs. No name, no phone number: reports are passed on.
    pub which: String,
}

/// What was read, and what does not agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// How many orders.
    pub orders: u64,
    /// How many products.
    pub products: u64,
    /// How many customers.
    pub customers: u64,
    /// How many messages.
    pub messages: u64,
    /// What does not agree.
    pub faults: Vec<Fault>,
}

impl Looked {
    fn fault(&mut self, kind: Kind, which: impl Into<String>) {
        self.faults.push(Fault { kind, which: which.into() });
    }
}

/// Reads everything.
///
/// # Errors
/// A sentence that says why it cannot be read.
pub async fn look(uri: &str, database: &str) -> std::result::Result<Looked, ConfigError> {
    let options = connect::options(uri).await?;
    let failed = |error: mongodb::error::Error| ConfigError(format!("It cannot be read: {error}"));
    let client = Client::with_options(options).map_err(failed)?;
    of(&client.database(database)).await.map_err(failed)
}

async fn of(database: &Database) -> Result<Looked> {
    let mut first = once(database, now()).await?;
    if first.faults.iter().any(|fault| fault.kind.spans_documents()) {
        let second = once(database, now()).await?;
        first.faults.retain(|fault| !fault.kind.spans_documents() || second.faults.contains(fault));
    }
    first.faults.sort();
    Ok(first)
}

async fn once(database: &Database, at: Timestamp) -> Result<Looked> {
    let mut looked = Looked::default();
    // Who is behind with their counts, as of before the orders are read.
    let counted = others::counted_until(database).await?;
    let figures = Figures::new(database);
    let orders = Orders::read(database, &mut looked, at).await?;
    shelves::look(database, &orders, &mut looked).await?;
    others::messages(database, &orders, &mut looked, at).await?;
    others::customers(database, &orders, &mut looked, counted).await?;
    match figures.days_that_differ().await {
        Ok(days) => days.into_iter().for_each(|day| looked.fault(Kind::Day, day.to_string())),
        Err(_) => looked.fault(Kind::Unreadable, "daily_figures"),
    }
    Ok(looked)
}

/// What a document is called that cannot be read.
fn name(collection: &str, document: &Document) -> String {
    match document.get("_id") {
        Some(id) => format!("{collection} {id}"),
        None => collection.to_owned(),
    }
}
