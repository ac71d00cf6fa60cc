//! What is said of food beside its name: how much it is, what that costs per kilogram or litre, what
//! is in it. The law wants it before the order: Regulation (EU) No 1169/2011, articles 14 and 21;
//! Directive 98/6/EC, article 4.

use crate::{
    app::i18n::price,
    model::{
        allergen::{Allergens, Declaration, sentence},
        food::{FoodFacts, emphasised},
        locale::Locale,
        measure::NetContent,
        money::Money,
        text,
        vat::VatRate,
    },
};
use leptos::prelude::*;

/// `500 g · 59,00 lei/kg`: what one piece holds and what a unit of it costs.
pub fn measure(l: Locale, cost: Money, net: NetContent) -> String {
    let each = net.unit_price(cost).filter(|_| !net.is_one_piece());
    match each {
        Some(each) => {
            let each = text::food::per_unit(l, price(l, each.price), each.per.label(l));
            format!("{} ·\u{a0}{each}", net.label(l))
        }
        None => net.label(l),
    }
}

/// What one piece holds and what a unit of it costs, where it is known.
#[component]
pub fn UnitPrice(
    /// The language of the page.
    l: Locale,
    /// What one piece costs.
    cost: Money,
    /// What it holds.
    net: Option<NetContent>,
) -> impl IntoView {
    net.map(|net| view! { <span class="unit-price">{measure(l, cost, net)}</span> })
}

/// The allergens in a sentence, on cards and lines.
#[component]
pub fn AllergenNote(
    /// The language of the page.
    l: Locale,
    /// What was declared.
    declared: Option<Declaration>,
) -> impl IntoView {
    view! {
        <span class="allergens" class:allergens-unknown=declared.is_none() data-testid="allergens">
            {sentence(declared, l)}
        </span>
    }
}

/// All of it, on the page of the product.
#[component]
pub fn FoodDetails(
    /// The language of the page.
    l: Locale,
    /// The facts.
    food: FoodFacts,
) -> impl IntoView {
    let ingredients = food.ingredients(l).map(|ingredients| {
        let pieces = emphasised(ingredients)
            .into_iter()
            .map(|(piece, marked)| {
                let piece = piece.to_owned();
                if marked { view! { <strong>{piece}</strong> }.into_any() } else { piece.into_any() }
            })
            .collect_view();
        view! {
            <h3>{text::food::ingredients(l)}</h3>
            <p class="ingredients" data-testid="ingredients">
                {pieces}
            </p>
        }
    });
    let declared = match food.allergens.filter(|declared| !declared.all().is_empty()) {
        Some(declared) => view! {
            <dl class="allergens" data-testid="allergens">
                <Named l label=text::allergen::contains(l) allergens=declared.contains />
                <Named l label=text::allergen::may_contain(l) allergens=declared.may_contain />
            </dl>
        }
        .into_any(),
        None => view! {
            <p>
                <AllergenNote l declared=food.allergens />
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="facts-food" aria-labelledby="facts-food">
            <h2 id="facts-food">{text::food::title(l)}</h2>
            {ingredients}
            <h3>{text::allergen::title(l)}</h3>
            {declared}
        </section>
    }
    .into_any()
}

#[component]
fn Named(l: Locale, label: &'static str, allergens: Allergens) -> impl IntoView {
    (!allergens.is_empty()).then(|| {
        let names = allergens
            .iter()
            .map(|allergen| view! { <li class="allergen">{allergen.label(l)}</li> })
            .collect_view();
        view! {
            <div>
                <dt>{label}</dt>
                <dd>
                    <ul>{names}</ul>
                </dd>
            </div>
        }
    })
}

/// The VAT in a total, a line for each rate.
#[component]
pub fn VatIncluded(
    /// The language of the page.
    l: Locale,
    /// Each rate with its tax.
    rates: Vec<(VatRate, Money)>,
) -> impl IntoView {
    let lines = rates
        .into_iter()
        .map(|(rate, amount)| {
            view! {
                <p class="vat hint" data-testid="vat">
                    <span>{text::vat::included(l, rate.percent())}</span>
                    <span>{price(l, amount)}</span>
                </p>
            }
        })
        .collect_view();
    view! { {lines} }
}
