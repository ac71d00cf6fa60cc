//! When no code comes, the shop calls.

use crate::harness::{ADDRESS, TestShop, phone, within_one_window};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        error::{AppError, Conflict, Missing},
        locale::Locale::Ro,
        order::{Actor, CodeProgress, Order},
        product::Product,
        status::OrderStatus,
    },
    server::{clock::now, service::calling::CALL_WAIT},
};

async fn open() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    (shop, bread)
}

/// An order whose code could not be sent.
async fn stuck(shop: &TestShop, bread: &Product) -> Order {
    shop.sms.set_broken(true);
    let cart = shop.cart_with(&[(bread, 1)]).await;
    let order = shop.place(&cart, &phone()).await.order;
    shop.sms.set_broken(false);
    order
}

#[tokio::test]
async fn who_gets_no_code_is_called_and_confirmed_by_hand() {
    let (shop, bread) = open().await;
    let order = stuck(&shop, &bread).await;
    let waiting = shop.waiting(&order).await.unwrap();
    assert_eq!((waiting.progress, waiting.may_call), (Some(CodeProgress::TryingAgain), true));
    let asked = shop.ask_for_call(order.customer_phone.as_str(), &order.id, ADDRESS).await.unwrap();
    assert!(asked.call_back && asked.status == OrderStatus::Pending);
    assert!(asked.updated_at >= order.updated_at, "the board learns of it");
    assert_eq!(shop.cancel_overdue(now().plus_seconds(CALL_WAIT - 60)).await, Ok(0), "it is kept");
    let ina = Actor::Admin("ina".into());
    let confirmed = shop.change_status(&order.id, OrderStatus::Confirmed, ina, None).await.unwrap();
    assert!(!confirmed.call_back, "nobody is to be called any more");
}

#[tokio::test]
async fn an_order_whose_customer_was_never_reached_ends_at_last() {
    let (shop, bread) = open().await;
    let order = stuck(&shop, &bread).await;
    shop.ask_for_call(order.customer_phone.as_str(), &order.id, ADDRESS).await.unwrap();
    assert_eq!(shop.cancel_overdue(now().plus_seconds(CALL_WAIT + 60)).await, Ok(1));
}

#[tokio::test]
async fn the_code_that_comes_after_all_still_confirms() {
    let (shop, bread) = open().await;
    let order = stuck(&shop, &bread).await;
    let number = order.customer_phone.as_str();
    shop.ask_for_call(number, &order.id, ADDRESS).await.unwrap();
    assert_eq!(shop.send_due(|| now().plus_seconds(5)).await, Ok(1));
    let confirmed = shop.confirm(number, &order.id, &shop.code_for(number)).await;
    assert!(confirmed.is_ok_and(|confirmed| !confirmed.order.call_back));
}

#[tokio::test]
async fn an_sms_gets_its_chance_first() {
    let (shop, bread) = open().await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    let number = order.customer_phone.as_str();
    assert!(!shop.waiting(&order).await.unwrap().may_call);
    let refused = shop.ask_for_call(number, &order.id, ADDRESS).await.unwrap_err();
    assert!(matches!(refused, AppError::RateLimited { retry_after: 1..=30 }), "{refused:?}");
    let half_a_minute_ago = DateTime::from_millis(now().0 - 31_000);
    shop.set("verifications", doc! {}, doc! { "sent_at": half_a_minute_ago }).await;
    assert!(shop.ask_for_call(number, &order.id, ADDRESS).await.is_ok());
}

#[tokio::test]
async fn after_a_second_code_a_call_may_be_asked_for() {
    let (shop, bread) = open().await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    let number = order.customer_phone.as_str();
    shop.send_code_again(number, &order.id, Ro, ADDRESS).await.unwrap();
    assert!(shop.ask_for_call(number, &order.id, ADDRESS).await.unwrap().call_back);
    let again = shop.ask_for_call(number, &order.id, ADDRESS).await;
    assert!(again.is_ok(), "asking twice is asking once");
}

#[tokio::test]
async fn only_the_orders_own_number_and_only_while_it_waits() {
    let (shop, bread) = open().await;
    let order = stuck(&shop, &bread).await;
    let other = shop.ask_for_call(&phone(), &order.id, ADDRESS).await;
    assert_eq!(other, Err(AppError::missing(Missing::Order)));
    shop.change_status(&order.id, OrderStatus::Cancelled, Actor::Shop, None).await.unwrap();
    let over = shop.ask_for_call(order.customer_phone.as_str(), &order.id, ADDRESS).await;
    assert_eq!(over, Err(AppError::Conflict { conflict: Conflict::NotPending }));
}

#[tokio::test]
async fn calls_are_few_for_a_number_and_for_an_address() {
    let (of_number, of_address) = within_one_window(3600, async || {
        let (shop, bread) = open().await;
        let number = phone();
        let mut of_number = Vec::new();
        for _ in 0..3 {
            let cart = shop.cart_with(&[(&bread, 1)]).await;
            shop.sms.set_broken(true);
            let order = shop.place(&cart, &number).await.order;
            of_number.push(shop.ask_for_call(&number, &order.id, ADDRESS).await.is_ok());
        }
        let mut of_address = Vec::new();
        for _ in 0..4 {
            let order = stuck(&shop, &bread).await;
            of_address
                .push(shop.ask_for_call(order.customer_phone.as_str(), &order.id, ADDRESS).await.is_ok());
        }
        (of_number, of_address)
    })
    .await;
    assert_eq!(of_number, [true, true, false]);
    assert_eq!(of_address, [true, true, true, false]);
}
