//! The figures as a page and as files.

use crate::{
    harness::{TestShop, phone},
    rest::{admin::producer, answer::Answer, api::Api},
};
use http::header;
use mongodb::bson::{DateTime, doc};

/// One order of two, placed on 5 May 2026 on the shop's clock, of a product of this name.
async fn sold(shop: &TestShop, name: &str) {
    let product = shop.product("Pâine", 1250, 90).await;
    shop.pending(&[(&product, 2)], &phone()).await;
    shop.set_product(&product.id, doc! { "name": name }).await;
    let placed = DateTime::parse_rfc3339_str("2026-05-04T21:30:00Z").unwrap();
    let change = doc! { "$set": { "status": "completed", "created_at": placed } };
    shop.raw("orders").update_many(doc! { "status": "pending" }, change).await.unwrap();
}

#[track_caller]
fn file<'a>(answer: &'a Answer, name: &str) -> &'a str {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let said = |name| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    assert_eq!(said(header::CONTENT_TYPE), "text/csv; charset=utf-8");
    assert_eq!(said(header::CONTENT_DISPOSITION), format!("attachment; filename=\"{name}\""));
    assert_eq!(said(header::CACHE_CONTROL), "no-store");
    answer.text.strip_prefix('\u{feff}').expect("the mark of UTF-8")
}

#[tokio::test]
async fn charts_have_their_tables_and_nothing_is_in_the_style() {
    let api = Api::open_at("public", &[]).await;
    sold(&api.shop, "Pâine").await;
    let producer = producer(&api).await;
    let page = producer.get("/ro/admin/figures?range=own&from=2026-05-04&to=2026-05-06").await;
    assert_eq!(page.status, 200);
    for text in [
        "25,00\u{a0}lei",
        "4 mai 2026 – 6 mai 2026, față de 1 mai 2026 – 3 mai 2026",
        "Încasări pe zile",
        "Cel mai mult: 25,00\u{a0}lei (5 mai 2026). În total: 25,00\u{a0}lei.",
        "role=\"img\"",
        "M11 1000v-1000h8v1000z",
        "<details",
        "range=own&amp;from=2026-05-04&amp;to=2026-05-06&amp;step=day&amp;what=products",
        "înainte: nimic",
    ] {
        assert!(page.text.contains(text), "{text} is not in {}", page.text);
    }
    assert!(!page.text.contains("style=\""), "the policy refuses styles in the page");
    let empty = producer.get("/en/admin/figures?range=own&from=2020-01-01&to=2020-01-02").await;
    assert!(empty.text.contains("No orders in this period"));
}

#[tokio::test]
async fn a_question_that_is_wrong_is_answered_beside_its_field() {
    let api = Api::open_at("public", &[]).await;
    let producer = producer(&api).await;
    let page = producer.get("/ro/admin/figures?range=own&from=2020-01-01&to=2026-01-01").await;
    assert_eq!(page.status, 400);
    assert!(page.text.contains("Cel mult doi ani deodată.") && page.text.contains("aria-invalid=\"true\""));
    assert_eq!(producer.get("/ro/admin/figures/download?range=own&from=x").await.status, 400);
}

#[tokio::test]
async fn files_are_read_by_spreadsheets_and_hold_no_formula() {
    let api = Api::open_at("public", &[]).await;
    sold(&api.shop, "=HYPERLINK(\"https://evil.example\")").await;
    let producer = producer(&api).await;
    let query = "range=own&from=2026-05-05&to=2026-05-06";
    let steps = producer.get(&format!("/ro/admin/figures/download?{query}")).await;
    let lines: Vec<&str> = file(&steps, "vatra-day-2026-05-05-2026-05-06.csv").split("\r\n").collect();
    assert!(lines[0].starts_with("\"De la\";\"Până la\";\"Încasări (lei)\""), "{lines:?}");
    assert_eq!(lines[1], "\"2026-05-05\";\"2026-05-05\";25,00;1;25,00;0,0;0;0,00");
    assert_eq!(lines[2], "\"2026-05-06\";\"2026-05-06\";0,00;0;;;0;0,00");
    let products = producer.get(&format!("/en/admin/figures/download?{query}&what=products")).await;
    let lines: Vec<&str> =
        file(&products, "vatra-products-2026-05-05-2026-05-06.csv").split("\r\n").collect();
    assert_eq!(lines[1], "\"'=HYPERLINK(\"\"https://evil.example\"\")\",2,25.00");
}
