//! Which orders the producer wants to see, as a query.

use crate::{
    model::{status::OrderStatus, time::Timestamp},
    server::store::date,
};
use mongodb::bson::{Document, doc};

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

impl OrderFilter {
    pub(super) fn query(&self) -> Document {
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
