//! A field that shows of a list only what is called as it says (`data-filters` names the list). What
//! was typed into a row that is hidden stays.

use crate::{
    app::live::element::{first, show, target, within},
    model::sms_text::plain,
};
use leptos::{prelude::document, wasm_bindgen::JsCast};
use web_sys::{Event, HtmlInputElement};

/// Something was typed.
pub fn typed(event: Event) {
    let field = target(&event).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    let Some((field, list)) = field.and_then(|field| {
        let list = first(&document(), &field.get_attribute("data-filters")?)?;
        Some((field, list))
    }) else {
        return;
    };
    let wanted = folded(&field.value());
    for row in within(&list, "[data-words]") {
        let words = folded(&row.get_attribute("data-words").unwrap_or_default());
        show(&row, wanted.split_whitespace().all(|word| words.contains(word)));
    }
}

fn folded(text: &str) -> String {
    plain(text).to_lowercase()
}
