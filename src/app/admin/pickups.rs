//! Who comes for what: a list to tick on paper.

use super::{
    api::kitchen::load_pickups,
    desk::Desk,
    header::Part,
    orders_table::Call,
    printed::{Asked, DayHead, List, PART, Paper, PaperHead, Sheet},
};
use crate::{
    app::{
        i18n::{href, locale, price},
        ui::{empty::Empty, status_badge::StatusBadge, title::Title},
    },
    model::{kitchen::DayOrders, locale::Locale, order::Order, text},
};
use leptos::prelude::*;

/// The list of those who come.
#[component]
pub fn PickupsPage() -> impl IntoView {
    let l = locale();
    let Asked { day, paper, .. } = Asked::here();
    let loaded = Resource::new(|| (), move |()| load_pickups(day.clone()));
    view! {
        <Title text=format!("{} · {}", text::kitchen::pickups(l), text::shop::name(l)) />
        <Desk part=PART loaded show=move |l, _, found| view! { <Whole l paper found /> } />
    }
    .into_any()
}

#[component]
fn Whole(l: Locale, paper: Paper, found: DayOrders<Order>) -> impl IntoView {
    let DayOrders { day, today, orders } = found;
    let day = day.unwrap_or(today);
    let head = view! { <DayHead l list=List::Pickups day today paper /> };
    if orders.is_empty() {
        return view! {
            {head}
            <Empty title=text::kitchen::pickups_none(l).to_owned() hint=text::kitchen::pickups_none_hint(l).to_owned()>
                <a class="button button-quiet" href=href(l, List::Deliveries.path())>
                    {text::kitchen::deliveries(l)}
                </a>
            </Empty>
        }
        .into_any();
    }
    let rows = orders.into_iter().map(|order| view! { <HandOut l order /> }).collect_view();
    view! {
        {head}
        <Sheet paper>
            <PaperHead l list=List::Pickups day />
            <ul class="hand-out">{rows}</ul>
        </Sheet>
    }
    .into_any()
}

/// An order to hand out: a box to tick, who, how to call, what to pay, what is in it.
#[component]
pub fn HandOut(
    /// The language of the page.
    l: Locale,
    /// The order.
    order: Order,
    /// What stands below the name.
    #[prop(optional)]
    below: Option<AnyView>,
) -> impl IntoView {
    let address = href(l, &format!("{}/{}", Part::Orders.path(), order.id));
    let undated =
        order.day.is_none().then(|| view! { <span class="hint undated">{text::kitchen::undated(l)}</span> });
    let contents: Vec<String> = order
        .items
        .iter()
        .map(|line| text::kitchen::contents(l, line.quantity.get(), &line.product_name))
        .collect();
    let place = order.place.clone().map(|place| view! { <span class="hand-place">{place}</span> });
    view! {
        <li data-testid="hand-out">
            <span class="tick" aria-hidden="true"></span>
            <div class="hand-who">
                <strong>{order.customer_name}</strong>
                <a class="hand-number" href=address>
                    {order.number.to_string()}
                </a>
                <StatusBadge status=order.status l />
                {undated}
            </div>
            <div class="hand-pay">
                <span class="quiet">{text::kitchen::to_pay(l)}</span>
                <strong>{price(l, order.total)}</strong>
            </div>
            <div class="hand-how">
                <Call phone=order.customer_phone />
                {place}
                {order.preferred_time.map(|time| view! { <span>{time}</span> })}
            </div>
            {below}
            <p class="hand-what hint">{contents.join(", ")}</p>
        </li>
    }
    .into_any()
}
