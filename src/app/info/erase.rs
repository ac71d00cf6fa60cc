//! The last question before a customer is forgotten.

use super::{
    api,
    sign_in::{Goal, SignInForm},
};
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            once_loaded::once_loaded,
            own_page::OwnPage,
            title::Title,
        },
    },
    model::{error::AppError, locale::Locale, session::Kept, text},
};
use leptos::prelude::*;

const ERASE: &str = "/fn/my-data/erase";

/// The page.
#[component]
pub fn ErasePage() -> impl IntoView {
    let l = locale();
    let kept = Resource::new(|| (), |()| api::load_my_data());
    view! {
        <Title text=format!("{} · {}", text::my_data::erase(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="narrow">
            <h1>{text::my_data::erase(l)}</h1>
            {once_loaded(async move {
                match kept.await {
                    Ok(kept) if kept.open.is_empty() => view! { <Question l kept /> }.into_any(),
                    Ok(kept) => view! { <NotYet l kept /> }.into_any(),
                    Err(AppError::SessionExpired) => {
                        view! { <SignInForm l goal=Goal::MyData /> }.into_any()
                    }
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
            <p>
                <a href=href(l, "/my-data")>{text::my_data::back(l)}</a>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Question(l: Locale, kept: Kept) -> impl IntoView {
    let refused = FormReplay::of(ERASE).map(|refused| refused.message(l));
    let points = [
        text::my_data::erase_record(l),
        text::my_data::erase_orders(l),
        text::my_data::erase_waiting(l),
        text::my_data::erase_session(l),
    ];
    view! {
        {refused.map(|refused| view! { <Alert tone=Tone::Bad>{refused}</Alert> })}
        <p class="lead">{text::my_data::erase_sure(l, kept.customer.phone.masked())}</p>
        <ul>{points.map(|point| view! { <li>{point}</li> }).collect_view()}</ul>
        <p>
            <strong>{text::my_data::erase_final(l)}</strong>
        </p>
        <form method="post" action=action(ERASE)>
            <button class="button button-danger button-wide" data-testid="erase-now">
                {text::my_data::erase_now(l)}
            </button>
        </form>
    }
    .into_any()
}

/// Somebody still works on an order.
#[component]
fn NotYet(l: Locale, kept: Kept) -> impl IntoView {
    let orders = kept.open.into_iter().map(|(id, number)| {
        view! {
            <li>
                <a href=href(l, &format!("/orders/{id}"))>{number.to_string()}</a>
            </li>
        }
    });
    view! {
        <Alert tone=Tone::Note>
            <p>{text::my_data::open_orders(l)}</p>
        </Alert>
        <ul data-testid="open-orders">{orders.collect_view()}</ul>
        <p>
            <a href=href(l, "/contact")>{text::my_data::cancel_call(l)}</a>
        </p>
    }
    .into_any()
}
