//! The code from the SMS.

use super::{api::OrderDetails, code_form::CodeForm};
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        told::Told,
        ui::{failure::Failure, title::Title},
    },
    model::{locale::Locale, status::OrderStatus, text},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::{use_params_map, use_query_map};

const CONFIRM: &str = "/fn/orders/confirm";
const RESEND: &str = "/fn/orders/resend";

/// Waits for the code of an order.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let sms = use_query_map().get_untracked().get("sms");
    let details = Resource::new(|| (), move |()| super::order::details(id.clone()));
    view! {
        <Title text=format!("{} · {}", text::verify::title(l), text::shop::name(l)) />
        <Meta name="robots" content="noindex" />
        <div class="narrow">
            <Suspense>
                {move || {
                    let sms = sms.clone();
                    Suspend::new(async move {
                        match details.await {
                            Ok(details) if details.order.status == OrderStatus::Pending => {
                                view! { <Waiting l details sms /> }.into_any()
                            }
                            Ok(details) => view! { <super::order::OrderCard l details thanks=false /> }.into_any(),
                            Err(error) => view! { <Failure error /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </div>
    }
    .into_any()
}

#[component]
fn Waiting(l: Locale, details: OrderDetails, sms: Option<String>) -> impl IntoView {
    let refused = FormReplay::of(CONFIRM).or_else(|| FormReplay::of(RESEND));
    let failed = sms.as_deref() == Some("failed") && refused.is_none();
    let good =
        (sms.as_deref() == Some("again") && refused.is_none()).then(|| text::verify::resent(l).to_owned());
    let bad = refused
        .as_ref()
        .map(|refused| Told::new(refused.error(), l).about("code").to_owned())
        .or_else(|| failed.then(|| text::verify::failed(l).to_owned()));
    let lead = (!failed).then(|| text::verify::lead(l, details.order.customer_phone.masked()));
    view! {
        <h1>{text::verify::title(l)}</h1>
        {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
        // Awake at once: it counts down and listens for the SMS.
        <div data-wake="">
            <CodeForm
                l
                order_id=details.order.id.to_string()
                digits=details.digits
                wait=details.verification.map_or(0, |verification| verification.resend_after)
                bad
                good
                confirm=action(CONFIRM)
                resend=action(RESEND)
            />
        </div>
        <p class="hint">{text::verify::kept(l)}</p>
        <p>
            <a href=href(l, "/checkout")>{text::verify::wrong_number(l)}</a>
        </p>
    }
    .into_any()
}
