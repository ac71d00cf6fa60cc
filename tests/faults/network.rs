//! The way to the database is cut, slow, or swallows what is sent.

use super::{
    load::Load,
    scene::{Scene, away},
};
use crate::harness::{Cable, Server, Way, database_uri};
use std::time::Duration;

/// A server whose way to the database of all tests can be disturbed, under load.
async fn under_load(happens: impl AsyncFnOnce(&mut Cable, &Load)) {
    let scene = Scene::open().await;
    let mut cable = Cable::to(database_uri().await).await;
    let uri = format!("mongodb://127.0.0.1:{}/?directConnection=true", cable.port());
    let server = Server::start(&scene.shop.environment(), &[("MONGODB_URI", &uri)]).await;
    let load = Load::begin(&scene, &server.address()).await;
    happens(&mut cable, &load).await;
    let (acknowledged, failures) = load.end().await;
    let others: Vec<_> = failures.iter().filter(|failure| **failure != away()).collect();
    assert!(others.is_empty(), "{others:?}");
    scene.adds_up(&acknowledged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cut() {
    under_load(async |cable, load| {
        // Twice: once for a moment that nobody needs to notice.
        cable.cut().await;
        cable.join().await;
        load.recovers("cut for a moment").await;
        cable.cut().await;
        load.until_told(&away()).await;
        cable.join().await;
        load.recovers("cut").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow() {
    under_load(async |cable, load| {
        cable.set_way(Way::Slow(Duration::from_millis(30)));
        load.until_taken(3).await;
        cable.set_way(Way::Open);
        load.recovers("slow").await;
    })
    .await;
}

/// Connections that are dead without knowing it, as after a firewall has forgotten them.
#[tokio::test(flavor = "multi_thread")]
async fn silent() {
    under_load(async |cable, load| {
        cable.set_way(Way::Silent);
        load.until_told(&away()).await;
        cable.set_way(Way::Open);
        load.recovers("silent").await;
    })
    .await;
}
