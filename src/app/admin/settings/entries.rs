//! The list of places and that of areas: in their order, each with its buttons.

use super::frame::Head;
use crate::{
    app::{admin::filled::Filled, forms::action, i18n::href},
    model::{locale::Locale, text},
};
use leptos::prelude::*;

/// One entry of the list.
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What else there is to know.
    pub about: String,
    /// Can it be chosen?
    pub active: bool,
}

/// What the list is of.
#[derive(Clone, Copy)]
pub struct Kind {
    /// Its address, without the language.
    pub path: &'static str,
    /// Where its buttons are sent.
    pub turn: &'static str,
    /// Its name.
    pub title: &'static str,
    /// What it is for.
    pub hint: &'static str,
    /// The name of the way to a new entry.
    pub new: &'static str,
}

/// The list.
#[component]
pub fn Entries(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The mark of the list.
    mark: String,
    /// What it is of.
    kind: Kind,
    /// In their order.
    entries: Vec<Entry>,
) -> impl IntoView {
    let new = href(l, &format!("{}/new", kind.path));
    let last = entries.len().saturating_sub(1);
    let shown = if entries.is_empty() {
        view! { <p class="lead">{format!("{}. {}", text::settings::nothing(l), kind.hint)}</p> }.into_any()
    } else {
        let rows = entries
            .into_iter()
            .enumerate()
            .map(|(number, entry)| {
                let ends = (number == 0, number == last);
                view! { <Row l csrf=csrf.clone() mark=mark.clone() kind entry ends /> }
            })
            .collect_view();
        view! {
            <p class="hint">{kind.hint}</p>
            <ul class="desk-rows">{rows}</ul>
        }
        .into_any()
    };
    view! {
        <Head l title=kind.title.to_owned() forms=vec![Filled::of(kind.turn)] />
        <p>
            <a class="button" href=new>
                {kind.new}
            </a>
        </p>
        {shown}
    }
    .into_any()
}

#[component]
fn Row(
    l: Locale,
    csrf: String,
    mark: String,
    kind: Kind,
    entry: Entry,
    /// Is it the first, the last?
    ends: (bool, bool),
) -> impl IntoView {
    let Entry { id, name, about, active } = entry;
    let edit = href(l, &format!("{}/{id}", kind.path));
    let which = format!(": {name}");
    let button = |turn: &'static str, label: &'static str, off: bool| {
        view! {
            <button
                class="button button-quiet button-small"
                id=format!("{turn}-{id}")
                name="turn"
                value=turn
                disabled=off
            >
                {label} <span class="quiet">{which.clone()}</span>
            </button>
        }
    };
    let switch = if active {
        button("hide", text::admin::hide(l), false)
    } else {
        button("show", text::admin::show(l), false)
    };
    view! {
        <li class="desk-row entry-row" class:row-off=!active data-testid="entry">
            <div class="row-text">
                <a href=edit.clone()>{name}</a>
                <span class="hint">{about}</span>
            </div>
            <p class="row-state">
                <span class=if active { "badge badge-ready" } else { "badge" }>
                    {if active { text::settings::offered_now(l) } else { text::settings::not_offered(l) }}
                </span>
            </p>
            <form class="entry-turns" method="post" action=action(kind.turn) data-live="desk">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="mark" value=mark />
                <input type="hidden" name="id" value=id.clone() />
                <a class="button button-quiet button-small" href=edit>
                    {text::admin::edit(l)}
                    <span class="quiet">{which.clone()}</span>
                </a>
                {button("up", text::settings::up(l), ends.0)} {button("down", text::settings::down(l), ends.1)}
                {switch}
                <details>
                    <summary class="button button-quiet button-small">{text::settings::remove(l)}</summary>
                    <p class="hint">{text::settings::remove_hint(l)}</p>
                    {button("remove", text::settings::remove_sure(l), false)}
                </details>
            </form>
        </li>
    }
    .into_any()
}
