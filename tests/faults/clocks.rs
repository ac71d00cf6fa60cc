//! A server whose clock is wrong by an hour, alone and beside one whose clock is right.

use super::scene::{Scene, insist};
use crate::harness::{Acknowledged, Caller, Failure, Server, eventually, key};
use vatra::model::{ids::OrderId, status::OrderStatus};

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

/// To the one that is ahead every order that waits at the other has waited too long: it cancels it. That
/// is wrong, and told by `vatra doctor`; but the stock goes back, and what is confirmed stays so.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_wrong_clock_cancels_gives_its_stock_back_and_nothing_confirmed_is_touched() {
    let scene = Scene::open().await;
    let settings = scene.shop.environment();
    let right = Server::start(&settings, &[]).await;
    let caller = Caller::at(&right.address());
    let confirmed = order_and_confirm(&scene, &caller).await;
    let ((cart, phone), key) = (scene.customer().await, key());
    let waiting = caller.order(&cart, &phone, &key).await.unwrap();
    let _ahead = Server::start(&settings, &[("VATRA_CLOCK_AHEAD", HOUR[0])]).await;
    let status = async |order: &Acknowledged| {
        scene.shop.any_order(&OrderId::parse(&order.id).unwrap()).await.unwrap().status
    };
    eventually("the order is cancelled", async || status(&waiting).await == OrderStatus::Cancelled).await;
    assert_eq!(status(&confirmed).await, OrderStatus::Confirmed);
    let code = scene.code(&phone).await;
    let refused = caller.confirm(&phone, &waiting.id, &code).await;
    assert_eq!(refused, Err(Failure::Refused(409, "CONFLICT_001".into())));
    scene.adds_up(&[confirmed, waiting]).await;
}
