//! What search engines ask for: where they may go, and all pages that there are.

use super::origin::site_origin;
use crate::{
    app::seo::{
        Site, SiteOrigin,
        public::{OWN, PAGES, PRODUCTS},
    },
    model::{category::Category, languages::Languages, locale::Locale, time::Timestamp},
    server::{clock::rfc3339, error::status, state::AppState, store::products::ProductAddress},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, header};
use std::fmt::Write;

/// Where the sitemap is.
pub const SITEMAP: &str = "/sitemap.xml";

const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// `/robots.txt`. What is a visitor's own is left out, in every language, and what is no page.
pub async fn robots(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let mut text = String::from("User-agent: *\nDisallow: /fn/\nDisallow: /api/\n");
    for path in OWN {
        let _ = writeln!(text, "Disallow: {path}");
        for l in Locale::ALL {
            let _ = writeln!(text, "Disallow: /{}{path}", l.tag());
        }
    }
    let origin = site_origin(&state.shop.config, &headers);
    let _ = write!(text, "\nSitemap: {}\n", Site::of(origin, Locale::default()).file(SITEMAP));
    answer("text/plain; charset=utf-8", text)
}

/// `/sitemap.xml`.
pub async fn sitemap(State(state): State<AppState>, headers: HeaderMap) -> Response {
    let (shelves, products) = match state.shop.addresses().await {
        Ok(addresses) => addresses,
        Err(error) => return status(&error).into_response(),
    };
    let origin = site_origin(&state.shop.config, &headers);
    let languages = state.shop.languages().await;
    answer("application/xml; charset=utf-8", written(&pages(&shelves, &products), &origin, &languages))
}

/// A page for everybody: path and query without the language, and when what it shows was last
/// changed, where that is known.
struct PublicPage {
    path: String,
    changed: Option<Timestamp>,
}

fn pages(shelves: &[Category], products: &[ProductAddress]) -> Vec<PublicPage> {
    let newest = products.iter().map(|product| product.updated_at).max();
    let fixed = PAGES.iter().map(|path| {
        let shows_products = matches!(*path, "/" | "/products");
        PublicPage { path: (*path).to_owned(), changed: newest.filter(|_| shows_products) }
    });
    let shelves = shelves.iter().filter_map(|shelf| {
        let on_it = products.iter().filter(|product| product.category_id == shelf.id);
        // An empty shelf is no page for a search engine.
        let changed = on_it.map(|product| product.updated_at).max()?;
        Some(PublicPage { path: format!("/products?category={}", shelf.slug), changed: Some(changed) })
    });
    let each = products.iter().map(|product| PublicPage {
        path: format!("{PRODUCTS}{}", product.slug),
        changed: Some(product.updated_at),
    });
    fixed.chain(shelves).chain(each).collect()
}

fn answer(kind: &'static str, text: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CACHE_CONTROL, AN_HOUR)], text)
        .into_response()
}

/// Each page in each language, with all its languages beside it (sitemaps.org and Google's
/// extension for languages).
fn written(pages: &[PublicPage], origin: &SiteOrigin, languages: &Languages) -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let site = Site::of(origin.clone(), Locale::default());
    for page in pages {
        let mut beside = String::new();
        let mut link = |tag: &str, address: String| {
            let address = escaped(&address);
            let _ = write!(beside, "<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\"/>");
        };
        if languages.several() {
            for l in &languages.offered {
                link(l.tag(), site.page_in(*l, &page.path));
            }
            link("x-default", site.page_in_any(&page.path));
        }
        let changed = page.changed.map(|moment| format!("<lastmod>{}</lastmod>", rfc3339(moment)));
        let changed = changed.unwrap_or_default();
        for l in &languages.offered {
            let address = escaped(&site.page_in(*l, &page.path));
            let _ = writeln!(xml, "<url><loc>{address}</loc>{changed}{beside}</url>");
        }
    }
    xml.push_str("</urlset>\n");
    xml
}

/// As text and in quotation marks (XML 1.0, 2.4).
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&apos;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_escaped() {
        let page = PublicPage { path: "/products?a=1&b=<'\">".into(), changed: Some(Timestamp(0)) };
        let xml = written(&[page], &SiteOrigin("https://shop.example".into()), &Languages::default());
        let address = "https://shop.example/en/products?a=1&amp;b=&lt;&apos;&quot;&gt;";
        assert!(
            xml.contains(&format!("<loc>{address}</loc><lastmod>1970-01-01T00:00:00Z</lastmod>")),
            "{xml}"
        );
        assert!(xml.contains(&format!("hreflang=\"en\" href=\"{address}\"")), "{xml}");
    }
}
