//! The list of orders: by status, by search, newest first.

use super::{
    api::orders::{MOST_FOUND, OrderList, load_orders},
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
    model::{checkout::DeliveryType, locale::Locale, status::OrderStatus, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for; empty for nothing.
#[derive(Clone, Debug, Default)]
struct Asked {
    status: String,
    q: String,
    from: String,
    to: String,
    delivery: String,
    page: String,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        Asked {
            status: given("status"),
            q: given("q"),
            from: given("from"),
            to: given("to"),
            delivery: given("delivery"),
            page: given("page"),
        }
    }

    /// The address of a page of the list with this status.
    fn address(&self, l: Locale, status: &str, page: u32) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        let parts = [
            ("status", status),
            ("q", &self.q),
            ("from", &self.from),
            ("to", &self.to),
            ("delivery", &self.delivery),
            ("page", &page),
        ];
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
    let Asked { status, q, from, to, delivery, page } = asked.clone();
    let load = move |()| {
        load_orders(status.clone(), q.clone(), from.clone(), to.clone(), delivery.clone(), page.clone())
    };
    let loaded = Resource::new(|| (), load);
    view! {
        <Title text=format!("{} · {}", text::admin::orders(l), text::shop::name(l)) />
        <Desk part=Part::Orders loaded show=move |l, _, list| view! { <List l asked list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, asked: Asked, list: OrderList) -> impl IntoView {
    let OrderList { orders, counts } = list;
    let (page, last) = (orders.page, orders.last());
    let most = !asked.q.is_empty() && orders.total >= MOST_FOUND;
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
        <Search l asked=asked />
        {most.then(|| view! { <p class="hint" data-testid="most">{text::board::found_most(l)}</p> })}
        {shown}
        <Pager page last href=move |page| pages.address(l, &pages.status, page) />
    }
    .into_any()
}

/// What is searched for, and the days and ways that narrow it.
#[component]
fn Search(l: Locale, asked: Asked) -> impl IntoView {
    let choice = |value: &'static str, label: &'static str| {
        view! {
            <option value=value selected=asked.delivery == value>
                {label}
            </option>
        }
    };
    view! {
        <form class="board-filters" method="get" action=href(l, Part::Orders.path()) role="search">
            {(!asked.status.is_empty()).then(|| view! { <input type="hidden" name="status" value=asked.status.clone() /> })}
            <p class="field">
                <label for="q">{text::admin::search_orders(l)}</label>
                <input
                    id="q"
                    name="q"
                    type="search"
                    value=asked.q.clone()
                    maxlength="80"
                    autocomplete="off"
                    enterkeyhint="search"
                />
            </p>
            <p class="field">
                <label for="from">{text::board::day_from(l)}</label>
                <input id="from" name="from" type="date" value=asked.from.clone() />
            </p>
            <p class="field">
                <label for="to">{text::board::day_to(l)}</label>
                <input id="to" name="to" type="date" value=asked.to.clone() />
            </p>
            <p class="field">
                <label for="delivery">{text::board::how(l)}</label>
                <select id="delivery" name="delivery">
                    {choice("", text::board::any_way(l))}
                    {choice(DeliveryType::Pickup.name(), text::admin::by_pickup(l))}
                    {choice(DeliveryType::Delivery.name(), text::admin::by_delivery(l))}
                </select>
            </p>
            <p class="board-show">
                <button class="button">
                    <IconImage icon=Icon::Search />
                    {text::admin::search(l)}
                </button>
            </p>
        </form>
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
