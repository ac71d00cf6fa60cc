//! The form of the checkout. The address is shown or hidden by CSS; the server checks, and sends
//! the form back with each error beside its field.

use super::checkout_choices::{AreaChoice, DayChoice, PlaceChoice};
use crate::{
    app::{
        i18n::{href, price},
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
        },
    },
    model::{
        checkout::{CheckoutForm as Typed, DeliveryType},
        choices::Choices,
        error::Shortage,
        field::FieldErrors,
        locale::Locale,
        money::Money,
        text,
    },
};
use leptos::prelude::*;

/// What the form begins with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The language of the page.
    pub l: Locale,
    /// Where it is sent.
    pub action: String,
    /// What its fields hold.
    pub typed: Typed,
    /// What is wrong with them.
    pub errors: FieldErrors,
    /// What is wrong with the whole.
    pub message: Option<String>,
    /// Of what there is not enough.
    pub shortages: Vec<Shortage>,
    /// Is it shown for the first time? Then what was typed on this page before may stand in it.
    pub fresh: bool,
    /// Makes placing the order idempotent.
    pub key: String,
    /// Is the order worth too little for where it goes?
    pub more: bool,
    /// What the customer sees.
    pub sums: Sums,
    /// The number that needs no code, masked.
    pub proved: Option<String>,
    /// Where orders are picked up.
    pub pickup: Option<String>,
    /// Days, places and areas.
    pub choices: Choices,
}

/// What the order comes to.
#[derive(Clone, Copy, Debug)]
pub struct Sums {
    /// The goods.
    pub worth: Money,
    /// Bringing them, as chosen.
    pub fee: Money,
    /// Both.
    pub total: Money,
}

/// Name, phone, delivery, and what else matters.
#[component]
pub fn CheckoutForm(
    /// What it begins with.
    start: Start,
    /// What stands before its button.
    children: Children,
) -> impl IntoView {
    let Start {
        l,
        action,
        typed,
        errors,
        message,
        shortages,
        more,
        fresh,
        key,
        sums,
        proved,
        pickup,
        choices,
    } = start;
    let error = |field: &'static str| Signal::stored(errors.first(field, l));
    let optional = |label: &str| format!("{label} ({})", text::checkout::optional(l));
    let kind =
        |kind, autocomplete, max| FieldKind { kind, autocomplete, max: Some(max), ..FieldKind::default() };
    let choice = |choice: DeliveryType, hint: String| {
        let chosen = typed.delivery_type == choice.name()
            || (typed.delivery_type.is_empty() && choice == DeliveryType::Pickup);
        view! {
            <label class="choice">
                <input type="radio" name="delivery_type" value=choice.name() checked=chosen />
                <span>
                    <strong>{choice.label(l)}</strong>
                    <span class="hint">{hint}</span>
                </span>
            </label>
        }
    };
    let message = message.map(|message| {
        view! {
            <div id="form-message" tabindex="-1">
                <Alert tone=Tone::Bad>
                    <p>{message}</p>
                    <KeepRest l shortages />
                    {more
                        .then(|| {
                            view! {
                                <p>
                                    <a class="button" href=href(l, "/products")>
                                        {text::checkout::add_more(l)}
                                    </a>
                                </p>
                            }
                        })}
                </Alert>
            </div>
        }
    });
    view! {
        <form
            class="order-form"
            method="post"
            action=action
            novalidate
            data-live="page"
            data-remember=fresh.then_some("checkout")
            data-testid="checkout-form"
        >
            {message}
            <input type="hidden" name="key" value=key />
            <input type="hidden" name="expected_total" value=sums.total.bani() data-worth=sums.worth.bani() />
            <fieldset>
                <legend>{text::checkout::contact(l)}</legend>
                <TextField name="name" label=text::checkout::name(l) value=typed.name.clone() error=error("name") kind=kind("text", "name", 100) />
                <TextField
                    name="phone"
                    label=text::checkout::phone(l)
                    value=typed.phone.clone()
                    error=error("phone")
                    hint=proved.map_or_else(|| text::checkout::phone_hint(l).to_owned(), |phone| text::checkout::no_code(l, phone))
                    kind=FieldKind { inputmode: "tel", ..kind("tel", "tel", 40) }
                />
            </fieldset>
            <fieldset>
                <legend>{text::checkout::how(l)}</legend>
                <div class="choices">
                    {choice(
                        DeliveryType::Pickup,
                        pickup_hint(l, &choices, pickup),
                    )}
                    {choice(DeliveryType::Delivery, delivery_hint(l, &choices))}
                </div>
                {errors.first("delivery_type", l).map(|error| view! { <p class="error">{error}</p> })}
                <PlaceChoice l choices=choices.clone() chosen=typed.pickup_place.clone() error=errors.first("pickup_place", l) />
                <div class="address" role="group" aria-label=text::checkout::address(l)>
                    <AreaChoice
                        l
                        areas=choices.areas.clone()
                        worth=sums.worth
                        chosen=typed.delivery_area.clone()
                        error=errors.first("delivery_area", l)
                    />
                    <TextField name="street" label=text::checkout::street(l) value=typed.street.clone() error=error("street") kind=kind("text", "street-address", 200) />
                    <TextField name="city" label=text::checkout::city(l) value=typed.city.clone() error=error("city") kind=kind("text", "address-level2", 100) />
                    <TextField
                        name="postal_code"
                        label=optional(text::checkout::postal_code(l))
                        value=typed.postal_code.clone()
                        error=error("postal_code")
                        kind=FieldKind { inputmode: "numeric", ..kind("text", "postal-code", 20) }
                    />
                    <TextField name="address_notes" label=optional(text::checkout::address_notes(l)) value=typed.address_notes.clone() error=error("address_notes") kind=kind("text", "off", 200) />
                </div>
            </fieldset>
            <fieldset>
                <legend>{text::checkout::when(l)}</legend>
                <DayChoice l choices=choices chosen=typed.day.clone() error=errors.first("day", l) />
                <TextField
                    name="preferred_time"
                    label=optional(text::checkout::preferred_time(l))
                    hint=text::checkout::preferred_time_hint(l)
                    value=typed.preferred_time.clone()
                    error=error("preferred_time")
                    kind=kind("text", "off", 100)
                />
                <TextField
                    name="special_instructions"
                    label=optional(text::checkout::special_instructions(l))
                    value=typed.special_instructions.clone()
                    error=error("special_instructions")
                    kind=FieldKind { lines: Some(3), ..kind("text", "off", 500) }
                />
            </fieldset>
            {children()}
            <p class="hint">{text::checkout::pay(l)}</p>
            <p class="error" role="alert" data-problem=""></p>
            <div role="status">
                <div class="waiting" data-waiting="" hidden data-testid="waiting">
                    <p>{text::checkout::waiting(l)}</p>
                    <button class="button button-quiet" type="button" data-stops="">
                        {text::checkout::stop_waiting(l)}
                    </button>
                </div>
            </div>
            <button class="button button-big button-wide" data-testid="place-order">
                <span>{text::checkout::place(l)}</span>
                " "
                <span class="button-sum" data-sum="total">{price(l, sums.total)}</span>
            </button>
        </form>
    }
    .into_any()
}

/// The places by name, else the oven.
fn pickup_hint(l: Locale, choices: &Choices, oven: Option<String>) -> String {
    if choices.places.is_empty() {
        return oven.map_or_else(
            || text::checkout::pickup_hint(l).to_owned(),
            |place| text::checkout::pickup_hint_at(l, place),
        );
    }
    choices.places.iter().map(|place| place.name.get(l)).collect::<Vec<_>>().join(", ")
}

/// The areas by name, else round about.
fn delivery_hint(l: Locale, choices: &Choices) -> String {
    if choices.areas.is_empty() {
        return text::checkout::delivery_hint(l).to_owned();
    }
    choices.areas.iter().map(|area| area.name.get(l)).collect::<Vec<_>>().join(", ")
}

/// One tap that takes what is left, with all that was typed.
#[component]
fn KeepRest(l: Locale, shortages: Vec<Shortage>) -> impl IntoView {
    let label = match shortages.as_slice() {
        [] => return None,
        [one] if one.available > 0 => text::cart::keep(l, one.available),
        all if all.iter().all(|short| short.available == 0) => text::checkout::without(l).to_owned(),
        _ => text::checkout::keep_rest(l).to_owned(),
    };
    Some(view! {
        <button class="button" name="keep" value="true" data-testid="keep-rest">
            {label}
        </button>
    })
}
