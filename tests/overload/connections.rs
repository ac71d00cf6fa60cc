//! More connections than there may be, and those whose other end is slow.

use super::scene::{Raw, Scene};
use crate::harness::eventually;

const GET: &str = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// A connection that was served once, so that it certainly counts.
async fn served(scene: &Scene) -> Option<Raw> {
    let mut connection = scene.connect().await;
    connection.say(GET).await;
    connection.head().await.starts_with("HTTP/1.1 200").then_some(connection)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_too_many_is_told_so_and_closed() {
    let scene = Scene::with(&[("MAX_CONNECTIONS", "8"), ("CLIENT_PATIENCE_SECONDS", "600")]).await;
    // The client that looked whether the server is ready may still hold one.
    let mut held = Vec::new();
    while let Some(connection) = served(&scene).await {
        held.push(connection);
        assert!(held.len() <= 8);
    }
    assert!(held.len() >= 7, "{}", held.len());
    let mut one_more = scene.connect().await;
    // Also one that says nothing.
    let told = one_more.until_closed().await;
    assert!(told.starts_with("HTTP/1.1 503 ") && told.contains("\r\nretry-after: 2\r\n"), "{told}");
    // Those that are there are still served, and another when one has gone.
    held[0].say(GET).await;
    assert!(held[0].head().await.contains("200"));
    held.pop();
    eventually("there is room for another", async || served(&scene).await.is_some()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_nothing_or_half_is_let_go() {
    let scene = Scene::with(&[("CLIENT_PATIENCE_SECONDS", "1")]).await;
    for begin in ["", "GET / HTTP/1.1\r\nhost: loc"] {
        let mut slow = scene.connect().await;
        slow.say(begin).await;
        assert!(!slow.until_closed().await.contains("200"), "{begin:?}");
    }
    let mut idle = served(&scene).await.expect("an answer");
    idle.until_closed().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_does_not_come_holds_nobody_up() {
    let scene = Scene::with(&[("CLIENT_PATIENCE_SECONDS", "1"), ("MAX_REQUESTS", "1")]).await;
    let head = "host: localhost\r\ncontent-length: 500\r\n";
    for (path, kind) in [
        ("/api/cart", "application/json"),
        ("/fn/cart/add", "application/x-www-form-urlencoded"),
        ("/sms/reports/507f1f77bcf86cd799439011", "application/x-www-form-urlencoded"),
    ] {
        let mut slow = scene.connect().await;
        slow.say(&format!("POST {path} HTTP/1.1\r\n{head}content-type: {kind}\r\n\r\n{{")).await;
        let told = slow.until_closed().await;
        assert!(told.starts_with("HTTP/1.1 4"), "{path}: {told}");
    }
    scene.caller.cart(&scene.bread.id.to_string(), 1).await.expect("the room is free");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_does_not_take_the_answer_is_let_go() {
    let scene = Scene::with(&[("CLIENT_PATIENCE_SECONDS", "1"), ("MAX_CONNECTIONS", "2")]).await;
    let mut slow = scene.connect().await;
    // Far more than the system holds ready for someone who does not read.
    let page = "GET /ro HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let asked = page.repeat(2000);
    // The server stops reading when it cannot write, so this may end early.
    let _ = tokio::time::timeout(std::time::Duration::from_secs(2), slow.say(&asked)).await;
    eventually("both places are free again", async || {
        let both = (served(&scene).await, served(&scene).await);
        both.0.is_some() && both.1.is_some()
    })
    .await;
}
