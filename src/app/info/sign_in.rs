//! Signing in by phone: a number, and then the code from the SMS. The forms and their attributes are
//! those of an order's code, so that they are sent in the background where JavaScript runs.

use super::api;
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            field::{FieldKind, TextField},
            once_loaded::once_loaded,
            own_page::OwnPage,
            title::Title,
        },
    },
    model::{error::AppError, ids::SignInId, locale::Locale, session::SignIn, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

const BEGIN: &str = "/fn/sign-in/begin";
const RESEND: &str = "/fn/sign-in/resend";
const FINISH: &str = "/fn/sign-in/finish";

/// What somebody signs in for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Goal {
    /// To see their orders.
    #[default]
    Orders,
    /// To decide over their data.
    MyData,
}

impl Goal {
    /// As an address and a form name it.
    pub const fn name(self) -> &'static str {
        match self {
            Goal::Orders => "orders",
            Goal::MyData => "my-data",
        }
    }

    /// Where signing in leads.
    pub const fn path(self) -> &'static str {
        match self {
            Goal::Orders => "/orders",
            Goal::MyData => "/my-data",
        }
    }

    /// The goal of this name; any other name is that of the first.
    pub fn named(name: &str) -> Goal {
        if name == Goal::MyData.name() { Goal::MyData } else { Goal::Orders }
    }
}

/// The number, or, when a code is on its way, the code.
#[component]
pub fn SignInPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map().get_untracked();
    let goal = Goal::named(&query.get("to").unwrap_or_default());
    let again = query.get("sms").as_deref() == Some("again");
    let attempt = query.get("attempt");
    let known = Resource::new(
        || (),
        move |()| {
            let attempt = attempt.clone();
            async move {
                let Some(attempt) = attempt else { return Ok(None) };
                let attempt = SignInId::parse(&attempt).map_err(|_| AppError::CodeExpired)?;
                api::load_sign_in(attempt.clone()).await.map(|known| Some((attempt, known)))
            }
        },
    );
    view! {
        <Title text=format!("{} · {}", text::sign_in::title(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="narrow">
            <h1>{text::sign_in::title(l)}</h1>
            {once_loaded(async move {
                match known.await {
                    Ok(Some((attempt, known))) => {
                        view! { <CodeForm l goal attempt known again /> }.into_any()
                    }
                    Ok(None) => view! { <SignInForm l goal /> }.into_any(),
                    Err(AppError::CodeExpired) => {
                        view! {
                            <Alert tone=Tone::Note>
                                <p>{text::sign_in::ended(l)}</p>
                            </Alert>
                            <SignInForm l goal />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

/// Asks for the number.
#[component]
pub fn SignInForm(
    /// The language of the page.
    l: Locale,
    /// What for.
    goal: Goal,
) -> impl IntoView {
    let refused = FormReplay::of(BEGIN);
    let typed = refused.as_ref().map(|refused| refused.value("phone")).unwrap_or_default();
    let field = refused.as_ref().and_then(|refused| match refused.error() {
        AppError::Fields { errors } => errors.first("phone", l),
        _ => None,
    });
    // What is about the field stands beside it.
    let other = refused.filter(|_| field.is_none()).map(|refused| refused.message(l));
    let kind = FieldKind {
        kind: "tel",
        autocomplete: "tel",
        inputmode: "tel",
        max: Some(40),
        required: true,
        ..FieldKind::default()
    };
    view! {
        <p class="lead">{text::sign_in::lead(l)}</p>
        {other
            .map(|other| {
                view! {
                    <Alert tone=Tone::Bad>
                        <p>{other}</p>
                    </Alert>
                }
            })}
        <form class="sign-in" method="post" action=action(BEGIN) data-live="page">
            <p class="error" role="alert" data-problem=""></p>
            <input type="hidden" name="to" value=goal.name() />
            <TextField name="phone" label=text::checkout::phone(l) kind value=typed error=Signal::stored(field) />
            <button class="button button-big button-wide" data-testid="send-code">
                {text::sign_in::send(l)}
            </button>
        </form>
    }
    .into_any()
}

/// The sentence for the code's field, or else that of the error.
fn sentence(error: &AppError, l: Locale) -> String {
    match error {
        AppError::Fields { errors } => errors.first("code", l).unwrap_or_else(|| error.message(l)),
        _ => error.message(l),
    }
}

/// Asks for the code.
#[component]
fn CodeForm(l: Locale, goal: Goal, attempt: SignInId, known: SignIn, again: bool) -> impl IntoView {
    let refused = FormReplay::of(FINISH).or_else(|| FormReplay::of(RESEND));
    let good = (again && refused.is_none()).then(|| text::verify::resent(l));
    let bad = refused.map(|refused| sentence(refused.error(), l));
    let invalid = bad.is_some().then_some("true");
    let begin = href(l, &format!("/sign-in?to={}", goal.name()));
    view! {
        <p class="lead">{text::verify::lead(l, known.phone)}</p>
        {good.map(|good| view! { <Alert tone=Tone::Good>{good}</Alert> })}
        <form class="code-form" method="post" action=action(FINISH) data-live="page">
            <input type="hidden" name="attempt" value=attempt.to_string() />
            <input type="hidden" name="to" value=goal.name() />
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
                    pattern=format!("[0-9 ]{{{},12}}", known.digits)
                    maxlength="12"
                    required
                    autofocus
                    aria-describedby="code-hint code-error"
                    aria-invalid=invalid
                    data-digits=known.digits
                />
                <p class="error" id="code-error" role="alert" data-problem="" data-testid="code-error">
                    {bad}
                </p>
            </div>
            <button class="button button-big button-wide" data-testid="confirm-code">
                {text::sign_in::enter(l)}
            </button>
        </form>
        <form class="resend" method="post" action=action(RESEND) data-live="page">
            <input type="hidden" name="attempt" value=attempt.to_string() />
            <input type="hidden" name="to" value=goal.name() />
            <button
                class="button button-quiet button-wide"
                data-wait=known.resend_after
                data-label=text::verify::resend_in(l, "{time}")
                data-testid="resend"
            >
                {text::verify::resend(l)}
            </button>
            <p class="error" role="alert" data-problem=""></p>
        </form>
        <p>
            <a href=begin>{text::sign_in::other_number(l)}</a>
        </p>
    }
    .into_any()
}
