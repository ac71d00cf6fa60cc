//! The pages on which the shop tells of itself, with and without facts.

use crate::rest::{answer::Answer, api::Api};
use http::Request;
use vatra::server::settings::read;

const PAGES: [&str; 5] = ["contact", "delivery", "terms", "privacy", "cookies"];

async fn page(api: &Api, path: &str) -> Answer {
    api.visitor().send(Request::get(path).header("Accept", "text/html"), "").await
}

async fn told() -> Api {
    let api = Api::open().await;
    let facts = read(include_str!("../../demo/shop.toml"), false).unwrap();
    api.shop.set_facts(facts).await.expect("facts");
    api
}

#[tokio::test]
async fn every_page_is_there_in_both_languages_with_and_without_facts() {
    for api in [Api::open().await, told().await] {
        for name in PAGES {
            let mut texts = Vec::new();
            for language in ["ro", "en"] {
                let answer = page(&api, &format!("/{language}/{name}")).await;
                assert_eq!(answer.status, 200, "{language} {name}");
                assert!(answer.text.contains("<article class=\"prose\">"), "{language} {name}");
                assert_eq!(answer.text.matches("<h1").count(), 1, "{language} {name}");
                assert!(!answer.text.contains("{{") && !answer.text.contains("**"), "{language} {name}");
                texts.push(answer.text);
            }
            assert_ne!(texts[0], texts[1], "{name}");
        }
    }
}

#[tokio::test]
async fn contact_tells_what_is_known() {
    let api = told().await;
    let ro = page(&api, "/ro/contact").await.text;
    for part in [
        "Strada Morii 4",
        "href=\"tel:+40700000000\"",
        "href=\"mailto:comenzi@example.com\"",
        "https://www.openstreetmap.org/?mlat=46.790000&amp;mlon=23.700000",
        "href=\"geo:46.790000,23.700000\"",
        "<table class=\"hours\">",
        "08:00–13:00, 15:00–19:00",
        "închis",
        "RO 12345678",
        "data-testid=\"open-now\"",
    ] {
        assert!(ro.contains(part), "{part}");
    }
    assert!(ro.contains("Deschis acum") || ro.contains("Închis acum"));
    let en = page(&api, "/en/contact").await.text;
    assert!(en.contains("Open now") || en.contains("Closed now"));
    assert!(en.contains("Wednesday"));
}

#[tokio::test]
async fn what_is_not_known_is_not_shown() {
    let api = Api::open().await;
    let text = page(&api, "/ro/contact").await.text;
    assert!(text.contains("Aici vor fi adresa"));
    for part in ["tel:", "mailto:", "geo:", "openstreetmap", "class=\"hours\"", "CUI", "open-now"] {
        assert!(!text.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_fact_is_a_text_and_never_markup() {
    let api = Api::open().await;
    let facts = read("name = \"<b>V</b>\"\n[address]\nstreet = \"<i>x\"\ncity = \"y\"", false).unwrap();
    api.shop.set_facts(facts).await.expect("facts");
    for name in PAGES {
        let text = page(&api, &format!("/ro/{name}")).await.text;
        assert!(!text.contains("<b>V") && !text.contains("<i>x"), "{name}");
    }
}

#[tokio::test]
async fn the_page_of_cookies_names_those_that_are_set() {
    for (secure, url) in [(false, "http://localhost"), (true, "https://shop.example")] {
        let api = Api::open_with(&[("PUBLIC_URL", url), ("CART_TTL_HOURS", "48")]).await;
        let text = page(&api, "/ro/cookies").await.text;
        let prefix = if secure { "__Host-" } else { "" };
        for name in ["vatra_cart", "vatra_session", "vatra_admin", "vatra_step"] {
            assert!(text.contains(&format!("<code>{prefix}{name}</code>")), "{name}");
        }
        assert!(text.contains("<code>lang</code>") && text.contains("48 de ore"));
        assert!(page(&api, "/en/privacy").await.text.contains("48 hours"));
    }
}

#[tokio::test]
async fn the_terms_tell_of_perishable_food_and_of_whom_to_turn_to() {
    let api = told().await;
    let text = page(&api, "/ro/terms").await.text;
    assert!(text.contains("OUG 34/2014, art. 16 lit. d") && text.contains("https://anpc.ro/"));
    assert!(!text.contains("ec.europa.eu"), "the ODR platform closed in July 2025");
    assert!(page(&api, "/ro/privacy").await.text.contains("https://www.dataprotection.ro/"));
}
