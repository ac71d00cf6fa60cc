//! Taking back the last step of an order (docs/decisions/0024).

use crate::harness::{TestShop, at_once, phone};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        error::AppError,
        order::{Actor, Order},
        product::Product,
        status::{OrderStatus, UNDOABLE},
    },
    server::clock::now,
};

fn by(name: &str) -> Actor {
    Actor::Admin(name.into())
}

/// A confirmed order of two breads, moved forward by Ina as far as this.
async fn order_in(shop: &TestShop, bread: &Product, status: OrderStatus) -> Order {
    let mut order = shop.confirmed(&shop.cart_with(&[(bread, 2)]).await, &phone()).await.order;
    while order.status != status {
        let next = order.status.forward().expect("a step");
        order = shop.change_status(&order.id, next, by("ina"), None).await.unwrap();
    }
    order
}

async fn ready() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 500).await;
    (shop, bread)
}

#[track_caller]
fn assert_refused(outcome: Result<Order, AppError>) {
    assert_eq!(outcome.map_err(|error| error.code().name), Err("CONFLICT_001"));
}

/// As if the last step had been made so many seconds ago.
async fn age(shop: &TestShop, order: &Order, seconds: i64) {
    let last = order.history.len() - 1;
    let at = DateTime::from_millis(now().0 - seconds * 1000);
    let filter = doc! { "order_number": order.number.as_str() };
    shop.set("orders", filter, doc! { format!("history.{last}.at"): at }).await;
}

#[tokio::test]
async fn each_step_of_the_table_goes_back_and_stays_in_the_history() {
    let (shop, bread) = ready().await;
    for (from, to) in UNDOABLE {
        let order = order_in(&shop, &bread, to).await;
        let stock = shop.stock_of(&bread).await;
        let back = shop.undo_step(&order.id, "ina").await.unwrap();
        assert_eq!(back.status, from);
        assert_eq!(back.history[..order.history.len()], order.history[..]);
        let last = back.history.last().unwrap();
        assert_eq!(
            (last.status, last.actor.clone(), back.history.len()),
            (from, by("ina"), order.history.len() + 1)
        );
        assert_eq!(shop.any_order(&order.id).await, Ok(back));
        assert_eq!(shop.stock_of(&bread).await, stock);
        // And forward again, which may be taken back again.
        shop.change_status(&order.id, to, by("ina"), None).await.unwrap();
        assert_eq!(shop.undo_step(&order.id, "ina").await.unwrap().status, from);
    }
}

#[tokio::test]
async fn only_by_who_made_it() {
    let (shop, bread) = ready().await;
    let order = order_in(&shop, &bread, OrderStatus::Ready).await;
    assert_refused(shop.undo_step(&order.id, "ion").await);
    assert_eq!(shop.any_order(&order.id).await, Ok(order));
}

#[tokio::test]
async fn only_for_a_minute() {
    let (shop, bread) = ready().await;
    let order = order_in(&shop, &bread, OrderStatus::Ready).await;
    age(&shop, &order, 61).await;
    assert_refused(shop.undo_step(&order.id, "ina").await);
    age(&shop, &order, 30).await;
    assert_eq!(shop.undo_step(&order.id, "ina").await.unwrap().status, OrderStatus::Processing);
}

#[tokio::test]
async fn neither_a_confirmation_nor_a_cancellation() {
    let (shop, bread) = ready().await;
    let order = shop.pending(&[(&bread, 2)], &phone()).await;
    shop.change_status(&order.id, OrderStatus::Confirmed, by("ina"), None).await.unwrap();
    assert_refused(shop.undo_step(&order.id, "ina").await);
    shop.change_status(&order.id, OrderStatus::Cancelled, by("ina"), None).await.unwrap();
    let stock = shop.stock_of(&bread).await;
    assert_refused(shop.undo_step(&order.id, "ina").await);
    assert_eq!(shop.stock_of(&bread).await, stock);
}

#[tokio::test]
async fn neither_twice_nor_after_somebody_else() {
    let (shop, bread) = ready().await;
    let order = order_in(&shop, &bread, OrderStatus::Ready).await;
    shop.undo_step(&order.id, "ina").await.unwrap();
    assert_refused(shop.undo_step(&order.id, "ina").await);
    shop.change_status(&order.id, OrderStatus::Ready, by("ion"), None).await.unwrap();
    assert_refused(shop.undo_step(&order.id, "ina").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_at_once_one_succeeds_and_the_history_tells_it() {
    let (shop, bread) = ready().await;
    let instances = [shop.instance(), shop.second_instance().await];
    for _ in 0..6 {
        let order = order_in(&shop, &bread, OrderStatus::Processing).await;
        let outcomes = at_once(2, |number| {
            let (shop, id) = (instances[number].clone(), order.id.clone());
            async move {
                match number {
                    0 => shop.undo_step(&id, "ina").await,
                    _ => shop.change_status(&id, OrderStatus::Ready, by("ion"), None).await,
                }
            }
        })
        .await;
        let succeeded: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
        let after = shop.any_order(&order.id).await.unwrap();
        assert_eq!(succeeded.len(), 1, "{outcomes:?}");
        assert_eq!(after.status, succeeded[0].status);
        assert_eq!(after.history.len(), order.history.len() + 1);
    }
}
