use crate::harness::{ADDRESS, TestShop, at_once, phone, wrong};
use mongodb::bson::{DateTime, doc};
use vatra::model::{
    error::{AppError, Conflict, Missing},
    locale::Locale::Ro,
    order::Order,
    status::OrderStatus,
};

const PHONE: &str = "+40722123456";
/// Long codes: that two are the same by accident is as good as impossible.
const LONG: &[(&str, &str)] = &[("OTP_DIGITS", "8")];

/// One order that waits for its code, and the code.
async fn waiting() -> (TestShop, Order, String) {
    let shop = TestShop::open_with(LONG).await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let order = shop.pending(&[(&bread, 1)], PHONE).await;
    let code = shop.code_for(PHONE);
    (shop, order, code)
}

/// Why this code was refused.
async fn refused(shop: &TestShop, phone: &str, order: &Order, code: &str) -> AppError {
    shop.confirm(phone, &order.id, code).await.err().expect("refused")
}

async fn status(shop: &TestShop, order: &Order) -> OrderStatus {
    shop.any_order(&order.id).await.unwrap().status
}

/// Puts the end of the code a moment back.
async fn end_code(shop: &TestShop) {
    let past = DateTime::from_millis(DateTime::now().timestamp_millis() - 1);
    shop.set("verifications", doc! {}, doc! { "expires_at": past }).await;
}

#[tokio::test]
async fn a_code_has_as_many_digits_as_configured() {
    for digits in 4..=8_usize {
        let shop = TestShop::open_with(&[("OTP_DIGITS", &digits.to_string())]).await;
        let bread = shop.product("Pâine", 1250, 5).await;
        let order = shop.pending(&[(&bread, 1)], PHONE).await;
        let code = shop.code_for(PHONE);
        assert_eq!(code.len(), digits);
        assert!(shop.confirm(PHONE, &order.id, &code).await.is_ok());
    }
}

#[tokio::test]
async fn the_code_itself_is_not_stored() {
    let (shop, _, code) = waiting().await;
    let stored = shop.raw("verifications").find_one(doc! {}).await.unwrap().unwrap();
    assert!(!stored.to_string().contains(&code));
}

#[tokio::test]
async fn a_code_may_be_typed_with_spaces() {
    let (shop, order, code) = waiting().await;
    let spaced = format!(" {} {} ", &code[..4], &code[4..]);
    assert!(shop.confirm("0722 123 456", &order.id, &spaced).await.is_ok());
}

#[tokio::test]
async fn wrong_codes_count_down_and_the_fifth_ends_it() {
    let (shop, order, code) = waiting().await;
    for tries_left in [4, 3, 2, 1, 0] {
        assert_eq!(refused(&shop, PHONE, &order, &wrong(&code)).await, AppError::WrongCode { tries_left });
    }
    assert_eq!(refused(&shop, PHONE, &order, &code).await, AppError::CodeExpired);
    assert_eq!(status(&shop, &order).await, OrderStatus::Pending);
}

#[tokio::test]
async fn the_fifth_try_may_be_the_right_one() {
    let (shop, order, code) = waiting().await;
    for _ in 0..4 {
        refused(&shop, PHONE, &order, &wrong(&code)).await;
    }
    assert!(shop.confirm(PHONE, &order.id, &code).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_a_code_is_no_try() {
    let (shop, order, code) = waiting().await;
    for text in ["", "1234", "123456789", "1234567a", "{\"$ne\":1}", "１２３４５６７８"] {
        let error = refused(&shop, PHONE, &order, text).await;
        assert!(matches!(error, AppError::Fields { .. }), "{text} {error:?}");
    }
    assert_eq!(refused(&shop, PHONE, &order, &wrong(&code)).await, AppError::WrongCode { tries_left: 4 });
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_guesses_at_once_five_are_looked_at() {
    let (shop, order, code) = waiting().await;
    let guesses = at_once(200, |_| {
        let (shop, id, guess) = (shop.instance(), order.id.clone(), wrong(&code));
        async move { shop.confirm(PHONE, &id, &guess).await.err().expect("refused") }
    });
    let mut looked_at = Vec::new();
    for guess in guesses.await {
        match guess {
            AppError::WrongCode { tries_left } => looked_at.push(tries_left),
            error => assert_eq!(error, AppError::CodeExpired),
        }
    }
    looked_at.sort_unstable();
    assert_eq!(looked_at, [0, 1, 2, 3, 4]);
    assert_eq!(refused(&shop, PHONE, &order, &code).await, AppError::CodeExpired);
}

#[tokio::test]
async fn an_ended_code_is_refused_and_a_new_one_can_be_had() {
    let (shop, order, code) = waiting().await;
    end_code(&shop).await;
    assert_eq!(refused(&shop, PHONE, &order, &code).await, AppError::CodeExpired);
    assert_eq!(shop.verification(&order.id).await, Ok(None));
    shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await.unwrap();
    assert_eq!(shop.sms.count(), 2);
    assert!(shop.confirm(PHONE, &order.id, &shop.code_for(PHONE)).await.is_ok());
}

#[tokio::test]
async fn a_code_serves_once() {
    let (shop, order, code) = waiting().await;
    assert!(shop.confirm(PHONE, &order.id, &code).await.is_ok());
    let error = refused(&shop, PHONE, &order, &code).await;
    assert_eq!(error, AppError::Conflict { conflict: Conflict::NotPending });
    assert_eq!(shop.count("verifications").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_code_five_times_at_once_confirms_once() {
    let (shop, order, code) = waiting().await;
    let tries = at_once(5, |_| {
        let (shop, id, code) = (shop.instance(), order.id.clone(), code.clone());
        async move { shop.confirm(PHONE, &id, &code).await.map(drop) }
    });
    let confirmed = tries.await.into_iter().filter(Result::is_ok).count();
    assert_eq!(confirmed, 1);
    assert_eq!(shop.any_order(&order.id).await.unwrap().history.len(), 2);
    assert_eq!(shop.count("sessions").await, 1);
}

#[tokio::test]
async fn a_code_is_bound_to_its_phone() {
    let (shop, order, code) = waiting().await;
    let error = refused(&shop, "0733 123 456", &order, &code).await;
    assert_eq!(error, AppError::missing(Missing::Order));
    let error = refused(&shop, "not a number", &order, &code).await;
    assert!(matches!(error, AppError::Fields { .. }), "{error:?}");
    let error = shop.send_code_again("0733 123 456", &order.id, Ro, ADDRESS).await;
    assert_eq!(error, Err(AppError::missing(Missing::Order)));
    assert_eq!((status(&shop, &order).await, shop.sms.count()), (OrderStatus::Pending, 1));
    assert!(shop.confirm(PHONE, &order.id, &code).await.is_ok(), "a stranger used up no try");
}

#[tokio::test]
async fn a_code_is_bound_to_its_order() {
    let (shop, first, first_code) = waiting().await;
    let cake = shop.product("Cozonac", 4500, 5).await;
    let second = shop.pending(&[(&cake, 1)], PHONE).await;
    let second_code = shop.code_for(PHONE);
    assert_ne!(first_code, second_code);
    assert_eq!(refused(&shop, PHONE, &second, &first_code).await, AppError::WrongCode { tries_left: 4 });
    assert!(shop.confirm(PHONE, &first.id, &first_code).await.is_ok());
    assert!(shop.confirm(PHONE, &second.id, &second_code).await.is_ok());
}

/// Each of them is the customer's first order, and each opens a session.
#[tokio::test(flavor = "multi_thread")]
async fn a_new_customer_can_confirm_several_orders_at_once() {
    let shop = TestShop::open_with(LONG).await;
    let bread = shop.product("Pâine", 1250, 500).await;
    for round in 1..=5_u64 {
        let phone = phone();
        let mut waiting = Vec::new();
        for _ in 0..6 {
            let order = shop.pending(&[(&bread, 1)], &phone).await;
            waiting.push((order.id, shop.code_for(&phone)));
        }
        let confirmed = at_once(waiting.len(), |number| {
            let (shop, phone) = (shop.instance(), phone.clone());
            let (id, code) = waiting[number].clone();
            async move { shop.confirm(&phone, &id, &code).await.map(drop) }
        });
        assert_eq!(confirmed.await, vec![Ok(()); 6]);
        assert_eq!(shop.count("users").await, round);
    }
}
