//! Finding and changing parts of the page.

use crate::model::locale::Locale;
use leptos::prelude::document;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, HtmlElement, NodeList};

/// What an event happened to.
pub fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// All that a selector finds in the page.
pub fn all(selector: &str) -> impl Iterator<Item = Element> {
    elements(document().query_selector_all(selector))
}

/// All that a selector finds in an element.
pub fn within(element: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    elements(element.query_selector_all(selector))
}

fn elements(found: Result<NodeList, JsValue>) -> impl Iterator<Item = Element> {
    let found = found.ok();
    let nodes =
        found.into_iter().flat_map(|list| (0..list.length()).filter_map(move |place| list.get(place)));
    nodes.filter_map(|node| node.dyn_into().ok())
}

/// The first that a selector finds in a page.
pub fn first(page: &Document, selector: &str) -> Option<Element> {
    page.query_selector(selector).ok().flatten()
}

/// The text of an element without what is around it.
pub fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}

/// Shows or hides an element.
pub fn show(element: &Element, visible: bool) {
    let _ = element.toggle_attribute_with_force("hidden", !visible);
}

/// Gives an element the focus.
pub fn focus(element: Element) {
    if let Ok(element) = element.dyn_into::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// The language of the page.
pub fn page_locale() -> Locale {
    let locale =
        document().document_element().and_then(|html| Locale::from_tag(&html.get_attribute("lang")?));
    locale.unwrap_or_default()
}
