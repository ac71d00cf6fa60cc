//! When no SMS comes, a call tells a code.

use crate::harness::{ADDRESS, TestShop, phone};
use mongodb::bson::doc;
use vatra::{
    model::{
        error::{AppError, Conflict},
        locale::Locale::Ro,
        message::{Channel, MessageKind, MessageState, Report},
        order::{CodeProgress, Order},
        product::Product,
        status::OrderStatus,
    },
    server::clock::now,
};

async fn open() -> (TestShop, Product) {
    let shop = TestShop::open().await;
    shop.sms.set_speaking();
    let bread = shop.product("Pâine", 1250, 50).await;
    (shop, bread)
}

/// Half a minute passes.
async fn later(shop: &TestShop) {
    let ago = mongodb::bson::DateTime::from_millis(now().0 - 31_000);
    shop.set("verifications", doc! {}, doc! { "sent_at": ago }).await;
}

/// An order whose code was sent half a minute ago.
async fn waiting(shop: &TestShop, bread: &Product) -> Order {
    let order = shop.pending(&[(bread, 1)], &phone()).await;
    later(shop).await;
    order
}

#[tokio::test]
async fn a_call_tells_a_new_code_and_only_that_one_counts() {
    let (shop, bread) = open().await;
    let order = waiting(&shop, &bread).await;
    let number = order.customer_phone.as_str();
    let before = shop.code_for(number);
    shop.ring_with_code(number, &order.id, Ro, ADDRESS).await.unwrap();
    let told = shop.sms.told(&order.customer_phone);
    if told != before {
        let old = shop.confirm(number, &order.id, &before).await;
        assert!(matches!(old, Err(AppError::WrongCode { .. })), "the code before has ended");
    }
    let confirmed = shop.confirm(number, &order.id, &told).await.unwrap();
    assert_eq!(confirmed.order.status, OrderStatus::Confirmed);
}

#[tokio::test]
async fn first_an_sms_then_a_voice_then_a_person() {
    let (shop, bread) = open().await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    let number = order.customer_phone.as_str();
    let ways = async || {
        let waiting = shop.waiting(&order).await.unwrap();
        (waiting.may_ring, waiting.may_call)
    };
    assert_eq!(ways().await, (true, false));
    let early = shop.ring_with_code(number, &order.id, Ro, ADDRESS).await;
    assert!(matches!(early, Err(AppError::RateLimited { retry_after: 1..=30 })), "{early:?}");
    shop.send_code_again(number, &order.id, Ro, ADDRESS).await.unwrap();
    let early = shop.ask_for_call(number, &order.id, ADDRESS).await;
    assert_eq!(early, Err(AppError::Conflict { conflict: Conflict::RingFirst }));
    later(&shop).await;
    shop.ring_with_code(number, &order.id, Ro, ADDRESS).await.unwrap();
    assert_eq!(ways().await, (true, true));
    let asked = shop.ask_for_call(number, &order.id, ADDRESS).await.unwrap();
    let waiting = shop.waiting(&asked).await.unwrap();
    assert_eq!((asked.call_back, waiting.may_ring, waiting.may_call), (true, false, false));
}

#[tokio::test]
async fn what_becomes_of_a_call_is_told() {
    let (shop, bread) = open().await;
    let order = waiting(&shop, &bread).await;
    shop.sms.set_broken(true);
    let failed = shop.ring_with_code(order.customer_phone.as_str(), &order.id, Ro, ADDRESS).await;
    assert_eq!(failed.err(), Some(AppError::SmsUnavailable));
    let told = async || {
        let waiting = shop.waiting(&order).await.unwrap();
        (waiting.channel, waiting.progress.unwrap())
    };
    assert_eq!(told().await, (Channel::Call, CodeProgress::TryingAgain));
    shop.sms.set_broken(false);
    assert_eq!(shop.send_due(|| now().plus_seconds(5)).await, Ok(1), "the worker calls, too");
    assert_eq!((shop.sms.calls_made(), told().await), (1, (Channel::Call, CodeProgress::OnItsWay)));
    let messages = shop.store.messages.of_order(&order.id).await.unwrap();
    let call = messages.iter().find(|message| message.channel == Channel::Call).unwrap();
    assert_eq!((call.kind, call.state), (MessageKind::Code, MessageState::Sent));
    let sid = format!("CA{:032x}", 1);
    shop.store.messages.report(&call.id, &sid, Report::Delivered, None).await.unwrap();
    assert_eq!(told().await, (Channel::Call, CodeProgress::Delivered));
}

#[tokio::test]
async fn who_cannot_call_says_so() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let order = waiting(&shop, &bread).await;
    let waiting = shop.waiting(&order).await.unwrap();
    assert_eq!((waiting.may_ring, waiting.may_call), (false, true), "a person is the next way");
    let rung = shop.ring_with_code(order.customer_phone.as_str(), &order.id, Ro, ADDRESS).await;
    assert_eq!(rung.err(), Some(AppError::SmsUnavailable));
}
