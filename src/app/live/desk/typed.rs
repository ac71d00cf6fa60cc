//! What somebody has typed into other forms of a page and not sent yet: it stays when the page is
//! replaced.

use crate::app::live::element::{all, first};
use js_sys::Reflect;
use leptos::{
    prelude::document,
    wasm_bindgen::{JsCast, JsValue},
};
use web_sys::{Element, HtmlFormElement};

/// Changed fields: how each is found again, and its property with the value.
pub struct Typed(Vec<(String, &'static str, JsValue)>);

impl Typed {
    /// All of the page's, except those of this form.
    pub fn besides(sent: &HtmlFormElement) -> Typed {
        let fields = all("main form[id] :is(input, textarea):not([type=hidden], [type=file])");
        Typed(fields.filter_map(|field| changed(&field, sent)).collect())
    }

    /// Puts them back.
    pub fn put_back(self) {
        for (place, property, value) in self.0 {
            if let Some(field) = first(&document(), &place) {
                let _ = Reflect::set(&field, &property.into(), &value);
            }
        }
    }
}

fn changed(field: &Element, sent: &HtmlFormElement) -> Option<(String, &'static str, JsValue)> {
    let form = field.closest("form").ok()??;
    if form == *sent.unchecked_ref::<Element>() {
        return None;
    }
    let ticks = matches!(field.get_attribute("type").as_deref(), Some("checkbox" | "radio"));
    let (property, before) = if ticks { ("checked", "defaultChecked") } else { ("value", "defaultValue") };
    let now = Reflect::get(field, &property.into()).ok()?;
    if now == Reflect::get(field, &before.into()).ok()? {
        return None;
    }
    let (form, name) = (quoted(&form.id()), quoted(&field.get_attribute("name")?));
    let value =
        ticks.then(|| format!("[value={}]", quoted(&field.get_attribute("value").unwrap_or_default())));
    Some((format!("form[id={form}] [name={name}]{}", value.unwrap_or_default()), property, now))
}

/// A string in a selector.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_ends_its_string() {
        assert_eq!(quoted("a\"]\\"), "\"a\\\"]\\\\\"");
    }
}
