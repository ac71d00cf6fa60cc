//! The board: it is fetched again when something happens, and every minute.

use super::{arrivals, feed, later, said, swap};
use crate::app::live::{
    answer::get,
    element::{all, first, show, target, within},
};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlInputElement, MouseEvent};

/// What happens within so many milliseconds is looked at together.
const TOGETHER: i32 = 60;

/// When the network was away it is tried again after so many milliseconds.
const AFTER_A_FAILURE: i32 = 3_000;

thread_local! {
    /// Is it being fetched?
    static FETCHING: Cell<bool> = const { Cell::new(false) };
    /// Has something happened since?
    static AGAIN: Cell<bool> = const { Cell::new(false) };
    /// Is an order in somebody's hand?
    static HELD: Cell<bool> = const { Cell::new(false) };
    /// Counts what was shown: a board that was asked for before is older.
    static SHOWN: Cell<u32> = const { Cell::new(0) };
}

/// The board of this page, if it has one.
pub fn board() -> Option<Element> {
    document().get_element_by_id("board")
}

/// After the page, or a part of it, has come.
pub fn awaken() {
    SHOWN.set(SHOWN.get().wrapping_add(1));
    all("[data-all]").for_each(|button| show(&button, true));
    all("form[data-ends]:not([data-ending])").for_each(|form| {
        let _ = form.set_attribute("data-ending", "");
        let seconds: i32 = form.get_attribute("data-ends").and_then(|text| text.parse().ok()).unwrap_or(0);
        later::after(seconds.saturating_mul(1000), move || form.remove());
    });
    arrivals::look();
}

/// Holds the board still, or lets it go on.
pub fn hold(held: bool) {
    HELD.set(held);
    if !held && AGAIN.get() {
        refresh();
    }
}

/// Fetches the board and shows what differs.
pub fn refresh() {
    AGAIN.set(true);
    if board().is_none() || FETCHING.replace(true) {
        return;
    }
    later::after(TOGETHER, || spawn_local(fetch()));
}

async fn fetch() {
    while AGAIN.get() && !HELD.get() {
        AGAIN.set(false);
        let Some(address) = board().and_then(|board| board.get_attribute("data-page")) else { break };
        let before = SHOWN.get();
        let Ok(answer) = get(&address).await else {
            later::after(AFTER_A_FAILURE, refresh);
            break;
        };
        if SHOWN.get() != before || HELD.get() {
            // Something newer is shown already.
            AGAIN.set(true);
        } else if answer.page.get_element_by_id("board").is_some() {
            swap::refresh(&answer.page);
        } else if first(&answer.page, "[data-testid=login-form]").is_some() {
            feed::logged_out();
            swap::show(&answer.page);
        }
    }
    FETCHING.set(false);
}

/// A click anywhere in the page.
pub fn clicked(event: MouseEvent) {
    let button = target(&event).and_then(|target| target.closest("[data-all]").ok().flatten());
    let lane = button.and_then(|button| button.closest("[data-lane]").ok().flatten());
    let Some(lane) = lane else { return };
    let boxes: Vec<HtmlInputElement> =
        within(&lane, ".ticket input[type=checkbox]").filter_map(|tick| tick.dyn_into().ok()).collect();
    let all_ticked = boxes.iter().all(HtmlInputElement::checked);
    boxes.iter().for_each(|tick| tick.set_checked(!all_ticked));
}

/// Says that an order moves only to the step beside it.
pub fn only_next() {
    if let Some(board) = board() {
        said::say(&said::kept(&board, "data-only-next", ""));
    }
}
