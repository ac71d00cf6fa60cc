//! The tags of a page in its head, and its structured data.

use super::{Page, Site, data, page::PICTURE};
use crate::{
    app::{
        i18n::languages,
        info::api::load_facts,
        ui::{once_loaded::once_loaded, title::Title},
    },
    model::{locale::Locale, text},
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta};

/// Title, description, addresses, and what chats and search engines read.
#[component]
pub fn Seo(
    /// What the page says of itself.
    page: Page,
) -> impl IntoView {
    let site = Site::here();
    let l = site.l;
    let addresses = page.listed.then(|| view! { <Addresses site=site.clone() path=page.path.clone() /> });
    let robots = (!page.listed).then(|| view! { <Meta name="robots" content="noindex" /> });
    // Data, not a script: it is read and never run.
    let facts = (!page.data.is_empty()).then(|| {
        view! { <script type="application/ld+json" inner_html=data::document(&page.data)></script> }
    });
    let size = (page.picture == PICTURE).then(|| {
        view! {
            <Meta property="og:image:width" content="1200" />
            <Meta property="og:image:height" content="630" />
        }
    });
    let others = languages()
        .offered
        .into_iter()
        .filter(|other| *other != l)
        .map(|other| view! { <Meta property="og:locale:alternate" content=territory(other) /> })
        .collect_view();
    view! {
        <Title text=page.title.clone() />
        <Meta name="description" content=page.description.clone() />
        {robots}
        {addresses}
        <Meta property="og:type" content=page.kind />
        <Meta property="og:site_name" content=text::shop::name(l) />
        <Meta property="og:title" content=page.title />
        <Meta property="og:description" content=page.description />
        <Meta property="og:url" content=site.page(&page.path) />
        <Meta property="og:locale" content=territory(l) />
        {others}
        <Meta property="og:image" content=site.file(&page.picture) />
        <Meta property="og:image:alt" content=page.picture_text />
        {size}
        <Meta name="twitter:card" content="summary_large_image" />
        {facts}
    }
    .into_any()
}

/// [`Seo`] of the first page, which also tells where the shop is.
#[component]
pub fn HomeSeo(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    let known = Resource::new(|| (), |()| load_facts());
    view! {
        {once_loaded(async move {
            let facts = known.await.map(|known| known.facts).unwrap_or_default();
            view! { <Seo page=Page::home(l, &facts) /> }
        })}
    }
    .into_any()
}

/// The page's one address, and the same page in each language.
#[component]
fn Addresses(site: Site, path: String) -> impl IntoView {
    let languages = languages();
    let several = languages.several().then(|| {
        let each = languages
            .offered
            .iter()
            .map(|l| view! { <Link rel="alternate" hreflang=l.tag() href=site.page_in(*l, &path) /> })
            .collect_view();
        view! {
            {each}
            <Link rel="alternate" hreflang="x-default" href=site.page_in_any(&path) />
        }
    });
    view! {
        <Link rel="canonical" href=site.page(&path) />
        {several}
    }
    .into_any()
}

/// Language and country, as Open Graph writes a locale.
const fn territory(l: Locale) -> &'static str {
    match l {
        Locale::Ro => "ro_RO",
        Locale::En => "en_GB",
    }
}
