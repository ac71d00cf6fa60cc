//! The orders of a customer who has proved a phone number.

use super::api::{self, MyOrders};
use crate::{
    app::{
        forms::action,
        i18n::{date, href, locale, price},
        info::sign_in::{Goal, SignInForm},
        ui::{
            failure::Failure, once_loaded::once_loaded, own_page::OwnPage, status_badge::StatusBadge,
            title::Title,
        },
    },
    model::{day_words, error::AppError, locale::Locale, text},
};
use leptos::prelude::*;

/// The list of a customer's orders.
#[component]
pub fn MyOrdersPage() -> impl IntoView {
    let l = locale();
    let mine = Resource::new(|| (), |()| api::load_my_orders());
    view! {
        <Title text=format!("{} · {}", text::order::mine(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="narrow">
            <h1>{text::order::mine(l)}</h1>
            {once_loaded(async move {
                match mine.await {
                    Ok(mine) => view! { <List l mine /> }.into_any(),
                    Err(AppError::SessionExpired) => {
                        view! { <SignInForm l goal=Goal::Orders /> }.into_any()
                    }
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

#[component]
fn List(l: Locale, mine: MyOrders) -> impl IntoView {
    let MyOrders { customer, orders } = mine;
    let phone = customer.phone.masked();
    let list = orders
        .into_iter()
        .map(|order| {
            view! {
                <li>
                    <a class="order-row" href=href(l, &format!("/orders/{}", order.id))>
                        <strong>{order.number.to_string()}</strong>
                        <span>
                            {order.day.map_or_else(|| date(l, order.placed), |day| day_words::day(l, day))}
                        </span>
                        <span>{price(l, order.total)}</span>
                        <StatusBadge status=order.status l />
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <p class="lead">{text::order::none_hint(l, phone)}</p>
        <ul class="orders">{list}</ul>
        <p>
            <a href=href(l, "/my-data")>{text::my_data::open(l)}</a>
        </p>
        <form method="post" action=action("/fn/session/end")>
            <button class="button button-quiet">{text::order::logout(l)}</button>
        </form>
    }
    .into_any()
}
