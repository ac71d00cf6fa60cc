//! A page that could not be shown, with a way on and the right status.

use crate::{
    app::{
        i18n::{href, locale},
        status::set_error,
        ui::{
            alert::{Alert, Tone},
            not_found::Missing,
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
    /// Does it stand under the page's own heading?
    #[prop(optional)]
    under: bool,
) -> impl IntoView {
    let l = locale();
    if matches!(error, AppError::NotFound { .. }) {
        return Either::Left(view! { <Missing under /> });
    }
    set_error(&error);
    let here = use_location();
    let (path, search) = (here.pathname.get_untracked(), here.search.get_untracked());
    let again = if search.is_empty() { href(l, &path) } else { format!("{}?{search}", href(l, &path)) };
    Either::Right(view! {
        <section class="narrow">
            <Why error l again under />
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
    /// Does it stand under the page's own heading?
    #[prop(optional)]
    under: bool,
) -> impl IntoView {
    let home = if again.is_some() { "button button-quiet" } else { "button" };
    view! {
        <Heading under words=text::error::title(l) />
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

/// The heading of what stands in the place of a page, or of a part of it: each page has one `<h1>`.
#[component]
pub fn Heading(
    /// Does it stand under the page's own heading?
    under: bool,
    /// What it says.
    words: &'static str,
) -> impl IntoView {
    if under { Either::Left(view! { <h2>{words}</h2> }) } else { Either::Right(view! { <h1>{words}</h1> }) }
}
