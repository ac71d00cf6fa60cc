//! Which page stands at which address. The language is taken off the address before.

use super::i18n::locale;
use leptos::prelude::*;
use leptos_router::{
    components::{Route, Router, Routes},
    path,
};

/// All pages.
#[component]
pub fn Pages() -> impl IntoView {
    let _ = locale();
    view! {
        <Router>
            <Routes fallback=|| "404">
                <Route path=path!("/") view=|| "home" />
            </Routes>
        </Router>
    }
}
