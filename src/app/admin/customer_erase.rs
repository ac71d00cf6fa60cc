//! The last question before the producer has a customer forgotten.

use super::{
    api::customers::load_erasure, customer::orders, customers::address, desk::Desk, filled::Filled,
    header::Part,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            title::Title,
        },
    },
    model::{
        customer::Erasure,
        ids::{OrderId, OrderNumber},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const ERASE: &str = "/fn/admin/customers/erase";

/// The page.
#[component]
pub fn CustomerErasePage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let loaded = Resource::new(|| (), move |()| load_erasure(id.clone()));
    view! {
        <Title text=format!("{} · {}", text::customers::erase_title(l), text::shop::name(l)) />
        <Desk part=Part::Customers loaded show=move |l, csrf, erasure| view! { <Question l csrf erasure /> } />
    }
    .into_any()
}

#[component]
fn Question(l: Locale, csrf: String, erasure: Erasure) -> impl IntoView {
    let Erasure { id, kept, blocked } = erasure;
    let bad = Filled::of(ERASE).message(l);
    let next = if kept.open.is_empty() {
        view! { <Sure l csrf id=id.to_string() /> }.into_any()
    } else {
        view! { <NotYet l open=kept.open /> }.into_any()
    };
    let mut points = vec![
        text::customers::erase_record(l),
        text::customers::erase_orders(l),
        text::customers::erase_waiting(l),
    ];
    if blocked {
        points.push(text::customers::erase_block(l));
    }
    let counted = orders(l, kept.orders as u64);
    let (count, noun) = counted.split_once(' ').unwrap_or_default();
    let (name, phone) = (kept.customer.name, kept.customer.phone.grouped());
    let sure = text::customers::erase_sure(l, count, name, noun, phone);
    view! {
        <p class="back">
            <a href=address(l, id.as_str())>{text::customers::back(l)}</a>
        </p>
        <h1>{text::customers::erase_title(l)}</h1>
        {bad.map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
        <div class="panel customer-erase">
            <p class="lead">{sure}</p>
            <ul>{points.into_iter().map(|point| view! { <li>{point}</li> }).collect_view()}</ul>
            {next}
        </div>
    }
    .into_any()
}

#[component]
fn Sure(l: Locale, csrf: String, id: String) -> impl IntoView {
    view! {
        <p>
            <strong>{text::customers::erase_final(l)}</strong>
        </p>
        <form method="post" action=action(ERASE) data-live="desk">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="customer" value=id />
            <button id="erase-now" class="button button-danger button-wide" data-testid="erase-now">
                {text::customers::erase_now(l)}
            </button>
        </form>
    }
    .into_any()
}

/// Somebody still works on an order.
#[component]
fn NotYet(l: Locale, open: Vec<(OrderId, OrderNumber)>) -> impl IntoView {
    let orders = open.into_iter().map(|(id, number)| {
        view! {
            <li>
                <a href=href(l, &format!("{}/{id}", Part::Orders.path()))>{number.to_string()}</a>
            </li>
        }
    });
    view! {
        <Alert tone=Tone::Note>
            <p>{text::customers::erase_open(l)}</p>
        </Alert>
        <ul class="open-orders" data-testid="open-orders">
            {orders.collect_view()}
        </ul>
    }
    .into_any()
}
