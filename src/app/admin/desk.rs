//! What stands around every page of the producer: who works here, where else to go, and the login
//! form in place of a page whose session has ended.

use super::{api::Signed, login::LoginForm};
use crate::{
    app::{
        forms::{FormReplay, PagePath, action},
        i18n::{href, locale},
        status::set_status,
        ui::{
            alert::{Alert, Tone},
            layout::OtherLanguage,
        },
    },
    model::{error::AppError, locale::Locale, session::Admin, text},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use serde::{Serialize, de::DeserializeOwned};

const LOG_OUT: &str = "/fn/admin/logout";

/// The parts of the dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Orders.
    Orders,
    /// Products.
    Products,
    /// Categories.
    Categories,
}

impl Part {
    const ALL: [Part; 3] = [Part::Orders, Part::Products, Part::Categories];

    /// The address of its list, without the language.
    pub const fn path(self) -> &'static str {
        match self {
            Part::Orders => "/admin/orders",
            Part::Products => "/admin/products",
            Part::Categories => "/admin/categories",
        }
    }

    /// Its name.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Part::Orders => text::admin::orders(l),
            Part::Products => text::admin::products(l),
            Part::Categories => text::admin::categories(l),
        }
    }
}

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
    F: Fn(Locale, String, T) -> V + Clone + Send + Sync + 'static,
{
    let l = locale();
    view! {
        <Meta name="robots" content="noindex" />
        <Suspense>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    match loaded.await {
                        Ok(Signed { admin, data }) => {
                            let csrf = admin.csrf_token.clone();
                            view! {
                                <Top l part=Some(part) admin=Some(admin) />
                                <main id="main" class="desk wide" tabindex="-1">
                                    <LogOutRefused l />
                                    {show(l, csrf, data)}
                                </main>
                            }
                                .into_any()
                        }
                        Err(AppError::SessionExpired) => view! { <LogInHere l /> }.into_any(),
                        Err(error) => view! { <Failed l part error /> }.into_any(),
                    }
                })
            }}
        </Suspense>
    }
}

/// The header: the parts of the dashboard for who has logged in.
#[component]
pub fn Top(
    /// The language of the page.
    l: Locale,
    /// Where this is.
    part: Option<Part>,
    /// Who has logged in.
    admin: Option<Admin>,
) -> impl IntoView {
    let links = Part::ALL
        .map(|link| {
            let current = (part == Some(link)).then_some("page");
            view! {
                <a href=href(l, link.path()) aria-current=current>
                    {link.label(l)}
                </a>
            }
        })
        .collect_view();
    let who = admin.map(|admin| {
        view! {
            <span class="desk-user">{admin.username}</span>
            <form method="post" action=action(LOG_OUT)>
                <input type="hidden" name="csrf" value=admin.csrf_token />
                <button class="button button-quiet button-small" data-testid="logout">
                    {text::admin::logout(l)}
                </button>
            </form>
        }
    });
    view! {
        <a class="skip" href="#main">
            {text::shop::skip(l)}
        </a>
        <header class="desk-top">
            <div class="wide desk-bar">
                <a class="brand" href=href(l, "/admin/orders")>
                    <img src="/logo.svg" alt="" width="32" height="32" />
                    <span>{text::shop::name(l)}</span>
                </a>
                {part
                    .map(|_| {
                        view! {
                            <nav class="desk-links" aria-label=text::admin::title(l)>
                                {links}
                                <a href=href(l, "/")>{text::admin::shop(l)}</a>
                            </nav>
                        }
                    })}
                <div class="desk-who">
                    <OtherLanguage l />
                    {who}
                </div>
            </div>
        </header>
    }
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
}

#[component]
fn Failed(l: Locale, part: Part, error: AppError) -> impl IntoView {
    let code = error.code();
    set_status(code.status);
    view! {
        <Title text=format!("{} · {}", text::error::title(l), text::shop::name(l)) />
        <Top l part=Some(part) admin=None />
        <main id="main" class="desk wide" tabindex="-1">
            <h1>{text::error::title(l)}</h1>
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
}
