//! What somebody has typed into other forms of a page and not sent yet: it stays when the page is
//! replaced.

use crate::app::live::element::{all, first, within};
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
        let fields = all("main :is(input, select, textarea):not([type=hidden], [type=file])");
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
    let of = |property: &str| Reflect::get(field, &property.into()).ok();
    // A field can stand outside of its form.
    let form: HtmlFormElement = of("form")?.dyn_into().ok()?;
    if form == *sent {
        return None;
    }
    let kind = field.get_attribute("type");
    let (property, before) = match kind.as_deref() {
        Some("checkbox" | "radio") => ("checked", of("defaultChecked")?),
        _ if field.tag_name() == "SELECT" => ("value", chosen_before(field).into()),
        _ => ("value", of("defaultValue")?),
    };
    let now = of(property).filter(|now| *now != before)?;
    let place = match field.id() {
        id if !id.is_empty() => format!("[id={}]", quoted(&id)),
        _ => {
            let (form, name) = (quoted(&form.get_attribute("id")?), quoted(&field.get_attribute("name")?));
            let value = quoted(&field.get_attribute("value").unwrap_or_default());
            format!("form[id={form}] [name={name}][value={value}]")
        }
    };
    Some((place, property, now))
}

/// What a list had chosen when the page came.
fn chosen_before(list: &Element) -> String {
    let chosen = within(list, "option[selected]").next().or_else(|| within(list, "option").next());
    chosen.and_then(|option| option.get_attribute("value")).unwrap_or_default()
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
