//! What is chosen at the checkout of what the shop offers: a place, an area, a day. Where the shop
//! offers nothing, nothing is asked.

use crate::{
    app::i18n::price,
    model::{
        areas::DeliveryArea, choices::Choices, day_words, locale::Locale, money::Money, places::PickupPlace,
        text,
    },
};
use leptos::prelude::*;

/// Where to pick up: one of several, or how to find the only one.
#[component]
pub fn PlaceChoice(
    /// The language of the page.
    l: Locale,
    /// What there is.
    choices: Choices,
    /// The id that was chosen.
    chosen: String,
    /// What is wrong with it.
    error: Option<String>,
) -> impl IntoView {
    let places = choices.places;
    let about = move |place: &PickupPlace| {
        let hint = place.hint.as_ref().map(|words| words.get(l).to_owned());
        [place.address.clone(), hint].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    match places.as_slice() {
        [] => None,
        [only] => {
            let about = about(only);
            (!about.is_empty()).then(|| view! { <p class="hint pickup-places">{about}</p> }.into_any())
        }
        [first, ..] => {
            let known = places.iter().any(|place| place.id.as_str() == chosen);
            let chosen = if known { chosen } else { first.id.to_string() };
            let all = places
                .iter()
                .map(|place| {
                    let here = place.id.as_str() == chosen;
                    view! {
                        <label class="choice">
                            <input type="radio" name="pickup_place" value=place.id.to_string() checked=here />
                            <span>
                                <strong>{place.name.get(l).to_owned()}</strong>
                                <span class="hint">{about(place)}</span>
                            </span>
                        </label>
                    }
                })
                .collect_view();
            let shown = view! {
                <div class="pickup-places" role="radiogroup" aria-labelledby="pickup-places">
                    <p class="label" id="pickup-places">
                        {text::checkout::pickup_place(l)}
                    </p>
                    <div class="choices">{all}</div>
                    {error.map(|error| view! { <p class="error">{error}</p> })}
                </div>
            };
            Some(shown.into_any())
        }
    }
}

/// Where to bring it, with what that costs for goods of this worth.
#[component]
pub fn AreaChoice(
    /// The language of the page.
    l: Locale,
    /// The areas there are.
    areas: Vec<DeliveryArea>,
    /// What the goods are worth.
    worth: Money,
    /// The id that was chosen.
    chosen: String,
    /// What is wrong with it.
    error: Option<String>,
) -> impl IntoView {
    if areas.is_empty() {
        return None;
    }
    let only = areas.len() == 1;
    let options = areas
        .iter()
        .map(|area| {
            view! {
                <option
                    value=area.id.to_string()
                    selected=only || area.id.as_str() == chosen
                    data-fee=area.fee_for(worth).bani()
                >
                    {label(l, area, worth)}
                </option>
            }
        })
        .collect_view();
    let towns = areas
        .iter()
        .filter_map(|area| {
            let towns = area.towns.as_ref()?.get(l).to_owned();
            Some(view! {
                <li>
                    <strong>{area.name.get(l).to_owned()}</strong>
                    {format!(": {towns}")}
                </li>
            })
        })
        .collect_view();
    Some(
        view! {
            <div class="field area-choice">
                <label for="delivery_area">{text::checkout::delivery_area(l)}</label>
                <div class="hint" id="delivery_area-hint">
                    {text::checkout::areas_note(l)} <ul class="towns">{towns}</ul>
                </div>
                <select
                    id="delivery_area"
                    name="delivery_area"
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=if error.is_some() {
                        "delivery_area-hint delivery_area-error"
                    } else {
                        "delivery_area-hint"
                    }
                >
                    {(!only).then(|| view! { <option value="">{text::checkout::choose_area(l)}</option> })}
                    {options}
                </select>
                <Wrong field="delivery_area" error />
            </div>
        }
        .into_any(),
    )
}

/// `Satele din jur · 15,00 lei (gratuit de la 150,00 lei)`.
pub fn label(l: Locale, area: &DeliveryArea, worth: Money) -> String {
    let fee = area.fee_for(worth);
    let cost = if fee == Money::ZERO { text::checkout::area_free(l).to_owned() } else { price(l, fee) };
    let free = area.free_from.filter(|_| fee > Money::ZERO);
    let more: Vec<String> = [
        free.map(|amount| text::checkout::area_free_from(l, price(l, amount))),
        area.missing(worth).and(area.minimum).map(|amount| text::checkout::area_minimum(l, price(l, amount))),
    ]
    .into_iter()
    .flatten()
    .collect();
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
    format!("{} · {cost}{more}", area.name.get(l))
}

/// On which day; the earliest stands first and is chosen.
#[component]
pub fn DayChoice(
    /// The language of the page.
    l: Locale,
    /// What there is.
    choices: Choices,
    /// The day that was chosen.
    chosen: String,
    /// What is wrong with it.
    error: Option<String>,
) -> impl IntoView {
    if choices.days().is_empty() {
        return None;
    }
    let options = choices
        .days()
        .iter()
        .map(|day| {
            view! {
                <option value=day.to_string() selected=day.to_string() == chosen>
                    {day_words::from_today(l, *day, choices.today)}
                </option>
            }
        })
        .collect_view();
    let away = choices
        .holidays
        .iter()
        .map(|holiday| {
            let words = text::checkout::holiday(l, day_words::range(l, holiday.from, holiday.to));
            let text = holiday.text.as_ref().map(|words| format!(" {}", words.get(l)));
            format!("{words}{}", text.unwrap_or_default())
        })
        .collect::<Vec<_>>()
        .join(" ");
    let described = match (away.is_empty(), error.is_some()) {
        (true, true) => Some("day-error"),
        (false, true) => Some("day-hint day-error"),
        (false, false) => Some("day-hint"),
        (true, false) => None,
    };
    Some(
        view! {
            <div class="field">
                <label for="day">{text::checkout::day(l)}</label>
                {(!away.is_empty())
                    .then(|| {
                        view! {
                            <p class="hint" id="day-hint">
                                {away}
                            </p>
                        }
                    })}
                <select
                    id="day"
                    name="day"
                    aria-invalid=error.is_some().then_some("true")
                    aria-describedby=described
                >
                    {options}
                </select>
                <Wrong field="day" error />
            </div>
        }
        .into_any(),
    )
}

#[component]
fn Wrong(field: &'static str, error: Option<String>) -> impl IntoView {
    error.map(|error| {
        view! {
            <p class="error" id=format!("{field}-error")>
                {error}
            </p>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ids::Slug, shop_facts::Words};

    #[test]
    fn an_area_says_what_it_costs_and_from_when_on_nothing() {
        let money = |bani| Money::from_bani(bani).unwrap();
        let area = DeliveryArea {
            id: Slug::parse("sate").unwrap(),
            name: Words { ro: "Sate".into(), en: Some("Villages".into()) },
            fee: money(1500),
            minimum: Some(money(5000)),
            free_from: Some(money(15_000)),
            towns: None,
            active: true,
        };
        let ro = |worth| label(Locale::Ro, &area, money(worth)).replace('\u{a0}', " ");
        assert_eq!(ro(4000), "Sate · 15,00 lei (gratuit de la 150,00 lei; comandă de la 50,00 lei)");
        assert_eq!(ro(5000), "Sate · 15,00 lei (gratuit de la 150,00 lei)");
        assert_eq!(ro(15_000), "Sate · livrare gratuită");
        assert!(label(Locale::En, &area, money(15_000)).starts_with("Villages · free"));
    }
}
