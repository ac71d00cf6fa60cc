//! The page for addresses that lead nowhere.

use crate::{
    app::{
        i18n::{href, locale},
        status::set_status,
        ui::{failure::Heading, title::Title},
    },
    model::text,
};
use leptos::prelude::*;

/// 404 as a page.
#[component]
pub fn NotFound() -> impl IntoView {
    view! { <Missing under=false /> }
}

/// 404 as a page, or under a heading.
#[component]
pub fn Missing(
    /// Does it stand under the page's own heading?
    under: bool,
) -> impl IntoView {
    let l = locale();
    set_status(404);
    view! {
        <Title text=text::error::not_found_title(l) />
        <section class="empty">
            <img src="/pictures/placeholder.svg" alt="" width="160" height="120" />
            <Heading under words=text::error::not_found_title(l) />
            <p>{text::error::not_found_hint(l)}</p>
            <p class="row">
                <a class="button" href=href(l, "/products")>
                    {text::products::see_all(l)}
                </a>
                <a class="button button-quiet" href=href(l, "/")>
                    {text::error::go_home(l)}
                </a>
            </p>
        </section>
    }
    .into_any()
}
