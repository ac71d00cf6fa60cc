//! Codes wait in the outbox: written with their order, sent at once, and by a worker when that failed.

use crate::harness::{ADDRESS, TestShop, at_once, phone, request};
use mongodb::bson::{DateTime, Document, doc};
use vatra::{
    model::{
        error::AppError,
        ids::OrderId,
        locale::Locale::Ro,
        message::{Message, MessageFailure, MessageKind, MessageState},
        message_times::CODE_LEASE,
        order::{Actor, Order},
        product::Product,
        status::OrderStatus,
    },
    server::clock::now,
};

async fn open() -> (TestShop, Product) {
    let shop = TestShop::open_with(&[("OTP_DIGITS", "8")]).await;
    let bread = shop.product("Pâine", 1250, 50).await;
    (shop, bread)
}

async fn codes(shop: &TestShop, order: &OrderId) -> Vec<Message> {
    let all = shop.store.messages.of_order(order).await.unwrap();
    all.into_iter().filter(|message| message.kind == MessageKind::Code).collect()
}

async fn stored(shop: &TestShop) -> Vec<Document> {
    use futures::TryStreamExt;
    shop.raw("messages").find(doc! {}).await.unwrap().try_collect().await.unwrap()
}

/// An order whose code could not be sent at once.
async fn unsent(shop: &TestShop, bread: &Product, phone: &str) -> Order {
    shop.sms.set_broken(true);
    let cart = shop.cart_with(&[(bread, 1)]).await;
    let placed = shop.place(&cart, phone).await;
    assert!(placed.sms_failed);
    shop.sms.set_broken(false);
    placed.order
}

#[tokio::test]
async fn a_code_is_written_with_its_order_and_forgotten_when_it_was_sent() {
    let (shop, bread) = open().await;
    let number = phone();
    let order = shop.pending(&[(&bread, 1)], &number).await;
    let [code] = &codes(&shop, &order.id).await[..] else { panic!("one code") };
    assert_eq!((code.state, code.tries, &code.body), (MessageState::Sent, 1, &None));
    let [document] = &stored(&shop).await[..] else { panic!("one message") };
    assert!(!document.contains_key("sealed"), "{document}");
    assert!(!document.to_string().contains(&shop.code_for(&number)), "{document}");
}

#[tokio::test]
async fn a_code_that_waits_is_sealed() {
    let (shop, bread) = open().await;
    let number = phone();
    unsent(&shop, &bread, &number).await;
    let [document] = &stored(&shop).await[..] else { panic!("one message") };
    let text = document.to_string();
    assert!(document.contains_key("sealed") && !text.contains("Vatra"), "{text}");
    shop.send_due(|| now().plus_seconds(5)).await.unwrap();
    assert!(!text.contains(&shop.code_for(&number)), "{text}");
}

#[tokio::test]
async fn what_the_sender_could_not_take_is_sent_by_the_worker_with_the_same_code() {
    let (shop, bread) = open().await;
    let number = phone();
    let order = unsent(&shop, &bread, &number).await;
    let [code] = &codes(&shop, &order.id).await[..] else { panic!("one code") };
    assert_eq!((code.state, code.failure), (MessageState::Queued, Some(MessageFailure::Unavailable)));
    assert_eq!(shop.send_due(now).await, Ok(0), "after a pause");
    assert_eq!(shop.send_due(|| now().plus_seconds(5)).await, Ok(1));
    let verification = shop.verification(&order.id).await.unwrap().unwrap();
    assert!(verification.resend_after > 0, "it has just been sent");
    assert!(shop.confirm(&number, &order.id, &shop.code_for(&number)).await.is_ok());
}

/// The request that made it died before it could send it.
#[tokio::test]
async fn a_code_that_nobody_has_claimed_is_taken_up() {
    let (shop, bread) = open().await;
    let number = phone();
    let order = unsent(&shop, &bread, &number).await;
    shop.set("messages", doc! {}, doc! { "tries": 0_i64, "due_at": DateTime::now() }).await;
    assert_eq!(shop.send_due(now).await, Ok(1));
    assert!(shop.confirm(&number, &order.id, &shop.code_for(&number)).await.is_ok());
}

/// Between the provider's yes and our note of it: the same code goes out twice, which does no harm.
#[tokio::test]
async fn a_code_whose_sender_died_is_sent_again_after_its_lease() {
    let (shop, bread) = open().await;
    let number = phone();
    let order = unsent(&shop, &bread, &number).await;
    let [code] = &codes(&shop, &order.id).await[..] else { panic!("one code") };
    let at = now();
    let claimed = shop.store.messages.claim_code(&code.id, at).await.unwrap().expect("claimed");
    assert_eq!(claimed.message.tries, 2, "the attempt is recorded before it is made");
    assert!(shop.store.messages.claim_code(&code.id, at).await.unwrap().is_none(), "once");
    assert_eq!(shop.send_due(|| at.plus_seconds(CODE_LEASE - 1)).await, Ok(0));
    assert_eq!(shop.send_due(|| at.plus_seconds(CODE_LEASE)).await, Ok(1));
    assert_eq!(shop.sms.count(), 1);
    assert!(shop.confirm(&number, &order.id, &shop.code_for(&number)).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_workers_and_instances_send_each_code_once() {
    let (shop, bread) = open().await;
    let mut orders = Vec::new();
    for _ in 0..6 {
        orders.push(unsent(&shop, &bread, &phone()).await);
    }
    let instances = [shop.instance(), shop.second_instance().await];
    let at = now().plus_seconds(5);
    let sent = at_once(6, |number| {
        let shop = instances[number % 2].clone();
        async move { shop.send_due(|| at).await.unwrap() }
    });
    assert_eq!(sent.await.into_iter().sum::<usize>(), 6);
    assert_eq!(shop.sms.count(), 6);
}

#[tokio::test]
async fn a_code_older_than_its_life_is_not_sent() {
    let (shop, bread) = open().await;
    let order = unsent(&shop, &bread, &phone()).await;
    assert_eq!(shop.send_due(|| now().plus_seconds(601)).await, Ok(0));
    let [code] = &codes(&shop, &order.id).await[..] else { panic!("one code") };
    assert_eq!((code.state, code.failure), (MessageState::Failed, Some(MessageFailure::Unavailable)));
    assert!(!stored(&shop).await[0].contains_key("sealed"), "nobody needs it any more");
    assert_eq!(shop.sms.count(), 0);
    let error = shop.send_again(&code.id).await.unwrap_err();
    assert!(matches!(error, AppError::Conflict { .. }), "another code is asked for instead");
}

#[tokio::test]
async fn a_code_that_is_not_needed_any_more_is_not_sent() {
    let (shop, bread) = open().await;
    let order = unsent(&shop, &bread, &phone()).await;
    shop.change_status(&order.id, OrderStatus::Confirmed, Actor::Admin("ina".into()), None).await.unwrap();
    assert_eq!(shop.send_due(|| now().plus_seconds(5)).await, Ok(0));
    assert_eq!(codes(&shop, &order.id).await[0].state, MessageState::Withdrawn);
}

#[tokio::test]
async fn another_code_takes_the_place_of_the_one_that_waits() {
    let (shop, bread) = open().await;
    let number = phone();
    let order = unsent(&shop, &bread, &number).await;
    shop.send_code_again(&number, &order.id, Ro, ADDRESS).await.unwrap();
    assert_eq!(shop.send_due(|| now().plus_seconds(60)).await, Ok(0));
    assert_eq!(shop.sms.count(), 1);
    let states: Vec<_> = codes(&shop, &order.id).await.into_iter().map(|code| code.state).collect();
    assert_eq!(states, [MessageState::Withdrawn, MessageState::Sent]);
    assert!(shop.confirm(&number, &order.id, &shop.code_for(&number)).await.is_ok());
}

#[tokio::test]
async fn an_order_that_is_refused_writes_no_code_and_costs_nothing() {
    let shop = TestShop::open_with(&[("SMS_PER_DAY", "1")]).await;
    let bread = shop.product("Pâine", 1250, 1).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    shop.set("products", doc! {}, doc! { "stock_quantity": 0_i64 }).await;
    for _ in 0..3 {
        assert!(matches!(shop.place_order(request(&cart, &phone())).await, Err(AppError::Stock { .. })));
    }
    assert_eq!((shop.count("messages").await, shop.count("verifications").await), (0, 0));
    shop.set("products", doc! {}, doc! { "stock_quantity": 1_i64 }).await;
    assert!(!shop.place(&cart, &phone()).await.sms_failed, "the day's one SMS was left");
}
