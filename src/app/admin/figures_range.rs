//! Which days are looked at: four taps, or two dates; and by what they are summed up.

use super::header::Part;
use crate::{
    app::i18n::href,
    model::{
        field::FieldErrors,
        figures::{Figures, Preset, Range, Step},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;

/// The query that asks for these figures again.
pub fn query(preset: Preset, range: Range, step: Option<Step>) -> String {
    let days = match preset {
        Preset::Own => format!("&from={}&to={}", range.from, range.to),
        _ => String::new(),
    };
    let step = step.map(|step| format!("&step={}", step.name())).unwrap_or_default();
    format!("range={}{days}{step}", preset.name())
}

/// The choices.
#[component]
pub fn RangeChoice(
    /// The language of the page.
    l: Locale,
    /// What is shown now.
    figures: Figures,
    /// What was wrong with what was asked for.
    errors: FieldErrors,
) -> impl IntoView {
    let Figures { range, preset, step, .. } = figures;
    let page = href(l, Part::Figures.path());
    let address = |preset, step| format!("{page}?{}", query(preset, range, step));
    let taps = Preset::TAPS.map(|other| {
        view! {
            <a class="chip" href=address(other, None) aria-current=(other == preset).then_some("true")>
                {other.label(l)}
            </a>
        }
    });
    let steps = Step::ALL.map(|other| {
        view! {
            <a class="chip" href=address(preset, Some(other)) aria-current=(other == step).then_some("true")>
                {other.label(l)}
            </a>
        }
    });
    view! {
        <nav class="chips" aria-label=text::figures::range(l)>
            {taps.collect_view()}
        </nav>
        <form class="figures-own" method="get" action=page aria-label=text::figures::own(l)>
            <input type="hidden" name="range" value=Preset::Own.name() />
            <DateField name="from" label=text::figures::from(l) value=range.from.to_string() error=wrong(&errors, "from", l) />
            <DateField name="to" label=text::figures::to(l) value=range.to.to_string() error=wrong(&errors, "to", l) />
            <button class="button button-quiet">{text::figures::show(l)}</button>
        </form>
        <nav class="chips" aria-label=text::figures::step(l)>
            {steps.collect_view()}
        </nav>
    }
    .into_any()
}

/// What is wrong with a date, in words.
fn wrong(errors: &FieldErrors, field: &str, l: Locale) -> Option<String> {
    use crate::model::field::FieldError;
    let first = errors.0.get(field)?.first()?;
    Some(match first {
        FieldError::Range { .. } => text::figures::too_long(l).to_owned(),
        other => other.message(l),
    })
}

#[component]
fn DateField(name: &'static str, label: &'static str, value: String, error: Option<String>) -> impl IntoView {
    let said = error.is_some().then(|| format!("{name}-error"));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input
                id=name
                type="date"
                name=name
                value=value
                required=true
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=said.clone()
            />
            {error.map(|error| view! { <p class="error" id=said>{error}</p> })}
        </div>
    }
    .into_any()
}
