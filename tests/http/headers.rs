use crate::rest::{answer::Answer, api::Api};
use base64::{Engine, prelude::BASE64_STANDARD};
use http::Request;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// A page, the API, a refusal, the API's page, a file that is not there, a probe.
const PLACES: [&str; 6] =
    ["/ro/products", "/api/categories", "/api/nowhere", "/api/docs", "/media/x", "/healthz"];

/// What a browser is told under a name; exactly once.
#[track_caller]
fn told<'a>(answer: &'a Answer, name: &str) -> &'a str {
    let all: Vec<_> = answer.headers.get_all(name).iter().collect();
    assert_eq!(all.len(), 1, "{name}: {all:?}");
    all[0].to_str().unwrap()
}

async fn ask(api: &Api, path: &str) -> Answer {
    api.visitor().send(Request::get(path).header("Accept", "text/html"), "").await
}

#[tokio::test]
async fn every_answer_tells_the_browser_what_it_may_not_do() {
    let api = Api::open().await;
    for path in PLACES {
        let answer = ask(&api, path).await;
        assert_eq!(told(&answer, "x-content-type-options"), "nosniff", "{path}");
        assert_eq!(told(&answer, "x-frame-options"), "DENY", "{path}");
        assert_eq!(told(&answer, "referrer-policy"), "strict-origin-when-cross-origin", "{path}");
        assert_eq!(told(&answer, "cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(
            told(&answer, "permissions-policy").contains("camera=(), microphone=(), geolocation=()"),
            "{path}"
        );
        let policy = told(&answer, "content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{path}: {policy}");
        assert!(!answer.headers.contains_key("strict-transport-security"), "{path}");
    }
}

#[tokio::test]
async fn where_https_is_it_stays() {
    let api = Api::open_with(&[("PUBLIC_URL", "https://shop.example")]).await;
    for path in PLACES {
        let answer = ask(&api, path).await;
        assert!(told(&answer, "strict-transport-security").starts_with("max-age=63072000"), "{path}");
    }
}

#[tokio::test]
async fn every_script_inside_a_page_is_named_by_its_content_and_nothing_else_is() {
    let api = Api::open().await;
    for path in ["/ro", "/ro", "/en/products", "/ro/cart", "/ro/admin/login", "/ro/nowhere"] {
        let answer = ask(&api, path).await;
        let policy = told(&answer, "content-security-policy");
        assert!(!policy.contains("nonce") && !answer.text.contains("nonce="), "{path}: {policy}");
        let mut named: BTreeSet<_> =
            policy.split('\'').filter(|source| source.starts_with("sha256-")).map(str::to_owned).collect();
        let scripts: Vec<_> = answer.text.split("<script").skip(1).collect();
        assert!(!scripts.is_empty(), "{path}");
        for script in scripts {
            let (tag, rest) = script.split_once('>').unwrap();
            if tag.contains("src=\"/") || tag.contains("type=\"application/ld+json\"") {
                continue;
            }
            let content = rest.split("</script").next().unwrap();
            let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)));
            assert!(policy.contains(&hash), "{path}: {tag}");
            named.remove(&hash);
        }
        assert!(named.is_empty(), "{path}: named, but not there: {named:?}");
        for inline in [" style=\"", " onclick=", " onload=", " onerror="] {
            assert!(!answer.text.contains(inline), "{path}: {inline}");
        }
    }
}
