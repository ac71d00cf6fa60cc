//! The way to the cart in the header of every page, with the number of pieces in it.

use crate::{
    app::{
        i18n::{href, price},
        post::{CART_CHANGED, ask_for_drawer, told_cart},
        ui::icon::{Icon, IconImage},
    },
    model::{locale::Locale, text},
};
use leptos::{ev, prelude::*};

/// A link to the cart. Once the drawer is awake, it opens that instead.
#[island]
pub fn CartButton(
    /// The language of the page.
    l: Locale,
    /// Pieces in the cart when the page was made.
    count: u32,
) -> impl IntoView {
    let count = RwSignal::new(count);
    // Changes are also said aloud, but not the first number.
    let news = RwSignal::new(String::new());
    Effect::new(move |_| {
        let told = window_event_listener(ev::Custom::new(CART_CHANGED), move |event| {
            if let Some(cart) = told_cart(&event) {
                count.set(cart.count());
                news.set(text::cart::changed(l, price(l, cart.total)));
            }
        });
        on_cleanup(move || told.remove());
    });
    let label = move || {
        let number = count.get();
        let noun =
            text::plural(l, u64::from(number), text::cart::one(l), text::cart::few(l), text::cart::other(l));
        text::cart::count(l, number, noun)
    };
    let open = move |event: ev::MouseEvent| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if plain && ask_for_drawer() {
            event.prevent_default();
        }
    };
    view! {
        <a class="cart-button" href=href(l, "/cart") aria-label=label on:click=open data-testid="cart-button">
            <IconImage icon=Icon::Cart />
            <span class="count" class:none=move || count.get() == 0 aria-hidden="true" data-testid="cart-count">
                {count}
            </span>
        </a>
        <span class="quiet" role="status">
            {news}
        </span>
    }
}
