//! Logging in.

use super::{api::session::load_me, header::Top};
use crate::{
    app::{
        forms::{FormReplay, action},
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            field::{FieldKind, TextField},
            once_loaded::once_loaded,
            title::Title,
        },
    },
    model::{error::AppError, locale::Locale, session::Admin, text},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use leptos_router::hooks::use_query_map;

const LOG_IN: &str = "/fn/admin/login";

/// The login page.
#[component]
pub fn LoginPage() -> impl IntoView {
    let l = locale();
    let me = Resource::new(|| (), |()| load_me());
    view! {
        <Meta name="robots" content="noindex" />
        <Top l part=None admin=None />
        <main id="main" class="desk narrow" tabindex="-1">
            {once_loaded(async move {
                match me.await {
                    Ok(admin) if FormReplay::of(LOG_IN).is_none() => {
                        view! { <Inside l admin /> }.into_any()
                    }
                    Ok(_) | Err(AppError::SessionExpired) => {
                        view! { <LoginForm l next=String::new() /> }.into_any()
                    }
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </main>
    }
    .into_any()
}

/// For who has logged in already.
#[component]
fn Inside(l: Locale, admin: Admin) -> impl IntoView {
    view! {
        <Title text=format!("{} · {}", text::admin::title(l), text::shop::name(l)) />
        <div class="panel login">
            <h1>{text::admin::title(l)}</h1>
            <p>{text::admin::inside(l, admin.username)}</p>
            <a class="button button-wide" href=href(l, "/admin")>
                {text::admin::go_on(l)}
            </a>
        </div>
    }
    .into_any()
}

/// User name and password.
#[component]
pub fn LoginForm(
    /// The language of the page.
    l: Locale,
    /// The page to come back to; empty for the board.
    next: String,
) -> impl IntoView {
    // Another form that came too late for its session is told here, too.
    let late = use_context::<FormReplay>().filter(|refused| *refused.error() == AppError::SessionExpired);
    let refused = FormReplay::of(LOG_IN);
    let username = refused.as_ref().map(|refused| refused.value("username")).unwrap_or_default();
    let next =
        refused.as_ref().map(|refused| refused.value("next")).filter(|_| next.is_empty()).unwrap_or(next);
    let message = refused.or(late).map(|refused| refused.message(l));
    let welcome = message.is_none() && use_query_map().get_untracked().get("welcome").is_some();
    let kind = |kind, autocomplete, max| FieldKind {
        kind,
        autocomplete,
        max: Some(max),
        required: true,
        ..FieldKind::default()
    };
    view! {
        <Title text=format!("{} · {}", text::admin::login(l), text::shop::name(l)) />
        <form class="panel login" method="post" action=action(LOG_IN) data-testid="login-form">
            <h1>{text::admin::login(l)}</h1>
            {message.map(|message| view! { <Alert tone=Tone::Bad>{message}</Alert> })}
            {welcome.then(|| view! { <Alert tone=Tone::Good>{text::admins::accepted(l)}</Alert> })}
            <input type="hidden" name="next" value=next />
            <TextField
                name="username"
                label=text::admin::username(l)
                value=username
                error=None
                kind=kind("text", "username", 100)
            />
            <TextField name="password" label=text::admin::password(l) error=None kind=kind("password", "current-password", 1000) />
            <button class="button button-big button-wide">{text::admin::enter(l)}</button>
        </form>
    }
    .into_any()
}
