//! How many SMS may be sent.

use crate::harness::{ADDRESS, TestShop, at_once, phone, request, within_one_window};
use mongodb::bson::doc;
use vatra::{
    model::{error::AppError, field::FieldError, locale::Locale::Ro, product::Product, status::OrderStatus},
    server::service::checkout::PlaceOrder,
};

const ELSEWHERE: &str = "192.0.2.2";
/// Hours, and the days of a shop whose time is a whole number of hours from UTC, end with one.
const HOUR: i64 = 3600;

async fn limited(name: &str, most: &str) -> (TestShop, Product) {
    let shop = TestShop::open_with(&[(name, most)]).await;
    let bread = shop.product("Pâine", 1250, 50).await;
    (shop, bread)
}

/// Orders from an address, by somebody else each time.
async fn order(shop: &TestShop, bread: &Product, address: &str) -> Result<(), AppError> {
    let cart = shop.cart_with(&[(bread, 1)]).await;
    let order = PlaceOrder { address: address.into(), ..request(&cart, &phone()) };
    shop.place_order(order).await.map(|placed| assert!(!placed.sms_failed))
}

/// What all counters say, sorted.
async fn counts(shop: &TestShop) -> Vec<i64> {
    use futures::TryStreamExt;
    let found = shop.raw("rate_limits").find(doc! {}).await.unwrap();
    let found: Vec<_> = found.try_collect().await.unwrap();
    let mut counts: Vec<_> = found.iter().map(|counter| counter.get_i64("count").unwrap()).collect();
    counts.sort_unstable();
    counts
}

fn wait(refused: &Result<(), AppError>) -> u32 {
    let Err(AppError::RateLimited { retry_after }) = refused else { panic!("{refused:?}") };
    *retry_after
}

#[tokio::test]
async fn an_address_may_have_so_many_an_hour_sent() {
    let (ordered, refused, elsewhere, left) = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_ADDRESS_PER_HOUR", "3").await;
        let mut ordered = Vec::new();
        for _ in 0..3 {
            ordered.push(order(&shop, &bread, ADDRESS).await);
        }
        let refused = order(&shop, &bread, ADDRESS).await;
        let left = (shop.stock_of(&bread).await, shop.count("orders").await, shop.sms.count());
        (ordered, refused, order(&shop, &bread, ELSEWHERE).await, left)
    })
    .await;
    assert_eq!(ordered, vec![Ok(()); 3]);
    assert!((1..=3600).contains(&wait(&refused)), "{refused:?}");
    assert_eq!(elsewhere, Ok(()), "another address is not concerned");
    assert_eq!(left, (47, 3, 3), "refused before anything was taken");
}

#[tokio::test]
async fn a_network_may_have_so_many_an_hour_sent() {
    let (ordered, refused, elsewhere) = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_NETWORK_PER_HOUR", "3").await;
        let mut ordered = Vec::new();
        for host in 1..=3 {
            ordered.push(order(&shop, &bread, &format!("198.51.100.{host}")).await);
        }
        let refused = order(&shop, &bread, "198.51.100.4").await;
        (ordered, refused, order(&shop, &bread, "198.51.101.4").await)
    })
    .await;
    assert_eq!(ordered, vec![Ok(()); 3]);
    assert!((1..=3600).contains(&wait(&refused)), "{refused:?}");
    assert_eq!(elsewhere, Ok(()), "another network is not concerned");
}

#[tokio::test]
async fn only_mobile_numbers_of_the_shops_countries_cost_an_sms() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    for (number, expected) in [
        ("0264 123 456", FieldError::Landline),
        ("0900 900 900", FieldError::Landline),
        ("+44 7911 123456", FieldError::Country),
    ] {
        let wrong = AppError::field("phone", expected);
        assert_eq!(shop.place_order(request(&cart, number)).await.err(), Some(wrong.clone()), "{number}");
        assert_eq!(shop.begin_sign_in(number, Ro, ADDRESS).await.err(), Some(wrong), "{number}");
    }
    assert_eq!((shop.sms.count(), shop.count("orders").await), (0, 0));
}

#[tokio::test]
async fn asking_again_counts_for_the_address_and_a_refusal_for_nothing() {
    let (refused, counted, elsewhere) = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_ADDRESS_PER_HOUR", "1").await;
        let phone = phone();
        let order = shop.pending(&[(&bread, 1)], &phone).await;
        let refused = shop.send_code_again(&phone, &order.id, Ro, ADDRESS).await.map(drop);
        let counted = counts(&shop).await;
        (refused, counted, shop.send_code_again(&phone, &order.id, Ro, ELSEWHERE).await.map(drop))
    })
    .await;
    assert!((1..=3600).contains(&wait(&refused)), "{refused:?}");
    assert_eq!(counted, [1, 1, 1, 1, 1, 40], "number, address, network, day, codes; and the money");
    assert_eq!(elsewhere, Ok(()));
}

#[tokio::test]
async fn the_shop_sends_so_many_a_day() {
    let (ordered, refused, left) = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_DAY", "2").await;
        let ordered = (order(&shop, &bread, ADDRESS).await, order(&shop, &bread, ELSEWHERE).await);
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let placed = shop.place(&cart, &phone()).await;
        let id = placed.order.id.clone();
        let number = placed.order.customer_phone.to_string();
        let refused = shop.send_code_again(&number, &id, Ro, "192.0.2.3").await.map(drop);
        ((ordered, placed), refused, (shop.count("orders").await, shop.sms.count()))
    })
    .await;
    let (ordered, placed) = ordered;
    assert_eq!(ordered, (Ok(()), Ok(())));
    assert!(placed.order.call_back && placed.sms_failed, "the shop calls who has no code");
    assert!((1..=25 * 3600).contains(&wait(&refused)), "until midnight: {refused:?}");
    assert_eq!(left, (3, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_orders_at_once_none_is_lost_and_no_sms_too_many_is_sent() {
    let (placed, orders, sms) = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_DAY", "2").await;
        let mut orders = Vec::new();
        for _ in 0..6 {
            orders.push((shop.cart_with(&[(&bread, 1)]).await, phone()));
        }
        let placed = at_once(orders.len(), |number| {
            let (shop, (cart, phone)) = (shop.instance(), orders[number].clone());
            async move { shop.place_order(request(&cart, &phone)).await }
        });
        (placed.await, shop.count("orders").await, shop.sms.count())
    })
    .await;
    let (placed, refused): (Vec<_>, Vec<_>) = placed.into_iter().partition(Result::is_ok);
    for refusal in refused {
        assert!(matches!(refusal, Err(AppError::RateLimited { .. })), "{refusal:?}");
    }
    let with_sms = placed.iter().flatten().filter(|placed| !placed.sms_failed).count();
    assert_eq!((orders as usize, sms, with_sms), (placed.len(), 2, 2));
}

#[tokio::test]
async fn an_sms_that_could_not_be_sent_costs_nothing() {
    let (failed, sent, counted) = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_PHONE_PER_HOUR", "1").await;
        let (cart, phone) = (shop.cart_with(&[(&bread, 1)]).await, phone());
        shop.sms.set_broken(true);
        let order = shop.place(&cart, &phone).await.order;
        let mut failed = Vec::new();
        for _ in 0..3 {
            failed.push(shop.send_code_again(&phone, &order.id, Ro, ADDRESS).await.map(drop));
        }
        shop.sms.set_broken(false);
        let sent = shop.send_code_again(&phone, &order.id, Ro, ADDRESS).await.map(drop);
        (failed, sent, counts(&shop).await)
    })
    .await;
    assert_eq!(failed, vec![Err(AppError::SmsUnavailable); 3]);
    assert_eq!((sent, counted), (Ok(()), vec![1, 1, 1, 1, 1, 40]));
}

#[tokio::test]
async fn who_needs_no_code_needs_no_budget() {
    let status = within_one_window(HOUR, async || {
        let (shop, bread) = limited("SMS_PER_DAY", "1").await;
        let phone = phone();
        let customer = shop.proved(&phone).await;
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let order = PlaceOrder { customer: Some(customer), ..request(&cart, &phone) };
        shop.place_order(order).await.map(|placed| placed.order.status)
    })
    .await;
    assert_eq!(status, Ok(OrderStatus::Confirmed));
}
