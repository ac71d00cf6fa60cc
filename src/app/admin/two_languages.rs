//! Name and description in both languages, as the forms of products and categories ask for them.

use super::filled::Filled;
use crate::{
    app::ui::field::{FieldKind, TextField},
    model::{locale::Locale, product::Localized, text},
};
use leptos::prelude::*;

/// Two groups of fields: Romanian, and English, which may be empty.
#[component]
pub fn TwoLanguages(
    /// The language of the page.
    l: Locale,
    /// The form.
    filled: Filled,
    /// What is stored.
    stored: Localized,
    /// The most characters of a name and of a description.
    max: (u32, u32),
    /// How many lines of a description are seen.
    lines: u32,
) -> impl IntoView {
    let field = move |name: &'static str, label: &str, stored: String, kind| {
        let value = filled.value(name, &stored);
        let hint = filled.now(&value, &stored, l);
        view! { <TextField name label=label value hint error=filled.error(name, l) kind /> }
    };
    let optional = |label: &str| format!("{label} ({})", text::checkout::optional(l));
    let line = FieldKind { max: Some(max.0), ..FieldKind::default() };
    let lines = FieldKind { lines: Some(lines), max: Some(max.1), ..FieldKind::default() };
    let Localized { name, description, name_en, description_en } = stored;
    let (name_en, description_en) = (name_en.unwrap_or_default(), description_en.unwrap_or_default());
    view! {
        <fieldset>
            <legend>{text::admin::in_romanian(l)}</legend>
            {field("name", text::admin::name_ro(l), name, line.clone())}
            {field("description", &optional(text::admin::description_ro(l)), description, lines.clone())}
        </fieldset>
        <fieldset>
            <legend>{text::admin::in_english(l)}</legend>
            {field("name_en", &optional(text::admin::name_en(l)), name_en, line)}
            {field("description_en", &optional(text::admin::description_en(l)), description_en, lines)}
        </fieldset>
    }
    .into_any()
}
