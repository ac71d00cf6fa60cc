//! An order on the producer's desk: what was ordered, by whom, and the next step.

use super::{
    api::orders::{MAX_NOTE, load_order},
    desk::Desk,
    filled::Filled,
    header::Part,
    orders_table::{Call, delivery},
};
use crate::{
    app::{
        forms::action,
        i18n::{date, href},
        shop::order_summary::OrderSummary,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
            status_badge::StatusBadge,
            title::Title,
        },
    },
    model::{
        locale::Locale,
        order::{Actor, HistoryEntry, Order},
        status::OrderStatus,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

const CHANGE: &str = "/fn/admin/orders/status";

/// One order.
#[component]
pub fn AdminOrderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let saved = use_query_map().get_untracked().get("saved").is_some();
    let loaded = Resource::new(|| (), move |()| load_order(id.clone()));
    view! { <Desk part=Part::Orders loaded show=move |l, csrf, order| view! { <Card l csrf order saved /> } /> }
}

#[component]
fn Card(l: Locale, csrf: String, order: Order, saved: bool) -> impl IntoView {
    let title = text::order::title(l, &order.number);
    let status = order.status;
    let filled = Filled::of(CHANGE);
    let saved = (saved && !filled.refused()).then(|| {
        view! { <Alert tone=Tone::Good>{text::admin::now_is(l, status.label(l))}</Alert> }
    });
    let bad = refusal(&filled, status, l).map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> });
    let customer = order.customer_name.clone();
    let phone = order.customer_phone.clone();
    view! {
        <Title text=format!("{title} · {}", text::shop::name(l)) />
        <p class="back">
            <a href=href(l, Part::Orders.path())>{text::admin::orders(l)}</a>
        </p>
        <div class="desk-head">
            <h1>{title}</h1>
            <StatusBadge status l />
        </div>
        {saved}
        {bad}
        <div class="order-desk">
            <section class="panel order-who" aria-labelledby="who">
                <h2 id="who">{text::admin::customer(l)}</h2>
                <p class="who">
                    <strong>{customer}</strong>
                    <span>{delivery(order.delivery.kind(), l)}</span>
                </p>
                <Call phone />
            </section>
            <section class="panel order-next" aria-labelledby="next">
                <h2 id="next">{text::admin::next_steps(l)}</h2>
                <Steps l csrf id=order.id.to_string() status filled />
            </section>
            <section class="panel order-what">
                <OrderSummary l order=order.clone() />
            </section>
            <section class="panel order-history" aria-labelledby="history">
                <h2 id="history">{text::order::history(l)}</h2>
                <ol class="history">
                    {order.history.into_iter().rev().map(|entry| view! { <Entry l entry /> }).collect_view()}
                </ol>
            </section>
        </div>
    }
    .into_any()
}

/// Why the order was not moved. When somebody else has moved it, where it stands now.
fn refusal(filled: &Filled, status: OrderStatus, l: Locale) -> Option<String> {
    if filled.moved() { Some(text::admin::moved(l, status.label(l))) } else { filled.message(l) }
}

/// The steps that are allowed from here. Cancelling is asked for twice: it cannot be taken back.
#[component]
fn Steps(l: Locale, csrf: String, id: String, status: OrderStatus, filled: Filled) -> impl IntoView {
    if status.next().next().is_none() {
        return view! { <p class="lead">{text::admin::no_steps(l)}</p> }.into_any();
    }
    let (cancel, forward): (Vec<OrderStatus>, Vec<OrderStatus>) =
        status.next().partition(|next| *next == OrderStatus::Cancelled);
    let forward = forward
        .into_iter()
        .map(|next| {
            view! {
                <button class="button button-big button-wide" name="status" value=next.name() data-testid=next.name()>
                    {next.action(l)}
                </button>
            }
        })
        .collect_view();
    let cancel = cancel
        .into_iter()
        .map(|next| {
            view! {
                <details class="cancel">
                    <summary class="button button-danger button-wide">{text::admin::cancel_order(l)}</summary>
                    <p class="hint">{text::admin::cancel_hint(l)}</p>
                    <button class="button button-danger button-wide" name="status" value=next.name() data-testid=next.name()>
                        {text::admin::cancel_sure(l)}
                    </button>
                </details>
            }
        })
        .collect_view();
    view! {
        <form class="steps-form" method="post" action=action(CHANGE) novalidate>
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="order_id" value=id />
            <TextField
                name="note"
                label=text::admin::note(l)
                value=filled.value("note", "")
                error=filled.error("note", l)
                kind=FieldKind { lines: Some(2), max: Some(MAX_NOTE), ..FieldKind::default() }
            />
            {forward}
            {cancel}
        </form>
    }
    .into_any()
}

#[component]
fn Entry(l: Locale, entry: HistoryEntry) -> impl IntoView {
    let who = match entry.actor {
        Actor::Customer => text::admin::by_customer(l).to_owned(),
        Actor::Shop => text::admin::by_shop(l).to_owned(),
        Actor::Admin(username) => username,
    };
    view! {
        <li>
            <strong>{entry.status.label(l)}</strong>
            <span class="hint">{format!("{} · {who}", date(l, entry.at))}</span>
            {entry.note.map(|note| view! { <p class="remark">{note}</p> })}
        </li>
    }
    .into_any()
}
