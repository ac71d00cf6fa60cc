//! Notes on an order, which only admins see.

use super::filled::Filled;
use crate::{
    app::{
        forms::action,
        i18n::date,
        ui::field::{FieldKind, TextField},
    },
    model::{locale::Locale, order_record::Note, text, time::WallTime},
};
use leptos::prelude::*;

/// Where a note is added.
pub const NOTE: &str = "/fn/admin/orders/note";

/// The notes of an order, and the form for another one.
#[component]
pub fn Notes(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// Which order.
    id: String,
    /// Its notes, oldest first.
    notes: Vec<(WallTime, Note)>,
) -> impl IntoView {
    let filled = Filled::of(NOTE);
    let none = notes.is_empty().then(|| view! { <p class="hint">{text::order_desk::no_notes(l)}</p> });
    let notes = notes
        .into_iter()
        .map(|(at, note)| {
            view! {
                <li data-testid="note">
                    <p class="remark">{note.text}</p>
                    <span class="hint">{format!("{} · {}", note.by, date(l, at))}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 id="notes">{text::order_desk::notes(l)}</h2>
        {none}
        <ul class="notes">{notes}</ul>
        <form class="steps-form" method="post" action=action(NOTE) novalidate data-live="desk" data-testid="note-form">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="order_id" value=id />
            <TextField
                name="text"
                label=text::order_desk::note_label(l)
                hint=text::order_desk::notes_hint(l)
                value=filled.value("text", "")
                error=filled.error("note", l)
                kind=FieldKind { lines: Some(2), max: Some(Note::MAX), ..FieldKind::default() }
            />
            <button id="add-note" class="button button-quiet">
                {text::order_desk::add_note(l)}
            </button>
        </form>
    }
    .into_any()
}
