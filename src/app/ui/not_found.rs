//! The page for addresses that lead nowhere.

use crate::{
    app::{
        i18n::{href, locale},
        status::set_status,
        ui::title::Title,
    },
    model::text,
};
use leptos::prelude::*;

/// 404.
#[component]
pub fn NotFound() -> impl IntoView {
    let l = locale();
    set_status(404);
    view! {
        <Title text=text::error::not_found_title(l) />
        <section class="empty">
            <img src="/pictures/placeholder.svg" alt="" width="160" height="120" />
            <h1>{text::error::not_found_title(l)}</h1>
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
