//! Signing in by phone.

use crate::harness::{ADDRESS, TestShop, at_once, wrong};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        error::AppError,
        ids::SignInId,
        locale::Locale::{En, Ro},
    },
    server::{secrets, service::phone::read},
};

const PHONE: &str = "+40722123456";
const LONG: &[(&str, &str)] = &[("OTP_DIGITS", "8")];

async fn begun() -> (TestShop, SignInId, String) {
    let shop = TestShop::open_with(LONG).await;
    let attempt = shop.begin_sign_in("0722 123 456", Ro, ADDRESS).await.expect("sent");
    let code = shop.code_for(PHONE);
    (shop, attempt, code)
}

#[tokio::test]
async fn the_code_opens_a_session_for_its_number() {
    let (shop, attempt, code) = begun().await;
    let token = shop.finish_sign_in(&attempt, &code).await.expect("signed in");
    let customer = shop.customer(Some(&token)).await.unwrap().expect("a session");
    assert_eq!((customer.phone.as_str(), customer.name.as_str()), (PHONE, ""));
    assert_eq!(shop.count("users").await, 0, "only an order makes the shop remember somebody");
    assert_eq!(shop.count("verifications").await, 0);
    assert_eq!(shop.finish_sign_in(&attempt, &code).await, Err(AppError::CodeExpired));
}

#[tokio::test]
async fn who_has_ordered_is_known_by_name_and_needs_no_code_to_order_again() {
    let shop = TestShop::open().await;
    shop.proved(PHONE).await;
    let attempt = shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap();
    let token = shop.finish_sign_in(&attempt, &shop.code_for(PHONE)).await.unwrap();
    let customer = shop.customer(Some(&token)).await.unwrap();
    assert_eq!(customer.as_ref().map(|customer| customer.name.as_str()), Some("Ana Pop"));
    assert_eq!(shop.orders_of(customer.as_ref().unwrap()).await.unwrap().len(), 1);
    let sent = shop.sms.count();
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let order =
        vatra::server::service::checkout::PlaceOrder { customer, ..crate::harness::request(&cart, PHONE) };
    assert!(shop.place_order(order).await.unwrap().verification.is_none());
    assert_eq!(shop.sms.count(), sent);
}

#[tokio::test]
async fn a_known_and_an_unknown_number_get_the_same_answer() {
    let shop = TestShop::open().await;
    shop.proved(PHONE).await;
    let mut seen = Vec::new();
    for phone in [PHONE, "+40733123456"] {
        let attempt = shop.begin_sign_in(phone, Ro, ADDRESS).await.expect("sent");
        let known = shop.sign_in(&attempt).await.unwrap();
        assert_eq!(shop.finish_sign_in(&attempt, "").await.unwrap_err().code().name, "VAL_001");
        let code = wrong(&shop.code_for(phone));
        assert_eq!(shop.finish_sign_in(&attempt, &code).await, Err(AppError::WrongCode { tries_left: 4 }));
        seen.push((known.digits, known.resend_after, attempt.as_str().len()));
    }
    assert_eq!(seen[0], seen[1]);
}

#[tokio::test]
async fn what_is_no_number_gets_no_sms() {
    let shop = TestShop::open().await;
    for text in ["", "0722", "not a number", "+40 000 000 000"] {
        let error = shop.begin_sign_in(text, Ro, ADDRESS).await.unwrap_err();
        assert!(matches!(error, AppError::Fields { .. }), "{text} {error:?}");
    }
    assert_eq!(shop.sms.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_guesses_at_once_five_are_looked_at() {
    let (shop, attempt, code) = begun().await;
    let guesses = at_once(200, |_| {
        let (shop, attempt, guess) = (shop.instance(), attempt.clone(), wrong(&code));
        async move { shop.finish_sign_in(&attempt, &guess).await.expect_err("refused") }
    });
    let looked_at = guesses.await.into_iter().filter(|error| *error != AppError::CodeExpired).count();
    assert_eq!(looked_at, 5);
    assert_eq!(shop.finish_sign_in(&attempt, &code).await, Err(AppError::CodeExpired));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_code_five_times_at_once_opens_one_session() {
    let (shop, attempt, code) = begun().await;
    let tries = at_once(5, |_| {
        let (shop, attempt, code) = (shop.instance(), attempt.clone(), code.clone());
        async move { shop.finish_sign_in(&attempt, &code).await.is_ok() }
    });
    assert_eq!(tries.await.into_iter().filter(|opened| *opened).count(), 1);
    assert_eq!(shop.count("sessions").await, 1);
}

#[tokio::test]
async fn somebody_else_uses_up_no_try_and_replaces_no_code() {
    let (shop, attempt, code) = begun().await;
    let other = shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap();
    for _ in 0..6 {
        let _ = shop.finish_sign_in(&other, &wrong(&code)).await;
    }
    let invented = SignInId::parse(&secrets::token()).unwrap();
    assert_eq!(shop.finish_sign_in(&invented, &code).await, Err(AppError::CodeExpired));
    assert!(shop.finish_sign_in(&attempt, &code).await.is_ok());
}

#[tokio::test]
async fn a_code_of_an_order_signs_nobody_in_and_the_other_way_round() {
    let (shop, attempt, code) = begun().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    let order_code = shop.code_for(PHONE);
    assert_ne!(code, order_code);
    assert_eq!(shop.finish_sign_in(&attempt, &order_code).await, Err(AppError::WrongCode { tries_left: 4 }));
    assert!(shop.confirm(PHONE, &order.id, &code).await.is_err());
    assert!(shop.confirm(PHONE, &order.id, &order_code).await.is_ok());
    assert!(shop.finish_sign_in(&attempt, &code).await.is_ok());
}

#[tokio::test]
async fn an_ended_code_is_refused() {
    let (shop, attempt, code) = begun().await;
    let past = DateTime::from_millis(DateTime::now().timestamp_millis() - 1);
    shop.set("verifications", doc! {}, doc! { "expires_at": past }).await;
    assert_eq!(shop.finish_sign_in(&attempt, &code).await, Err(AppError::CodeExpired));
    assert_eq!(shop.sign_in(&attempt).await, Err(AppError::CodeExpired));
    assert_eq!(shop.send_sign_in_again(&attempt, Ro, ADDRESS).await, Err(AppError::CodeExpired));
}

#[tokio::test]
async fn another_code_replaces_the_last_and_the_next_must_wait() {
    let (shop, attempt, first) = begun().await;
    let sent = shop.send_sign_in_again(&attempt, En, ADDRESS).await.expect("sent");
    assert!(sent.resend_after > 0);
    let second = shop.code_for(PHONE);
    assert!(shop.sms.last(&read(PHONE).unwrap()).contains("your code is"), "in the language of who asks");
    let error = shop.send_sign_in_again(&attempt, Ro, ADDRESS).await.unwrap_err();
    assert!(matches!(error, AppError::RateLimited { .. }), "{error:?}");
    assert_ne!(first, second);
    assert_eq!(shop.finish_sign_in(&attempt, &first).await, Err(AppError::WrongCode { tries_left: 4 }));
    assert!(shop.finish_sign_in(&attempt, &second).await.is_ok());
}

#[tokio::test]
async fn the_budget_of_sms_is_that_of_orders() {
    let shop = TestShop::open_with(&[("SMS_PER_PHONE_PER_HOUR", "2")]).await;
    let bread = shop.product("Pâine", 1250, 5).await;
    crate::harness::within_one_window(3600, async || {
        shop.raw("rate_limits").delete_many(doc! {}).await.unwrap();
        let sent = shop.sms.count();
        shop.pending(&[(&bread, 1)], PHONE).await;
        shop.begin_sign_in(PHONE, Ro, ADDRESS).await.expect("the second");
        let error = shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap_err();
        assert!(matches!(error, AppError::RateLimited { .. }), "{error:?}");
        assert_eq!(shop.sms.count(), sent + 2);
    })
    .await;
}

#[tokio::test]
async fn what_was_not_sent_costs_nothing() {
    let shop = TestShop::open_with(&[("SMS_PER_PHONE_PER_HOUR", "1")]).await;
    shop.sms.set_broken(true);
    for _ in 0..3 {
        let error = shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap_err();
        assert_eq!(error, AppError::SmsUnavailable);
    }
    shop.sms.set_broken(false);
    assert!(shop.begin_sign_in(PHONE, Ro, ADDRESS).await.is_ok());
}

#[tokio::test]
async fn the_sms_binds_the_code_to_the_shops_address() {
    let shop = TestShop::open_with(&[("PUBLIC_URL", "https://shop.example")]).await;
    shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap();
    let (text, code) = (shop.sms.last(&read(PHONE).unwrap()), shop.code_for(PHONE));
    assert_eq!(text.lines().last(), Some(format!("@shop.example #{code}").as_str()));
    assert!(text.is_ascii(), "{text}");
}
