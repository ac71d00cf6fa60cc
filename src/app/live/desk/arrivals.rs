//! New orders: marked, said aloud, counted in the title, rung and notified, each once.

use super::{board::board, said, switches};
use crate::app::live::element::all;
use leptos::prelude::{document, window};
use std::cell::RefCell;

/// What this tab knows already, kept from page to page.
const KEY: &str = "vatra:arrived";
/// The most that is remembered.
const MOST: usize = 200;

thread_local! {
    static KNOWN: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
    /// What has come since the page was opened.
    static FRESH: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Looks at the tickets of the board. The first time all are known: whoever opens the page sees them.
pub fn look() {
    let first = KNOWN.with_borrow(Option::is_none);
    let mut arrived = Vec::new();
    for ticket in all(".ticket[data-new]") {
        let told = |name: &str| ticket.get_attribute(name).unwrap_or_default();
        let id = told("data-order");
        if note(&id) && !first {
            arrived.push(told("data-number"));
            FRESH.with_borrow_mut(|fresh| fresh.push(id.clone()));
        }
        if FRESH.with_borrow(|fresh| fresh.contains(&id)) {
            let _ = ticket.set_attribute("data-arrived", "");
        }
    }
    // Also when there was none: the next one is new.
    let _ = KNOWN.with_borrow_mut(|known| known.get_or_insert_with(remembered).len());
    keep();
    tell(&arrived);
}

/// An order that may not be on this page: it is rung for all the same. Where it is, its ticket is
/// marked when it comes.
pub fn heard(id: &str, number: &str) {
    if note(id) {
        FRESH.with_borrow_mut(|fresh| fresh.push(id.to_owned()));
        keep();
        if board().is_none() {
            count_in_title();
        }
        tell(&[number.to_owned()]);
    }
}

/// Notes an order; is it the first time?
fn note(id: &str) -> bool {
    KNOWN.with_borrow_mut(|known| {
        let known = known.get_or_insert_with(remembered);
        let new = !known.iter().any(|other| other == id);
        if new {
            known.push(id.to_owned());
        }
        new
    })
}

fn remembered() -> Vec<String> {
    let stored = window().session_storage().ok().flatten().and_then(|storage| storage.get_item(KEY).ok()?);
    stored.unwrap_or_default().split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect()
}

fn keep() {
    KNOWN.with_borrow(|known| {
        let known = known.as_deref().unwrap_or_default();
        let last = &known[known.len().saturating_sub(MOST)..];
        if let Ok(Some(storage)) = window().session_storage() {
            let _ = storage.set_item(KEY, &last.join(" "));
        }
    });
}

fn tell(numbers: &[String]) {
    let Some(said) = document().get_element_by_id("desk-said") else { return };
    let sentence = match numbers {
        [] => return,
        [number] => said::kept(&said, "data-arrived", number),
        numbers => said::kept(&said, "data-arrived-many", &numbers.len().to_string()),
    };
    said::say(&sentence);
    switches::ring(&sentence);
}

/// `(2) Comenzi · Vatra`. The board's own title comes with it from the shop.
fn count_in_title() {
    let title = document().title();
    let counted = title.strip_prefix('(').and_then(|rest| rest.split_once(") "));
    let (count, rest) = match counted {
        Some((count, rest)) => (count.parse::<u32>().unwrap_or(0), rest.to_owned()),
        None => (0, title),
    };
    document().set_title(&format!("({}) {rest}", count + 1));
}
