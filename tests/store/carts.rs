use crate::harness::{TestShop, at_once, bani, pieces};
use mongodb::bson::{DateTime, doc};
use std::time::Duration;
use vatra::{
    model::{
        ids::{CartId, ProductId},
        quantity::Quantity,
    },
    server::{secrets, store::carts::Change},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn new_cart() -> CartId {
    CartId::parse(&secrets::token()).unwrap()
}

fn product(last: char) -> ProductId {
    ProductId::parse(&format!("65a1b2c3d4e5f6071829300{last}")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_taps_at_once_are_one_line_of_twenty() {
    let shop = TestShop::open().await;
    for _ in 0..5 {
        let cart = new_cart();
        let taps = at_once(20, |_| {
            let (carts, cart) = (shop.store.carts.clone(), cart.clone());
            async move { carts.put(&cart, &product('1'), bani(100), Change::Add(pieces(1)), DAY).await }
        });
        for tap in taps.await {
            tap.expect("every tap counts");
        }
        let items = shop.store.carts.items(&cart).await.unwrap().unwrap();
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].quantity, pieces(20));
    }
    assert_eq!(shop.count("cart_sessions").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn different_products_at_once_do_not_push_each_other_out() {
    let shop = TestShop::open().await;
    let cart = new_cart();
    let digits = "0123456789abcdef";
    let taps = at_once(16, |number| {
        let (carts, cart) = (shop.store.carts.clone(), cart.clone());
        let product = product(digits.chars().nth(number).unwrap());
        async move { carts.put(&cart, &product, bani(100), Change::Add(pieces(2)), DAY).await }
    });
    for tap in taps.await {
        tap.expect("every tap counts");
    }
    let items = shop.store.carts.items(&cart).await.unwrap().unwrap();
    assert_eq!(items.len(), 16);
    assert!(items.iter().all(|item| item.quantity == pieces(2)));
}

#[tokio::test]
async fn adding_stops_at_the_most_that_a_line_can_hold() {
    let shop = TestShop::open().await;
    let (carts, cart) = (&shop.store.carts, new_cart());
    for _ in 0..2 {
        carts.put(&cart, &product('1'), bani(100), Change::Add(pieces(600)), DAY).await.unwrap();
    }
    let items = carts.items(&cart).await.unwrap().unwrap();
    assert_eq!(items[0].quantity, pieces(i64::from(Quantity::MAX)));
}

#[tokio::test]
async fn each_use_renews_the_time_of_a_cart() {
    let shop = TestShop::open().await;
    let (carts, cart) = (&shop.store.carts, new_cart());
    carts.put(&cart, &product('1'), bani(100), Change::Set(pieces(1)), DAY).await.unwrap();
    let soon = DateTime::from_millis(DateTime::now().timestamp_millis() + 60_000);
    shop.set("cart_sessions", doc! { "session_id": cart.as_str() }, doc! { "expires_at": soon }).await;
    carts.put(&cart, &product('1'), bani(100), Change::Set(pieces(3)), DAY).await.unwrap();
    let stored = shop.raw("cart_sessions").find_one(doc! {}).await.unwrap().unwrap();
    assert!(*stored.get_datetime("expires_at").unwrap() > soon);
}
