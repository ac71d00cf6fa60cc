//! The sum of the checkout with what bringing the order to the chosen area costs. The server
//! reckons it again; without this, it tells the sum before it takes the order.

use super::element::{all, page_locale, show};
use crate::{app::i18n::price, model::money::Money};
use leptos::prelude::document;
use web_sys::{Element, Event};

/// What bringing it costs is known only when an area is chosen.
pub fn start() {
    let Some(expected) = find("[name='expected_total']") else { return };
    let worth = bani(Some(&expected), "data-worth");
    let chosen =
        "form:has([name='delivery_type'][value='delivery']:checked) [name='delivery_area'] option:checked";
    let fee = bani(find(chosen).as_ref(), "data-fee");
    let Some(total) = worth.plus(fee) else { return };
    let _ = expected.set_attribute("value", &total.bani().to_string());
    if let Some(line) = find("[data-fee-line]") {
        show(&line, fee > Money::ZERO);
    }
    let l = page_locale();
    for (name, sum) in [("[data-sum='fee']", fee), ("[data-sum='total']", total)] {
        all(name).for_each(|shown| shown.set_text_content(Some(&price(l, sum))));
    }
}

/// A choice was made somewhere in the page.
pub fn changed(_: Event) {
    start();
}

fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

fn bani(element: Option<&Element>, attribute: &str) -> Money {
    let bani = element.and_then(|element| element.get_attribute(attribute)?.parse().ok());
    bani.and_then(|bani| Money::from_bani(bani).ok()).unwrap_or(Money::ZERO)
}
