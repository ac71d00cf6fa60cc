//! The head of a page that shows what is one visitor's own.

use crate::model::{locale::Locale, text};
use leptos::prelude::*;
use leptos_meta::Meta;

/// Search engines leave it alone; who bookmarks it reads what shop it belongs to.
#[component]
pub fn OwnPage(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    view! {
        <Meta name="robots" content="noindex" />
        <Meta name="description" content=text::shop::tagline(l) />
    }
}
