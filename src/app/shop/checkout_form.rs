//! The form of the checkout. Without JavaScript the address is shown or hidden by CSS and the
//! server checks; with it, each error stands beside its field at once.

use super::api::Next;
use crate::{
    app::{
        i18n::price,
        online::until_online,
        post::{CallError, Form, go},
        told::{ToldFields, told_fields},
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
        },
    },
    model::{
        checkout::{CheckoutForm as Typed, DeliveryType},
        error::{AppError, Shortage},
        locale::Locale,
        money::Money,
        text,
    },
};
use leptos::{ev, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use serde::{Deserialize, Serialize};
use web_sys::{FormData, HtmlElement, HtmlFormElement};

/// What the form begins with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Start {
    /// The language of the page.
    pub l: Locale,
    /// Where it is sent.
    pub action: String,
    /// What its fields hold.
    pub typed: Typed,
    /// What is wrong with them.
    pub errors: ToldFields,
    /// What is wrong with the whole.
    pub message: Option<String>,
    /// Of what there is not enough.
    pub shortages: Vec<Shortage>,
    /// Is it filled in for the first time, so that what was typed on this page before may stand in it?
    pub fresh: bool,
    /// Makes placing the order idempotent.
    pub key: String,
    /// The total that the customer sees.
    pub total: Money,
    /// The number that needs no code, masked.
    pub proved: Option<String>,
}

/// Name, phone, delivery, and what else matters.
#[island(lazy)]
pub fn CheckoutForm(
    /// What it begins with.
    start: Start,
) -> impl IntoView {
    let Start { l, action, typed, errors, message, shortages, fresh, key, total, proved } = start;
    let shortages = RwSignal::new(shortages);
    let waiting = RwSignal::new(false);
    let attempts = StoredValue::new(0_u32);
    let errors = RwSignal::new(errors);
    let message = RwSignal::new(message);
    let total = RwSignal::new(total);
    let busy = RwSignal::new(false);
    let place = move |event: ev::SubmitEvent| {
        if keeps_rest(&event) {
            // The whole page changes with the cart: the browser sends it and shows what comes.
            return;
        }
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        if let Err(AppError::Fields { errors: wrong }) = read(&event).parse() {
            message.set(Some(text::error::fields(l).to_owned()));
            errors.set(told_fields(&wrong, l));
            to_first_error();
            return;
        }
        let Some(form) = Form::of(&event) else { return };
        busy.set(true);
        attempts.update_value(|attempts| *attempts += 1);
        let attempt = attempts.get_value();
        spawn_local(async move {
            let refused = loop {
                match form.send::<Next>().await {
                    Ok(next) => return go(&next.next),
                    Err(CallError::Offline) => {
                        // The key makes sure that it is one order, however often it is sent.
                        waiting.set(true);
                        until_online().await;
                        if !waiting.get_untracked() || attempts.get_value() != attempt {
                            return;
                        }
                    }
                    Err(refused) => break refused,
                }
            };
            busy.set(false);
            waiting.set(false);
            message.set(Some(refused.message(l)));
            if let CallError::Refused(told) = refused {
                errors.set(told.fields);
                shortages.set(told.shortages);
                if let Some(now) = told.total {
                    total.set(now);
                }
            }
            to_first_error();
        });
    };
    let error = move |field: &'static str| {
        let about = move |errors: &ToldFields| {
            errors.iter().find(|(name, _)| name == field).map(|(_, why)| why.clone())
        };
        Signal::derive(move || errors.with(about))
    };
    let optional = |label: &str| format!("{label} ({})", text::checkout::optional(l));
    let kind =
        |kind, autocomplete, max| FieldKind { kind, autocomplete, max: Some(max), ..FieldKind::default() };
    let choice = |choice: DeliveryType, hint: &'static str| {
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
    view! {
        <form
            class="order-form"
            method="post"
            action=action
            on:submit=place
            novalidate
            data-remember=fresh.then_some("checkout")
            data-testid="checkout-form"
        >
            {move || {
                message
                    .get()
                    .map(|message| {
                        view! {
                            <div id="form-message" tabindex="-1">
                                <Alert tone=Tone::Bad>
                                    <p>{message}</p>
                                    <KeepRest l shortages />
                                </Alert>
                            </div>
                        }
                    })
            }} <input type="hidden" name="key" value=key />
            <input type="hidden" name="expected_total" prop:value=move || total.get().bani().to_string() value=total.get_untracked().bani() />
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
                    {choice(DeliveryType::Pickup, text::checkout::pickup_hint(l))}
                    {choice(DeliveryType::Delivery, text::checkout::delivery_hint(l))}
                </div>
                {move || error("delivery_type").get().map(|error| view! { <p class="error">{error}</p> })}
                <div class="address" role="group" aria-label=text::checkout::address(l)>
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
            <p class="hint">{text::checkout::pay(l)}</p>
            <div role="status">
                <Show when=move || waiting.get()>
                    <div class="waiting" data-testid="waiting">
                        <p>{text::checkout::waiting(l)}</p>
                        <button
                            class="button button-quiet"
                            type="button"
                            on:click=move |_| {
                                waiting.set(false);
                                busy.set(false);
                            }
                        >
                            {text::checkout::stop_waiting(l)}
                        </button>
                    </div>
                </Show>
            </div>
            <button class="button button-big button-wide" aria-disabled=move || busy.get().then_some("true") data-testid="place-order">
                {move || {
                    if waiting.get() {
                        text::checkout::waiting_button(l).to_owned()
                    } else if busy.get() {
                        text::checkout::placing(l).to_owned()
                    } else {
                        format!("{} · {}", text::checkout::place(l), price(l, total.get()))
                    }
                }}
            </button>
        </form>
    }
}

/// One tap that takes what is left, with all that was typed.
#[component]
fn KeepRest(l: Locale, shortages: RwSignal<Vec<Shortage>>) -> impl IntoView {
    move || {
        let label = match shortages.get().as_slice() {
            [] => return None,
            [one] if one.available > 0 => text::cart::keep(l, one.available),
            all if all.iter().all(|short| short.available == 0) => text::checkout::without(l).to_owned(),
            _ => text::checkout::keep_rest(l).to_owned(),
        };
        Some(view! {
            <button class="button" name=KEEP value="true" data-testid="keep-rest">
                {label}
            </button>
        })
    }
}

const KEEP: &str = "keep";

fn keeps_rest(event: &ev::SubmitEvent) -> bool {
    event.submitter().and_then(|button| button.get_attribute("name")).as_deref() == Some(KEEP)
}

/// The fields as they stand in the form now.
fn read(event: &ev::SubmitEvent) -> Typed {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let fields = form.and_then(|form| FormData::new_with_form(&form).ok());
    Typed::read(|name| fields.as_ref().and_then(|fields| fields.get(name).as_string()).unwrap_or_default())
}

/// Brings the first wrong field, or else the sentence above the form, into view and into focus.
fn to_first_error() {
    request_animation_frame(|| {
        let document = document();
        let first = document
            .query_selector("[aria-invalid='true']")
            .ok()
            .flatten()
            .or_else(|| document.get_element_by_id("form-message"));
        if let Some(element) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.focus();
        }
    });
}
