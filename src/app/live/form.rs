//! A form as it was filled in when it was sent.

use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, FormData, HtmlElement, HtmlFormElement, UrlSearchParams};

/// The form with its fields and the button that was pressed.
pub struct Filled {
    /// Where it stands.
    pub form: HtmlFormElement,
    /// What is done with it.
    pub live: String,
    /// Where it is sent.
    pub action: String,
    /// What is sent.
    pub fields: UrlSearchParams,
}

impl Filled {
    /// Reads a form that says what is done with it; a button can send it elsewhere, or say with
    /// `data-plain` that the browser is to send it.
    pub fn read(form: HtmlFormElement, button: Option<HtmlElement>) -> Option<Filled> {
        let live = form.get_attribute("data-live")?;
        // `action` is read as an attribute: a field of that name would hide the property.
        let action = form.get_attribute("action")?;
        let fields = UrlSearchParams::new().ok()?;
        for entry in js_sys::try_iter(&FormData::new_with_form(&form).ok()?.into()).ok()??.flatten() {
            let pair = js_sys::Array::from(&entry);
            fields.append(&pair.get(0).as_string()?, &pair.get(1).as_string()?);
        }
        if let Some(button) = button
            && let (Some(name), Some(value)) = (button.get_attribute("name"), button.get_attribute("value"))
        {
            fields.append(&name, &value);
        }
        Some(Filled { form, live, action, fields })
    }

    /// The number in a field.
    pub fn number(&self, field: &str) -> Option<i64> {
        self.fields.get(field)?.parse().ok()
    }

    /// The product that it is about.
    pub fn product(&self) -> String {
        self.fields.get("product_id").unwrap_or_default()
    }

    /// The first that a selector finds in it.
    pub fn find(&self, selector: &str) -> Option<Element> {
        self.form.unchecked_ref::<Element>().query_selector(selector).ok().flatten()
    }
}
