//! What stands in the head of every page for the browser that installs the shop.

use crate::{app::i18n::href, model::locale::Locale};
use leptos::prelude::*;

/// Manifest, icons, and the file that registers the service worker.
#[component]
pub fn HeadLinks(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    view! {
        <link rel="manifest" href=href(l, "/manifest.webmanifest") />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        <script src="/register-sw.js" defer></script>
    }
    .into_any()
}
