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
    Either::Right(view! {
        <section class="narrow">
            <Why error l />
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
) -> impl IntoView {
    view! {
        <h1>{text::error::title(l)}</h1>
        <Alert tone=Tone::Bad>
            <p>{error.message(l)}</p>
            <p class="code">{error.code().name}</p>
        </Alert>
        <p>
            <a class="button" href=href(l, "/")>
                {text::error::go_home(l)}
            </a>
        </p>
    }
}
