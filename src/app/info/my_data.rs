//! What the shop keeps of a customer: to take away, or to have erased.

use super::{
    api,
    sign_in::{Goal, SignInForm},
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
            title::Title,
        },
    },
    model::{error::AppError, locale::Locale, session::Kept, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The page: signing in, and then the two ways on.
#[component]
pub fn MyDataPage() -> impl IntoView {
    let l = locale();
    let erased = use_query_map().get_untracked().get("erased").is_some();
    let kept = Resource::new(|| (), |()| api::load_my_data());
    view! {
        <Title text=format!("{} · {}", text::my_data::title(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="narrow">
            <h1>{text::my_data::title(l)}</h1>
            {once_loaded(async move {
                match kept.await {
                    Ok(kept) => view! { <Rights l kept /> }.into_any(),
                    Err(AppError::SessionExpired) if erased => {
                        view! {
                            <Alert tone=Tone::Good>{text::my_data::erased(l)}</Alert>
                            <p>
                                <a class="button" href=href(l, "/")>
                                    {text::error::go_home(l)}
                                </a>
                            </p>
                        }
                            .into_any()
                    }
                    Err(AppError::SessionExpired) => {
                        view! { <SignInForm l goal=Goal::MyData /> }.into_any()
                    }
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
            <p>
                <a href=href(l, "/privacy")>{text::info::privacy(l)}</a>
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn Rights(l: Locale, kept: Kept) -> impl IntoView {
    let forms = (text::my_data::order_one(l), text::my_data::order_few(l), text::my_data::order_other(l));
    let noun = text::plural(l, kept.orders as u64, forms.0, forms.1, forms.2);
    view! {
        <p class="lead">{text::my_data::kept(l, kept.orders, noun, kept.customer.phone.masked())}</p>
        <section aria-labelledby="download">
            <h2 id="download">{text::my_data::download(l)}</h2>
            <p>{text::my_data::download_hint(l)}</p>
            <p>
                <a class="button" href=href(l, "/my-data/download") rel="nofollow" data-testid="download">
                    {text::my_data::download(l)}
                </a>
            </p>
        </section>
        <section aria-labelledby="erase">
            <h2 id="erase">{text::my_data::erase(l)}</h2>
            <p>{text::my_data::erase_hint(l)}</p>
            <p>
                <a class="button button-danger" href=href(l, "/my-data/erase") data-testid="erase">
                    {text::my_data::erase(l)}
                </a>
            </p>
        </section>
        <form method="post" action=action("/fn/session/end")>
            <button class="button button-quiet">{text::order::logout(l)}</button>
        </form>
    }
    .into_any()
}
