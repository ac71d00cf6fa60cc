//! The picture of a product.

use leptos::prelude::*;

/// A 4:3 picture whose place is kept before it is there. Those first seen are loaded at once, the
/// others when they come near.
#[component]
pub fn Picture(
    /// Its address.
    src: String,
    /// What it shows; empty where the name stands beside it.
    #[prop(optional, into)]
    alt: String,
    /// Is it seen before scrolling?
    #[prop(optional)]
    first: bool,
) -> impl IntoView {
    let (loading, priority) = if first { ("eager", "high") } else { ("lazy", "auto") };
    view! {
        <img
            class="picture"
            src=src
            alt=alt
            width="800"
            height="600"
            loading=loading
            fetchpriority=priority
            decoding="async"
        />
    }
    .into_any()
}
