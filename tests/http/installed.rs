//! The installed shop: manifest, icons, service worker, and what browsers fetch ahead.

use super::{
    sender::browser,
    tags::{elements, links},
};
use crate::rest::api::Api;
use http::Request;
use serde_json::Value;

async fn shop() -> Api {
    Api::open_at("public", &[]).await
}

/// Width and height of a PNG: they stand in its first chunk.
fn png_size(file: &str) -> String {
    let bytes = std::fs::read(format!("public{file}")).unwrap();
    assert_eq!(bytes[..8], *b"\x89PNG\r\n\x1a\n", "{file}");
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
    format!("{}x{}", side(16), side(20))
}

#[tokio::test]
async fn the_manifest_makes_the_shop_installable_in_each_language() {
    let api = shop().await;
    for (l, word) in [("ro", "Pâine"), ("en", "Hearth")] {
        let page = api.visitor().send(browser(Request::get(format!("/{l}/products"))), "").await;
        let manifest = links(&page.text, "manifest")[""].clone();
        assert_eq!(manifest, format!("/{l}/manifest.webmanifest"));
        let answer = api.visitor().get(&manifest).await;
        assert_eq!(answer.headers["content-type"], "application/manifest+json");
        let told: Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!((told["lang"].as_str(), told["start_url"].as_str()), (Some(l), Some(&*format!("/{l}"))));
        assert_eq!(
            (told["scope"].as_str(), told["display"].as_str(), told["id"].as_str()),
            (Some("/"), Some("standalone"), Some("/"))
        );
        assert!(
            told["name"].as_str().unwrap().contains(word) && told["short_name"].as_str().unwrap().len() <= 12
        );
        assert_eq!(api.visitor().get(told["start_url"].as_str().unwrap()).await.status, 200);
        for icon in told["icons"].as_array().unwrap() {
            let (file, kind) = (icon["src"].as_str().unwrap(), icon["type"].as_str().unwrap());
            let served = api.visitor().exchange(Request::get(file), axum::body::Body::empty()).await.0;
            assert_eq!(
                (served.status.as_u16(), &served.headers["content-type"]),
                (200, &http::HeaderValue::from_str(kind).unwrap())
            );
            if kind == "image/png" {
                assert_eq!(png_size(file), icon["sizes"], "{file}");
            }
        }
        let has = |sizes: &str, purpose: &str| {
            told["icons"]
                .as_array()
                .unwrap()
                .iter()
                .any(|icon| icon["sizes"] == sizes && icon["purpose"] == purpose)
        };
        assert!(has("192x192", "any") && has("512x512", "any") && has("512x512", "maskable"));
        assert_eq!(links(&page.text, "apple-touch-icon")[""], "/icons/apple-touch-icon.png");
    }
    assert_eq!(png_size("/icons/apple-touch-icon.png"), "180x180");
}

#[tokio::test]
async fn the_worker_is_asked_for_each_time_and_knows_its_build() {
    let api = shop().await;
    let answer = api.visitor().get("/sw.js").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/javascript; charset=utf-8");
    assert_eq!(answer.headers["cache-control"], "no-cache");
    assert!(!answer.headers.contains_key("set-cookie"));
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("default-src 'none'; connect-src 'self'"), "its own requests are under it");
    let (first, rest) = answer.text.split_once('\n').unwrap();
    let build = first.strip_prefix("const BUILD = ").unwrap().strip_suffix(';').unwrap();
    let build: Value = serde_json::from_str(build).unwrap();
    assert_eq!(build["version"].as_str().unwrap().len(), 16);
    let shell: Vec<_> =
        build["shell"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    for path in ["/ro/offline", "/en/offline", "/favicon.svg", "/logo.svg", "/pictures/placeholder.svg"] {
        assert!(shell.contains(&path), "{path}");
        assert_eq!(api.visitor().get(path).await.status, 200, "{path}");
    }
    assert!(shell.iter().any(|path| path.starts_with("/pkg/") && path.ends_with(".css")));
    for l in ["ro", "en"] {
        assert!(build["texts"][l]["copy"].as_str().unwrap().contains("{when}"));
    }
    assert!(rest.contains("addEventListener(\"fetch\""));
}

#[tokio::test]
async fn only_what_is_for_everybody_may_be_kept() {
    let api = shop().await;
    let bread = api.shop.product("Pâine", 1250, 5).await;
    let product = format!("/en/products/{}", bread.slug);
    for path in ["/ro", "/en/products", "/ro/products?category=raft&page=1", "/en/contact", &product] {
        let answer = api.visitor().send(browser(Request::get(path)), "").await;
        assert_eq!(answer.headers["x-offline"], "keep", "{path}");
    }
    let own = [
        "/ro/cart",
        "/en/checkout",
        "/ro/orders",
        "/ro/orders/507f1f77bcf86cd799439011",
        "/ro/admin",
        "/ro/admin/login",
        "/ro/offline",
    ];
    // Also what is not there, what failed, and what has no language of its own.
    let others = [
        "/ro/products/nothing",
        "/ro/nowhere",
        "/ro/products?q=paine",
        "/ro/products?page=none",
        "/",
        "/products",
        "/fn/cart/count",
        "/api/products",
    ];
    for path in own.into_iter().chain(others) {
        let answer = api.visitor().send(browser(Request::get(path)), "").await;
        assert!(!answer.headers.contains_key("x-offline"), "{path}");
    }
}

#[tokio::test]
async fn the_offline_page_shows_nobodys_cart() {
    let api = shop().await;
    for (l, title) in [("ro", "Nu e internet"), ("en", "No internet")] {
        let answer = api.visitor().send(browser(Request::get(format!("/{l}/offline"))), "").await;
        assert_eq!(answer.status, 200);
        assert!(answer.text.contains(&format!("<h1>{title}</h1>")), "{}", answer.text);
        assert!(answer.text.contains("href=\"\""), "the page that was asked for again");
        assert!(
            elements(&answer.text, "span")
                .iter()
                .any(|span| span.get("class").is_some_and(|class| class.contains("none")))
        );
    }
}

#[tokio::test]
async fn pages_name_the_rules_for_fetching_ahead() {
    let api = shop().await;
    let page = api.visitor().send(browser(Request::get("/ro/products")), "").await;
    assert_eq!(page.headers["speculation-rules"], "\"/speculation-rules.json\"");
    let answer = api.visitor().get("/speculation-rules.json").await;
    assert_eq!(answer.headers["content-type"], "application/speculationrules+json");
    let rules: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(rules["prefetch"][0]["eagerness"], "moderate");
    let never = rules["prefetch"][0]["where"]["and"][1]["not"]["href_matches"].to_string();
    for path in ["cart", "checkout", "orders", "admin"] {
        assert!(
            never.contains(&format!("\"/:language/{path}\""))
                && never.contains(&format!("\"/:language/{path}/*\"")),
            "{never}"
        );
    }
}

#[tokio::test]
async fn what_changes_something_forgets_what_was_fetched_ahead() {
    let api = shop().await;
    let bread = api.shop.product("Pâine", 1250, 5).await;
    let form = |body: &str| {
        (
            Request::post("/fn/cart/add?page=/ro")
                .header("content-type", "application/x-www-form-urlencoded"),
            body.to_owned(),
        )
    };
    let visitor = api.visitor();
    for plain in [false, true] {
        let (request, body) = form(&format!("product_id={}", bread.id));
        let request = if plain { browser(request) } else { request.header("accept", "application/json") };
        let answer = visitor.send(request, &body).await;
        assert_eq!(answer.status, if plain { 303 } else { 200 }, "{}", answer.text);
        assert_eq!(answer.headers["clear-site-data"], "\"prefetchCache\"");
    }
    let (request, body) = form("product_id=507f1f77bcf86cd799439011");
    let refused = visitor.send(request, &body).await;
    assert!(refused.status.is_client_error() && !refused.headers.contains_key("clear-site-data"));
    assert!(!visitor.get("/fn/cart/count").await.headers.contains_key("clear-site-data"));
}
