//! The part of a product's form that says how much it is and what is in it.

use super::{filled::Filled, rows::check};
use crate::{
    app::ui::field::{FieldKind, TextField},
    model::{
        allergen::Allergen,
        food::{CONTAINS, FoodForm, MAY_CONTAIN, WITHOUT},
        locale::Locale,
        measure::Unit,
        text,
        vat::VatRate,
    },
};
use leptos::prelude::*;

/// Contents, VAT, ingredients, allergens.
#[component]
pub fn FoodFields(
    /// The language of the page.
    l: Locale,
    /// The form.
    filled: Filled,
    /// What is stored.
    stored: FoodForm,
) -> impl IntoView {
    let units = Unit::ALL.map(|unit| (unit.name().to_owned(), unit_label(unit, l).to_owned()));
    let rates = VatRate::ALL.map(|rate| (rate.percent().to_string(), rate_label(rate, l)));
    let amount = filled.value("net_amount", &stored.net_amount);
    let amount_now = filled.now(&amount, &stored.net_amount, l);
    let amount_hint = if amount_now.is_empty() { text::food::net_hint(l).to_owned() } else { amount_now };
    // A new product is food.
    let rate = if stored.vat_rate.is_empty() {
        VatRate::default().percent().to_string()
    } else {
        stored.vat_rate.clone()
    };
    let text_of = {
        let filled = filled.clone();
        move |name: &'static str, label: &str, stored: &str| {
            let value = filled.value(name, stored);
            let now = filled.now(&value, stored, l);
            let hint = if now.is_empty() { text::food::ingredients_hint(l).to_owned() } else { now };
            let max = Some(FoodForm::MAX_INGREDIENTS);
            let kind = FieldKind { lines: Some(4), max, ..FieldKind::default() };
            let label = format!("{label} ({})", text::checkout::optional(l));
            view! { <TextField name label value hint error=filled.error(name, l) kind /> }
        }
    };
    view! {
        <fieldset class="desk-form-wide">
            <legend>{text::food::title(l)}</legend>
            <div class="trio">
                <TextField
                    name="net_amount"
                    label=format!("{} ({})", text::food::net_amount(l), text::checkout::optional(l))
                    value=amount
                    hint=amount_hint
                    error=filled.error("net_amount", l)
                    kind=FieldKind { inputmode: "decimal", max: Some(12), ..FieldKind::default() }
                />
                <Choose
                    l
                    name="net_unit"
                    label=text::food::net_unit(l)
                    empty=Some(text::admin::choose(l))
                    choices=units.to_vec()
                    filled=filled.clone()
                    stored=stored.net_unit.clone()
                />
                <Choose
                    l
                    name="vat_rate"
                    label=text::vat::rate(l)
                    empty=None
                    choices=rates.to_vec()
                    filled=filled.clone()
                    stored=rate
                />
            </div>
            {text_of("ingredients", text::food::ingredients_ro(l), &stored.ingredients)}
            {text_of("ingredients_en", text::food::ingredients_en(l), &stored.ingredients_en)}
            <AllergenMarks l filled stored />
        </fieldset>
    }
    .into_any()
}

/// Each of the fourteen: in it, traces, or not.
#[component]
fn AllergenMarks(l: Locale, filled: Filled, stored: FoodForm) -> impl IntoView {
    let error = ["allergens", "allergens_declared"].iter().find_map(|field| filled.error(field, l));
    let described = error.is_some().then_some("allergens-error");
    let rows = Allergen::ALL
        .map(|allergen| {
            let name = format!("allergens[{}]", allergen.name());
            let value = filled.value(&name, stored.mark(allergen));
            let now = filled.now(mark_label(&value, l), mark_label(stored.mark(allergen), l), l);
            let choices = [WITHOUT, CONTAINS, MAY_CONTAIN]
                .map(|mark| {
                    // Of a value that is none of the three, none is chosen but the first.
                    let known = value == CONTAINS || value == MAY_CONTAIN;
                    let chosen = if mark == WITHOUT { !known } else { value == mark };
                    view! {
                        <label class="check">
                            <input type="radio" name=name.clone() value=mark checked=chosen />
                            <span>{mark_label(mark, l)}</span>
                        </label>
                    }
                })
                .collect_view();
            view! {
                <fieldset class="allergen-mark">
                    <legend>{allergen.label(l)}</legend>
                    {choices}
                    {(!now.is_empty()).then(|| view! { <p class="hint">{now}</p> })}
                </fieldset>
            }
        })
        .collect_view();
    view! {
        <fieldset
            class="allergen-marks"
            aria-describedby=described
            data-testid="allergen-marks"
        >
            <legend>{text::allergen::title(l)}</legend>
            <p class="hint">{text::allergen::mark_hint(l)}</p>
            <div class="allergen-marks-all">{rows}</div>
            {check("allergens_declared", text::allergen::declared(l), l, &filled, stored.allergens_declared)}
            <p class="hint">{text::allergen::declared_hint(l)}</p>
            {error
                .map(|error| {
                    view! {
                        <p class="error" id="allergens-error">
                            {error}
                        </p>
                    }
                })}
        </fieldset>
    }
    .into_any()
}

/// A list to choose one of.
#[component]
fn Choose(
    l: Locale,
    name: &'static str,
    label: &'static str,
    empty: Option<&'static str>,
    choices: Vec<(String, String)>,
    filled: Filled,
    stored: String,
) -> impl IntoView {
    let chosen = filled.value(name, &stored);
    let label_of = |value: &str| {
        let known = choices.iter().find(|(choice, _)| choice == value);
        known.map(|(_, label)| label.clone()).unwrap_or_default()
    };
    let now = filled.now(&label_of(&chosen), &label_of(&stored), l);
    let error = filled.error(name, l);
    let error_id = format!("{name}-error");
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let selected = value == chosen;
            view! {
                <option value=value selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {(!now.is_empty()).then(|| view! { <p class="hint">{now}</p> })}
            <select
                id=name
                name=name
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then(|| error_id.clone())
            >
                {empty.map(|empty| view! { <option value="">{empty}</option> })}
                {options}
            </select>
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

const fn unit_label(unit: Unit, l: Locale) -> &'static str {
    match unit {
        Unit::G => text::food::unit_g(l),
        Unit::Kg => text::food::unit_kg(l),
        Unit::Ml => text::food::unit_ml(l),
        Unit::L => text::food::unit_l(l),
        Unit::Piece => text::food::unit_piece(l),
    }
}

fn rate_label(rate: VatRate, l: Locale) -> String {
    match rate {
        VatRate::Reduced => text::vat::rate_food(l, rate.percent()),
        VatRate::Standard => text::vat::rate_other(l, rate.percent()),
    }
}

fn mark_label(mark: &str, l: Locale) -> &'static str {
    match mark {
        CONTAINS => text::allergen::contains(l),
        MAY_CONTAIN => text::allergen::may_contain(l),
        _ => text::allergen::no(l),
    }
}
