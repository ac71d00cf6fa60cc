//! Do the data agree with themselves (`store/deep.rs`)? One line for each kind of fault.

use super::Finding;
use crate::server::store::deep::{self, Fault, Kind, Looked};

const ABOUT: &str = "data";

/// So many are named in one line.
const NAMED: usize = 5;

pub(super) async fn look(uri: &str, database: &str) -> Vec<Finding> {
    match deep::look(uri, database).await {
        Ok(looked) => judge(&looked),
        Err(error) => vec![Finding::wrong(
            ABOUT,
            error.0,
            "May this user read all collections? Try again when the database is less busy.",
        )],
    }
}

fn judge(looked: &Looked) -> Vec<Finding> {
    let Looked { orders, products, customers, messages, faults } = looked;
    if faults.is_empty() {
        let read = format!(
            "{orders} orders, {products} products, {customers} customers, {messages} messages: all agree"
        );
        return vec![Finding::good(ABOUT, read)];
    }
    // They are sorted by their kinds.
    faults.chunk_by(|one, next| one.kind == next.kind).map(line).collect()
}

fn line(faults: &[Fault]) -> Finding {
    let named: Vec<&str> = faults.iter().take(NAMED).map(|fault| fault.which.as_str()).collect();
    let more = faults.len() - named.len();
    let and_more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let (what, remedy) = faults.first().map_or(("", ""), |fault| words(fault.kind));
    let found = format!("{what}: {}{and_more}", named.join(", "));
    match faults.first().map(|fault| fault.kind) {
        // The shop itself sets these right when it runs.
        Some(Kind::Overdue | Kind::Waiting | Kind::Customer | Kind::Day) => {
            Finding::doubtful(ABOUT, found, remedy)
        }
        _ => Finding::wrong(ABOUT, found, remedy),
    }
}

/// What is wrong, and what to do.
const fn words(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Unreadable => (
            "documents that do not fit their type",
            "Somebody changed them by hand: put them right, or take them back from a backup.",
        ),
        Kind::LineTotal => (
            "orders with a line that is not price times quantity",
            "See what the customer was told to pay, and correct the line and the total on the order's page.",
        ),
        Kind::Total => (
            "orders whose total is not the sum of lines and fee",
            "See what the customer was told to pay; saving the lines on the order's page sums them up again.",
        ),
        Kind::Changes => (
            "orders whose recorded changes do not lead to their total",
            "The total was changed by other hands: compare it with the last change on the order's page.",
        ),
        Kind::History => (
            "orders whose history does not lead to their status",
            "The status was changed by other hands: ask the kitchen where the order stands, and set it so.",
        ),
        Kind::Proof => (
            "confirmed orders without a trace of who confirmed them",
            "Call the customer before anything is baked, and note on the order's page what was said.",
        ),
        Kind::Twice => (
            "what should stand in one order stands in two",
            "A unique index is missing: cancel the order that is too many, then see the line about indexes.",
        ),
        Kind::Overdue => (
            "orders that still wait although their time is over",
            "A shop that runs cancels them within a minute: start it, or see its log for \"overdue\".",
        ),
        Kind::BelowZero => {
            ("shelves with less than nothing", "Count what is there and set the stock on the product's page.")
        }
        Kind::Stock => (
            "shelves that do not agree with the orders",
            "Count what is there and set the stock on the product's page; then delete entry 38 of the collection \
             migrations and start the shop, which counts the orders again.",
        ),
        Kind::Category => {
            ("products in a category that does not exist", "Choose a category for them on their pages.")
        }
        Kind::Message => (
            "messages about orders that do not exist",
            "Orders were deleted by other hands: take them back from a backup.",
        ),
        Kind::Waiting => (
            "messages that nobody sends",
            "A shop that runs sends them within seconds: start it, or see its log for \"messages\".",
        ),
        Kind::Customer => (
            "customers whose counts differ from their orders",
            "Delete the entry customers of the collection progress: the shop counts all of them again.",
        ),
        Kind::Day => (
            "days whose figures differ from their orders",
            "Delete all documents of the collection daily_figures: the shop sums them up again.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::doctor::Verdict;

    fn fault(kind: Kind, which: &str) -> Fault {
        Fault { kind, which: which.to_owned() }
    }

    #[test]
    fn one_line_for_each_kind_names_some_and_counts_the_rest() {
        let mut faults: Vec<Fault> = (1..=7).map(|number| fault(Kind::Total, &number.to_string())).collect();
        faults.push(fault(Kind::Day, "2026-11-27"));
        let findings = judge(&Looked { orders: 9, faults, ..Looked::default() });
        assert_eq!(
            findings.iter().map(|finding| finding.verdict).collect::<Vec<_>>(),
            [Verdict::Wrong, Verdict::Doubtful]
        );
        assert!(findings[0].found.ends_with(": 1, 2, 3, 4, 5 and 2 more"), "{}", findings[0]);
    }

    #[test]
    fn data_that_agree_are_one_good_line() {
        let findings = judge(&Looked { orders: 9, ..Looked::default() });
        assert_eq!((findings.len(), findings[0].verdict), (1, Verdict::Good));
        assert!(findings[0].found.starts_with("9 orders"), "{}", findings[0]);
    }
}
