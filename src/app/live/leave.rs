//! A link that is tapped while the cart is being changed: the page stays until the shop has answered.

use super::{element::target, queue};
use leptos::{
    prelude::window,
    wasm_bindgen::{JsCast, JsValue},
};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlAnchorElement, MouseEvent};

/// A click anywhere in the page.
pub fn clicked(event: MouseEvent) {
    let link = target(&event).and_then(|target| target.closest("a[href]").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key() || !link.target().is_empty();
    // The drawer has its own use for some links, and a place on this page loses nothing.
    if elsewhere || !queue::busy() || Event::default_prevented(&event) || leads_here(&link) {
        return;
    }
    Event::prevent_default(&event);
    spawn_local(async move {
        drop(queue::turn().await);
        let _ = window().location().assign(&link.href());
    });
}

fn leads_here(link: &HtmlAnchorElement) -> bool {
    let here = |part: Result<String, JsValue>| part.unwrap_or_default();
    let location = window().location();
    !link.hash().is_empty()
        && link.pathname() == here(location.pathname())
        && link.search() == here(location.search())
}
