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
mod said;
mod sms;
mod swap;
mod switches;
mod tone;

use super::listen;
use leptos::lazy;

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
}
