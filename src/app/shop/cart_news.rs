//! What an island tells the rest of the page of the cart: other islands, the number beside each
//! cart symbol, and who listens to a screen reader.

use crate::{
    app::i18n::price,
    model::{cart::Cart, locale::Locale, text},
};
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{CustomEvent, CustomEventInit, Element};

/// The name of the event by which islands tell each other of the cart.
pub const CART_CHANGED: &str = "vatra:cart";
/// The id of the live region in the header.
pub const NEWS: &str = "cart-news";
/// Marks what shows the number of pieces.
const COUNTS: &str = "[data-cart-count]";
/// Where `wake.js` keeps the number for pages that were made before it changed.
const MEMORY: &str = "vatra:count";

/// Tells the whole page what the cart is now.
pub fn tell_cart(cart: &Cart, l: Locale) {
    show_count(cart.count());
    if let Some(news) = leptos::prelude::document().get_element_by_id(NEWS) {
        news.set_text_content(Some(&text::cart::changed(l, price(l, cart.total))));
    }
    if let Ok(Some(button)) = leptos::prelude::document().query_selector(".cart-button") {
        let _ = button.set_attribute("aria-label", &count_label(l, cart.count()));
    }
    let init = CustomEventInit::new();
    let text = serde_json::to_string(cart).unwrap_or_default();
    init.set_detail(&JsValue::from_str(&text));
    if let Ok(event) = CustomEvent::new_with_event_init_dict(CART_CHANGED, &init) {
        let _ = leptos::prelude::window().dispatch_event(&event);
    }
}

/// The cart that an event tells of.
pub fn told_cart(event: &CustomEvent) -> Option<Cart> {
    serde_json::from_str(&event.detail().as_string()?).ok()
}

/// `3 items in the cart`.
pub fn count_label(l: Locale, number: u32) -> String {
    let noun =
        text::plural(l, u64::from(number), text::cart::one(l), text::cart::few(l), text::cart::other(l));
    text::cart::count(l, number, noun)
}

/// Shows more pieces, or fewer, before the shop has answered.
pub fn expect_pieces(more: i64) {
    let shown =
        counts().next().and_then(|count| count.text_content()).and_then(|text| text.parse::<i64>().ok());
    show_count(u32::try_from(shown.unwrap_or(0).saturating_add(more)).unwrap_or(0));
}

fn show_count(number: u32) {
    for count in counts() {
        count.set_text_content(Some(&number.to_string()));
        let _ = count.class_list().toggle_with_force("none", number == 0);
    }
    if let Ok(Some(memory)) = leptos::prelude::window().session_storage() {
        let _ = memory.set_item(MEMORY, &number.to_string());
    }
}

fn counts() -> impl Iterator<Item = Element> {
    let found = leptos::prelude::document().query_selector_all(COUNTS).ok();
    let nodes =
        found.into_iter().flat_map(|list| (0..list.length()).filter_map(move |place| list.get(place)));
    nodes.filter_map(|node| node.dyn_into().ok())
}
