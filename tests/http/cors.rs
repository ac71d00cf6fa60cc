use super::sender::cheap;
use crate::rest::{
    answer::Answer,
    api::{Api, json},
};
use http::{Request, header, request::Builder};

const LISTED: &str = "https://partner.example";
const SECOND: &str = "http://localhost:8080";
const STRANGER: &str = "https://evil.example";

async fn shop() -> Api {
    Api::open_with(&[("CORS_ORIGINS", "https://Partner.example:443, http://localhost:8080")]).await
}

fn preflight(path: &str, origin: &str) -> Builder {
    Request::options(path)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "PUT")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type,idempotency-key,x-csrf-token")
}

/// What a browser is told of this request's origin, by name, without `Access-Control-`.
fn told(answer: &Answer) -> Vec<(String, String)> {
    let all = answer.headers.iter().filter_map(|(name, value)| {
        let name = name.as_str().strip_prefix("access-control-")?;
        Some((name.to_owned(), value.to_str().unwrap().to_lowercase()))
    });
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all
}

fn varies_with_origin(answer: &Answer) -> bool {
    answer.headers.get_all(header::VARY).iter().any(|value| value == "origin")
}

#[tokio::test]
async fn a_preflight_of_a_listed_origin_is_answered() {
    let api = shop().await;
    for origin in [LISTED, SECOND] {
        let answer = api.visitor().send(preflight("/api/orders", origin), "").await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
        let [credentials, headers, methods, name, age] = &told(&answer)[..] else {
            panic!("{:?}", told(&answer))
        };
        assert_eq!(*credentials, ("allow-credentials".into(), "true".into()));
        assert_eq!(*headers, ("allow-headers".into(), "content-type,idempotency-key,x-csrf-token".into()));
        assert_eq!(*methods, ("allow-methods".into(), "get,head,post,put,delete".into()));
        assert_eq!(*name, ("allow-origin".into(), origin.to_owned()));
        assert_eq!(age.0, "max-age");
        assert!(varies_with_origin(&answer));
    }
}

#[tokio::test]
async fn a_listed_origin_may_read_answers_and_refusals() {
    let api = shop().await;
    let visitor = api.visitor();
    for (request, status) in [
        (Request::get("/api/categories"), 200),
        (cheap(), 404),
        (json(Request::post("/en/api/auth/login")), 400),
    ] {
        let answer = visitor.send(request.header(header::ORIGIN, LISTED), "{}").await;
        assert_eq!(answer.status, status, "{}", answer.text);
        let expected = [
            ("allow-credentials".to_owned(), "true".to_owned()),
            ("allow-origin".to_owned(), LISTED.to_owned()),
            ("expose-headers".to_owned(), "retry-after".to_owned()),
        ];
        assert_eq!(told(&answer), expected);
        assert!(varies_with_origin(&answer));
    }
}

#[tokio::test]
async fn a_refusal_for_too_many_requests_can_be_read_too() {
    let settings = [("CORS_ORIGINS", LISTED), ("RATE_LIMIT_PER_MINUTE", "1")];
    let answer = crate::harness::within_one_window(60, async || {
        let api = Api::open_with(&settings).await;
        let visitor = api.visitor();
        visitor.send(cheap(), "").await;
        visitor.send(cheap().header(header::ORIGIN, LISTED), "").await
    })
    .await;
    answer.refused(429, "RATE_001");
    assert!(answer.headers.contains_key(header::RETRY_AFTER));
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], LISTED);
}

#[tokio::test]
async fn to_others_nothing_is_said() {
    let api = shop().await;
    let visitor = api.visitor();
    for origin in [
        STRANGER,
        "null",
        "https://partner.example.evil.example",
        "https://evilpartner.example",
        "https://sub.partner.example",
        "http://partner.example",
        "https://partner.example:443",
        "http://localhost",
        "*",
        "",
    ] {
        let read = visitor.send(Request::get("/api/categories").header(header::ORIGIN, origin), "").await;
        read.data(200);
        assert!(varies_with_origin(&read));
        let asked = visitor.send(preflight("/api/orders", origin), "").await;
        assert_eq!(asked.status, 204, "as any OPTIONS");
        assert_eq!((told(&read), told(&asked)), (vec![], vec![]), "{origin}");
    }
}

#[tokio::test]
async fn pages_and_forms_say_nothing_to_anybody() {
    let api = shop().await;
    let visitor = api.visitor();
    for path in ["/ro/products", "/fn/cart/count", "/healthz", "/apix"] {
        for request in [Request::get(path).header(header::ORIGIN, LISTED), preflight(path, LISTED)] {
            let answer = visitor.send(request, "").await;
            assert_eq!(told(&answer), [], "{path}");
        }
    }
}

#[tokio::test]
async fn without_origins_nothing_is_said_to_anybody() {
    let api = Api::open().await;
    let answer = api.visitor().send(Request::get("/api/categories").header(header::ORIGIN, LISTED), "").await;
    answer.data(200);
    assert_eq!(told(&answer), []);
    assert!(!varies_with_origin(&answer));
}

#[tokio::test]
async fn options_that_is_no_preflight_is_answered_as_ever() {
    let api = shop().await;
    for origin in [LISTED, STRANGER] {
        let request = Request::options("/api/orders").header(header::ORIGIN, origin);
        let answer = api.visitor().send(request, "").await;
        assert_eq!(answer.status, 204);
        assert!(answer.headers[header::ALLOW].to_str().unwrap().contains("POST"));
    }
}
