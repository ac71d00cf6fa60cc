//! Vatra: the ordering shop of one local food producer.
//!
//! The only place with feature gates: `ssr` builds the server, `hydrate` the browser's half, and
//! cargo-fuzz sets `fuzzing`.
// A page is one type that nests all its elements.
#![recursion_limit = "256"]

// The macros of Leptos make a struct of each server function's and island's arguments, and its
// fields cannot carry a docstring.
#[allow(missing_docs)]
pub mod app;
#[cfg(all(fuzzing, feature = "ssr"))]
#[doc(hidden)]
pub mod fuzzing;
pub mod model;
#[cfg(feature = "ssr")]
pub mod server;

/// Brings the page that the server has rendered to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    app::live::start();
}
