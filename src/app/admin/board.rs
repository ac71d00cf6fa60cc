//! The board: a lane for each status, and the bar that moves several orders at once.

use super::{
    header::Part,
    ticket::{Frame, Ticket},
    words::order_page,
};
use crate::{
    app::{i18n::href, ui::status_badge::StatusBadge},
    model::{
        board::{Board, Lane},
        locale::Locale,
        order::Order,
        status::OrderStatus::{self, Completed, Confirmed, Pending, Processing, Ready},
        text,
    },
};
use leptos::prelude::*;

/// Where orders are moved.
pub const MOVE: &str = "/fn/admin/board/move";
/// Where that is taken back.
pub const UNDO: &str = "/fn/admin/board/undo";

/// The lanes that stand side by side.
const LANES: [OrderStatus; 3] = [Confirmed, Processing, Ready];

/// What a lane is called.
const fn title(status: OrderStatus, l: Locale) -> &'static str {
    match status {
        Pending => text::board::waiting(l),
        Confirmed => text::board::lane_confirmed(l),
        Processing => text::board::lane_processing(l),
        _ => text::board::lane_ready(l),
    }
}

/// The whole board. `ticked` says whose box is ticked.
#[component]
pub fn Lanes(frame: Frame, board: Board, ticked: Vec<String>) -> impl IntoView {
    let l = frame.l;
    let ticket = move |order: Order| {
        let ticked = ticked.contains(&super::ticket::pick(&order));
        view! { <Ticket frame=frame.clone() order ticked /> }
    };
    let lane =
        |status| board.lane(status).cloned().unwrap_or(Lane { status, orders: Vec::new(), more: false });
    let Lane { orders, more, .. } = lane(Pending);
    let (count, none) = (orders.len(), orders.is_empty());
    let waiting = view! {
        <details class="lane-waiting" id="lane-pending" hidden=none>
            <summary>
                {title(Pending, l)} " " <span class="chip-count" id="count-pending" data-part="" data-testid="count-pending">{count}</span>
            </summary>
            <p class="hint">{text::board::waiting_hint(l)}</p>
            <ul class="tickets" id="tickets-pending">
                {orders.into_iter().map(ticket.clone()).collect_view()}
            </ul>
            <div id="tail-pending" data-part="">
                <More l status=Pending more />
            </div>
        </details>
    };
    let lanes = LANES
        .map(|status| {
            let Lane { orders, more, .. } = lane(status);
            let (count, empty) = (orders.len(), orders.is_empty());
            let name = status.name();
            view! {
                <section
                    class="lane"
                    id=format!("lane-{name}")
                    data-lane=name
                    aria-labelledby=format!("title-{name}")
                    tabindex="-1"
                >
                    <div class="lane-head">
                        <h2 id=format!("title-{name}")>
                            {title(status, l)}
                            " "
                            <span class="chip-count" id=format!("count-{name}") data-part="" data-testid=format!("count-{name}")>
                                {count}
                            </span>
                        </h2>
                        <button type="button" class="lane-all" id=format!("all-{name}") data-all=name hidden>
                            {text::board::pick_all(l)}
                            " "
                            <span class="quiet">{title(status, l)}</span>
                        </button>
                    </div>
                    <ul class="tickets" id=format!("tickets-{name}")>
                        {orders.into_iter().map(ticket.clone()).collect_view()}
                    </ul>
                    <div id=format!("tail-{name}") data-part="">
                        {empty.then(|| view! { <p class="hint">{text::board::lane_empty(l)}</p> })}
                        <More l status more />
                    </div>
                </section>
            }
        })
        .collect_view();
    view! {
        {waiting}
        <div class="lanes">{lanes}</div>
        <div id="board-ended" data-part="">
            <Ended l orders=board.ended />
        </div>
    }
    .into_any()
}

#[component]
fn More(l: Locale, status: OrderStatus, more: bool) -> impl IntoView {
    more.then(|| {
        let list = format!("{}?status={}", href(l, Part::Orders.path()), status.name());
        view! {
            <p>
                <a href=list>{text::board::lane_more(l)}</a>
            </p>
        }
    })
}

/// A short tail of what is done.
#[component]
fn Ended(l: Locale, orders: Vec<Order>) -> impl IntoView {
    (!orders.is_empty()).then(|| {
        let rows = orders
            .into_iter()
            .map(|order| {
                view! {
                    <li id=format!("o-{}", order.id)>
                        <a href=order_page(l, &order.id)>{order.number.to_string()}</a>
                        <span class="ended-name">{order.customer_name}</span>
                        <StatusBadge status=order.status l />
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="ended" aria-labelledby="title-ended">
                <h2 id="title-ended">{text::board::ended(l)}</h2>
                <ul>{rows}</ul>
            </section>
        }
    })
}

/// What is done with the orders whose boxes are ticked.
#[component]
pub fn Together(frame: Frame) -> impl IntoView {
    let l = frame.l;
    let buttons = [Confirmed, Processing, Ready, Completed]
        .map(|status| {
            view! {
                <button
                    class="button button-quiet button-small"
                    id=format!("together-{}", status.name())
                    name="status"
                    value=status.name()
                >
                    {status.action(l)}
                </button>
            }
        })
        .collect_view();
    view! {
        <form id="together" class="together" method="post" action=frame.action(MOVE) data-live="desk">
            <input type="hidden" name="csrf" value=frame.csrf.clone() />
            <input type="hidden" name="next" value=frame.page.clone() />
            <fieldset>
                <legend>{text::board::chosen(l)}</legend>
                <div class="together-steps">{buttons}</div>
            </fieldset>
        </form>
    }
    .into_any()
}
