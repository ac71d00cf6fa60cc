//! What brings a page to life.
//!
//! The page is complete without it. When it has loaded and the browser is idle, the WASM (`live`)
//! is fetched. What is sent or opened before it is there waits for it, and goes the plain way if it
//! does not come (docs/decisions/0023).
//!
//! The same script keeps what is typed into a `form[data-remember]` for this tab, and the number of
//! pieces in the cart for pages that were made before it changed (back and forward, prefetched).

use leptos::{nonce::use_nonce, prelude::*};

/// The addresses of the built files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuiltFiles {
    /// The glue of the WASM.
    pub js: String,
    /// The WASM.
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
