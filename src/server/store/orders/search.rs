//! Finding orders by name, phone and number with one index: each order keeps what it can be found by
//! as beginnings, so that no search reads all orders, and diacritics and case do not matter.

use super::{NAME, erasure::NO_PHONE};
use crate::server::store::fold;
use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{Document, doc},
    error::Result,
};

/// The field of the document.
pub(super) const FIELD: &str = "search";

/// The most entries of one order: the words of the longest name, the ends of the longest phone
/// number, and the number.
pub(super) const MOST: usize = 80;
/// The most characters of a word that count.
const LONGEST: usize = 40;
/// The most words of a search that count.
const WORDS: usize = 8;
/// The fewest digits that are looked for in phone numbers.
const DIGITS: usize = 3;
/// Stands before what is found by digits of a phone number; no word has it.
const PHONE: char = '+';

/// What an order is found by: the words of the customer's name, the number whole and in parts, and
/// each end of the phone number, so that digits anywhere in it begin one of them.
pub(super) fn entries(name: &str, phone: &str, number: &str) -> Vec<String> {
    let mut entries = fold::words(&format!("{name} {number} {}", number.replace('-', "")));
    entries.iter_mut().for_each(|word| word.truncate(LONGEST));
    let digits = digits(phone);
    entries.truncate(MOST - digits.len());
    let ends = (0..digits.len()).filter(|begin| digits.len() - begin >= DIGITS);
    entries.extend(ends.map(|begin| format!("{PHONE}{}", &digits[begin..])));
    entries
}

/// The query for what somebody typed: words of which each begins one of the order's, or digits of a
/// phone number.
pub(crate) fn terms(typed: &str) -> Document {
    // No name holds a control character, and a pattern may not.
    let typed: String = typed.chars().filter(|sign| !sign.is_control()).take(100).collect();
    let begins = |text: &str| doc! { FIELD: { "$regex": format!("^{text}") } };
    let words: Vec<Document> =
        fold::words(&typed).iter().take(WORDS).map(|word| begins(&word[..word.len().min(LONGEST)])).collect();
    let mut ways = Vec::new();
    if !words.is_empty() {
        ways.push(if words.len() == 1 {
            words[0].clone()
        } else {
            doc! { "$and": words }
        });
    }
    let digits = digits(&typed);
    let digits = abroad(&digits);
    if digits.len() >= DIGITS && !typed.chars().any(char::is_alphabetic) {
        ways.push(begins(&format!("\\{PHONE}{digits}")));
    }
    match ways.len() {
        // Nothing that an order could be found by.
        0 => doc! { "_id": { "$in": [] } },
        1 => ways.remove(0),
        _ => doc! { "$or": ways },
    }
}

/// Gives orders of before what they are found by. They have not changed, so their times stay.
///
/// # Errors
/// The database's.
pub(in crate::server::store) async fn make_findable(database: &Database) -> Result<()> {
    let orders = database.collection::<Document>(NAME);
    let without = doc! { FIELD: { "$exists": false } };
    let needed = doc! { "customer_name": 1, "customer_phone": 1, "order_number": 1 };
    let found: Vec<Document> = orders.find(without).projection(needed).await?.try_collect().await?;
    for order in found {
        let text = |field: &str| order.get_str(field).unwrap_or_default();
        let phone = if text("customer_phone") == NO_PHONE { "" } else { text("customer_phone") };
        let entries = entries(text("customer_name"), phone, text("order_number"));
        let id = order.get("_id").cloned().unwrap_or_default();
        orders.update_one(doc! { "_id": id }, doc! { "$set": { FIELD: entries } }).await?;
    }
    Ok(())
}

/// A number as people write it begins with the 0 of the country's own numbering, or with 00.
fn abroad(digits: &str) -> &str {
    match digits.as_bytes() {
        [b'0', b'1'..=b'9', ..] => &digits[1..],
        [b'0', b'0', b'1'..=b'9', ..] => &digits[2..],
        _ => digits,
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn an_order_is_found_by_name_number_and_digits() {
        let entries = entries("Ștefan Țone", "+40722111222", "VK7-3MQ9");
        assert_eq!(entries[..5], ["3mq9", "stefan", "tone", "vk7", "vk73mq9"]);
        assert!(entries.contains(&"+722111222".to_owned()) && entries.contains(&"+222".to_owned()));
        assert!(!entries.contains(&"+22".to_owned()));
    }

    #[test]
    fn digits_are_what_stands_in_the_number() {
        for (typed, begins) in [
            ("0722 111", "722111"),
            ("+40 722", "40722"),
            ("0040722", "40722"),
            ("000123", "000123"),
            ("07", "7"),
        ] {
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(abroad(&digits), begins);
        }
    }

    fn patterns(query: &Document, found: &mut Vec<String>) {
        for (name, value) in query {
            match (name.as_str(), value.as_document(), value.as_array()) {
                (FIELD, Some(term), _) => found.push(term.get_str("$regex").unwrap().to_owned()),
                (_, _, Some(list)) => {
                    list.iter().filter_map(|one| one.as_document()).for_each(|one| patterns(one, found));
                }
                _ => {}
            }
        }
    }

    proptest! {
        #[test]
        fn every_pattern_is_a_plain_beginning(typed in strange::text(40)) {
            let mut found = Vec::new();
            patterns(&terms(&typed), &mut found);
            for pattern in found {
                let text = pattern.strip_prefix('^').unwrap();
                let text = text.strip_prefix("\\+").unwrap_or(text);
                prop_assert!(!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
            }
        }

        #[test]
        fn entries_fit_the_validator(name in strange::text(100), digits in "[0-9]{7,15}") {
            let entries = entries(&name, &format!("+{digits}"), "VK7-3MQ9");
            prop_assert!(entries.len() <= MOST);
            prop_assert!(entries.iter().all(|entry| (1..=LONGEST).contains(&entry.len())));
        }
    }
}
