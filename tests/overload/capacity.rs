//! More requests than are worked on at once.

use super::scene::Scene;
use crate::harness::{Failure, eventually};
use http::{Method, header};
use serde_json::json;
use std::time::Duration;
use tokio::task::JoinSet;
use vatra::model::{error::AppError, ids::CartId};

/// The places of a shop, and how many of them orders may have; twice as many wait.
const ROOM: usize = 4;
const ORDERS: usize = 3;

type Carts = JoinSet<Result<CartId, Failure>>;

/// Customers who put bread into carts, which the database, frozen, does not store.
fn customers(scene: &Scene, count: usize) -> Carts {
    let mut all = JoinSet::new();
    for _ in 0..count {
        let (caller, bread) = (scene.caller.clone(), scene.bread.id.to_string());
        all.spawn(async move { caller.cart(&bread, 1).await });
    }
    all
}

fn busy() -> Failure {
    Failure::Refused(503, "BUSY_001".into())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_much_is_refused_at_once_and_the_rest_goes_on() {
    let room = ROOM.to_string();
    let scene = Scene::with(&[("MAX_REQUESTS", &room)]).await;
    scene.caller.cart(&scene.bread.id.to_string(), 1).await.expect("a cart");
    let page = async || scene.caller.request(Method::GET, "/ro/produse").send().await.expect("a page");
    assert_eq!(page().await.status(), 200);

    scene.database.signal("STOP");
    // Nothing moves now: some are worked on, some wait in line for two seconds, and all others, and later
    // those in line, hear that there is no room.
    let mut customers = customers(&scene, ORDERS * 10);
    for _ in 0..ORDERS * 9 {
        assert_eq!(customers.join_next().await.unwrap().unwrap().err(), Some(busy()));
    }
    assert!(customers.try_join_next().is_none(), "{ORDERS} are worked on");

    // While the room is full: in the form of each who asks, with the time to wait.
    let api = scene.caller.request(Method::POST, "/api/cart");
    let api = api.json(&json!({ "product_id": scene.bread.id, "quantity": 1 })).send().await.unwrap();
    let wait: u32 = api.headers()[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=5).contains(&wait));
    let body: serde_json::Value = api.json().await.unwrap();
    assert_eq!(
        (&body["error"]["code"], &body["error"]["details"]["retry_after"]),
        (&json!("BUSY_001"), &json!(wait))
    );
    let form = [("product_id", scene.bread.id.to_string()), ("quantity", "1".into())];
    let add = || scene.caller.request(Method::POST, "/fn/cart/add?page=/ro/produse").form(&form);
    let island = add().header("accept", "application/json").send().await.unwrap();
    assert_eq!(island.status(), 503);
    assert!(matches!(island.json().await.unwrap(), AppError::Busy { retry_after: 1..=5 }));
    let plain = add().header("accept", "text/html").send().await.unwrap();
    assert_eq!(plain.status(), 503);
    assert!(plain.headers().contains_key(header::RETRY_AFTER));
    assert!(plain.text().await.unwrap().contains("BUSY_001"));

    // Visitors have room of their own, and see what the shop knows.
    assert_eq!(page().await.status(), 200);
    let alive = scene.caller.request(Method::GET, "/healthz").send().await.unwrap();
    assert_eq!(alive.status(), 200);

    scene.database.signal("CONT");
    while let Some(customer) = customers.join_next().await {
        // The driver may have given up on the frozen database in between.
        let answer = customer.unwrap();
        assert!(answer.is_ok() || answer == Err(Failure::Refused(503, "DB_001".into())), "{answer:?}");
    }
    room_again(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_in_line_is_served_when_there_is_room() {
    let room = ROOM.to_string();
    let scene = Scene::with(&[("MAX_REQUESTS", &room)]).await;
    // All of these fit into the room for orders and its line.
    let mut customers = customers(&scene, ORDERS * 3);
    while let Some(customer) = customers.join_next().await {
        customer.unwrap().expect("nobody is refused");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rush_ends_within_five_seconds() {
    let room = ROOM.to_string();
    let scene = Scene::with(&[("MAX_REQUESTS", &room)]).await;
    let mut rush = customers(&scene, 500);
    let (mut served, mut refused) = (0, 0);
    while let Some(customer) = rush.join_next().await {
        match customer.unwrap() {
            Ok(_) => served += 1,
            Err(failure) => {
                assert_eq!(failure, busy());
                refused += 1;
            }
        }
    }
    assert!(served >= ORDERS, "{served} served, {refused} refused");
    room_again(&scene).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rush_that_vanishes_leaves_nothing_behind() {
    let scene = Scene::with(&[]).await;
    let mut rush = customers(&scene, 300);
    for _ in 0..30 {
        rush.join_next().await.unwrap().unwrap().expect("a cart");
    }
    // All others hang up in the middle of it.
    rush.shutdown().await;
    room_again(&scene).await;
}

/// What a rush has left is done with: within five seconds a whole room of customers is served again.
async fn room_again(scene: &Scene) {
    let again = async || {
        let mut again = customers(scene, ORDERS);
        let mut all = true;
        while let Some(customer) = again.join_next().await {
            all &= customer.unwrap().is_ok();
        }
        all
    };
    assert!(tokio::time::timeout(Duration::from_secs(5), eventually("room again", again)).await.is_ok());
}
