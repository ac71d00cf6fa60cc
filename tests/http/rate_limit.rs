use super::sender::{browser, cheap, forwarded, from};
use crate::{
    harness::within_one_window,
    rest::{
        answer::Answer,
        api::{Api, Visitor, app},
    },
};
use http::{Request, StatusCode, header, request::Builder};
use vatra::model::error::AppError;

const MINUTE: i64 = 60;

async fn limited(most: &str) -> Api {
    Api::open_with(&[("RATE_LIMIT_PER_MINUTE", most)]).await
}

/// Sends a request and says whether it was let through.
async fn passes(visitor: &Visitor<'_>, request: Builder) -> bool {
    visitor.send(request, "").await.status != StatusCode::TOO_MANY_REQUESTS
}

/// How many seconds a refused request is asked to wait.
fn wait(answer: &Answer) -> u32 {
    assert_eq!(answer.status, 429, "{}", answer.text);
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    let wait = answer.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    wait
}

#[tokio::test]
async fn the_hundred_and_first_request_of_a_minute_is_refused() {
    let (passed, answer) = within_one_window(MINUTE, async || {
        let api = limited("100").await;
        let visitor = api.visitor();
        let mut passed = 0;
        for _ in 0..100 {
            passed += usize::from(passes(&visitor, cheap()).await);
        }
        (passed, visitor.get("/en/api/categories").await)
    })
    .await;
    assert_eq!(passed, 100);
    let told = answer.refused(429, "RATE_001")["retry_after"].as_u64();
    assert_eq!(told, Some(u64::from(wait(&answer))));
    assert!(answer.message().starts_with("Too many"), "{}", answer.text);
}

#[tokio::test]
async fn a_limit_of_nothing_is_no_limit() {
    let api = limited("0").await;
    for _ in 0..150 {
        assert!(passes(&api.visitor(), cheap()).await);
    }
}

/// The refusals of a page, an island's call, and a form without JavaScript.
#[tokio::test]
async fn everybody_is_told_in_their_own_form_and_language() {
    let (page, romanian, island, form) = within_one_window(MINUTE, async || {
        let api = limited("1").await;
        let visitor = api.visitor();
        assert!(passes(&visitor, cheap()).await);
        let page = visitor.send(browser(Request::get("/en/products")), "").await;
        let romanian = browser(Request::get("/products")).header(header::ACCEPT_LANGUAGE, "ro");
        let other = api.visitor();
        let romanian = other.send(romanian, "").await;
        let island = Request::post("/fn/cart/add").header(header::ACCEPT, "application/json");
        let island = visitor.send(island, "").await;
        let form = browser(Request::post("/fn/cart/add?page=/en/products"));
        (page, romanian, island, other.send(form, "").await)
    })
    .await;
    for (answer, lang, words) in
        [(&page, "en", "Too many"), (&romanian, "ro", "Prea multe"), (&form, "en", "Too many")]
    {
        wait(answer);
        assert_eq!(answer.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert!(answer.text.contains(&format!("<html lang=\"{lang}\"")), "{}", answer.text);
        assert!(answer.text.contains(words) && answer.text.contains("RATE_001"), "{}", answer.text);
        assert!(!answer.text.contains("<script"), "{}", answer.text);
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("default-src 'none'") && policy.contains("style-src 'self'"), "{policy}");
        assert!(answer.text.len() < 2000, "{}", answer.text.len());
    }
    let retry_after = wait(&island);
    let error: AppError = serde_json::from_str(&island.text).unwrap();
    assert_eq!(error, AppError::RateLimited { retry_after });
}

#[tokio::test]
async fn files_and_checks_of_health_are_not_counted_and_not_refused() {
    const FREE: [&str; 7] = [
        "/healthz",
        "/readyz",
        "/favicon.svg",
        "/logo.svg",
        "/robots.txt",
        "/pictures/hero.svg",
        "/pkg/vatra.js",
    ];
    let (before, first, second, after) = within_one_window(MINUTE, async || {
        let api = limited("1").await;
        let visitor = api.visitor();
        let all = async || {
            let mut passed = 0;
            for path in FREE {
                passed += usize::from(passes(&visitor, Request::get(path)).await);
            }
            passed
        };
        let before = all().await;
        let (first, second) = (passes(&visitor, cheap()).await, passes(&visitor, cheap()).await);
        (before, first, second, all().await)
    })
    .await;
    assert_eq!((before, first, second, after), (FREE.len(), true, false, FREE.len()));
}

#[tokio::test]
async fn another_address_is_not_concerned() {
    let passed = within_one_window(MINUTE, async || {
        let api = limited("1").await;
        let visitor = api.visitor();
        let mut passed = Vec::new();
        for address in [
            "203.0.113.7",
            "203.0.113.7",
            "203.0.113.8",
            // The first 64 bits are one subscriber's.
            "2001:db8:0:1::1",
            "2001:db8:0:1:ffff::2",
            "2001:db8:0:2::1",
        ] {
            passed.push(passes(&visitor, from(address, cheap())).await);
        }
        passed
    })
    .await;
    assert_eq!(passed, [true, false, true, true, false, true]);
}

#[tokio::test]
async fn only_a_trusted_proxy_says_who_asks() {
    let (direct, forged, other) = within_one_window(MINUTE, async || {
        let settings = [("RATE_LIMIT_PER_MINUTE", "2"), ("TRUSTED_PROXIES", "10.0.0.1")];
        let api = Api::open_with(&settings).await;
        let visitor = api.visitor();
        let mut direct = Vec::new();
        let mut forged = Vec::new();
        for number in 0..3 {
            let claimed = format!("198.51.100.{number}");
            direct.push(passes(&visitor, forwarded("203.0.113.9", &claimed, cheap())).await);
            let entries = format!("{claimed}, 203.0.113.7");
            forged.push(passes(&visitor, forwarded("10.0.0.1", &entries, cheap())).await);
        }
        let other = passes(&visitor, forwarded("10.0.0.1", "203.0.113.7, 203.0.113.8", cheap())).await;
        (direct, forged, other)
    })
    .await;
    assert_eq!(direct, [true, true, false]);
    assert_eq!(forged, [true, true, false]);
    assert!(other);
}

#[tokio::test]
async fn two_instances_count_together_once_they_have_settled() {
    let (apart, settled, here, there, last) = within_one_window(MINUTE, async || {
        let api = limited("10").await;
        let second = api.shop.second_instance().await;
        let other = app(second.clone());
        let (here, there) = (api.visitor(), Visitor::of(&other));
        let mut apart = 0;
        for _ in 0..6 {
            apart += usize::from(passes(&here, cheap()).await) + usize::from(passes(&there, cheap()).await);
        }
        let settled = (api.shop.settle_requests().await, second.settle_requests().await);
        // The one that settled last knows of all; the other learns it with its next request.
        let there = passes(&there, cheap()).await;
        let first = passes(&here, cheap()).await;
        api.shop.settle_requests().await.unwrap();
        (apart, settled, first, there, passes(&here, cheap()).await)
    })
    .await;
    assert_eq!((apart, settled), (12, (Ok(1), Ok(1))));
    assert_eq!((here, there, last), (true, false, false));
}

#[tokio::test]
async fn settling_counts_each_request_once_and_a_refused_one_not() {
    let (counts, idle) = within_one_window(MINUTE, async || {
        let api = limited("3").await;
        let visitor = api.visitor();
        let mut counts = Vec::new();
        for _ in 0..5 {
            visitor.send(cheap(), "").await;
            api.shop.settle_requests().await.unwrap();
            let stored = api.shop.raw("rate_limits").find_one(mongodb::bson::doc! {}).await.unwrap();
            counts.push(stored.unwrap().get_i64("count").unwrap());
        }
        (counts, api.shop.settle_requests().await)
    })
    .await;
    assert_eq!(counts, [1, 2, 3, 3, 3]);
    assert_eq!(idle, Ok(0));
}

#[tokio::test]
async fn without_the_database_the_limit_goes_on_in_memory() {
    let (cut, passed, told, stored) = within_one_window(MINUTE, async || {
        let api = limited("3").await;
        let (shop, mut cable) = api.shop.by_cable().await;
        let app = app(shop.clone());
        let visitor = Visitor::of(&app);
        let mut passed = vec![passes(&visitor, cheap()).await];
        cable.cut().await;
        let cut = shop.settle_requests().await;
        for _ in 0..3 {
            passed.push(passes(&visitor, cheap()).await);
        }
        cable.join().await;
        // The driver takes a moment to find it again; each failure has waited for it already.
        let mut told = Err(AppError::Database);
        for _ in 0..100 {
            told = shop.settle_requests().await;
            if told.is_ok() {
                break;
            }
        }
        let stored = api.shop.raw("rate_limits").find_one(mongodb::bson::doc! {}).await.unwrap();
        (cut, passed, told, stored.map(|counter| counter.get_i64("count").unwrap()))
    })
    .await;
    assert_eq!(cut, Err(AppError::Database));
    assert_eq!(passed, [true, true, true, false]);
    assert_eq!((told, stored), (Ok(1), Some(3)), "the database is told when it is back");
}
