//! What happens to orders is told to whoever listens, at every instance, and nothing is missed.

use crate::harness::{TestShop, phone};
use futures::future::join_all;
use mongodb::bson::{DateTime, doc, oid::ObjectId};
use std::{ops::Deref, time::Duration};
use tokio::{task::JoinHandle, time::timeout};
use vatra::{
    model::{
        ids::{ORDER_NUMBER_SIGNS, OrderId},
        news::{OrderNews, Position},
        order::Actor,
        status::OrderStatus,
        time::Timestamp,
    },
    server::{
        clock::now,
        service::{
            Shop,
            catalog::Watch,
            order_feed::{Listening, Told},
        },
    },
};

/// Far longer than anything here takes; a test that fails waits so long.
const DEADLINE: Duration = Duration::from_secs(30);

/// A shop that hears of orders until it is dropped, as `vatra serve` does.
pub struct Fed {
    shop: Shop,
    hearing: JoinHandle<()>,
}

impl Deref for Fed {
    type Target = Shop;
    fn deref(&self) -> &Shop {
        &self.shop
    }
}

impl Drop for Fed {
    fn drop(&mut self) {
        self.hearing.abort();
    }
}

impl Fed {
    pub async fn new(shop: Shop) -> Fed {
        let hearing = tokio::spawn(shop.clone().watch_orders());
        let fed = Fed { shop, hearing };
        fed.until(Watch::Told).await;
        fed
    }

    async fn until(&self, wanted: Watch) {
        let mut watch = self.feed.watch();
        let told = timeout(DEADLINE, watch.wait_for(|watch| *watch == wanted));
        told.await.expect("in time").expect("a sender");
    }
}

async fn next(listening: &mut Listening) -> Told {
    timeout(DEADLINE, listening.next()).await.expect("in time").expect("something")
}

/// The next news of this order in this status; others may be told before, and some things twice.
async fn until(listening: &mut Listening, id: &OrderId, status: OrderStatus) -> (Position, OrderNews) {
    loop {
        if let Told::News(position, news) = next(listening).await
            && news.id == *id
            && news.status == status
        {
            return (position, news);
        }
    }
}

fn ina() -> Actor {
    Actor::Admin("ina".into())
}

#[tokio::test]
async fn an_order_at_one_instance_is_told_at_the_other() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let other = Fed::new(shop.second_instance().await).await;
    let mut listening = other.listen_to_orders(None).await.unwrap();
    assert!(matches!(next(&mut listening).await, Told::Listening(_)));

    let phone = phone();
    let order = shop.pending(&[(&bread, 2)], &phone).await;
    let (position, news) = until(&mut listening, &order.id, OrderStatus::Pending).await;
    assert_eq!((news.number, news.new), (order.number.clone(), false));
    assert_eq!(position.order.as_ref(), Some(&order.id));

    shop.confirm(&phone, &order.id, &shop.code_for(&phone)).await.unwrap();
    let (_, news) = until(&mut listening, &order.id, OrderStatus::Confirmed).await;
    assert!(news.new, "confirmed, and nobody has touched it");
    shop.change_status(&order.id, OrderStatus::Processing, ina(), None).await.unwrap();
    let (_, news) = until(&mut listening, &order.id, OrderStatus::Processing).await;
    assert!(!news.new);
    shop.undo_step(&order.id, "ina").await.unwrap();
    let (_, news) = until(&mut listening, &order.id, OrderStatus::Confirmed).await;
    assert!(!news.new, "somebody has touched it");
}

#[tokio::test]
async fn all_who_listen_are_told_at_the_instance_that_writes_too() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let fed = Fed::new(shop.instance()).await;
    let begin = || async { fed.listen_to_orders(None).await.unwrap() };
    let mut ears = join_all((0..3).map(|_| begin())).await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    for listening in &mut ears {
        until(listening, &order.id, OrderStatus::Pending).await;
    }
}

#[tokio::test]
async fn who_comes_back_is_told_what_was_missed_by_any_instance() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let fed = Fed::new(shop.instance()).await;
    let mut listening = fed.listen_to_orders(None).await.unwrap();
    let first = shop.pending(&[(&bread, 1)], &phone()).await;
    let (position, _) = until(&mut listening, &first.id, OrderStatus::Pending).await;
    drop(listening);

    let missed = shop.pending(&[(&bread, 1)], &phone()).await;
    shop.change_status(&first.id, OrderStatus::Confirmed, ina(), None).await.unwrap();
    // One that was never told anything itself, as after a restart.
    let restarted = shop.second_instance().await;
    let position = Position::parse(&position.to_string());
    let mut again = restarted.listen_to_orders(position).await.unwrap();
    assert!(matches!(next(&mut again).await, Told::Listening(_)));
    until(&mut again, &missed.id, OrderStatus::Pending).await;
    let mut again =
        restarted.listen_to_orders(Some(Position { at: missed.created_at, order: None })).await.unwrap();
    until(&mut again, &first.id, OrderStatus::Confirmed).await;
}

#[tokio::test]
async fn a_write_that_was_dated_before_the_position_is_told_all_the_same() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let late = shop.pending(&[(&bread, 1)], &phone()).await;
    // An instance whose clock is slow, or a transaction that took its time.
    let at = DateTime::from_millis(now().0 - 10_000);
    shop.set("orders", doc! { "order_number": late.number.as_str() }, doc! { "updated_at": at }).await;
    let mut listening = shop.listen_to_orders(Some(Position { at: now(), order: None })).await.unwrap();
    until(&mut listening, &late.id, OrderStatus::Pending).await;
}

#[tokio::test]
async fn a_clock_that_is_fast_hides_nobody_elses_orders() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let fast = shop.pending(&[(&bread, 1)], &phone()).await;
    let at = DateTime::from_millis(now().0 + 600_000);
    shop.set("orders", doc! { "order_number": fast.number.as_str() }, doc! { "updated_at": at }).await;
    let since = |at| Some(Position { at, order: None });
    let mut listening = shop.listen_to_orders(since(now())).await.unwrap();
    let (position, _) = until(&mut listening, &fast.id, OrderStatus::Pending).await;
    assert!(position.at <= now());
    let after = shop.pending(&[(&bread, 1)], &phone()).await;
    let mut listening = shop.listen_to_orders(Some(position)).await.unwrap();
    until(&mut listening, &after.id, OrderStatus::Pending).await;
    // A position of the future's is one of now.
    let mut listening = shop.listen_to_orders(since(Timestamp(i64::MAX / 4))).await.unwrap();
    until(&mut listening, &after.id, OrderStatus::Pending).await;
}

#[tokio::test]
async fn after_a_gap_of_the_database_what_happened_is_told() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let (far, mut cable) = shop.by_cable().await;
    let far = Fed::new(far).await;
    let mut listening = far.listen_to_orders(None).await.unwrap();
    cable.cut().await;
    far.until(Watch::Lost).await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    cable.join().await;
    until(&mut listening, &order.id, OrderStatus::Pending).await;
    far.until(Watch::Told).await;
    shop.change_status(&order.id, OrderStatus::Cancelled, ina(), None).await.unwrap();
    until(&mut listening, &order.id, OrderStatus::Cancelled).await;
}

#[tokio::test]
async fn so_much_that_it_is_better_to_look_at_everything() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    let one = shop.order_document(&order.id).await;
    let sign = |place: usize| char::from(ORDER_NUMBER_SIGNS[place % ORDER_NUMBER_SIGNS.len()]);
    let copy = |place: usize| {
        let number = format!("222-22{}{}", sign(place / ORDER_NUMBER_SIGNS.len()), sign(place));
        let mut copy = one.clone();
        copy.insert("_id", ObjectId::new());
        copy.insert("idempotency_key", format!("copy-{number}"));
        copy.insert("order_number", number);
        copy
    };
    shop.raw("orders").insert_many((0..200).map(copy)).await.unwrap();
    let since = Some(Position { at: order.created_at, order: None });
    let mut listening = shop.listen_to_orders(since).await.unwrap();
    assert!(matches!(next(&mut listening).await, Told::Listening(_)));
    assert!(matches!(next(&mut listening).await, Told::Everything(_)));
}

#[tokio::test]
async fn when_the_process_stops_everybody_is_let_go() {
    let shop = TestShop::open().await;
    let mut listening = shop.listen_to_orders(None).await.unwrap();
    assert!(matches!(next(&mut listening).await, Told::Listening(_)));
    shop.feed.close();
    assert_eq!(timeout(DEADLINE, listening.next()).await.expect("in time"), None);
}
