//! A server is asked to stop while customers order.

use super::scene::{Scene, insist};
use crate::harness::{Caller, Server, eventually, key};

/// A proxy that asks `/healthz` turns away before anything is refused.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_leaves_says_so_answers_on_and_ends() {
    let scene = Scene::open().await;
    let mut server = Server::start(&scene.shop.environment(), &[("LEAVE_SECONDS", "15")]).await;
    let address = format!("{}/healthz", server.address());
    let health = async || reqwest::get(&address).await.map(|answer| answer.status().as_u16());
    assert_eq!(health().await.ok(), Some(200));
    server.terminate();
    eventually("it says that it leaves", async || health().await.ok() == Some(503)).await;
    let ((cart, phone), key) = (scene.customer().await, key());
    let order = insist(&Caller::at(&server.address()), &cart, &phone, &key).await;
    server.until_ended().await;
    assert!(health().await.is_err(), "nobody listens any more");
    scene.adds_up(&[order]).await;
}
