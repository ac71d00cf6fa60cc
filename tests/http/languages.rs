//! A shop that offers one language.

use super::{sender::browser, tags::links};
use crate::rest::{answer::Answer, api::Api};
use http::{Request, header};
use vatra::server::settings::read;

const ONLY_RO: &str = "[languages]\noffered = [\"ro\"]\ndefault = \"ro\"";
const ONLY_EN: &str = "[languages]\noffered = [\"en\"]\ndefault = \"en\"";

async fn offering(settings: &str) -> Api {
    let api = Api::open_at("public", &[("PUBLIC_URL", "https://shop.example")]).await;
    api.shop.set_facts(read(settings, false).unwrap()).await.expect("settings");
    api
}

async fn page(api: &Api, path: &str) -> Answer {
    api.visitor().send(browser(Request::get(path)), "").await
}

#[tokio::test]
async fn addresses_in_the_other_lead_to_the_same_page() {
    let api = offering(ONLY_RO).await;
    for (path, to) in [
        ("/en", "/ro"),
        ("/en/products?q=paine", "/ro/produse?q=paine"),
        ("/en?x=1", "/ro?x=1"),
        ("/en/checkout", "/ro/checkout"),
    ] {
        let answer = page(&api, path).await;
        assert_eq!(
            (answer.status.as_u16(), &answer.headers[header::LOCATION]),
            (303, &to.parse().unwrap()),
            "{path}"
        );
        assert_eq!(answer.set_cookie("lang"), None, "{path}");
    }
    assert_eq!(page(&api, "/ro/products").await.status, 200);
    assert_eq!(page(&api, "/en/offline").await.status, 200, "service workers keep it");
    assert_eq!(page(&api, "/en/admin/login").await.status, 200, "the producer's choice is their own");
}

#[tokio::test]
async fn nothing_speaks_of_the_other() {
    let api = offering(ONLY_EN).await;
    let answer = api.visitor().send(browser(Request::get("/")).header("Accept-Language", "ro"), "").await;
    assert!(answer.text.contains("<html lang=\"en\""), "{}", answer.text);
    assert!(!answer.text.contains("class=\"language\""));
    assert!(links(&answer.text, "alternate").is_empty());
    let sitemap = page(&api, "/sitemap.xml").await.text;
    assert!(sitemap.contains("/en/contact") && !sitemap.contains("/ro"), "{sitemap}");
    let refused = api.visitor().send(Request::get("/api/orders/x").header("Accept-Language", "ro"), "").await;
    assert!(refused.message().is_ascii(), "{}", refused.message());
}

#[tokio::test]
async fn both_are_offered_unless_one_is_named() {
    let api = offering("").await;
    assert!(page(&api, "/en").await.text.contains("class=\"language\""));
}
