//! The code from the SMS.

use super::api::OrderDetails;
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        ui::{failure::Failure, once_loaded::once_loaded, own_page::OwnPage, title::Title},
    },
    model::{error::AppError, locale::Locale, message::Channel, status::OrderStatus, text},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

const CONFIRM: &str = "/fn/orders/confirm";
const RESEND: &str = "/fn/orders/resend";
const RING: &str = "/fn/orders/ring";
const CALL: &str = "/fn/orders/call";

/// Waits for the code of an order.
#[component]
pub fn VerifyPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id").unwrap_or_default();
    let sms = use_query_map().get_untracked().get("sms");
    let details = Resource::new(|| (), move |()| super::order::details(id.clone()));
    view! {
        <Title text=format!("{} · {}", text::verify::title(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="narrow">
            {once_loaded(async move {
                match details.await {
                    Ok(details) if details.order.status == OrderStatus::Pending => {
                        view! { <Waiting l details sms /> }.into_any()
                    }
                    Ok(details) => view! { <super::order::OrderCard l details thanks=false /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

#[component]
fn Waiting(l: Locale, details: OrderDetails, sms: Option<String>) -> impl IntoView {
    let refused = FormReplay::of(CONFIRM).or_else(|| FormReplay::of(RESEND));
    let call_back = details.order.call_back;
    let failed = sms.as_deref() == Some("failed") && refused.is_none() && !call_back;
    let good =
        (sms.as_deref() == Some("again") && refused.is_none()).then(|| text::verify::resent(l).to_owned());
    let bad = refused
        .as_ref()
        .map(|refused| code_message(refused.error(), l))
        .or_else(|| failed.then(|| text::verify::failed(l).to_owned()));
    let progress = details.waiting.progress.filter(|_| !call_back && refused.is_none());
    let progress = progress.and_then(|progress| progress.message(details.waiting.channel, l));
    let refused_form = |form| FormReplay::of(form).map(|refused| refused.error().message(l));
    let (ring_refused, call_refused) = (refused_form(RING), refused_form(CALL));
    let order_id = details.order.id.to_string();
    let wait = details.waiting.verification.map_or(0, |verification| verification.resend_after);
    let by_sms = details.waiting.channel == Channel::Sms;
    let lead = (!failed && !call_back && by_sms)
        .then(|| text::verify::lead(l, details.order.customer_phone.masked()));
    view! {
        <h1>{text::verify::title(l)}</h1>
        {lead.map(|lead| view! { <p class="lead">{lead}</p> })}
        {progress.map(|progress| view! { <p class="hint" role="status" data-testid="sms-progress">{progress}</p> })}
        {call_back
            .then(|| {
                let phone = details.order.customer_phone.masked();
                view! { <p class="lead" role="status" data-testid="call-back">{text::verify::we_call(l, phone)}</p> }
            })}
        <CodeForm
            l
            order_id=order_id.clone()
            digits=details.digits
            wait
            bad
            good
        />
        {details
            .waiting
            .may_ring
            .then(|| view! { <CallForm l order_id=order_id.clone() way=Way::Voice wait refused=ring_refused /> })}
        {details.waiting.may_call.then(|| view! { <CallForm l order_id way=Way::Person wait=0 refused=call_refused /> })}
        <p class="hint">{text::verify::kept(l)}</p>
        <p>
            <a href=href(l, "/checkout")>{text::verify::wrong_number(l)}</a>
        </p>
    }
    .into_any()
}

/// Who calls.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// A voice, with a code.
    Voice,
    /// Somebody of the shop.
    Person,
}

/// Another way on, when no SMS comes.
#[component]
fn CallForm(
    l: Locale,
    /// Which order.
    order_id: String,
    /// Who is to call.
    way: Way,
    /// Seconds until it can be asked for.
    wait: u32,
    /// What went wrong.
    refused: Option<String>,
) -> impl IntoView {
    let (form, hint, label, id) = match way {
        Way::Voice => (RING, text::verify::ring_hint(l), text::verify::ring(l), "ring-me"),
        Way::Person => (CALL, text::verify::call_hint(l), text::verify::call_me(l), "call-me"),
    };
    view! {
        <form class="resend" method="post" action=action(form) data-live="page">
            <input type="hidden" name="order_id" value=order_id />
            <p class="hint">{hint}</p>
            <button
                class="button button-quiet button-wide"
                data-wait=wait
                data-label=text::verify::ring_in(l, "{time}")
                data-testid=id
            >
                {label}
            </button>
            <p class="error" role="alert" data-problem="">
                {refused}
            </p>
        </form>
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
#[component]
fn CodeForm(
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
) -> impl IntoView {
    view! {
        <form class="code-form" method="post" action=action(CONFIRM) data-live="page">
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
                    aria-invalid=bad.is_some().then_some("true")
                    data-digits=digits
                />
                <p class="error" id="code-error" role="alert" data-problem="" data-testid="code-error">
                    {bad}
                </p>
            </div>
            <button class="button button-big button-wide" data-testid="confirm-code">
                {text::verify::confirm(l)}
            </button>
        </form>
        <form class="resend" method="post" action=action(RESEND) data-live="page">
            <input type="hidden" name="order_id" value=order_id />
            // Counts down where JavaScript runs; the server keeps the wait all the same.
            <button
                class="button button-quiet button-wide"
                data-wait=wait
                data-label=text::verify::resend_in(l, "{time}")
                data-testid="resend"
            >
                {text::verify::resend(l)}
            </button>
            <p class="error" role="alert" data-problem=""></p>
            <p class="good" role="status">
                {good}
            </p>
        </form>
    }
    .into_any()
}
