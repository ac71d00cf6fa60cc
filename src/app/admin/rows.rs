//! What the lists of products and categories share.

use super::{desk::this_page, filled::Filled};
use crate::{
    app::{
        forms::{FormReplay, action},
        ui::alert::{Alert, Tone},
    },
    model::{locale::Locale, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What went well, or wrong, with the last form.
#[component]
pub fn Notices(
    /// The language of the page.
    l: Locale,
    /// Where the forms of the page are sent.
    actions: &'static [&'static str],
) -> impl IntoView {
    let bad = actions.iter().find_map(|action| Filled::of(action).message(l));
    let saved = use_context::<FormReplay>().is_none()
        && bad.is_none()
        && use_query_map().get_untracked().get("saved").is_some();
    view! {
        {bad.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
        {saved.then(|| view! { <Alert tone=Tone::Good>{text::admin::saved(l)}</Alert> })}
    }
    .into_any()
}

/// The button that puts something on the shelf or takes it off, and comes back to its row.
#[component]
pub fn Toggle(
    /// Where it is sent.
    endpoint: &'static str,
    /// The login's token.
    csrf: String,
    /// The name of the id's field.
    field: &'static str,
    /// Which.
    id: String,
    /// What it is now.
    active: bool,
    /// What the button says.
    label: &'static str,
    /// What screen readers say after the label: which one it is.
    which: String,
) -> impl IntoView {
    view! {
        <form method="post" action=action(endpoint) data-live="desk">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name=field value=id.clone() />
            <input type="hidden" name="active" value=(!active).to_string() />
            <input type="hidden" name="next" value=this_page() />
            <button id=format!("toggle-{id}") class="button button-quiet button-small">
                {label} <span class="quiet">{which}</span>
            </button>
        </form>
    }
    .into_any()
}

/// The head of a form: the way back, the title, and what was wrong.
#[component]
pub fn FormHead(
    /// The address of the list.
    back: String,
    /// The list's name.
    list: &'static str,
    /// What the form is for.
    title: String,
    /// What was wrong.
    message: Option<String>,
) -> impl IntoView {
    view! {
        <p class="back">
            <a href=back>{list}</a>
        </p>
        <h1>{title}</h1>
        {message.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
    }
    .into_any()
}

/// A box to tick. In a form that somebody else has overtaken it says what is stored now.
pub fn check(
    name: &'static str,
    label: &'static str,
    l: Locale,
    filled: &Filled,
    stored: bool,
) -> impl IntoView + use<> {
    let ticked = filled.ticked(name, stored);
    let now = (filled.stale() && ticked != stored)
        .then(|| text::admin::now(l, if stored { text::admin::yes(l) } else { text::admin::no(l) }));
    view! {
        <label class="check">
            <input type="checkbox" name=name value="on" checked=ticked />
            <span>{label} {now.map(|now| view! { <span class="hint">{format!(" · {now}")}</span> })}</span>
        </label>
    }
}
