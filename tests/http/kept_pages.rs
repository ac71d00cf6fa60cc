//! Pages that are kept are the same pages, only sooner.

use super::sender::browser;
use crate::{
    harness::{TestShop, Watched, phone},
    rest::{
        answer::Answer,
        api::{App, Visitor, app},
    },
};
use axum::body::Body;
use http::{Request, StatusCode, header};
use std::io::Read;
use vatra::model::product::{Product, ProductForm};

struct Scene {
    shop: TestShop,
    app: App,
    bread: Product,
    _watched: Watched,
}

async fn scene() -> Scene {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 500).await;
    let watched = Watched::new(shop.instance()).await;
    Scene { app: app(shop.instance()), bread, shop, _watched: watched }
}

async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    visitor.send(browser(Request::get(path)), "").await
}

fn tag(answer: &Answer) -> String {
    answer.headers[header::ETAG].to_str().unwrap().to_owned()
}

const KEPT: [&str; 13] = [
    "/",
    "/ro",
    "/en",
    "/ro/products",
    "/en/products?category=raft&sort=price_asc",
    "/ro/products?q=paine&category=&sort=name",
    "/en/products?without=milk&without=nuts",
    "/ro/products/paine",
    "/ro/contact",
    "/en/delivery",
    "/ro/terms",
    "/en/privacy",
    "/ro/cookies",
];

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again_until_it_changes() {
    let scene = scene().await;
    let ana = Visitor::of(&scene.app);
    for path in KEPT {
        let first = page(&ana, path).await;
        assert_eq!(first.status, StatusCode::OK, "{path}");
        assert_eq!(first.headers[header::CACHE_CONTROL], "private, no-cache");
        let again = browser(Request::get(path)).header(header::IF_NONE_MATCH, tag(&first));
        let again = ana.send(again, "").await;
        assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""), "{path}");
        for name in [header::ETAG, header::VARY, header::CACHE_CONTROL, header::CONTENT_SECURITY_POLICY] {
            assert_eq!(again.headers[&name], first.headers[&name], "{path}");
        }
    }
    let first = page(&ana, "/ro/products").await;
    let dearer = ProductForm { price: "99".into(), ..ProductForm::of(&scene.bread) };
    scene.shop.update_product(&scene.bread.id, &dearer, None).await.unwrap();
    let again = browser(Request::get("/ro/products")).header(header::IF_NONE_MATCH, tag(&first));
    let again = ana.send(again, "").await;
    assert!(again.status == StatusCode::OK && again.text.contains("99,00"), "{}", again.text);
    assert_ne!(tag(&again), tag(&first));
}

#[tokio::test]
async fn a_kept_page_is_the_one_that_would_be_rendered_whoever_asks() {
    let scene = scene().await;
    let cart = scene.shop.cart_with(&[(&scene.bread, 1)]).await;
    let confirmed = scene.shop.confirmed(&cart, &phone()).await;
    scene.shop.create_admin("ana", "a long password").await.unwrap();
    let stranger = Visitor::of(&scene.app);
    let known = Visitor::of(&scene.app);
    known.keep("x=1; Path=/");
    let login = serde_json::json!({ "username": "ana", "password": "a long password" });
    known.post("/api/auth/login", &login).await.data(200);
    let cookies = vatra::server::visitor::Cookies::new(&scene.shop.config);
    known.keep(cookies.customer(confirmed.token).to_str().unwrap());
    for path in KEPT {
        let kept = page(&stranger, path).await;
        let theirs = page(&known, path).await;
        assert_eq!(kept.text, theirs.text, "{path}");
        assert_eq!(tag(&kept), tag(&theirs), "{path}");
        // Another server has kept nothing yet.
        let fresh = app(scene.shop.instance());
        let rendered = known.at(&fresh);
        assert_eq!(kept.text, page(&rendered, path).await.text, "{path}");
    }
}

#[tokio::test]
async fn everybody_sees_their_own_cart_and_language() {
    let scene = scene().await;
    let (ana, dan) = (Visitor::of(&scene.app), Visitor::of(&scene.app));
    let body = serde_json::json!({ "product_id": scene.bread.id, "quantity": 3 });
    let cart = ana.post("/api/cart", &body).await.data(201);
    ana.set_cookie("vatra_cart", cart["session_id"].as_str().unwrap());
    let number = |answer: &Answer| {
        let rest = answer.text.split("data-testid=\"cart-count\"").nth(1).unwrap();
        rest.split_once('>').unwrap().1.split('<').next().unwrap().to_owned()
    };
    for _ in 0..2 {
        assert_eq!(number(&page(&ana, "/ro/products").await), "3");
        assert_eq!(number(&page(&dan, "/ro/products").await), "0");
    }
    let romanian = ana.send(browser(Request::get("/").header(header::ACCEPT_LANGUAGE, "ro")), "").await;
    let fresh = Visitor::of(&scene.app);
    let english = fresh.send(browser(Request::get("/").header(header::ACCEPT_LANGUAGE, "en")), "").await;
    assert!(romanian.text.contains("<html lang=\"ro\"") && english.text.contains("<html lang=\"en\""));
}

#[tokio::test]
async fn every_encoding_is_the_same_page() {
    let scene = scene().await;
    let ana = Visitor::of(&scene.app);
    let plain = page(&ana, "/ro/products").await;
    for (accepted, encoding) in [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip")] {
        for _ in 0..2 {
            let asked = browser(Request::get("/ro/products")).header(header::ACCEPT_ENCODING, accepted);
            let (parts, body) = ana.exchange(asked, Body::empty()).await;
            assert_eq!(parts.headers[header::CONTENT_ENCODING], encoding);
            assert_ne!(parts.headers[header::ETAG].to_str().unwrap(), tag(&plain));
            assert!(body.len() < plain.text.len() / 2);
            let mut read = String::new();
            match encoding {
                "br" => brotli::Decompressor::new(&body[..], 4096).read_to_string(&mut read).unwrap(),
                _ => flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut read).unwrap(),
            };
            assert_eq!(read, plain.text);
        }
    }
}

#[tokio::test]
async fn statuses_and_heads_stay_what_they_are() {
    let scene = scene().await;
    let ana = Visitor::of(&scene.app);
    for path in ["/ro/products/nothing", "/ro/nowhere", "/ro/products?category=nothing"] {
        for _ in 0..2 {
            let answer = page(&ana, path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            assert!(!answer.headers.contains_key(header::ETAG), "{path}");
        }
    }
    let wrong = page(&ana, "/ro/products?page=0").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let whole = page(&ana, "/ro/products").await;
    let head = ana.send(browser(Request::head("/ro/products")), "").await;
    assert_eq!((head.status, head.text.as_str(), tag(&head)), (StatusCode::OK, "", tag(&whole)));
    assert_eq!(head.headers[header::CONTENT_LENGTH], whole.text.len().to_string());
}

#[tokio::test]
async fn a_refused_form_is_on_its_page_and_on_no_other() {
    let scene = scene().await;
    let ana = Visitor::of(&scene.app);
    let before = page(&ana, "/ro/products/paine").await;
    let form = browser(Request::post("/fn/cart/add?page=/ro/products/paine"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let refused = ana.send(form, &format!("product_id={}&quantity=5000", scene.bread.id)).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.text.contains("5000") && !refused.headers.contains_key(header::ETAG));
    assert_eq!(page(&ana, "/ro/products/paine").await.text, before.text);
}

#[tokio::test]
async fn the_catalogue_is_shown_while_the_database_is_away() {
    let shop = TestShop::open().await;
    shop.product("Pâine", 1250, 9).await;
    let (far, mut cable) = shop.by_cable().await;
    let watched = Watched::new(far.clone()).await;
    let app = app(far);
    let ana = Visitor::of(&app);
    // The catalogue must have been read once to be known.
    assert_eq!(page(&ana, "/ro/products").await.status, StatusCode::OK);
    cable.cut().await;
    watched.until(vatra::server::service::catalog::Watch::Lost).await;
    for path in ["/ro", "/ro/products", "/ro/products/paine", "/ro/products?q=paine"] {
        let answer = page(&ana, path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert!(answer.text.contains("12,50") || path == "/ro", "{path}: {}", answer.text);
    }
    assert_eq!(ana.get("/readyz").await.status, StatusCode::SERVICE_UNAVAILABLE);
    cable.join().await;
    watched.until(vatra::server::service::catalog::Watch::Told).await;
    assert_eq!(ana.get("/readyz").await.status, StatusCode::OK);
}
