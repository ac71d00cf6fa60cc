//! The part of the list's form that leaves out products with allergens.

use crate::model::{
    allergen::{Allergen, Allergens},
    locale::Locale,
    text,
};
use leptos::prelude::*;

/// Fourteen boxes to tick, folded away until they are wanted; open while one is ticked.
#[component]
pub fn AllergenFilter(
    /// The language of the page.
    l: Locale,
    /// What is avoided.
    avoided: Allergens,
) -> impl IntoView {
    let boxes = Allergen::ALL
        .map(|allergen| {
            view! {
                <label class="check">
                    <input type="checkbox" name="without" value=allergen.name() checked=avoided.has(allergen) />
                    <span>{allergen.label(l)}</span>
                </label>
            }
        })
        .collect_view();
    let title = match avoided.count() {
        0 => text::allergen::without(l).to_owned(),
        count => text::allergen::without_count(l, count),
    };
    view! {
        <details class="filter-allergens" open=!avoided.is_empty()>
            <summary>{title}</summary>
            <fieldset>
                <legend>
                    <span class="quiet">{text::allergen::without(l)}</span>
                </legend>
                <p class="hint">{text::allergen::without_lead(l)}</p>
                <div class="filter-allergens-boxes">{boxes}</div>
                // The other button may be out of sight by now.
                <button class="button button-quiet">{text::products::apply(l)}</button>
            </fieldset>
        </details>
    }
    .into_any()
}

/// What the filter leaves out, said beside the list.
#[component]
pub fn LeftOut(
    /// The language of the page.
    l: Locale,
    /// What is avoided.
    avoided: Allergens,
) -> impl IntoView {
    (!avoided.is_empty()).then(|| {
        view! {
            <p class="hint" data-testid="left-out">
                {text::allergen::without_note(l, avoided.labels(l))}
            </p>
        }
    })
}
