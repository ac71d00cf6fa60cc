//! An order on the producer's desk: what was ordered, by whom, the next step, and all that is kept
//! of it.

use super::{
    api::orders::load_order,
    desk::Desk,
    filled::Filled,
    header::Part,
    order_customer::Customer,
    order_history::History,
    order_lines::{CHANGE, Lines},
    order_messages::{AGAIN, Messages},
    order_notes::{NOTE, Notes},
    order_steps::{CANCEL, STEP, Steps},
};
use crate::{
    app::{
        i18n::{href, price},
        ui::{
            alert::{Alert, Tone},
            status_badge::StatusBadge,
            title::Title,
        },
    },
    model::{locale::Locale, order::Order, order_record::DeskOrder, status::OrderStatus, text},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// One order.
#[component]
pub fn AdminOrderPage() -> impl IntoView {
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let loaded = Resource::new(|| (), move |()| load_order(id.clone()));
    view! { <Desk part=Part::Orders loaded show=move |l, csrf, desk| view! { <Card l csrf desk /> } /> }
}

#[component]
fn Card(l: Locale, csrf: String, desk: DeskOrder) -> impl IntoView {
    let DeskOrder { order, events, notes, messages, offers, tells_cancelled } = desk;
    let title = text::order::title(l, &order.number);
    let status = order.status;
    let id = order.id.to_string();
    view! {
        <Title text=format!("{title} · {}", text::shop::name(l)) />
        <p class="back">
            <a href=href(l, Part::Orders.path())>{text::admin::orders(l)}</a>
        </p>
        <div class="desk-head">
            <h1>{title}</h1>
            <StatusBadge status l />
        </div>
        <Told l order=order.clone() />
        {order
            .call_back
            .then(|| {
                let phone = order.customer_phone.grouped();
                view! { <Alert tone=Tone::Bad>{text::outbox::call_alert(l, phone)}</Alert> }
            })}
        <div class="order-desk">
            <section class="panel order-next" aria-labelledby="next">
                <h2 id="next">{text::admin::next_steps(l)}</h2>
                <Steps l csrf=csrf.clone() id=id.clone() status tells_cancelled />
            </section>
            <section class="panel order-who" aria-labelledby="who">
                <h2 id="who">{text::order_desk::who(l)}</h2>
                <Customer l order=order.clone() />
            </section>
            <div class="order-what order-stack">
                <section class="panel" aria-labelledby="items">
                    <Lines l csrf=csrf.clone() order offers />
                </section>
                <section class="panel" aria-labelledby="notes">
                    <Notes l csrf=csrf.clone() id notes />
                </section>
                <section class="panel" aria-labelledby="messages">
                    <Messages l csrf messages />
                </section>
            </div>
            <section class="panel order-history" aria-labelledby="history">
                <History l events />
            </section>
        </div>
    }
    .into_any()
}

/// What went well, or wrong, with the last form.
#[component]
fn Told(l: Locale, order: Order) -> impl IntoView {
    let moved = Filled::of(STEP);
    let bad = refusal(&moved, order.status, l)
        .or_else(|| refusal(&Filled::of(CANCEL), order.status, l))
        .or_else(|| Filled::of(CHANGE).items_message(l))
        .or_else(|| Filled::of(NOTE).message(l))
        .or_else(|| Filled::of(AGAIN).message(l));
    let query = use_query_map().get_untracked();
    let good = match query.get("done").as_deref() {
        Some("note") => Some(text::order_desk::note_saved(l).to_owned()),
        Some("items") => Some(text::order_desk::items_saved(l, price(l, order.total))),
        Some("cancelled") => Some(text::order_desk::cancelled(l).to_owned()),
        Some("message") => Some(text::order_desk::again_done(l).to_owned()),
        Some("new") => Some(text::order_desk::new_done(l).to_owned()),
        _ => query.get("saved").map(|_| text::admin::now_is(l, order.status.label(l))),
    };
    match (bad, good) {
        (Some(bad), _) => Some(view! { <Alert tone=Tone::Bad>{bad}</Alert> }),
        (None, Some(good)) => Some(view! { <Alert tone=Tone::Good>{good}</Alert> }),
        (None, None) => None,
    }
}

/// Why the order was not moved. When somebody else has moved it, where it stands now.
fn refusal(filled: &Filled, status: OrderStatus, l: Locale) -> Option<String> {
    if filled.moved() { Some(text::admin::moved(l, status.label(l))) } else { filled.message(l) }
}

impl Filled {
    /// Above the form that changes what is in an order.
    fn items_message(&self, l: Locale) -> Option<String> {
        if self.stale() { Some(text::order_desk::items_stale(l).to_owned()) } else { self.message(l) }
    }
}
