//! What wakes the islands of a page.
//!
//! The page is complete without it. When it has loaded and the browser is idle, the small core of
//! the WASM is fetched; an island and its part of the WASM are woken when the visitor touches it
//! (points at it, reaches it with the keyboard), or at once when it stands in a `[data-wake]`. What
//! is sent or clicked before it is awake waits for it, and goes the plain way if it does not come.
//! `[data-wakes=ID]` wakes the island in the element of that id (docs/decisions/0023).
//!
//! The same script keeps what is typed into a `form[data-remember]` for this tab, and the number of
//! pieces in the cart for pages that were made before it changed (back and forward, prefetched).

use leptos::{nonce::use_nonce, prelude::*};

/// The addresses of the built files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltFiles {
    /// The glue of the WASM.
    pub js: String,
    /// The core of the WASM.
    pub wasm: String,
    /// The stylesheet.
    pub css: String,
}

/// The one script of a page.
#[component]
pub fn Scripts(
    /// What it loads.
    files: BuiltFiles,
) -> impl IntoView {
    // What stands outside of islands needs no marks for waking.
    if let Some(shared) = Owner::current_shared_context() {
        shared.set_is_hydrating(false);
    }
    let BuiltFiles { js, wasm, .. } = files;
    let script = format!("{}({js:?},{wasm:?})", include_str!("wake.js").trim_end());
    view! { <script nonce=use_nonce()>{script}</script> }
}
