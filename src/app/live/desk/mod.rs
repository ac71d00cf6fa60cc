//! What JavaScript adds to the producer's pages. It stands in a part of the WASM of its own, which
//! only these pages load: customers download none of it. Until it is there, and when it does not
//! come, forms go the plain way.

mod form;
mod print;

use super::listen;
use leptos::lazy;

/// Listens to the whole page.
#[lazy]
pub fn start() {
    listen("submit", form::sent);
    listen("click", print::clicked);
    print::start();
}
