//! The cart beside the page: a dialog that is filled when it is opened. It holds the focus, closes
//! with Escape, with a tap beside it and with its button, and gives the focus back (HTML, `dialog`).

use super::{cart, element::target, page};
use leptos::{
    prelude::{document, window},
    wasm_bindgen::JsCast,
};
use web_sys::{Element, HtmlDialogElement, MouseEvent};

/// A click anywhere in the page.
pub fn clicked(event: MouseEvent) {
    let Some(target) = target(&event) else { return };
    let around = |selector: &str| target.closest(selector).ok().flatten();
    if let Some(opener) = around("[data-opens]") {
        // With a key held, the link is followed as it says.
        let plain = !(event.ctrl_key() || event.meta_key() || event.shift_key());
        if plain && open(&opener) {
            event.prevent_default();
        }
    } else if let Some(button) = around("[data-stops]") {
        page::stop_waiting(&button);
    } else if let Some(dialog) = target.dyn_ref::<HtmlDialogElement>() {
        // Only what lies beside the content has the dialog itself as its target.
        dialog.close();
    }
}

fn open(opener: &Element) -> bool {
    let id = opener.get_attribute("data-opens").unwrap_or_default();
    let dialog =
        document().get_element_by_id(&id).and_then(|found| found.dyn_into::<HtmlDialogElement>().ok());
    let Some(dialog) = dialog else { return false };
    // On the page of the cart the cart is there already.
    if window().location().pathname().ok() == opener.get_attribute("href") || dialog.show_modal().is_err() {
        return false;
    }
    cart::load();
    true
}
