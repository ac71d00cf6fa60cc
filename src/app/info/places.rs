//! Where orders are picked up and where they are brought to.

use crate::{
    app::shop::checkout_choices::label,
    model::{areas::DeliveryArea, locale::Locale, money::Money, places::PickupPlace, text},
};
use leptos::prelude::*;

/// Every place that can be chosen.
#[component]
pub fn Places(
    /// The language of the page.
    l: Locale,
    /// All places.
    places: Vec<PickupPlace>,
) -> impl IntoView {
    let open: Vec<_> = places.into_iter().filter(|place| place.active).collect();
    (!open.is_empty()).then(|| {
        let all = open.into_iter().map(|place| {
            let address = place.address.map(|address| format!(", {address}")).unwrap_or_default();
            let hint = place.hint.map(|words| format!(". {}", words.get(l))).unwrap_or_default();
            view! {
                <li>
                    <strong>{place.name.get(l).to_owned()}</strong>
                    {format!("{address}{hint}")}
                </li>
            }
        });
        view! { <ul data-testid="places">{all.collect_view()}</ul> }.into_any()
    })
}

/// Every area that can be chosen, with what it costs.
#[component]
pub fn Areas(
    /// The language of the page.
    l: Locale,
    /// All areas.
    areas: Vec<DeliveryArea>,
) -> impl IntoView {
    let open: Vec<_> = areas.into_iter().filter(|area| area.active).collect();
    (!open.is_empty()).then(|| {
        let all = open.into_iter().map(|area| {
            let towns = area.towns.as_ref().map(|words| words.get(l).to_owned());
            view! {
                <li>
                    <strong>{label(l, &area, Money::ZERO)}</strong>
                    {towns.map(|towns| view! { <br /> {towns} })}
                </li>
            }
        });
        view! {
            <p>{text::info::areas(l)}</p>
            <ul data-testid="areas">{all.collect_view()}</ul>
        }
        .into_any()
    })
}
