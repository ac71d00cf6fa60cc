//! The list of customers: by name or number, sorted, page by page.

use super::{api::customers::load_customers, desk::Desk, header::Part, orders_table::Call};
use crate::{
    app::{
        forms::escape,
        i18n::{date, href, locale, price},
        ui::{
            alert::{Alert, Tone},
            empty::Empty,
            icon::{Icon, IconImage},
            pager::Pager,
            title::Title,
        },
    },
    model::{
        customer::{CustomerRow, CustomerSort},
        ids::OrderId,
        locale::Locale,
        page::Page,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The address of the list of blocked numbers, without the language.
pub const BLOCKED: &str = "/admin/customers/blocked";

/// The address of the page of a customer: by the id of the record, or of any of the orders. The
/// number stands in no address.
pub fn address(l: Locale, id: &str) -> String {
    href(l, &format!("{}/{id}", Part::Customers.path()))
}

/// The address of the page of who placed an order, for the page of the order to link to.
pub fn address_of_customer(l: Locale, order: &OrderId) -> String {
    address(l, order.as_str())
}

/// What the address asks for; empty for nothing.
#[derive(Clone, Debug, Default)]
struct Asked {
    q: String,
    sort: CustomerSort,
    page: String,
    saved: String,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).map(|value| value.trim().to_owned()).unwrap_or_default();
        Asked {
            q: given("q"),
            sort: CustomerSort::named(&given("sort")),
            page: given("page"),
            saved: given("saved"),
        }
    }

    /// The address of a page of the list.
    fn address(&self, l: Locale, page: u32) -> String {
        let sort = if self.sort == CustomerSort::default() { "" } else { self.sort.name() };
        let page = if page > 1 { page.to_string() } else { String::new() };
        let parts = [("q", self.q.as_str()), ("sort", sort), ("page", &page)];
        let query: Vec<String> = parts
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        let list = href(l, Part::Customers.path());
        if query.is_empty() { list } else { format!("{list}?{}", query.join("&")) }
    }
}

/// The list of customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let l = locale();
    let asked = Asked::here();
    let wanted = asked.clone();
    let loaded = Resource::new(
        || (),
        move |()| load_customers(wanted.q.clone(), wanted.sort.name().to_owned(), wanted.page.clone()),
    );
    view! {
        <Title text=format!("{} · {}", text::customers::title(l), text::shop::name(l)) />
        <Desk part=Part::Customers loaded show=move |l, _, list| view! { <List l asked list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, asked: Asked, list: Page<CustomerRow>) -> impl IntoView {
    let (page, last, total) = (list.page, list.last(), list.total);
    let pages = asked.clone();
    let erased = (asked.saved == "erased").then(|| {
        view! { <Alert tone=Tone::Good>{text::customers::erased(l)}</Alert> }
    });
    let shown = if list.items.is_empty() {
        view! {
            <Empty title=text::customers::none(l).to_owned() hint=text::customers::none_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, Part::Customers.path())>
                    {text::customers::all(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <Table l rows=list.items /> }.into_any()
    };
    view! {
        <div class="desk-head">
            <h1>{text::customers::title(l)}</h1>
            <a class="button button-quiet" href=href(l, BLOCKED)>
                {text::customers::blocked_numbers(l)}
            </a>
        </div>
        {erased}
        <SearchForm l asked />
        <p class="hint" data-testid="customers-total">
            {format!("{total} {}", counted(l, total))}
        </p>
        {shown}
        <Pager page last href=move |page| pages.address(l, page) />
    }
    .into_any()
}

#[component]
fn SearchForm(l: Locale, asked: Asked) -> impl IntoView {
    let options = CustomerSort::ALL
        .map(|sort| {
            view! {
                <option value=sort.name() selected=sort == asked.sort>
                    {label(sort, l)}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="desk-search" method="get" action=href(l, Part::Customers.path()) role="search">
            <label class="quiet" for="q">
                {text::customers::search(l)}
            </label>
            <input
                id="q"
                name="q"
                type="search"
                value=asked.q
                maxlength="80"
                placeholder=text::customers::search(l)
                autocomplete="off"
                enterkeyhint="search"
            />
            <label class="quiet" for="sort">
                {text::customers::sort(l)}
            </label>
            <select id="sort" name="sort">
                {options}
            </select>
            <button class="button">
                <IconImage icon=Icon::Search />
                <span class="button-word">{text::customers::search_button(l)}</span>
            </button>
        </form>
    }
    .into_any()
}

const fn label(sort: CustomerSort, l: Locale) -> &'static str {
    match sort {
        CustomerSort::Recent => text::customers::sort_recent(l),
        CustomerSort::Name => text::customers::sort_name(l),
        CustomerSort::Orders => text::customers::sort_orders(l),
        CustomerSort::Spent => text::customers::sort_spent(l),
    }
}

fn counted(l: Locale, count: u64) -> &'static str {
    let forms =
        (text::customers::count_one(l), text::customers::count_few(l), text::customers::count_other(l));
    text::plural(l, count, forms.0, forms.1, forms.2)
}

/// A table that phones show as cards; the roles keep it a table for screen readers.
#[component]
fn Table(l: Locale, rows: Vec<CustomerRow>) -> impl IntoView {
    let heads = [
        text::customers::name(l),
        text::customers::phone(l),
        text::customers::orders(l),
        text::customers::spent(l),
        text::customers::last(l),
    ]
    .map(|head| view! { <th role="columnheader" scope="col">{head}</th> })
    .collect_view();
    view! {
        <table class="customers-table" role="table">
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{rows.into_iter().map(|row| view! { <Row l row /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(l: Locale, row: CustomerRow) -> impl IntoView {
    let orders = super::customer::orders(l, row.figures.orders);
    let last = row.figures.last.map_or_else(|| text::customers::never(l).to_owned(), |at| date(l, at));
    let blocked = row.blocked.then(|| {
        view! { <span class="badge badge-cancelled">{text::customers::blocked(l)}</span> }
    });
    view! {
        <tr role="row" data-testid="customer-row">
            <td role="cell" class="customer-name">
                <a href=address(l, row.id.as_str())>{row.name}</a>
                {blocked}
            </td>
            <td role="cell" class="customer-phone">
                <Call phone=row.phone />
            </td>
            <td role="cell" class="customer-orders">{orders}</td>
            <td role="cell" class="customer-spent">{price(l, row.figures.spent)}</td>
            <td role="cell" class="customer-last">{last}</td>
        </tr>
    }
    .into_any()
}
