//! Faults of ours: a panic, and an answer that does not come.

use super::sender::browser;
use crate::{
    harness::TestShop,
    rest::api::{Visitor, state},
};
use axum::{Router, middleware::from_fn_with_state, response::Response, routing::any};
use http::{Request, StatusCode};
use std::time::Duration;
use vatra::{
    model::error::AppError,
    server::http::{App, health, security, visitor},
};

async fn broken() -> StatusCode {
    panic!("a secret of the code")
}

#[tokio::test]
async fn a_panic_is_told_as_its_sender_reads_and_in_their_language() {
    let shop = TestShop::open().await;
    let state = state(shop.instance(), ".");
    let router = Router::new()
        .route("/api/broken", any(broken))
        .route("/fn/broken", any(broken))
        .route("/broken", any(broken))
        .layer(from_fn_with_state(state.clone(), health::catch_panic))
        .layer(from_fn_with_state(state.clone(), visitor::read))
        .layer(from_fn_with_state(state.clone(), security::headers))
        .with_state(state.clone());
    let app = App::new(state, router);
    let ana = Visitor::of(&app);

    let told = ana.get("/api/broken").await;
    told.refused(500, "INTERNAL");
    assert!(told.message().starts_with("A apărut o eroare"), "{}", told.message());
    let island = ana.send(Request::post("/fn/broken"), "").await;
    assert_eq!((island.status.as_u16(), island.text.as_str()), (500, r#"{"kind":"internal"}"#));
    let page = ana.send(browser(Request::get("/en/broken")), "").await;
    assert_eq!(page.status, 500);
    assert!(page.text.contains("<html lang=\"en\"") && page.text.contains("INTERNAL"), "{}", page.text);
    for answer in [told, island, page] {
        assert!(!answer.text.contains("secret"), "{}", answer.text);
        assert_eq!(answer.headers["cache-control"], "no-store");
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_fault_of_the_database() {
    let never = std::future::pending::<Response>();
    assert_eq!(health::within(Duration::ZERO, never).await.err(), Some(AppError::Database));
    let at_once = async { Response::default() };
    assert!(health::within(Duration::from_secs(60), at_once).await.is_ok());
}
