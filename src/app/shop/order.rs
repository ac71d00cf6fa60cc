//! The page of an order: the confirmation, and later where it stands.

use super::{
    api::{self, OrderDetails},
    order_summary::OrderSummary,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            once_loaded::once_loaded,
            own_page::OwnPage,
            status_badge::StatusBadge,
            title::Title,
        },
    },
    model::{
        checkout::DeliveryType,
        error::{AppError, Missing},
        ids::OrderId,
        locale::Locale,
        status::OrderStatus,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// An order by the id in an address.
pub async fn details(id: String) -> Result<OrderDetails, AppError> {
    let id = OrderId::parse(&id).map_err(|_| AppError::missing(Missing::Order))?;
    api::load_order(id).await
}

/// An order.
#[component]
pub fn OrderPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let thanks = use_query_map().get_untracked().get("new").is_some();
    let order = Resource::new(|| (), move |()| details(id.clone()));
    view! {
        <OwnPage l />
        <div class="narrow" data-forget=thanks.then_some("checkout")>
            {once_loaded(async move {
                match order.await {
                    Ok(details) => view! { <OrderCard l details thanks /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

/// Number, status, what happens next, and what was ordered.
#[component]
pub fn OrderCard(
    /// The language of the page.
    l: Locale,
    /// The order.
    details: OrderDetails,
    /// Was it placed just now?
    thanks: bool,
) -> impl IntoView {
    let order = details.order;
    let number = order.number.to_string();
    let id = order.id.to_string();
    let verify = href(l, &format!("/orders/{id}/verify"));
    let heading = if thanks && order.status == OrderStatus::Confirmed {
        view! {
            <h1>{text::order::thanks(l, &order.customer_name)}</h1>
            <Alert tone=Tone::Good>{text::order::received(l)}</Alert>
        }
        .into_any()
    } else {
        view! { <h1>{text::order::title(l, &number)}</h1> }.into_any()
    };
    let state = match order.status {
        OrderStatus::Pending => Some(
            view! {
                <Alert tone=Tone::Note>
                    <p>{text::order::waiting(l)}</p>
                    <p>
                        <a class="button" href=verify>
                            {text::order::enter_code(l)}
                        </a>
                    </p>
                </Alert>
            }
            .into_any(),
        ),
        OrderStatus::Cancelled => Some(
            view! {
                <Alert tone=Tone::Note>
                    <p>{text::order::cancelled(l)}</p>
                    <p>{text::order::expired_hint(l)}</p>
                </Alert>
            }
            .into_any(),
        ),
        _ => None,
    };
    let next = matches!(order.status, OrderStatus::Confirmed | OrderStatus::Processing | OrderStatus::Ready)
        .then(|| view! { <NextSteps l kind=order.delivery.kind() named=order.place.is_some() pickup=details.pickup /> });
    view! {
        <Title text=format!("{} · {}", text::order::title(l, &number), text::shop::name(l)) />
        {heading}
        <p class="number">
            <span>{text::order::number(l)}</span>
            <strong data-testid="order-number">{number}</strong>
            <StatusBadge status=order.status l />
        </p>
        {state}
        {next}
        <OrderSummary l order />
        <div class="row">
            <form method="post" action=action("/fn/orders/again")>
                <input type="hidden" name="order_id" value=id />
                <button class="button button-quiet">{text::order::again(l)}</button>
            </form>
            <a class="button button-quiet" href=href(l, "/orders")>
                {text::order::mine(l)}
            </a>
        </div>
    }
    .into_any()
}

#[component]
fn NextSteps(
    l: Locale,
    kind: DeliveryType,
    /// Was a place chosen?
    named: bool,
    pickup: Option<String>,
) -> impl IntoView {
    let steps = match kind {
        DeliveryType::Pickup => [
            text::order::next_pickup_1(l).to_owned(),
            pickup.map_or_else(
                || text::order::next_pickup_2(l).to_owned(),
                |place| match named {
                    true => text::order::next_pickup_2_place(l, place),
                    false => text::order::next_pickup_2_at(l, place),
                },
            ),
            text::order::next_pickup_3(l).to_owned(),
        ],
        DeliveryType::Delivery => [
            text::order::next_delivery_1(l).to_owned(),
            text::order::next_delivery_2(l).to_owned(),
            text::order::next_delivery_3(l).to_owned(),
        ],
    };
    view! {
        <section class="next" aria-labelledby="next">
            <h2 id="next">{text::order::next(l)}</h2>
            <ol>{steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
        </section>
    }
    .into_any()
}
