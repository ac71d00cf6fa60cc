//! What fails is counted with the request in which it did, and owners can look at it.

use crate::{
    harness::{Logs, TestShop},
    rest::{
        answer::Answer,
        api::{Api, Visitor, app, state},
    },
};
use axum::{Router, middleware::from_fn_with_state, routing::any};
use http::{Request, StatusCode, header};
use serde_json::json;
use vatra::{
    model::fault::Fault,
    server::{
        http::{App, health, security, visitor},
        service::Shop,
    },
};

const PASSWORD: &str = "o parolă lungă";

async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
}

async fn producer(api: &Api) -> Visitor<'_> {
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let typed = json!({ "username": "ana", "password": PASSWORD });
    visitor.post("/api/auth/login", &typed).await.data(200);
    visitor
}

async fn counted(shop: &Shop) -> Vec<Fault> {
    shop.write_faults().await.expect("written");
    shop.fault_report().await.expect("read").day
}

fn id(answer: &Answer) -> &str {
    answer.headers["x-request-id"].to_str().unwrap()
}

async fn broken() -> StatusCode {
    panic!("on purpose")
}

#[tokio::test]
async fn a_panic_and_an_answer_without_a_reason_are_counted() {
    let shop = TestShop::open().await;
    let state = state(shop.instance(), ".");
    let router = Router::new()
        .route("/api/broken", any(broken))
        .route("/api/silent", any(|| async { StatusCode::BAD_GATEWAY }))
        .layer(from_fn_with_state(state.clone(), health::catch_panic))
        .layer(from_fn_with_state(state.clone(), visitor::read))
        .layer(from_fn_with_state(state.clone(), security::headers))
        .layer(from_fn_with_state(state.clone(), health::log))
        .with_state(state.clone());
    let app = App::new(state, router);
    let visitor = Visitor::of(&app);
    let panicked = visitor.get("/api/broken").await;
    panicked.refused(500, "INTERNAL");
    let silent = visitor.get("/api/silent").await;
    let mut faults = counted(&shop).await;
    faults.sort_by(|one, other| one.code.cmp(&other.code));
    let told: Vec<_> =
        faults.iter().map(|fault| (&*fault.code, &*fault.place, fault.request_id.as_deref())).collect();
    assert_eq!(told, [("OTHER", "api", Some(id(&silent))), ("PANIC", "api", Some(id(&panicked)))]);
}

#[tokio::test]
async fn what_the_database_does_not_answer_is_counted_where_it_was_asked() {
    let shop = TestShop::open().await;
    let (instance, mut cable) = shop.by_cable().await;
    let app = app(instance.clone());
    let visitor = Visitor::of(&app);
    cable.cut().await;
    let logs = Logs::of_the_shop();
    let cart = visitor.get(&format!("/api/cart/{}", vatra::server::secrets::token())).await;
    cart.refused(503, "DB_001");
    visitor.set_cookie("vatra_cart", &vatra::server::secrets::token());
    let shown = page(&visitor, "/ro/cart").await;
    assert_eq!(shown.status, 503, "{}", shown.text);
    let missing = visitor.get("/api/nowhere").await;
    missing.refused(404, "DB_002");
    // What a page waits for is done by tasks of their own, which say of which request they are.
    let ids = [&cart, &shown, &missing].map(id);
    let lines: Vec<serde_json::Value> =
        logs.text().lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let away = |line: &&serde_json::Value| line["fields"]["message"] == "the database does not answer";
    assert!(lines.iter().filter(away).count() > 1, "{}", logs.text());
    let strange = lines.iter().find(|line| line["span"]["id"].as_str().is_none_or(|id| !ids.contains(&id)));
    assert_eq!(strange, None);
    drop(logs);
    cable.join().await;
    crate::harness::eventually("it is written", async || instance.write_faults().await.is_ok()).await;
    let mut faults = shop.fault_report().await.unwrap().day;
    faults.sort_by(|one, other| one.place.cmp(&other.place));
    let told: Vec<_> =
        faults.iter().map(|fault| (&*fault.code, &*fault.place, fault.request_id.as_deref())).collect();
    assert_eq!(told, [("DB_001", "api", Some(id(&cart))), ("DB_001", "page", Some(id(&shown)))]);
}

#[tokio::test]
async fn owners_see_what_failed_and_the_board_says_that_something_did() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let good = page(&ana, "/ro/admin/settings/errors").await;
    assert!(good.text.contains("Nicio eroare") && !good.text.contains("data-testid=\"error\""));
    assert!(!page(&ana, "/ro/admin").await.text.contains("fault-alarm"));

    let place = vatra::model::fault::Place::Request(vatra::model::fault::Class::Form);
    for _ in 0..3 {
        api.shop.note_fault("DB_001", place, Some("abc-123"));
    }
    api.shop.write_faults().await.unwrap();
    let ro = page(&ana, "/ro/admin/settings/errors").await.text;
    let en = page(&ana, "/en/admin/settings/errors").await.text;
    for (text, words) in [
        (&ro, ["Baza de date nu a răspuns", "într-un formular", "3 ×", "cererea abc-123"]),
        (&en, ["The database did not answer", "in a form", "3 ×", "request abc-123"]),
    ] {
        assert_eq!(text.matches("data-testid=\"error\"").count(), 2, "of the day, and of the month");
        assert!(words.iter().all(|word| text.contains(word)), "{text}");
    }
    let board = page(&ana, "/ro/admin").await.text;
    let alarm = board.split("fault-alarm").nth(1).expect("a line").split("</div>").next().unwrap();
    assert!(alarm.contains("/ro/admin/settings/errors"), "{alarm}");
    assert!(page(&ana, "/ro/admin/settings").await.text.contains("/ro/admin/settings/errors"));
}
