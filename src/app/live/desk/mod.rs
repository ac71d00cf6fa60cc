//! What JavaScript adds to the producer's pages. It stands in a part of the WASM of its own, which
//! only these pages load: customers download none of it. Until it is there, and when it does not
//! come, forms go the plain way.

mod arrivals;
mod board;
mod drag;
mod feed;
mod filter;
mod form;
mod keys;
mod later;
mod pictures;
mod preview;
mod print;
mod said;
mod sms;
mod sort;
mod swap;
mod switches;
mod tone;
mod typed;

use super::{
    element::{all, show, target},
    listen,
};
use leptos::{lazy, wasm_bindgen::JsValue};
use web_sys::Event;

/// Listens to the whole page.
#[lazy]
pub fn start() {
    listen("submit", form::sent);
    listen("keydown", keys::pressed);
    listen("click", board::clicked);
    listen("click", switches::clicked);
    drag::start();
    board::awaken();
    switches::start();
    feed::start();
    listen("input", filter::typed);
    listen("input", sms::typed);
    listen("change", sms::switched);
    listen("input", preview::typed);
    listen("change", changed);
    listen("pointerdown", sort::pressed);
    listen("pointermove", sort::moved);
    listen("pointerup", sort::dropped);
    listen("pointercancel", sort::given_up);
    listen("dragover", pictures::hovered);
    listen("drop", pictures::dropped);
    listen("paste", pictures::pasted);
    listen("click", print::clicked);
    print::start();
    arrive();
}

/// A page is there: what only works from here on is shown.
fn arrive() {
    all("main .live-only").for_each(|element| show(&element, true));
}

fn changed(event: Event) {
    if let Some(all_of_them) = target(&event).filter(|box_| box_.has_attribute("data-pick-all")) {
        let ticked = js_sys::Reflect::get(&all_of_them, &"checked".into()).unwrap_or(JsValue::FALSE);
        for row in all("main .row-pick input") {
            let _ = js_sys::Reflect::set(&row, &"checked".into(), &ticked);
        }
        return;
    }
    preview::typed(event.clone());
    pictures::chosen(event);
}
