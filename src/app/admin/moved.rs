//! What became of the orders that were moved last, and the way back.

use super::{
    api::board::Desk,
    board::{MOVE, UNDO},
    filled::Filled,
    ticket::{Frame, pick},
    words::orders,
};
use crate::{
    app::ui::alert::{Alert, Tone},
    model::{error::AppError, field::FieldError, locale::Locale, order::Order, status::UNDO_SECONDS, text},
};
use leptos::prelude::*;

/// The notices above the board.
#[component]
pub fn Moved(frame: Frame, desk: Desk) -> impl IntoView {
    let l = frame.l;
    let wrong = refusal(l);
    let Desk { moved, undoable, refused, to, gone, .. } = desk;
    let back = to.is_none();
    let said = wrong.is_none().then(|| sentence(l, &moved, back)).flatten();
    let undo: Vec<Order> = moved.into_iter().filter(|order| undoable.contains(&order.id)).collect();
    let undo = (!undo.is_empty() && !back).then(|| view! { <Undo frame=frame.clone() orders=undo /> });
    let good = said.map(|said| {
        view! {
            <Alert tone=Tone::Good>
                <div class="moved">
                    <p data-testid="moved">{said}</p>
                    {undo}
                </div>
            </Alert>
        }
    });
    let names = refused
        .iter()
        .map(|order| {
            let status = order.status.label(l);
            view! { <li>{text::board::is_now(l, &order.customer_name, &order.number, status)}</li> }
        })
        .collect_view();
    let bad = (!refused.is_empty() || gone > 0).then(|| {
        let why = if back { text::board::not_back(l) } else { text::board::not_moved(l) };
        view! {
            <Alert tone=Tone::Note>
                <p>{why}</p>
                <ul class="refused" data-testid="refused">
                    {names}
                    {(gone > 0).then(|| view! { <li>{text::board::gone(l, gone)}</li> })}
                </ul>
            </Alert>
        }
    });
    view! {
        <div id="board-said">
            {wrong.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            {good}
            {bad}
        </div>
    }
    .into_any()
}

/// Why nothing was moved at all.
fn refusal(l: Locale) -> Option<String> {
    let refused = [MOVE, UNDO].map(Filled::of).into_iter().find(Filled::refused)?;
    match refused.why() {
        Some(AppError::Fields { errors }) if errors.0.contains_key("orders") => {
            let too_many = errors.0["orders"].iter().any(|error| matches!(error, FieldError::Range { .. }));
            Some(if too_many { text::board::too_many(l) } else { text::board::none_chosen(l) }.to_owned())
        }
        _ => refused.message(l),
    }
}

fn sentence(l: Locale, moved: &[Order], back: bool) -> Option<String> {
    let (first, count) = (moved.first()?, u64::try_from(moved.len()).unwrap_or(u64::MAX));
    let status = first.status.label(l);
    Some(match (moved, back) {
        ([_], false) => text::board::moved_one(l, &first.number, status),
        ([_], true) => text::board::back_one(l, &first.number, status),
        (_, false) => text::board::moved_many(l, orders(l, count), status),
        (_, true) => text::board::back_many(l, orders(l, count)),
    })
}

/// The way back, for as long as there is one.
#[component]
fn Undo(frame: Frame, orders: Vec<Order>) -> impl IntoView {
    view! {
        <form
            method="post"
            action=frame.action(UNDO)
            data-live="desk"
            data-ends=UNDO_SECONDS.to_string()
            data-testid="undo"
        >
            <input type="hidden" name="csrf" value=frame.csrf.clone() />
            <input type="hidden" name="next" value=frame.page.clone() />
            {orders.iter().map(|order| view! { <input type="hidden" name=pick(order) value="on" /> }).collect_view()}
            <button id="undo" class="button button-quiet button-small">
                {text::board::undo(frame.l)}
            </button>
        </form>
    }
    .into_any()
}
