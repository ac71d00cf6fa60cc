//! The manifest by which browsers install the shop (W3C, Web Application Manifest).

use crate::{
    app::i18n::href,
    model::{locale::Locale, text},
    server::visitor::AddressLocale,
};
use axum::{
    extract::Request,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde_json::{Value, json};

const KIND: HeaderValue = HeaderValue::from_static("application/manifest+json");
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// `/ro/manifest.webmanifest`, `/en/manifest.webmanifest`.
pub async fn manifest(request: Request) -> Response {
    let l = request.extensions().get::<AddressLocale>().map_or_else(Locale::default, |named| named.0);
    ([(header::CONTENT_TYPE, KIND), (header::CACHE_CONTROL, A_DAY)], written(l).to_string()).into_response()
}

/// Both languages are one shop: `id` is the same, so that installing it twice is not offered.
fn written(l: Locale) -> Value {
    let icon = |src: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": src, "sizes": sizes, "type": kind, "purpose": purpose });
    let shortcut = |name: &str, path: &str| json!({ "name": name, "url": href(l, path) });
    json!({
        "id": "/",
        "name": format!("{} · {}", text::shop::name(l), text::shop::tagline(l)),
        "short_name": text::shop::name(l),
        "description": text::seo::products(l),
        "lang": l.tag(),
        "dir": "ltr",
        "start_url": href(l, "/"),
        "scope": "/",
        "display": "standalone",
        "theme_color": "#fbf6ee",
        "background_color": "#fbf6ee",
        "categories": ["food", "shopping"],
        "icons": [
            icon("/icons/icon-192.png", "192x192", "image/png", "any"),
            icon("/icons/icon-512.png", "512x512", "image/png", "any"),
            icon("/icons/maskable-512.png", "512x512", "image/png", "maskable"),
            icon("/favicon.svg", "any", "image/svg+xml", "any"),
        ],
        "shortcuts": [
            shortcut(text::shop::products(l), "/products"),
            shortcut(text::shop::cart(l), "/cart"),
            shortcut(text::shop::my_orders(l), "/orders"),
        ],
    })
}
