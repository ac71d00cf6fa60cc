//! The list of orders: by status, by search, newest first.

use super::{
    api::orders::{OrderList, load_orders},
    desk::Desk,
    header::Part,
    orders_table::OrdersTable,
};
use crate::{
    app::{
        forms::escape,
        i18n::{href, locale},
        ui::{
            empty::Empty,
            icon::{Icon, IconImage},
            pager::Pager,
            title::Title,
        },
    },
    model::{locale::Locale, status::OrderStatus, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for; empty for nothing.
#[derive(Clone, Debug, Default)]
struct Asked {
    status: String,
    q: String,
    page: String,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        Asked { status: given("status"), q: given("q"), page: given("page") }
    }

    /// The address of a page of the list with this status.
    fn address(&self, l: Locale, status: &str, page: u32) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let parts = [("status", status), ("q", &self.q), ("page", &page)];
        let query: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        let list = href(l, Part::Orders.path());
        if query.is_empty() { list } else { format!("{list}?{}", query.join("&")) }
    }
}

/// The list of orders.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let l = locale();
    let asked = Asked::here();
    let wanted = asked.clone();
    let loaded = Resource::new(
        || (),
        move |()| load_orders(wanted.status.clone(), wanted.q.clone(), wanted.page.clone()),
    );
    view! {
        <Title text=format!("{} · {}", text::admin::orders(l), text::shop::name(l)) />
        <Desk part=Part::Orders loaded show=move |l, _, list| view! { <List l asked=asked.clone() list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, asked: Asked, list: OrderList) -> impl IntoView {
    let OrderList { orders, counts } = list;
    let (page, last) = (orders.page, orders.last());
    let pages = asked.clone();
    let shown = if orders.items.is_empty() {
        view! {
            <Empty title=text::admin::no_orders(l).to_owned() hint=text::admin::no_orders_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, Part::Orders.path())>
                    {text::admin::refresh(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <OrdersTable l orders=orders.items /> }.into_any()
    };
    view! {
        <div class="desk-head">
            <h1>{text::admin::orders(l)}</h1>
            <a class="button" href=href(l, "/admin/orders/new")>
                {text::order_desk::new(l)}
            </a>
        </div>
        <Tabs l asked=asked.clone() counts />
        <form class="desk-search" method="get" action=href(l, Part::Orders.path()) role="search">
            {(!asked.status.is_empty()).then(|| view! { <input type="hidden" name="status" value=asked.status.clone() /> })}
            <label class="quiet" for="q">
                {text::admin::search_orders(l)}
            </label>
            <input
                id="q"
                name="q"
                type="search"
                value=asked.q.clone()
                maxlength="80"
                placeholder=text::admin::search_orders(l)
                autocomplete="off"
                enterkeyhint="search"
            />
            <button class="button">
                <IconImage icon=Icon::Search />
                <span class="button-word">{text::admin::search(l)}</span>
            </button>
        </form>
        {shown}
        <Pager page last href=move |page| pages.address(l, &pages.status, page) />
    }
    .into_any()
}

/// One link for each status, with how many orders stand there.
#[component]
fn Tabs(l: Locale, asked: Asked, counts: Vec<(OrderStatus, u64)>) -> impl IntoView {
    let count =
        |status: OrderStatus| counts.iter().find(|(other, _)| *other == status).map_or(0, |(_, n)| *n);
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    let chosen = OrderStatus::from_name(&asked.status);
    let statuses = OrderStatus::ALL.map(|status| (Some(status), status.label(l), count(status)));
    let tabs = std::iter::once((None, text::admin::all(l), all))
        .chain(statuses)
        .map(|(status, label, count)| {
            let address = asked.address(l, status.map_or("", OrderStatus::name), 1);
            view! {
                <a class="chip" href=address aria-current=(status == chosen).then_some("true")>
                    {label}
                    " "
                    <span class="chip-count">{count}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="chips" aria-label=text::admin::status(l)>
            {tabs}
        </nav>
    }
    .into_any()
}
