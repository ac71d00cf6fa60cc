//! The way to the cart in the header of every page, with the number of pieces in it.

use super::{
    cart_drawer::DRAWER,
    cart_news::{NEWS, count_label},
};
use crate::{
    app::{
        i18n::href,
        ui::icon::{Icon, IconImage},
    },
    model::locale::Locale,
};
use leptos::prelude::*;

/// A link to the cart. With JavaScript it opens the drawer instead.
#[component]
pub fn CartButton(
    /// The language of the page.
    l: Locale,
    /// Pieces in the cart.
    count: u32,
) -> impl IntoView {
    view! {
        <a
            class="cart-button"
            href=href(l, "/cart")
            aria-label=count_label(l, count)
            data-wakes=DRAWER
            data-testid="cart-button"
        >
            <IconImage icon=Icon::Cart />
            <span class="count" class:none=count == 0 aria-hidden="true" data-cart-count="" data-testid="cart-count">
                {count}
            </span>
        </a>
        <span class="quiet" role="status" id=NEWS></span>
    }
    .into_any()
}
