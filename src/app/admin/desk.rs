//! What stands around every page of the producer, and the login form in place of a page whose
//! session has ended.

use super::{
    api::Signed,
    header::{LOG_OUT, Part, Top},
    login::LoginForm,
};
use crate::{
    app::{
        forms::{FormReplay, PagePath},
        i18n::{href, locale},
        status::{set_error, set_status},
        ui::{
            alert::{Alert, Tone},
            once_loaded::once_loaded,
            title::Title,
        },
    },
    model::{error::AppError, locale::Locale, text},
};
use leptos::prelude::*;
use leptos_meta::Meta;
use serde::{Serialize, de::DeserializeOwned};

/// The address of the page being rendered.
pub fn this_page() -> String {
    use_context::<PagePath>().map(|page| page.0).unwrap_or_default()
}

/// A page of the producer's: `show` gets the login's CSRF token and what was loaded.
#[component]
pub fn Desk<T, V, F>(
    /// Where this is.
    part: Part,
    /// Who works here, and what the page shows.
    loaded: Resource<Result<Signed<T>, AppError>>,
    /// The page itself.
    show: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    V: IntoView + 'static,
    F: FnOnce(Locale, String, T) -> V + Send + 'static,
{
    let l = locale();
    view! {
        <Meta name="robots" content="noindex" />
        {once_loaded(async move {
            match loaded.await {
                Ok(Signed { admin, data }) => {
                    let csrf = admin.csrf_token.clone();
                    provide_context(admin.rights);
                    view! {
                        <Top l part=Some(part) admin=Some(admin) />
                        <main id="main" class="desk wide" tabindex="-1" data-live="desk">
                            <LogOutRefused l />
                            {show(l, csrf, data)}
                        </main>
                    }
                        .into_any()
                }
                Err(AppError::SessionExpired) => view! { <LogInHere l /> }.into_any(),
                Err(error) => view! { <Failed l part error /> }.into_any(),
            }
        })}
    }
    .into_any()
}

#[component]
fn LogOutRefused(l: Locale) -> impl IntoView {
    FormReplay::of(LOG_OUT).map(|refused| view! { <Alert tone=Tone::Bad>{refused.message(l)}</Alert> })
}

/// The login form in place of a page; it comes back to the page.
#[component]
fn LogInHere(l: Locale) -> impl IntoView {
    let refused = use_context::<FormReplay>();
    if refused.as_ref().is_none_or(|refused| *refused.error() == AppError::SessionExpired) {
        set_status(401);
    }
    view! {
        <Top l part=None admin=None />
        <main id="main" class="desk narrow" tabindex="-1">
            <LoginForm l next=this_page() />
        </main>
    }
    .into_any()
}

#[component]
fn Failed(l: Locale, part: Part, error: AppError) -> impl IntoView {
    let code = error.code();
    set_error(&error);
    // Whoever may not see this is shown the way to what they may see.
    let whole = error != AppError::Forbidden;
    let part = if whole { part } else { Part::Today };
    let title = match error {
        AppError::NotFound { .. } => text::error::not_found_title(l),
        _ => text::error::title(l),
    };
    view! {
        <Title text=format!("{title} · {}", text::shop::name(l)) />
        <Top l part=Some(part) admin=None whole />
        <main id="main" class="desk wide" tabindex="-1">
            <h1>{title}</h1>
            <Alert tone=Tone::Bad>
                <p>{error.message(l)}</p>
                <p class="code">{code.name}</p>
            </Alert>
            <p>
                <a class="button" href=href(l, part.path())>
                    {part.label(l)}
                </a>
            </p>
        </main>
    }
    .into_any()
}
