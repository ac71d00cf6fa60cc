//! A customer on the producer's desk: what is known, and what can be done.

use super::{
    api::customers::load_customer,
    customer_block::BlockPanel,
    customer_notes::NotesPanel,
    customers::address,
    desk::Desk,
    header::Part,
    orders_table::{Call, OrdersTable},
};
use crate::{
    app::{
        i18n::{date, href, locale, price},
        ui::{
            alert::{Alert, Tone},
            pager::Pager,
            title::Title,
        },
    },
    model::{customer::CustomerFile, ids::CustomerId, locale::Locale, text},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// Where the customer's data are had as a file.
const EXPORT: &str = "/admin/customers/export";

/// One customer.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let page = use_query_map().get_untracked().get("page").unwrap_or_default();
    let loaded = Resource::new(|| (), move |()| load_customer(id.clone(), page.clone()));
    view! {
        <Title text=format!("{} · {}", text::customers::title(l), text::shop::name(l)) />
        <Desk part=Part::Customers loaded show=move |l, csrf, file| view! { <File l csrf file /> } />
    }
    .into_any()
}

/// What was done last, by the word in the address.
#[component]
pub fn Done(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    let saved = use_query_map().get_untracked().get("saved").unwrap_or_default();
    let done = match saved.as_str() {
        "note" => text::customers::note_added(l),
        "note-removed" => text::customers::note_removed(l),
        "blocked" => text::customers::now_blocked(l),
        "unblocked" => text::customers::unblocked(l),
        _ => return None,
    };
    Some(view! { <Alert tone=Tone::Good>{done}</Alert> })
}

/// `3 orders`.
pub fn orders(l: Locale, count: u64) -> String {
    let forms =
        (text::customers::order_one(l), text::customers::order_few(l), text::customers::order_other(l));
    format!("{count} {}", text::plural(l, count, forms.0, forms.1, forms.2))
}

#[component]
fn File(l: Locale, csrf: String, file: CustomerFile) -> impl IntoView {
    let blocked = file.block.is_some().then(|| {
        view! { <span class="badge badge-cancelled">{text::customers::blocked(l)}</span> }
    });
    let notes = file.memory.as_ref().map(|memory| memory.notes.clone());
    let (id, page, last) = (file.id.clone(), file.orders.page, file.orders.last());
    let pages = id.clone();
    let shown = if file.orders.items.is_empty() {
        view! { <p class="lead">{text::customers::no_orders(l)}</p> }.into_any()
    } else {
        view! { <OrdersTable l orders=file.orders.items.clone() /> }.into_any()
    };
    view! {
        <p class="back">
            <a href=href(l, Part::Customers.path())>{text::customers::title(l)}</a>
        </p>
        <div class="desk-head">
            <h1>{file.name.clone()}</h1>
            {blocked}
        </div>
        <Done l />
        <div class="customer-desk">
            <Facts l file=file.clone() />
            <section class="customer-list" aria-labelledby="orders">
                <h2 id="orders">{text::customers::orders(l)}</h2>
                {shown}
                <Pager page last href=move |page| format!("{}?page={page}", address(l, pages.as_str())) />
            </section>
            {notes.map(|notes| view! { <NotesPanel l csrf=csrf.clone() id=id.clone() notes /> })}
            <BlockPanel l csrf=csrf.clone() id=id.clone() block=file.block />
            <DataPanel l csrf id />
        </div>
    }
    .into_any()
}

#[component]
fn Facts(l: Locale, file: CustomerFile) -> impl IntoView {
    let CustomerFile { figures, memory, phone, .. } = file;
    let never = || text::customers::never(l).to_owned();
    let mut facts = vec![
        (text::customers::orders(l), figures.orders.to_string()),
        (text::customers::spent(l), price(l, figures.spent)),
        (text::customers::cancelled(l), figures.cancelled.to_string()),
        (text::customers::first(l), figures.first.map_or_else(never, |at| date(l, at))),
        (text::customers::last(l), figures.last.map_or_else(never, |at| date(l, at))),
    ];
    let unknown = memory.is_none().then(|| view! { <p class="hint">{text::customers::not_kept(l)}</p> });
    if let Some(memory) = memory {
        facts.push((text::customers::since(l), date(l, memory.since)));
        facts.push((text::customers::kept_until(l), date(l, memory.kept_until)));
    }
    let facts = facts
        .into_iter()
        .map(|(name, value)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="panel customer-facts" aria-labelledby="facts">
            <h2 id="facts">{text::customers::facts(l)}</h2>
            <Call phone />
            {unknown}
            <dl>{facts}</dl>
        </section>
    }
    .into_any()
}

/// What the law gives to customers, for who asks at the counter or by phone.
#[component]
fn DataPanel(l: Locale, csrf: String, id: CustomerId) -> impl IntoView {
    view! {
        <section class="panel customer-data" aria-labelledby="data">
            <h2 id="data">{text::customers::data(l)}</h2>
            <p class="hint">{text::customers::export_hint(l)}</p>
            // The browser keeps what comes back as a file, so this form goes the plain way.
            <form method="post" action=EXPORT>
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="customer" value=id.to_string() />
                <button class="button button-quiet button-wide" data-testid="export">
                    {text::customers::export(l)}
                </button>
            </form>
            <p class="hint">{text::customers::erase_hint(l)}</p>
            <a class="button button-danger button-wide" href=format!("{}/erase", address(l, id.as_str())) data-testid="erase">
                {text::customers::erase(l)}
            </a>
        </section>
    }
    .into_any()
}
