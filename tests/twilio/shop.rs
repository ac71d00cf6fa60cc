//! The shop with Verify.

use super::{
    contract::Refusal,
    server::{Behaviour, LocalTwilio},
    verify::with_verify,
};
use crate::harness::{ADDRESS, Recorder, TestShop, at_once, phone};
use mongodb::bson::doc;
use std::sync::Arc;
use vatra::{
    model::{
        error::AppError,
        locale::Locale::Ro,
        order::{CodeProgress, Order},
        status::OrderStatus,
    },
    server::sms::twilio::TwilioSms,
};

async fn open(behaviour: Behaviour) -> (TestShop, LocalTwilio) {
    let twilio = LocalTwilio::start(behaviour).await;
    let sender = Arc::new(TwilioSms::new(with_verify(&twilio.base_url)).unwrap());
    (TestShop::open_sending(&[], sender, Arc::new(Recorder::default())).await, twilio)
}

async fn ordered(shop: &TestShop) -> (Order, bool) {
    let bread = shop.product("Pâine", 1250, 50).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let placed = shop.place(&cart, &phone()).await;
    (placed.order, placed.sms_failed)
}

fn checks(twilio: &LocalTwilio) -> usize {
    twilio.requests().iter().filter(|request| request.path.ends_with("VerificationCheck")).count()
}

#[tokio::test]
async fn an_order_is_confirmed_with_a_code_of_twilios() {
    let (shop, twilio) = open(Behaviour::Honest).await;
    let (order, failed) = ordered(&shop).await;
    assert!(!failed);
    let number = order.customer_phone.as_str();
    let wrong = shop.confirm(number, &order.id, "0000").await;
    assert!(matches!(wrong, Err(AppError::WrongCode { tries_left: 4 })), "{:?}", wrong.err());
    let confirmed = shop.confirm(number, &order.id, &twilio.code_for(number)).await.unwrap();
    assert_eq!(confirmed.order.status, OrderStatus::Confirmed);
    let stored = shop.raw("messages").find_one(doc! { "kind": "code" }).await.unwrap().unwrap();
    assert!(stored.get_str("sid").unwrap().starts_with("VE") && !stored.contains_key("sealed"), "{stored}");
}

#[tokio::test]
async fn the_same_code_goes_out_again_and_a_voice_may_tell_it() {
    let (shop, twilio) = open(Behaviour::Honest).await;
    let (order, _) = ordered(&shop).await;
    let number = order.customer_phone.as_str();
    let first = twilio.code_for(number);
    shop.send_code_again(number, &order.id, Ro, ADDRESS).await.unwrap();
    let ago = mongodb::bson::DateTime::from_millis(vatra::server::clock::now().0 - 31_000);
    shop.set("verifications", doc! {}, doc! { "sent_at": ago }).await;
    shop.ring_with_code(number, &order.id, Ro, ADDRESS).await.unwrap();
    let channels: Vec<String> = twilio.requests().iter().map(|request| request.form[1].1.clone()).collect();
    assert_eq!(channels, ["sms", "sms", "call"]);
    assert!(shop.confirm(number, &order.id, &first).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_thousand_guesses_at_once_twilio_hears_five() {
    let (shop, twilio) = open(Behaviour::Honest).await;
    let (order, _) = ordered(&shop).await;
    let number = order.customer_phone.to_string();
    let guesses = at_once(1000, |guess| {
        let (shop, number, order) = (shop.instance(), number.clone(), order.id.clone());
        // None of them is Twilio's code.
        async move { shop.confirm(&number, &order, &format!("{guess:04}")).await.map(drop) }
    })
    .await;
    let heard = guesses.iter().filter(|guess| matches!(guess, Err(AppError::WrongCode { .. }))).count();
    assert_eq!((heard, checks(&twilio)), (5, 5));
    assert!(guesses.iter().all(|guess| guess.is_err()));
}

#[tokio::test]
async fn a_right_code_serves_again_when_what_followed_failed() {
    let (shop, twilio) = open(Behaviour::Honest).await;
    let (order, _) = ordered(&shop).await;
    let number = order.customer_phone.as_str();
    let code = twilio.code_for(number);
    let database = shop.store.database();
    let refuses = doc! { "status": { "$ne": "confirmed" } };
    database.run_command(doc! { "collMod": "orders", "validator": refuses }).await.unwrap();
    assert!(shop.confirm(number, &order.id, &code).await.is_err(), "the database takes no confirmed order");
    database.run_command(doc! { "collMod": "orders", "validator": {} }).await.unwrap();
    assert!(shop.confirm(number, &order.id, &code).await.is_ok());
    assert_eq!(checks(&twilio), 1, "Twilio would not say so twice");
}

#[tokio::test]
async fn without_an_answer_nothing_is_lost() {
    for (behaviour, progress) in [
        (Behaviour::Say(503, String::new()), CodeProgress::TryingAgain),
        (Behaviour::BreakOff, CodeProgress::TryingAgain),
        (Behaviour::Refuse(Refusal::new(401, 20003, "Authenticate")), CodeProgress::Failed),
        (Behaviour::Refuse(Refusal::new(429, 60203, "Max send attempts reached")), CodeProgress::Failed),
        (Behaviour::Refuse(Refusal::new(400, 60205, "No landlines")), CodeProgress::BadNumber),
    ] {
        let (shop, _twilio) = open(behaviour.clone()).await;
        let (order, failed) = ordered(&shop).await;
        assert!(failed, "{behaviour:?}");
        let waiting = shop.waiting(&order).await.unwrap();
        assert_eq!((waiting.progress, waiting.may_ring), (Some(progress), true), "{behaviour:?}");
        let tried = shop.confirm(order.customer_phone.as_str(), &order.id, "4711").await;
        assert!(tried.is_err(), "{behaviour:?}");
        assert_eq!(
            shop.order_document(&order.id).await.get_str("status").unwrap(),
            "pending",
            "the order stays"
        );
    }
}
