//! A sentence that must be noticed.

use leptos::prelude::*;

/// What kind of sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something went wrong.
    Bad,
    /// Something to know.
    Note,
    /// It worked.
    Good,
}

/// An error is announced by screen readers at once, the others when there is a pause.
#[component]
pub fn Alert(
    /// How it looks.
    tone: Tone,
    /// The sentence.
    children: Children,
) -> impl IntoView {
    let (class, role) = match tone {
        Tone::Bad => ("alert alert-bad", "alert"),
        Tone::Note => ("alert alert-note", "status"),
        Tone::Good => ("alert alert-good", "status"),
    };
    view! {
        <div class=class role=role>
            {children()}
        </div>
    }
    .into_any()
}
