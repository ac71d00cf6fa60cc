use crate::harness::{ADDRESS, TestShop, at_once, key, phone, request, reserved, within_one_window};
use vatra::{
    model::{
        error::{AppError, Conflict},
        locale::Locale::Ro,
        order::Actor,
        status::OrderStatus,
    },
    server::clock::now,
};

const PHONE: &str = "+40722123456";
const LONG: &[(&str, &str)] = &[("OTP_DIGITS", "8")];

#[tokio::test]
async fn a_new_code_takes_the_place_of_the_old_one() {
    let shop = TestShop::open_with(LONG).await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    let old = shop.code_for(PHONE);
    shop.confirm(PHONE, &order.id, &crate::harness::wrong(&old)).await.err().expect("wrong");
    shop.send_code_again("0722 123 456", &order.id, Ro, ADDRESS).await.unwrap();
    let new = shop.code_for(PHONE);
    assert_ne!(old, new);
    let error = shop.confirm(PHONE, &order.id, &old).await.err();
    assert_eq!(error, Some(AppError::WrongCode { tries_left: 4 }), "the tries are counted anew");
    assert!(shop.confirm(PHONE, &order.id, &new).await.is_ok());
}

#[tokio::test]
async fn after_the_second_sms_the_next_must_wait() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.expect("the second comes at once");
    let error = shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.unwrap_err();
    let AppError::RateLimited { retry_after } = error else { panic!("{error:?}") };
    assert!((1..=30).contains(&retry_after), "{retry_after}");
    assert_eq!(shop.sms.count(), 2);
    let half_a_minute_ago = mongodb::bson::DateTime::from_millis(now().0 - 30_000);
    let all = mongodb::bson::doc! {};
    shop.set("verifications", all, mongodb::bson::doc! { "sent_at": half_a_minute_ago }).await;
    shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.expect("the third after half a minute");
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_five_times_at_once_sends_one_sms() {
    let shop = TestShop::open_with(LONG).await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    let asked = at_once(5, |_| {
        let (shop, id) = (shop.instance(), order.id.clone());
        async move { shop.send_code_again(PHONE, &id, Ro, ADDRESS).await }
    });
    for answer in asked.await {
        assert!(matches!(answer, Ok(_) | Err(AppError::RateLimited { .. })), "{answer:?}");
    }
    assert_eq!(shop.sms.count(), 2);
    assert!(shop.confirm(PHONE, &order.id, &shop.code_for(PHONE)).await.is_ok());
}

#[tokio::test]
async fn a_new_code_gives_the_order_more_time() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    let past = mongodb::bson::DateTime::from_millis(now().0 - 1);
    shop.set("orders", mongodb::bson::doc! {}, mongodb::bson::doc! { "pending_until": past }).await;
    let code = shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.unwrap();
    let until =
        shop.order_document(&order.id).await.get_datetime("pending_until").unwrap().timestamp_millis();
    assert!(until > code.expires_at.0, "an order outlives its code");
    assert_eq!(shop.cancel_overdue(now()).await, Ok(0));
}

#[tokio::test]
async fn only_waiting_orders_get_a_code() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    shop.change_status(&order.id, OrderStatus::Cancelled, Actor::Shop, None).await.unwrap();
    let error = shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await;
    assert_eq!(error, Err(AppError::Conflict { conflict: Conflict::NotPending }));
    assert_eq!(shop.sms.count(), 1);
}

#[tokio::test]
async fn a_phone_gets_ten_sms_an_hour() {
    let (sent, eleventh, twelfth, other, orders) = within_one_window(3600, async || {
        let shop = TestShop::open().await;
        let bread = shop.product("Pâine", 1250, 50).await;
        let mut last = None;
        for _ in 0..5 {
            let order = shop.pending(&[(&bread, 1)], PHONE).await;
            shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.unwrap();
            last = Some(order);
        }
        let sent = shop.sms.count();
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let eleventh = shop.place_order(request(&cart, PHONE)).await.map(drop);
        let half_a_minute_ago = mongodb::bson::DateTime::from_millis(now().0 - 30_000);
        let change = mongodb::bson::doc! { "$set": { "sent_at": half_a_minute_ago } };
        shop.raw("verifications").update_many(mongodb::bson::doc! {}, change).await.unwrap();
        let twelfth = shop.send_code_again(PHONE, &last.unwrap().id, Ro, ADDRESS).await.map(drop);
        assert_eq!(shop.sms.count(), sent);
        let other = shop.place_order(request(&cart, &phone())).await.map(drop);
        (sent, eleventh, twelfth, other, shop.count("orders").await)
    })
    .await;
    assert_eq!(sent, 10);
    for refusal in [eleventh, twelfth] {
        let Err(AppError::RateLimited { retry_after }) = refusal else { panic!("{refusal:?}") };
        assert!((1..=3600).contains(&retry_after), "{retry_after}");
    }
    assert_eq!(other, Ok(()), "another phone is not concerned");
    assert_eq!(orders, 6, "the eleventh was refused before anything was taken");
}

#[tokio::test]
async fn when_no_sms_can_be_sent_the_order_is_kept_and_asking_again_works() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    shop.sms.set_broken(true);
    let placed = shop.place(&cart, PHONE).await;
    assert!(placed.sms_failed);
    assert_eq!(placed.order.status, OrderStatus::Pending);
    assert_eq!(shop.stock_of(&bread).await, 3);
    let error = shop.send_code_again(PHONE, &placed.order.id, Ro, ADDRESS).await;
    assert_eq!(error, Err(AppError::SmsUnavailable));
    assert_eq!(shop.any_order(&placed.order.id).await, Ok(placed.order.clone()));
}

#[tokio::test]
async fn when_sms_work_again_the_code_comes_and_confirms() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    shop.sms.set_broken(true);
    let order = shop.place(&cart, PHONE).await.order;
    shop.sms.set_broken(false);
    shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.expect("at once: nothing was sent before");
    assert_eq!(shop.sms.count(), 1);
    assert!(shop.confirm(PHONE, &order.id, &shop.code_for(PHONE)).await.is_ok());
}

/// The answer to the first request may have been lost on its way.
#[tokio::test]
async fn the_same_key_says_again_that_the_sms_failed() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let (cart, key) = (shop.cart_with(&[(&bread, 2)]).await, key());
    shop.sms.set_broken(true);
    let first = shop.place_order(reserved(&cart, PHONE, &key)).await.unwrap();
    let again = shop.place_order(reserved(&cart, PHONE, &key)).await.unwrap();
    assert_eq!((first.sms_failed, again.sms_failed), (true, true));
}
