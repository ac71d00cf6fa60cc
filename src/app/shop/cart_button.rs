//! The way to the cart in the header of every page, with the number of pieces in it.

use super::cart_drawer::DRAWER;
use crate::{
    app::{
        i18n::href,
        ui::icon::{Icon, IconImage},
    },
    model::{locale::Locale, text},
};
use leptos::prelude::*;

/// A link to the cart. With JavaScript it opens the drawer instead, and what changes in the cart is
/// said in the live region beside it.
#[component]
pub fn CartButton(
    /// The language of the page.
    l: Locale,
    /// Pieces in the cart.
    count: u32,
) -> impl IntoView {
    let noun =
        text::plural(l, u64::from(count), text::cart::one(l), text::cart::few(l), text::cart::other(l));
    view! {
        <a
            class="cart-button"
            href=href(l, "/cart")
            aria-label=text::cart::count(l, count, noun)
            data-opens=DRAWER
            data-testid="cart-button"
        >
            <IconImage icon=Icon::Cart />
            <CartCount count />
        </a>
        <CartNews />
    }
    .into_any()
}

/// Where JavaScript says what has changed in the cart. While the drawer is open the rest of the page
/// is not read aloud, so the drawer has one of its own.
#[component]
pub fn CartNews() -> impl IntoView {
    view! { <span class="quiet" role="status" data-cart-news=""></span> }.into_any()
}

/// The number of pieces; hidden when there are none.
#[component]
pub fn CartCount(
    /// Pieces in the cart.
    count: u32,
) -> impl IntoView {
    view! {
        <span class="count" class:none=count == 0 aria-hidden="true" data-cart-count="" data-testid="cart-count">
            {count}
        </span>
    }
    .into_any()
}
