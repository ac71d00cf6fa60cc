//! Requests that another site made a browser send.

use super::sender::browser;
use crate::rest::api::{Api, json};
use http::{Request, header, request::Builder};
use vatra::model::error::AppError;

const LISTED: &str = "https://partner.example";

async fn shop() -> Api {
    Api::open_with(&[("CORS_ORIGINS", LISTED), ("PUBLIC_URL", "http://shop.example")]).await
}

/// As a browser sends it from a page of this origin.
fn across(origin: &str, request: Builder) -> Builder {
    request
        .header(header::ORIGIN, origin)
        .header("Sec-Fetch-Site", "cross-site")
        .header(header::HOST, "shop.example")
}

#[tokio::test]
async fn a_listed_origin_may_call_the_api() {
    let api = shop().await;
    let visitor = api.visitor();
    for path in ["/api/cart", "/en/api/auth/login", "/api/orders"] {
        let answer = visitor.send(across(LISTED, json(Request::post(path))), "{}").await;
        assert_eq!(answer.status, 400, "{}", answer.text);
        let answer = visitor.send(across("https://evil.example", json(Request::post(path))), "{}").await;
        answer.refused(403, "AUTH_003");
        let answer = visitor.send(across("null", json(Request::post(path))), "{}").await;
        answer.refused(403, "AUTH_003");
    }
}

#[tokio::test]
async fn a_listed_origin_may_not_send_forms() {
    let api = shop().await;
    for origin in [LISTED, "https://evil.example"] {
        let request = across(origin, Request::post("/fn/session/end"));
        let answer = api.visitor().send(request, "").await;
        assert_eq!(answer.status, 403);
        assert_eq!(serde_json::from_str::<AppError>(&answer.text).unwrap(), AppError::Forbidden);
        let page = api.visitor().send(across(origin, browser(Request::post("/ro/products"))), "").await;
        assert_eq!(page.status, 403, "{}", page.text);
    }
    let own = Request::post("/fn/session/end").header("Sec-Fetch-Site", "same-origin");
    assert_eq!(api.visitor().send(own, "").await.status, 200);
    let own = across("http://shop.example", Request::post("/fn/session/end"));
    assert_eq!(api.visitor().send(own, "").await.status, 200, "PUBLIC_URL");
}

#[tokio::test]
async fn the_refusal_speaks_the_visitors_language() {
    let api = shop().await;
    let evil = |request| across("https://evil.example", request);
    let words = async |path: &str, spoken: &str| {
        let request = evil(Request::post(path)).header(header::ACCEPT_LANGUAGE, spoken);
        api.visitor().send(request, "").await.message()
    };
    let english = words("/api/cart", "en").await;
    assert_ne!(english, words("/api/cart", "ro").await);
    assert_eq!(english, words("/en/api/cart", "ro").await);

    for (path, spoken, lang) in [
        ("/fn/cart/add", "en", "en"),
        ("/fn/cart/add", "ro", "ro"),
        ("/fn/cart/add?page=/en/products", "ro", "en"),
        ("/en/products", "ro", "en"),
    ] {
        let request = evil(browser(Request::post(path))).header(header::ACCEPT_LANGUAGE, spoken);
        let answer = api.visitor().send(request, "").await;
        assert_eq!(answer.status, 403);
        assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(answer.text.contains(&format!("<html lang=\"{lang}\"")), "{path}: {}", answer.text);
        assert_eq!(answer.text.contains(&english), lang == "en", "{}", answer.text);
    }
}
