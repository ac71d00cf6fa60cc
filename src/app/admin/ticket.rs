//! An order on the board: who, what, when, and the button that moves it on.

use super::{
    board::MOVE,
    orders_table::{Call, delivery},
    words::{age, near_day, order_page, pieces},
};
use crate::{
    app::i18n::price,
    model::{
        board::{Age, is_new},
        checkout::Delivery,
        day::Day,
        locale::Locale,
        order::{Order, Source},
        text,
        time::Timestamp,
    },
};
use leptos::prelude::*;

/// What all tickets of a board have in common.
#[derive(Clone)]
pub struct Frame {
    /// The language of the page.
    pub l: Locale,
    /// The login's token.
    pub csrf: String,
    /// The board's own address.
    pub page: String,
    /// When it was looked at.
    pub at: Timestamp,
    /// The day of that.
    pub today: Day,
}

impl Frame {
    /// Where a form of the board's is sent. It names the board without what was told on it, so that
    /// tickets that have not changed look the same.
    pub fn action(&self, endpoint: &str) -> String {
        format!("{endpoint}?page={}", crate::app::forms::escape(&self.page))
    }
}

/// The name of an order's box in a form. The letter is needed: what begins with a digit is read as a
/// place in a list (`serde_qs`).
pub fn pick(order: &Order) -> String {
    format!("orders[o{}]", order.id)
}

/// One order.
#[component]
pub fn Ticket(frame: Frame, order: Order, ticked: bool) -> impl IntoView {
    let l = frame.l;
    let id = order.id.to_string();
    let number = order.number.to_string();
    let pick_it = text::board::pick(l, &number);
    let count: u64 =
        order.items.iter().map(|line| u64::try_from(i64::from(line.quantity)).unwrap_or(0)).sum();
    let how = match (&order.delivery, &order.place) {
        (_, Some(place)) => format!("{} · {place}", delivery(order.delivery.kind(), l)),
        (Delivery::Delivery(address), None) => {
            format!("{} · {}", delivery(order.delivery.kind(), l), address.city)
        }
        (Delivery::Pickup, None) => delivery(order.delivery.kind(), l).to_owned(),
    };
    let when: Vec<String> = order
        .day
        .map(|day| near_day(l, day, frame.today))
        .into_iter()
        .chain(order.preferred_time.clone())
        .collect();
    let new = is_new(&order).then(|| view! { <span class="badge ticket-new">{text::board::new(l)}</span> });
    let phoned = (order.source == Source::Phone)
        .then(|| view! { <span class="hint">{text::board::by_phone(l)}</span> });
    let call = order.call_back.then(|| {
        view! { <span class="badge badge-cancelled" data-testid="call-back">{text::outbox::call(l)}</span> }
    });
    let next = order.status.forward();
    let step = next.map(|next| view! { <Step frame=frame.clone() order=order.clone() next /> });
    let old = age(l, Age::between(order.created_at, frame.at));
    view! {
        <li
            id=format!("o-{id}")
            class="ticket"
            tabindex="-1"
            aria-labelledby=format!("n-{id} c-{id}")
            data-order=id
            data-number=number
            data-status=order.status.name()
            data-new=is_new(&order).then_some("")
            data-testid="ticket"
        >
            <div class="ticket-head">
                <label class="ticket-pick">
                    <input
                        id=format!("p-{id}")
                        type="checkbox"
                        form="together"
                        name=pick(&order)
                        value="on"
                        checked=ticked
                    />
                    <span class="quiet">{pick_it}</span>
                </label>
                <a id=format!("n-{id}") class="ticket-number" href=order_page(l, &order.id)>
                    {order.number.to_string()}
                </a>
                {new}
                {call}
                <span class="ticket-age">{old}</span>
            </div>
            <p class="ticket-name" id=format!("c-{id}")>
                {order.customer_name.clone()}
            </p>
            <p class="ticket-facts">
                <strong>{price(l, order.total)}</strong>
                <span>{pieces(l, count)}</span>
                <span>{how}</span>
                {phoned}
            </p>
            {(!when.is_empty()).then(|| view! { <p class="ticket-when">{when.join(" · ")}</p> })}
            {order.special_instructions.clone().map(|wish| view! { <p class="ticket-wish">{wish}</p> })}
            <div class="ticket-foot">
                <Call phone=order.customer_phone.clone() />
                {step}
            </div>
        </li>
    }
    .into_any()
}

/// The button that brings it to the next status.
#[component]
fn Step(frame: Frame, order: Order, next: crate::model::status::OrderStatus) -> impl IntoView {
    let l = frame.l;
    let id = order.id.to_string();
    view! {
        <form class="ticket-step" method="post" action=frame.action(MOVE) data-live="desk">
            <input type="hidden" name="csrf" value=frame.csrf.clone() />
            <input type="hidden" name="next" value=frame.page.clone() />
            <input type="hidden" name=pick(&order) value="on" />
            <button
                id=format!("go-{id}")
                class="button button-small"
                name="status"
                value=next.name()
                aria-keyshortcuts="Alt+ArrowRight"
            >
                {next.action(l)}
                " "
                <span class="quiet">{text::board::for_order(l, order.number.to_string())}</span>
            </button>
        </form>
    }
    .into_any()
}
