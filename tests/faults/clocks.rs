//! A server whose clock is wrong by an hour, alone and beside one whose clock is right: it goes by the
//! database's.

use super::scene::{Scene, insist};
use crate::harness::{Acknowledged, Caller, Failure, Server, eventually, key};
use vatra::{
    model::{ids::OrderId, status::OrderStatus},
    server::clock::now,
};

const HOUR: [&str; 2] = ["3600", "-3600"];

/// Orders, and enters the code. The database may have taken a code that it believes to be over, then
/// another one is asked for.
async fn order_and_confirm(scene: &Scene, caller: &Caller) -> Acknowledged {
    let ((cart, phone), key) = (scene.customer().await, key());
    let order = insist(caller, &cart, &phone, &key).await;
    eventually("the order is confirmed", async || {
        let code = scene.code(&phone).await;
        match caller.confirm(&phone, &order.id, &code).await {
            Ok(confirmed) => confirmed.status == "confirmed",
            Err(Failure::Refused(400, code)) if code == "SMS_003" => {
                let _ = caller.send_code(&phone, &order.id).await;
                false
            }
            Err(failure) => panic!("{failure:?}"),
        }
    })
    .await;
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shop_whose_clock_is_wrong_takes_orders_that_add_up() {
    let scene = Scene::open().await;
    let mut acknowledged = Vec::new();
    for ahead in HOUR {
        let server = Server::start(&scene.shop.environment(), &[("VATRA_CLOCK_AHEAD", ahead)]).await;
        let caller = Caller::at(&server.address());
        acknowledged.push(order_and_confirm(&scene, &caller).await);
        // What changes by a clock that is behind is counted by its own jobs, and by no others'.
        eventually("the jobs have run", async || scene.shop.faults().await.is_empty()).await;
        drop(server);
        scene.adds_up(&acknowledged).await;
    }
    // Put right again, the shop goes on with what was left.
    let server = Server::start(&scene.shop.environment(), &[]).await;
    acknowledged.push(order_and_confirm(&scene, &Caller::at(&server.address())).await);
    scene.adds_up(&acknowledged).await;
}

/// By its own clock every order that waits elsewhere has waited too long.
#[tokio::test(flavor = "multi_thread")]
async fn an_instance_that_is_ahead_cancels_nothing_that_waits_at_another() {
    let scene = Scene::open().await;
    let settings = scene.shop.environment();
    let right = Server::start(&settings, &[]).await;
    let caller = Caller::at(&right.address());
    let place = async || {
        let ((cart, phone), key) = (scene.customer().await, key());
        (caller.order(&cart, &phone, &key).await.unwrap(), phone)
    };
    let (waiting, phone) = place().await;
    let late = [place().await.0, place().await.0];
    let code = scene.code(&phone).await;
    // From now on the one that is ahead is alone.
    drop(right);
    let ahead = Server::start(&settings, &[("VATRA_CLOCK_AHEAD", HOUR[0])]).await;
    assert!(ahead.log().contains("3600 s ahead of the database's"), "{}", ahead.log());
    // It looks for orders that are late, and finds those that are; twice, so that the one that waits was
    // looked at, too.
    for order in &late {
        scene.ends_waiting(order).await;
        eventually("the order is cancelled", async || scene.status(order).await == OrderStatus::Cancelled)
            .await;
    }
    assert_eq!(scene.status(&waiting).await, OrderStatus::Pending);
    let confirmed = Caller::at(&ahead.address()).confirm(&phone, &waiting.id, &code).await;
    assert_eq!(confirmed.map(|order| order.status), Ok("confirmed".to_owned()));
    scene.adds_up(&[late.to_vec(), vec![waiting]].concat()).await;
}

/// What it writes down for others to judge is of the database's time, too: else they would cancel its
/// orders, and the database would delete its codes.
#[tokio::test(flavor = "multi_thread")]
async fn what_waits_at_an_instance_that_is_behind_has_its_time() {
    let scene = Scene::open().await;
    let server = Server::start(&scene.shop.environment(), &[("VATRA_CLOCK_AHEAD", HOUR[1])]).await;
    assert!(server.log().contains("3600 s behind the database's"), "{}", server.log());
    let ((cart, phone), key) = (scene.customer().await, key());
    let order = Caller::at(&server.address()).order(&cart, &phone, &key).await.unwrap();
    let stored = scene.shop.order_document(&OrderId::parse(&order.id).unwrap()).await;
    let until = stored.get_datetime("pending_until").unwrap().timestamp_millis();
    let left = (until - now().0) / 60_000;
    assert!((5..=15).contains(&left), "{left} minutes");
}
