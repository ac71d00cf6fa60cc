//! Blocking a customer's number, and letting it order again.

use super::filled::Filled;
use crate::{
    app::{
        forms::action,
        i18n::date,
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
        },
    },
    model::{
        customer::{Block, MAX_TEXT},
        ids::CustomerId,
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;

const BLOCK: &str = "/fn/admin/customers/block";
/// Where a number is let in again.
pub const UNBLOCK: &str = "/fn/admin/customers/unblock";

/// Is the number blocked, and the form that changes it.
#[component]
pub fn BlockPanel(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// Whose number.
    id: CustomerId,
    /// The block, if there is one.
    block: Option<Block>,
) -> impl IntoView {
    let filled = Filled::of(BLOCK);
    let bad = filled.message(l).or_else(|| Filled::of(UNBLOCK).message(l));
    let content = match block {
        Some(block) => view! {
            <Blocked l block=block.clone() />
            <UnblockForm l csrf block customer=id.to_string() which=String::new() />
        }
        .into_any(),
        None => view! { <BlockForm l csrf id filled /> }.into_any(),
    };
    view! {
        <section class="panel customer-block" aria-labelledby="block">
            <h2 id="block">{text::customers::block_title(l)}</h2>
            {bad.map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
            {content}
        </section>
    }
    .into_any()
}

/// Since when, by whom and why.
#[component]
pub fn Blocked(
    /// The language of the page.
    l: Locale,
    /// The block.
    block: Block,
) -> impl IntoView {
    let by = block.by.map(|by| format!(" {}", text::customers::blocked_by(l, by))).unwrap_or_default();
    let reason = block.reason.unwrap_or_else(|| text::customers::no_reason(l).to_owned());
    view! {
        <p class="remark">{reason}</p>
        <p class="hint">{format!("{}{by}", text::customers::blocked_since(l, date(l, block.at)))}</p>
    }
    .into_any()
}

/// The button that lets a number order again.
#[component]
pub fn UnblockForm(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The block.
    block: Block,
    /// The customer whose page it leads back to; none for the list of blocked numbers.
    customer: String,
    /// What screen readers say after the label: which one it is.
    which: String,
) -> impl IntoView {
    let customer =
        (!customer.is_empty()).then(|| view! { <input type="hidden" name="customer" value=customer /> });
    view! {
        <form method="post" action=action(UNBLOCK) data-live="desk">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="block" value=block.id.to_string() />
            {customer}
            <button class="button button-quiet" data-testid="unblock">
                {text::customers::unblock(l)}
                <span class="quiet">{which}</span>
            </button>
        </form>
    }
    .into_any()
}

/// Blocking is asked for twice: it turns somebody away.
#[component]
fn BlockForm(l: Locale, csrf: String, id: CustomerId, filled: Filled) -> impl IntoView {
    view! {
        <details class="cancel" open=filled.refused()>
            <summary class="button button-danger button-wide" data-testid="block">
                {text::customers::block(l)}
            </summary>
            <p class="hint">{text::customers::block_hint(l)}</p>
            <form class="note-form" method="post" action=action(BLOCK) data-live="desk" novalidate>
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="customer" value=id.to_string() />
                <TextField
                    name="reason"
                    label=text::customers::reason(l)
                    hint=text::customers::reason_hint(l)
                    value=filled.value("reason", "")
                    error=filled.error("reason", l)
                    kind=FieldKind { lines: Some(2), max: Some(MAX_TEXT), ..FieldKind::default() }
                />
                <button id="block-sure" class="button button-danger button-wide" data-testid="block-sure">
                    {text::customers::block_sure(l)}
                </button>
            </form>
        </details>
    }
    .into_any()
}
