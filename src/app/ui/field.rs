//! A labelled field with its hint and its error.

use leptos::prelude::*;

/// What a field is for, beyond its text.
#[derive(Clone, Debug, Default)]
pub struct FieldKind {
    /// `text`, `tel`, `password`, `number`…
    pub kind: &'static str,
    /// What the browser may fill in (HTML, autofill tokens).
    pub autocomplete: &'static str,
    /// Which keyboard phones show.
    pub inputmode: &'static str,
    /// The most characters.
    pub max: Option<u32>,
    /// Must it be filled in?
    pub required: bool,
    /// Several lines?
    pub lines: Option<u32>,
    /// The id of a `datalist` with what is mostly meant.
    pub list: Option<&'static str>,
}

/// A text field.
#[component]
pub fn TextField(
    /// Its name in the form.
    name: &'static str,
    /// Its label.
    #[prop(into)]
    label: String,
    /// What it is for.
    #[prop(optional)]
    kind: FieldKind,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// A sentence below the label.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described = {
        let (hint_id, error_id, has_hint) = (hint_id.clone(), error_id.clone(), !hint.is_empty());
        move || match (has_hint, error.get().is_some()) {
            (true, true) => Some(format!("{hint_id} {error_id}")),
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (false, false) => None,
        }
    };
    let invalid = move || error.get().is_some().then_some("true");
    let max = kind.max.map(|max| max.to_string());
    let input = match kind.lines {
        Some(lines) => view! {
            <textarea
                id=name
                name=name
                rows=lines
                maxlength=max
                required=kind.required
                aria-invalid=invalid
                aria-describedby=described
            >
                {escaped(&value)}
            </textarea>
        }
        .into_any(),
        None => view! {
            <input
                id=name
                name=name
                type=if kind.kind.is_empty() { "text" } else { kind.kind }
                autocomplete=if kind.autocomplete.is_empty() { "off" } else { kind.autocomplete }
                inputmode=(!kind.inputmode.is_empty()).then_some(kind.inputmode)
                maxlength=max
                list=kind.list
                required=kind.required
                aria-invalid=invalid
                aria-describedby=described
                value=value
            />
        }
        .into_any(),
    };
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {(!hint.is_empty())
                .then(|| {
                    view! {
                        <p class="hint" id=hint_id>
                            {hint.clone()}
                        </p>
                    }
                })}
            {input}
            {move || {
                error
                    .get()
                    .map(|error| {
                        view! {
                            <p class="error" id=error_id.clone()>
                                {error}
                            </p>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// Leptos writes the content of a textarea as it is (tachys 0.2: `ESCAPE_CHILDREN` is false for it)
/// and leaves it alone when it hydrates: without this, `</textarea>` in a text ends the field.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_textarea() {
        assert_eq!(escaped("a </textarea><b> & c"), "a &lt;/textarea>&lt;b> &amp; c");
    }
}
