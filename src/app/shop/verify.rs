//! The code from the SMS.

use super::api::{Next, OrderDetails};
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        post::{CallError, go, submit},
        ui::{failure::Failure, title::Title},
    },
    model::{error::AppError, locale::Locale, order::Verification, status::OrderStatus, text},
};
use leptos::{ev, prelude::*, task::spawn_local};
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
        .map(|refused| code_message(refused.error(), l))
        .or_else(|| failed.then(|| text::verify::failed(l).to_owned()));
    let lead = (!failed).then(|| text::verify::lead(l, details.order.customer_phone.masked()));
    view! {
        <h1>{text::verify::title(l)}</h1>
        {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
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
        <p class="hint">{text::verify::kept(l)}</p>
        <p>
            <a href=href(l, "/checkout")>{text::verify::wrong_number(l)}</a>
        </p>
    }
    .into_any()
}

/// The sentence of an error: that of the field, when it is about the code.
fn code_message(error: &AppError, l: Locale) -> String {
    match error {
        AppError::Fields { errors } => errors.first("code", l).unwrap_or_else(|| error.message(l)),
        _ => error.message(l),
    }
}

/// Enter the code, or ask for another.
#[island(lazy)]
#[allow(clippy::too_many_arguments)] // the properties of a component
pub fn CodeForm(
    /// The language of the page.
    l: Locale,
    /// Which order.
    order_id: String,
    /// How many digits the code has.
    digits: u32,
    /// Seconds until another code can be asked for.
    wait: u32,
    /// What went wrong.
    bad: Option<String>,
    /// What went well.
    good: Option<String>,
    /// Where the code is sent.
    confirm: String,
    /// Where another is asked for.
    resend: String,
) -> impl IntoView {
    let bad = RwSignal::new(bad);
    let good = RwSignal::new(good);
    let busy = RwSignal::new(false);
    // Until the island is awake, the button can be pressed; the server keeps the wait all the same.
    let left = RwSignal::new(0_u32);
    let count_down = move |seconds: u32| {
        left.set(seconds);
        if seconds > 0 {
            let tick = set_interval_with_handle(
                move || left.update(|left| *left = left.saturating_sub(1)),
                std::time::Duration::from_secs(1),
            );
            if let Ok(tick) = tick {
                set_timeout(move || tick.clear(), std::time::Duration::from_secs(u64::from(seconds) + 1));
            }
        }
    };
    Effect::new(move |_| count_down(wait));
    let enter = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        good.set(None);
        spawn_local(async move {
            match submit::<Next>(&event).await {
                Ok(next) => return go(&next.next),
                Err(CallError::Refused(error)) => bad.set(Some(code_message(&error, l))),
                Err(offline) => bad.set(Some(offline.message(l))),
            }
            busy.set(false);
        });
    };
    let again = move |event: ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            match submit::<Verification>(&event).await {
                Ok(sent) => {
                    bad.set(None);
                    good.set(Some(text::verify::resent(l).to_owned()));
                    count_down(sent.resend_after);
                }
                Err(refused) => {
                    if let CallError::Refused(AppError::RateLimited { retry_after }) = refused {
                        count_down(retry_after);
                    }
                    bad.set(Some(refused.message(l)));
                }
            }
        });
    };
    view! {
        <form class="code-form" method="post" action=confirm on:submit=enter>
            <input type="hidden" name="order_id" value=order_id.clone() />
            <div class="field">
                <label for="code">{text::verify::code(l)}</label>
                <p class="hint" id="code-hint">
                    {text::verify::valid(l)}
                </p>
                <input
                    id="code"
                    class="code-input"
                    name="code"
                    type="text"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    pattern=format!("[0-9 ]{{{digits},12}}")
                    maxlength="12"
                    required
                    autofocus
                    aria-describedby="code-hint code-error"
                    aria-invalid=move || bad.get().is_some().then_some("true")
                />
                <p class="error" id="code-error" role="alert" data-testid="code-error">
                    {bad}
                </p>
            </div>
            <button class="button button-big button-wide" aria-disabled=move || busy.get().then_some("true") data-testid="confirm-code">
                {move || if busy.get() { text::verify::confirming(l) } else { text::verify::confirm(l) }}
            </button>
        </form>
        <form class="resend" method="post" action=resend on:submit=again>
            <input type="hidden" name="order_id" value=order_id />
            <button class="button button-quiet button-wide" disabled=move || left.get() != 0 data-testid="resend">
                {move || {
                    match left.get() {
                        0 => text::verify::resend(l).to_owned(),
                        seconds => text::verify::resend_in(l, seconds),
                    }
                }}
            </button>
            <p class="good" role="status">
                {good}
            </p>
        </form>
    }
}
