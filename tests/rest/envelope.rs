//! Every answer has the envelope, whatever was asked.

use super::api::{Api, json};
use http::{Request, header};
use serde_json::json as value;

/// Every address, with the methods that it takes.
const ADDRESSES: [(&str, &[&str]); 15] = [
    ("/api/products", &["GET"]),
    ("/api/products/paine", &["GET"]),
    ("/api/categories", &["GET"]),
    ("/api/cart", &["POST"]),
    ("/api/cart/x", &["GET"]),
    ("/api/cart/x/items/y", &["PUT", "DELETE"]),
    ("/api/orders", &["POST"]),
    ("/api/orders/x", &["GET"]),
    ("/api/sms/verify", &["POST"]),
    ("/api/sms/call", &["POST"]),
    ("/api/sms/confirm", &["POST"]),
    ("/api/auth/login", &["POST"]),
    ("/api/auth/me", &["GET"]),
    ("/api/admin/products/x/images", &["POST"]),
    ("/api/admin/products/x/images/y", &["DELETE"]),
];

/// Those that read a body.
const BODIES: [(&str, &str); 7] = [
    ("POST", "/api/cart"),
    ("PUT", "/api/cart/x/items/y"),
    ("POST", "/api/orders"),
    ("POST", "/api/sms/verify"),
    ("POST", "/api/sms/call"),
    ("POST", "/api/sms/confirm"),
    ("POST", "/api/auth/login"),
];

fn request(method: &str, path: &str) -> http::request::Builder {
    Request::builder().method(method).uri(path).header("Idempotency-Key", "eight-or-more")
}

#[tokio::test]
async fn an_unknown_address_is_not_found() {
    let api = Api::open().await;
    for path in ["/api", "/api/", "/api/nothing", "/api/products/", "/api/cart/x/items", "/en/api/%FF"] {
        for method in ["GET", "POST", "DELETE"] {
            let answer = api.visitor().send(request(method, path), "").await;
            assert_eq!(answer.refused(404, "DB_002"), value!({ "what": "page" }), "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_wrong_method_is_told_which_are_right() {
    let api = Api::open().await;
    let visitor = api.visitor();
    for (path, right) in ADDRESSES {
        for method in ["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE"] {
            if right.contains(&method) {
                continue;
            }
            let answer = visitor.send(request(method, path), "").await;
            answer.refused_for(405, "VAL_002", &["method"]);
            let allowed = answer.headers[header::ALLOW].to_str().unwrap();
            assert!(right.iter().all(|method| allowed.contains(method)), "{path}: {allowed}");
        }
    }
}

#[tokio::test]
async fn options_and_head_are_answered() {
    let api = Api::open().await;
    let visitor = api.visitor();
    for (path, right) in ADDRESSES {
        let answer = visitor.send(request("OPTIONS", path), "").await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""), "{path}");
        let allowed = answer.headers[header::ALLOW].to_str().unwrap();
        assert!(right.iter().all(|method| allowed.contains(method)), "{path}: {allowed}");
    }
    for (path, status) in [("/api/categories", 200), ("/api/nothing", 404), ("/api/auth/me", 401)] {
        let answer = visitor.send(request("HEAD", path), "").await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (status, ""), "{path}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    }
}

#[tokio::test]
async fn only_json_is_read() {
    let api = Api::open().await;
    let visitor = api.visitor();
    for (method, path) in BODIES {
        let answer = visitor.send(request(method, path), "{}").await;
        answer.refused_for(415, "VAL_002", &["Content-Type"]);
        for kind in ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "é"] {
            let form = request(method, path).header(header::CONTENT_TYPE, kind);
            visitor.send(form, "{}").await.refused_for(415, "VAL_002", &["Content-Type"]);
        }
        for kind in ["application/json; charset=utf-8", "Application/JSON"] {
            let json = request(method, path).header(header::CONTENT_TYPE, kind);
            visitor.send(json, "[]").await.refused_for(400, "VAL_002", &["body"]);
        }
    }
}

#[tokio::test]
async fn what_is_no_json_object_is_malformed() {
    let api = Api::open().await;
    let visitor = api.visitor();
    for (method, path) in BODIES {
        for body in ["", "{", "null", "\"x\"", "[{}]", "{'a':1}", "{} {}", &"[".repeat(10_000)] {
            let answer = visitor.send(json(request(method, path)), body).await;
            answer.refused_for(400, "VAL_002", &["body"]);
        }
    }
}

#[tokio::test]
async fn a_body_has_a_limit() {
    let api = Api::open().await;
    let visitor = api.visitor();
    let body = format!("{{\"x\":\"{}\"}}", "x".repeat(64 * 1024));
    for (method, path) in BODIES {
        let answer = visitor.send(json(request(method, path)), &body).await;
        answer.refused_for(413, "VAL_003", &["body"]);
    }
}

#[tokio::test]
async fn a_request_that_another_site_made_is_refused() {
    let api = Api::open().await;
    let visitor = api.visitor();
    for (method, path) in
        BODIES.into_iter().chain([("POST", "/api/auth/logout"), ("DELETE", "/api/cart/x/items/y")])
    {
        let cross = json(request(method, path)).header("Sec-Fetch-Site", "cross-site");
        visitor.send(cross, "{}").await.refused(403, "AUTH_003");
        let foreign = json(request(method, path)).header(header::ORIGIN, "https://evil.example");
        visitor.send(foreign.header(header::HOST, "shop.example"), "{}").await.refused(403, "AUTH_003");
    }
    let read = Request::get("/api/products").header("Sec-Fetch-Site", "cross-site");
    visitor.send(read, "").await.data(200);
}

#[tokio::test]
async fn a_refusal_speaks_the_visitors_language() {
    let api = Api::open().await;
    let visitor = api.visitor();
    let asked = async |header: &str| {
        let request = Request::get("/api/nothing").header(header::ACCEPT_LANGUAGE, header);
        visitor.send(request, "").await.message()
    };
    assert_eq!(asked("en-GB,ro;q=0.5").await, "This address does not exist.");
    assert_ne!(asked("ro").await, "This address does not exist.");
    assert_eq!(visitor.get("/en/api/nothing").await.message(), "This address does not exist.");
    let details =
        visitor.post("/en/api/auth/login", &value!({ "username": "x" })).await.refused(400, "VAL_001");
    assert_eq!(details, value!({ "password": ["Please fill this in."] }));
}

#[tokio::test]
async fn nobody_may_keep_an_answer() {
    let api = Api::open().await;
    for path in ["/api/products", "/api/nothing"] {
        assert_eq!(api.visitor().get(path).await.headers[header::CACHE_CONTROL], "no-store");
    }
}
