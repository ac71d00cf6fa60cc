//! What the pages of the settings share.

use crate::{
    app::{
        admin::filled::Filled,
        forms::action,
        i18n::href,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
        },
    },
    model::{
        locale::Locale,
        settings::{Section, Settings},
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The way back, the title, and what became of the last form.
#[component]
pub fn Head(
    /// The language of the page.
    l: Locale,
    /// What the page is about.
    title: String,
    /// Its forms, of which one may have been refused.
    forms: Vec<Filled>,
    /// The page before; the overview where none is named.
    #[prop(optional)]
    back: Option<(&'static str, &'static str)>,
) -> impl IntoView {
    let (to, name) = back.unwrap_or(("/admin/settings", text::desk::settings(l)));
    let bad = forms.iter().find_map(|form| match form.stale() {
        true => Some(text::settings::stale(l).to_owned()),
        false => form.message(l),
    });
    let saved = bad.is_none() && use_query_map().get_untracked().get("saved").is_some();
    view! {
        <p class="back">
            <a href=href(l, to)>{name}</a>
        </p>
        <h1>{title}</h1>
        {bad.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
        {saved.then(|| view! { <Alert tone=Tone::Good>{text::admin::saved(l)}</Alert> })}
    }
    .into_any()
}

/// A form that changes a part of the settings, with the mark of what it shows. Tests find it by name.
pub fn form(
    to: &'static str,
    csrf: String,
    section: Section,
    settings: &Settings,
    filled: &Filled,
    name: &'static str,
    inside: impl IntoView + 'static,
) -> AnyView {
    view! {
        <form class="desk-form" method="post" action=action(to) novalidate data-live="desk" data-testid=name>
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="mark" value=filled.remembered("mark", settings.mark(section)) />
            {inside}
        </form>
    }
    .into_any()
}

/// A field that tells what is stored now when somebody else was quicker.
pub fn field(
    l: Locale,
    filled: &Filled,
    name: &'static str,
    label: &str,
    hint: &str,
    stored: &str,
    kind: FieldKind,
) -> AnyView {
    let value = filled.value(name, stored);
    let now = filled.now(&value, stored, l);
    let hint = [hint, &now].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    view! { <TextField name label=label.to_owned() value hint error=filled.error(name, l) kind /> }.into_any()
}

/// One line of at most so many characters.
pub fn line(max: u32) -> FieldKind {
    FieldKind { max: Some(max), ..FieldKind::default() }
}

/// Several lines.
pub fn lines(max: u32) -> FieldKind {
    FieldKind { lines: Some(3), ..line(max) }
}

/// A label that says that nothing needs to be typed.
pub fn optional(l: Locale, label: &str) -> String {
    format!("{label} ({})", text::checkout::optional(l))
}

/// The button that saves, and the way back.
#[component]
pub fn Save(
    /// The language of the page.
    l: Locale,
    /// The id of the button, by which the focus stays on it.
    id: &'static str,
    /// Where the way back leads.
    #[prop(default = "/admin/settings")]
    back: &'static str,
) -> impl IntoView {
    view! {
        <div class="row desk-form-wide">
            <button class="button button-big" id=id>
                {text::admin::save(l)}
            </button>
            <a class="button button-quiet button-big" href=href(l, back)>
                {text::admin::back(l)}
            </a>
        </div>
    }
    .into_any()
}
