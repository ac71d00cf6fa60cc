//! Where an order goes next, and giving it up.

use super::{api::orders::MAX_NOTE, filled::Filled};
use crate::{
    app::{
        forms::action,
        ui::field::{FieldKind, TextField},
    },
    model::{
        cancel_reason::{CancelForm, CancelReason},
        locale::Locale,
        status::OrderStatus,
        text,
    },
};
use leptos::prelude::*;

/// Where an order is moved on.
pub const STEP: &str = "/fn/admin/orders/status";
/// Where it is given up.
pub const CANCEL: &str = "/fn/admin/orders/cancel";

/// The steps that are allowed from here. Cancelling is asked for twice, and with a reason.
#[component]
pub fn Steps(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// Which order.
    id: String,
    /// Where it stands.
    status: OrderStatus,
    /// Are messages about cancelled orders sent?
    tells_cancelled: bool,
) -> impl IntoView {
    if status.next().next().is_none() {
        return view! { <p class="lead">{text::admin::no_steps(l)}</p> }.into_any();
    }
    let forward: Vec<OrderStatus> = status.next().filter(|next| *next != OrderStatus::Cancelled).collect();
    let cancels = status.may_become(OrderStatus::Cancelled);
    // An order that was not confirmed was perhaps placed with somebody else's number.
    let tells = tells_cancelled && status != OrderStatus::Pending;
    let forward = (!forward.is_empty()).then(|| {
        view! { <Forward l csrf=csrf.clone() id=id.clone() forward /> }
    });
    view! {
        {forward}
        {cancels.then(|| view! { <Cancel l csrf id tells /> })}
    }
    .into_any()
}

#[component]
fn Forward(l: Locale, csrf: String, id: String, forward: Vec<OrderStatus>) -> impl IntoView {
    let filled = Filled::of(STEP);
    // Most steps need no word: the buttons come first.
    let (value, error) = (filled.value("note", ""), filled.error("note", l));
    let noted = !value.is_empty() || error.is_some();
    let buttons = forward
        .into_iter()
        .map(|next| {
            view! {
                <button
                    id=format!("to-{}", next.name())
                    class="button button-big button-wide"
                    name="status"
                    value=next.name()
                    data-testid=next.name()
                >
                    {next.action(l)}
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="steps-form" method="post" action=action(STEP) novalidate data-live="desk">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="order_id" value=id />
            {buttons}
            <details open=noted>
                <summary>{text::admin::note(l)}</summary>
                <TextField
                    name="note"
                    label=text::order_desk::step_note(l)
                    value
                    error
                    kind=FieldKind { lines: Some(2), max: Some(MAX_NOTE), ..FieldKind::default() }
                />
            </details>
        </form>
    }
    .into_any()
}

#[component]
fn Cancel(l: Locale, csrf: String, id: String, tells: bool) -> impl IntoView {
    let filled = Filled::of(CANCEL);
    let typed = filled.value("reason", "");
    let reasons = CancelReason::ALL
        .map(|reason| {
            view! {
                <option value=reason.name() selected=reason.name() == typed>
                    {reason.label(l)}
                </option>
            }
        })
        .collect_view();
    let error = filled.error("reason", l);
    let invalid = error.is_some().then_some("true");
    let tell = if tells {
        let ticked = filled.ticked("tell", true);
        view! {
            <div class="field">
                <label class="check">
                    <input type="checkbox" name="tell" value="on" checked=ticked aria-describedby="tell-hint" />
                    <span>{text::order_desk::tell(l)}</span>
                </label>
                <p class="hint" id="tell-hint">
                    {text::order_desk::tell_hint(l)}
                </p>
            </div>
        }
        .into_any()
    } else {
        ().into_any()
    };
    view! {
        <details class="cancel" open=filled.refused()>
            <summary class="button button-danger button-wide">{text::order_desk::cancel(l)}</summary>
            <form class="steps-form" method="post" action=action(CANCEL) novalidate data-live="desk">
                <h3>{text::order_desk::cancel_title(l)}</h3>
                <p class="hint">{text::order_desk::cancel_hint(l)}</p>
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="order_id" value=id />
                <div class="field">
                    <label for="reason">{text::order_desk::reason(l)}</label>
                    <select
                        id="reason"
                        name="reason"
                        required
                        aria-invalid=invalid
                        aria-describedby=invalid.map(|_| "reason-error")
                    >
                        <option value="">{text::admin::choose(l)}</option>
                        {reasons}
                    </select>
                    {error
                        .map(|error| {
                            view! {
                                <p class="error" id="reason-error">
                                    {error}
                                </p>
                            }
                        })}
                </div>
                {tell}
                <TextField
                    name="words"
                    label=text::order_desk::words(l)
                    value=filled.value("words", "")
                    error=filled.error("words", l)
                    kind=FieldKind { lines: Some(2), max: Some(CancelForm::MAX_WORDS), ..FieldKind::default() }
                />
                <button class="button button-danger button-wide" data-testid="cancelled">
                    {text::order_desk::cancel_sure(l)}
                </button>
            </form>
        </details>
    }
    .into_any()
}
