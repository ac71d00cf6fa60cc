//! A page that could not be shown, with a way on and the right status.

use crate::{
    app::{
        i18n::{href, locale},
        status::set_status,
        ui::{
            alert::{Alert, Tone},
            not_found::NotFound,
        },
    },
    model::{error::AppError, locale::Locale, text},
};
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_location;

/// What stands in the place of a page.
#[component]
pub fn Failure(
    /// Why.
    error: AppError,
) -> impl IntoView {
    let l = locale();
    if matches!(error, AppError::NotFound { .. }) {
        return Either::Left(view! { <NotFound /> });
    }
    set_status(error.code().status);
    let here = use_location();
    let (path, search) = (here.pathname.get_untracked(), here.search.get_untracked());
    let again = if search.is_empty() { href(l, &path) } else { format!("{}?{search}", href(l, &path)) };
    Either::Right(view! {
        <section class="narrow">
            <Why error l again />
        </section>
    })
}

/// What went wrong, and a way on.
#[component]
pub fn Why(
    /// What.
    error: AppError,
    /// In which language.
    l: Locale,
    /// The address that may be asked for once more.
    #[prop(optional, into)]
    again: Option<String>,
) -> impl IntoView {
    let home = if again.is_some() { "button button-quiet" } else { "button" };
    view! {
        <h1>{text::error::title(l)}</h1>
        <Alert tone=Tone::Bad>
            <p>{error.message(l)}</p>
            <p class="code">{error.code().name}</p>
        </Alert>
        <p class="row">
            {again
                .map(|again| {
                    view! {
                        <a class="button" href=again>
                            {text::cart::retry(l)}
                        </a>
                    }
                })}
            <a class=home href=href(l, "/")>
                {text::error::go_home(l)}
            </a>
        </p>
    }
}
