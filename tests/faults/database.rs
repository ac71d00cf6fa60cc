//! The database is killed, started again and frozen while customers order.

use super::{
    load::Load,
    scene::{Scene, away},
};
use crate::harness::{OwnDatabase, Server};

/// A shop with a database of its own, under load, for what happens to it then. Meanwhile customers are
/// told that the database does not answer and nothing else; afterwards nothing is lost.
async fn under_load(happens: impl AsyncFnOnce(&mut OwnDatabase, &Load)) {
    let mut database = OwnDatabase::start().await;
    let scene = Scene::on(&database).await;
    let server = Server::start(&scene.shop.environment(), &[]).await;
    let load = Load::begin(&scene, &server.address()).await;
    happens(&mut database, &load).await;
    let (acknowledged, failures) = load.end().await;
    let others: Vec<_> = failures.iter().filter(|failure| **failure != away()).collect();
    assert!(others.is_empty(), "{others:?}");
    scene.adds_up(&acknowledged).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn killed() {
    under_load(async |database, load| {
        database.signal("KILL");
        load.until_told(&away()).await;
        database.start_again().await;
        load.recovers("database killed").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn restarted() {
    under_load(async |database, load| {
        database.start_again().await;
        load.recovers("database restarted").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen() {
    under_load(async |database, load| {
        database.signal("STOP");
        load.until_told(&away()).await;
        database.signal("CONT");
        load.recovers("database frozen").await;
    })
    .await;
}
