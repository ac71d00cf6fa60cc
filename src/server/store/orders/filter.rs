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

pub(crate) fn search_terms(search: &str) -> Vec<Document> {
    let mut terms = vec![doc! { "order_number": search.to_uppercase() }];
    // A pattern may not hold a zero byte, and no name holds a control character.
    let literal: String =
        search.chars().filter(|sign| !sign.is_control()).take(100).flat_map(escape).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    /// The text that a pattern of ours means, and nothing else: `None` when any sign of it has a
    /// meaning of its own. A backslash before a sign that is no letter or digit makes it that sign
    /// (PCRE2, "Backslash").
    fn literal(pattern: &str) -> Option<String> {
        let mut signs = pattern.chars();
        let mut meant = String::new();
        while let Some(sign) = signs.next() {
            match sign {
                '\\' => meant.push(signs.next().filter(|next| next.is_ascii_punctuation())?),
                '^' | '$' | '.' | '[' | ']' | '|' | '(' | ')' | '?' | '*' | '+' | '{' | '}' => return None,
                sign => meant.push(sign),
            }
        }
        Some(meant)
    }

    proptest! {
        #[test]
        fn a_name_is_searched_for_as_it_is_typed(search in strange::text(30)) {
            let terms = search_terms(&search);
            let name = terms[1].get_document("customer_name").unwrap().get_str("$regex").unwrap();
            let typed: String = search.chars().filter(|sign| !sign.is_control()).collect();
            prop_assert_eq!(literal(name), Some(typed), "{}", name);
        }

        #[test]
        fn a_phone_is_searched_for_by_digits_only(search in strange::nearly("0?[0-9 +-]{0,14}")) {
            if let Some(term) = search_terms(&search).get(2) {
                let digits = term.get_document("customer_phone").unwrap().get_str("$regex").unwrap();
                prop_assert!(!digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()));
            }
        }
    }
}
