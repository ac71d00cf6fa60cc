//! The producer's notes about a customer.

use super::filled::Filled;
use crate::{
    app::{
        forms::action,
        i18n::date,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
        },
    },
    model::{
        customer::{MAX_TEXT, Note},
        ids::CustomerId,
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;

const ADD: &str = "/fn/admin/customers/note";
const REMOVE: &str = "/fn/admin/customers/note/remove";

/// The notes, and the form of a new one.
#[component]
pub fn NotesPanel(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// Whose notes.
    id: CustomerId,
    /// The newest first.
    notes: Vec<Note>,
) -> impl IntoView {
    let filled = Filled::of(ADD);
    let bad = filled.message(l).or_else(|| Filled::of(REMOVE).message(l));
    let shown = if notes.is_empty() {
        view! { <p class="hint">{text::customers::no_notes(l)}</p> }.into_any()
    } else {
        let notes = notes
            .into_iter()
            .map(|note| view! { <OneNote l csrf=csrf.clone() id=id.clone() note /> })
            .collect_view();
        view! { <ol class="notes">{notes}</ol> }.into_any()
    };
    view! {
        <section class="panel customer-notes" aria-labelledby="notes">
            <h2 id="notes">{text::customers::notes(l)}</h2>
            {bad.map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
            <form class="note-form" method="post" action=action(ADD) data-live="desk" novalidate>
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="customer" value=id.to_string() />
                <TextField
                    name="note"
                    label=text::customers::note(l)
                    hint=text::customers::note_hint(l)
                    value=filled.value("note", "")
                    error=error(&filled, l)
                    kind=FieldKind { lines: Some(3), max: Some(MAX_TEXT), ..FieldKind::default() }
                />
                <button id="note-add" class="button" data-testid="note-add">
                    {text::customers::note_add(l)}
                </button>
            </form>
            {shown}
        </section>
    }
    .into_any()
}

/// What is wrong with a new note; that there are too many already is said in its own words.
fn error(filled: &Filled, l: Locale) -> Option<String> {
    filled.full("note").map(|max| text::customers::notes_full(l, max)).or_else(|| filled.error("note", l))
}

#[component]
fn OneNote(l: Locale, csrf: String, id: CustomerId, note: Note) -> impl IntoView {
    let when = date(l, note.at);
    let which = format!(": {when}");
    view! {
        <li data-testid="note">
            <p class="remark">{note.text}</p>
            <p class="hint">{format!("{when} · {}", note.by)}</p>
            <form method="post" action=action(REMOVE) data-live="desk">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="customer" value=id.to_string() />
                <input type="hidden" name="note" value=note.id.to_string() />
                <button id=format!("remove-{}", note.id) class="button button-quiet button-small">
                    {text::customers::note_remove(l)} <span class="quiet">{which}</span>
                </button>
            </form>
        </li>
    }
    .into_any()
}
