//! The page that stands in for one that cannot be had: the service worker keeps it and shows it
//! when there is no network and no saved copy.

use crate::{
    app::{
        i18n::{href, locale},
        ui::{own_page::OwnPage, title::Title},
    },
    model::text,
};
use leptos::prelude::*;

/// No network.
#[component]
pub fn OfflinePage() -> impl IntoView {
    let l = locale();
    view! {
        <Title text=format!("{} · {}", text::offline::title(l), text::shop::name(l)) />
        <OwnPage l />
        <section class="empty offline">
            <img src="/pictures/placeholder.svg" alt="" width="160" height="120" />
            <h1>{text::offline::title(l)}</h1>
            <p>{text::offline::lead(l)}</p>
            <ul class="offline-ways">
                <li>{text::offline::way_saved(l)}</li>
                <li>{text::offline::way_cart(l)}</li>
                <li>{text::offline::way_order(l)}</li>
            </ul>
            <p class="row">
                // The address of the page that was asked for.
                <a class="button" href="">
                    {text::offline::again(l)}
                </a>
                <a class="button button-quiet" href=href(l, "/products")>
                    {text::products::see_all(l)}
                </a>
            </p>
        </section>
    }
    .into_any()
}
