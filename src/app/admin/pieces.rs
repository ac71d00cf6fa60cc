//! A field for a number of pieces, one of many.

use leptos::prelude::*;

/// The name of something, and how many pieces of it.
#[component]
pub fn Pieces(
    /// The field's name in the form.
    name: String,
    /// Its id in the page.
    id: String,
    /// What it is about.
    label: String,
    /// What stands beside the name.
    #[prop(optional_no_strip)]
    beside: Option<String>,
    /// What stands in it.
    value: String,
    /// What is to be known about it.
    #[prop(optional_no_strip)]
    hint: Option<String>,
    /// What is wrong with it.
    error: Option<String>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described: Vec<String> =
        [hint.is_some().then(|| hint_id.clone()), error.is_some().then(|| error_id.clone())]
            .into_iter()
            .flatten()
            .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let invalid = error.is_some().then_some("true");
    let (words, labelled) = (label.clone(), id.clone());
    view! {
        <div class="pieces" data-words=words>
            <label for=labelled>
                <span>{label}</span>
                {beside.map(|beside| view! { <span class="hint">{beside}</span> })}
            </label>
            <input
                id=id
                name=name
                type="text"
                inputmode="numeric"
                maxlength="4"
                autocomplete="off"
                value=value
                aria-invalid=invalid
                aria-describedby=described
            />
            {hint
                .map(|hint| {
                    view! {
                        <p class="hint" id=hint_id>
                            {hint}
                        </p>
                    }
                })}
            {error
                .map(|error| {
                    view! {
                        <p class="error" id=error_id>
                            {error}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
