//! Typing in an order that came by phone.

use super::{
    api::order_desk::{PhoneOrderStart, start_phone_order},
    desk::Desk,
    filled::Filled,
    header::Part,
    pieces::Pieces,
    rows::FormHead,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale, price},
        ui::{
            field::{FieldKind, TextField},
            title::Title,
        },
    },
    model::{
        checkout::DeliveryType,
        field::FieldError,
        ids::IdempotencyKey,
        locale::Locale,
        money::Money,
        order_items::ItemsForm,
        order_record::{Note, Offer},
        text,
    },
};
use leptos::prelude::*;

const PLACE: &str = "/fn/admin/orders/place";

/// The form of an order by phone.
#[component]
pub fn PhoneOrderPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| start_phone_order());
    view! {
        <Title text=format!("{} · {}", text::order_desk::new(l), text::shop::name(l)) />
        <Desk part=Part::Orders loaded show=move |l, csrf, start| view! { <Form l csrf start /> } />
    }
    .into_any()
}

#[component]
fn Form(l: Locale, csrf: String, start: PhoneOrderStart) -> impl IntoView {
    let filled = Filled::of(PLACE);
    // The same key for each try of the same order.
    let typed = filled.value("key", &start.key);
    let key = if IdempotencyKey::parse(&typed).is_ok() { typed } else { start.key };
    view! {
        <FormHead
            back=href(l, Part::Orders.path())
            list=text::admin::orders(l)
            title=text::order_desk::new(l).to_owned()
            message=filled.message(l)
        />
        <p class="lead">{text::order_desk::new_lead(l)}</p>
        <form class="desk-form" method="post" action=action(PLACE) novalidate data-live="desk" data-testid="phone-order-form">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="key" value=key />
            <Products l filled=filled.clone() offers=start.offers />
            <Who l filled=filled.clone() />
            <How l filled=filled.clone() places=start.places areas=start.areas />
            <When l filled today=start.today.to_string() />
            <div class="row desk-form-wide">
                <button class="button button-big" data-testid="take-order">
                    {text::order_desk::new_place_order(l)}
                </button>
                <a class="button button-quiet button-big" href=href(l, Part::Orders.path())>
                    {text::admin::back(l)}
                </a>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn Products(l: Locale, filled: Filled, offers: Vec<Offer>) -> impl IntoView {
    let empty = offers.is_empty().then(|| view! { <p class="hint">{text::order_desk::no_offers(l)}</p> });
    let nothing = filled.says("quantities", &FieldError::Required);
    let wrong = if nothing {
        Some(text::order_desk::nothing_chosen(l).to_owned())
    } else {
        filled.error("quantities", l)
    };
    let wrong = wrong.map(|wrong| view! { <p class="error">{wrong}</p> });
    let rows = offers
        .into_iter()
        .map(|offer| {
            let field = ItemsForm::field(&offer.id);
            let left = match offer.stock {
                0 => text::order_desk::sold_out(l).to_owned(),
                stock => text::order_desk::left(l, stock),
            };
            view! {
                <Pieces
                    name=field.clone()
                    id=format!("pieces-{}", offer.id)
                    label=offer.name
                    beside=Some(format!("{} · {left}", price(l, offer.price)))
                    value=filled.value(&field, "")
                    hint=None
                    error=filled.error(&field, l)
                />
            }
        })
        .collect_view();
    view! {
        <fieldset class="desk-form-wide">
            <legend>{text::order_desk::new_products(l)}</legend>
            {wrong}
            {empty}
            <div class="field needs-script">
                <label for="filter">{text::order_desk::filter(l)}</label>
                <input id="filter" type="search" autocomplete="off" data-filters="#offers" />
            </div>
            <div class="pieces-list" id="offers">
                {rows}
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Who(l: Locale, filled: Filled) -> impl IntoView {
    let line = |max| FieldKind { max: Some(max), ..FieldKind::default() };
    let chosen = filled.value("language", Locale::Ro.tag());
    let languages = Locale::ALL
        .map(|language| {
            let label = match language {
                Locale::Ro => text::order_desk::ro(l),
                Locale::En => text::order_desk::en(l),
            };
            view! {
                <option value=language.tag() selected=language.tag() == chosen>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{text::order_desk::who(l)}</legend>
            <TextField
                name="name"
                label=text::order_desk::new_name(l)
                value=filled.value("name", "")
                error=filled.error("name", l)
                kind=line(100)
            />
            <TextField
                name="phone"
                label=text::order_desk::new_phone(l)
                hint=text::order_desk::new_phone_hint(l)
                value=filled.value("phone", "")
                error=filled.error("phone", l)
                kind=FieldKind { kind: "tel", inputmode: "tel", ..line(40) }
            />
            <div class="field">
                <label for="language">{text::order_desk::language(l)}</label>
                <select id="language" name="language">
                    {languages}
                </select>
                {filled.error("language", l).map(|error| view! { <p class="error">{error}</p> })}
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn How(l: Locale, filled: Filled, places: Vec<String>, areas: Vec<(String, Money)>) -> impl IntoView {
    let optional = |label: &str| format!("{label} ({})", text::checkout::optional(l));
    let line = |max| FieldKind { max: Some(max), ..FieldKind::default() };
    let typed = filled.value("delivery_type", DeliveryType::Pickup.name());
    let choice = |kind: DeliveryType, label: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="delivery_type" value=kind.name() checked=typed == kind.name() />
                <span>
                    <strong>{label}</strong>
                </span>
            </label>
        }
    };
    // What the shop has agreed on is offered; on the phone anything may be agreed on.
    let fees = areas.iter().map(|(area, fee)| format!("{area}: {}", price(l, *fee)));
    let fees = fees.collect::<Vec<_>>().join(" · ");
    let known = places.into_iter().chain(areas.into_iter().map(|(area, _)| area));
    let known = known.map(|name| view! { <option value=name></option> }).collect_view();
    let field = {
        let filled = filled.clone();
        move |name: &'static str, label: String, hint: String, kind: FieldKind| {
            view! {
                <TextField name label hint value=filled.value(name, "") error=filled.error(name, l) kind />
            }
        }
    };
    let none = String::new;
    view! {
        <fieldset class="phone-how">
            <legend>{text::order_desk::new_how(l)}</legend>
            <div class="choices">
                {choice(DeliveryType::Pickup, text::order_desk::new_pickup(l))}
                {choice(DeliveryType::Delivery, text::order_desk::new_delivery(l))}
            </div>
            {filled.error("delivery_type", l).map(|error| view! { <p class="error">{error}</p> })}
            {field(
                "place",
                optional(text::order_desk::new_place(l)),
                none(),
                FieldKind { list: Some("known-places"), ..line(100) },
            )}
            <datalist id="known-places">{known}</datalist>
            <div class="phone-address" role="group" aria-label=text::checkout::address(l)>
                {field("street", text::checkout::street(l).to_owned(), none(), line(200))}
                {field("city", text::checkout::city(l).to_owned(), none(), line(100))}
                {field(
                    "postal_code",
                    optional(text::checkout::postal_code(l)),
                    none(),
                    FieldKind { inputmode: "numeric", ..line(20) },
                )}
                {field("address_notes", optional(text::checkout::address_notes(l)), none(), line(200))}
                {field(
                    "delivery_fee",
                    optional(text::order_desk::new_fee(l)),
                    fees,
                    FieldKind { inputmode: "decimal", ..line(12) },
                )}
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn When(l: Locale, filled: Filled, today: String) -> impl IntoView {
    let optional = |label: &str| format!("{label} ({})", text::checkout::optional(l));
    let line = |max| FieldKind { max: Some(max), ..FieldKind::default() };
    let error = filled.error("day", l);
    let invalid = error.is_some().then_some("true");
    let field = {
        let filled = filled.clone();
        move |name: &'static str, label: String, kind: FieldKind| {
            view! { <TextField name label value=filled.value(name, "") error=filled.error(name, l) kind /> }
        }
    };
    view! {
        <fieldset class="desk-form-wide phone-when">
            <legend>{text::order_desk::new_when(l)}</legend>
            <div class="field">
                <label for="day">{optional(text::order_desk::day(l))}</label>
                <input
                    id="day"
                    name="day"
                    type="date"
                    min=today
                    value=filled.value("day", "")
                    aria-invalid=invalid
                    aria-describedby=invalid.map(|_| "day-error")
                />
                {error
                    .map(|error| {
                        view! {
                            <p class="error" id="day-error">
                                {error}
                            </p>
                        }
                    })}
            </div>
            {field("preferred_time", optional(text::order_desk::new_time(l)), line(100))}
            {field(
                "special_instructions",
                optional(text::order_desk::new_wishes(l)),
                FieldKind { lines: Some(3), ..line(500) },
            )}
            {field("note", optional(text::order_desk::new_note(l)), FieldKind { lines: Some(3), ..line(Note::MAX) })}
        </fieldset>
    }
    .into_any()
}
