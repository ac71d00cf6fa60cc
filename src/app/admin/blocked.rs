//! Blocked numbers: all of them, and one that was typed.

use super::{
    api::customers::load_blocked,
    customer::Done,
    customer_block::{Blocked, UNBLOCK, UnblockForm},
    customers::{BLOCKED, address},
    desk::Desk,
    filled::Filled,
    header::Part,
    orders_table::Call,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            field::{FieldKind, TextField},
            pager::Pager,
            title::Title,
        },
    },
    model::{
        customer::{BlockedNumber, MAX_TEXT},
        locale::Locale,
        page::Page,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const BLOCK_NUMBER: &str = "/fn/admin/customers/block-number";
const UNBLOCK_NUMBER: &str = "/fn/admin/customers/unblock-number";

/// The page.
#[component]
pub fn BlockedPage() -> impl IntoView {
    let l = locale();
    let page = use_query_map().get_untracked().get("page").unwrap_or_default();
    let loaded = Resource::new(|| (), move |()| load_blocked(page.clone()));
    view! {
        <Title text=format!("{} · {}", text::customers::blocked_numbers(l), text::shop::name(l)) />
        <Desk part=Part::Customers loaded show=move |l, csrf, list| view! { <List l csrf list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, list: Page<BlockedNumber>) -> impl IntoView {
    let (page, last) = (list.page, list.last());
    let bad = Filled::of(UNBLOCK).message(l);
    let shown = if list.items.is_empty() {
        view! {
            <h2>{text::customers::blocked_none(l)}</h2>
            <p class="hint">{text::customers::blocked_none_hint(l)}</p>
        }
        .into_any()
    } else {
        let rows = list.items.into_iter().map(|row| view! { <Row l csrf=csrf.clone() row /> }).collect_view();
        view! { <ul class="blocked-rows">{rows}</ul> }.into_any()
    };
    view! {
        <p class="back">
            <a href=href(l, Part::Customers.path())>{text::customers::title(l)}</a>
        </p>
        <h1>{text::customers::blocked_numbers(l)}</h1>
        <Done l />
        {bad.map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
        <div class="customer-desk">
            <section class="customer-list">
                {shown}
                <Pager page last href=move |page| format!("{}?page={page}", href(l, BLOCKED)) />
            </section>
            <BlockForm l csrf=csrf.clone() />
            <UnblockTyped l csrf />
        </div>
    }
    .into_any()
}

#[component]
fn Row(l: Locale, csrf: String, row: BlockedNumber) -> impl IntoView {
    let BlockedNumber { block, customer } = row;
    let which = customer.as_ref().map(|customer| format!(": {}", customer.name)).unwrap_or_default();
    let who = match customer {
        Some(customer) => view! {
            <p class="who">
                <a href=address(l, customer.id.as_str())>{customer.name}</a>
                <Call phone=customer.phone />
            </p>
        }
        .into_any(),
        None => view! {
            <p class="who">
                <span>{text::customers::nobody(l)}</span>
            </p>
        }
        .into_any(),
    };
    view! {
        <li class="panel" data-testid="blocked-row">
            {who}
            <Blocked l block=block.clone() />
            <UnblockForm l csrf block customer=String::new() which />
        </li>
    }
    .into_any()
}

fn number() -> FieldKind {
    FieldKind { kind: "tel", inputmode: "tel", max: Some(40), ..FieldKind::default() }
}

#[component]
fn BlockForm(l: Locale, csrf: String) -> impl IntoView {
    let filled = Filled::of(BLOCK_NUMBER);
    view! {
        <section class="panel customer-block" aria-labelledby="block-title">
            <h2 id="block-title">{text::customers::block(l)}</h2>
            <p class="hint">{text::customers::blocked_lead(l)}</p>
            {filled.message(l).map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
            <form class="note-form" method="post" action=action(BLOCK_NUMBER) data-live="desk" novalidate>
                <input type="hidden" name="csrf" value=csrf />
                <TextField
                    name="phone"
                    label=text::customers::phone(l)
                    value=filled.value("phone", "")
                    error=filled.error("phone", l)
                    kind=number()
                />
                <TextField
                    name="reason"
                    label=text::customers::reason(l)
                    value=filled.value("reason", "")
                    error=filled.error("reason", l)
                    kind=FieldKind { lines: Some(2), max: Some(MAX_TEXT), ..FieldKind::default() }
                />
                <button id="block-number" class="button button-danger" data-testid="block-number">
                    {text::customers::block(l)}
                </button>
            </form>
        </section>
    }
    .into_any()
}

/// A block whose customer was forgotten can only be found by its number.
#[component]
fn UnblockTyped(l: Locale, csrf: String) -> impl IntoView {
    let filled = Filled::of(UNBLOCK_NUMBER);
    view! {
        <section class="panel customer-unblock" aria-labelledby="unblock-title">
            <h2 id="unblock-title">{text::customers::unblock_typed(l)}</h2>
            {filled.message(l).map(|bad| view! { <Alert tone=Tone::Bad>{bad}</Alert> })}
            <form class="note-form" method="post" action=action(UNBLOCK_NUMBER) data-live="desk" novalidate>
                <input type="hidden" name="csrf" value=csrf />
                <TextField
                    name="number"
                    label=text::customers::phone(l)
                    value=filled.value("number", "")
                    error=filled.error("number", l)
                    kind=number()
                />
                <button id="unblock-number" class="button button-quiet" data-testid="unblock-number">
                    {text::customers::unblock(l)}
                </button>
            </form>
        </section>
    }
    .into_any()
}
