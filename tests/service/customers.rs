use crate::harness::{TestShop, at_once, phone};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        error::{AppError, Missing},
        ids::{CartId, OrderId},
        order::Order,
        session::Customer,
        status::OrderStatus,
    },
    server::{clock::now, secrets},
};

const PHONE: &str = "+40722123456";

/// An order that waits for its code, and its cart.
async fn waiting() -> (TestShop, Order, CartId) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let order = shop.place(&cart, PHONE).await.order;
    (shop, order, cart)
}

fn hidden() -> Result<Order, AppError> {
    Err(AppError::missing(Missing::Order))
}

#[tokio::test]
async fn the_customer_of_the_phone_sees_the_order() {
    let (shop, order, _) = waiting().await;
    let customer = Customer { phone: order.customer_phone.clone(), name: "Ana".into() };
    assert_eq!(shop.order_for(&order.id, Some(&customer), None).await, Ok(order));
}

#[tokio::test]
async fn whoever_holds_the_cart_sees_the_order_that_waits() {
    let (shop, order, cart) = waiting().await;
    assert_eq!(shop.order_for(&order.id, None, Some(&cart)).await, Ok(order));
}

#[tokio::test]
async fn whoever_holds_the_cart_is_told_that_the_order_was_given_up() {
    let (shop, order, cart) = waiting().await;
    shop.cancel_overdue(now().plus_seconds(3600)).await.unwrap();
    let seen = shop.order_for(&order.id, None, Some(&cart)).await.unwrap();
    assert_eq!(seen.status, OrderStatus::Cancelled);
}

#[tokio::test]
async fn a_cart_opens_no_order_that_is_confirmed() {
    let (shop, order, cart) = waiting().await;
    shop.confirm(PHONE, &order.id, &shop.code_for(PHONE)).await.expect("confirmed");
    assert_eq!(shop.order_for(&order.id, None, Some(&cart)).await, hidden());
}

#[tokio::test]
async fn for_all_others_the_order_does_not_exist() {
    let (shop, order, _) = waiting().await;
    let stranger = shop.proved("+40733123456").await;
    let other_cart = CartId::parse(&secrets::token()).unwrap();
    assert_eq!(shop.order_for(&order.id, None, None).await, hidden());
    assert_eq!(shop.order_for(&order.id, Some(&stranger), None).await, hidden());
    assert_eq!(shop.order_for(&order.id, Some(&stranger), Some(&other_cart)).await, hidden());
    let unknown = OrderId::parse("65a1b2c3d4e5f60718293000").unwrap();
    assert_eq!(shop.order_for(&unknown, Some(&stranger), None).await, hidden());
}

#[tokio::test]
async fn a_confirmed_order_opens_a_session_for_its_phone() {
    let (shop, order, _) = waiting().await;
    let token = shop.confirm(PHONE, &order.id, &shop.code_for(PHONE)).await.unwrap().token;
    let customer = shop.customer(Some(&token)).await.unwrap().expect("a session");
    assert_eq!((customer.phone.as_str(), customer.name.as_str()), (PHONE, "Ana Pop"));
    let stored = shop.raw("sessions").find_one(doc! {}).await.unwrap().unwrap();
    assert!(!stored.to_string().contains(&token), "only the hash is stored");
    let ends = stored.get_datetime("expires_at").unwrap().timestamp_millis() - now().0;
    assert!((23 * 3_600_000..=24 * 3_600_000).contains(&ends), "{ends}");
}

#[tokio::test]
async fn a_session_ends_when_it_is_closed_and_only_it() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        tokens.push(shop.confirmed(&cart, PHONE).await.token);
    }
    shop.close_session(&tokens[0]).await.unwrap();
    assert_eq!(shop.customer(Some(&tokens[0])).await, Ok(None));
    assert!(shop.customer(Some(&tokens[1])).await.unwrap().is_some());
    shop.close_session(&tokens[0]).await.expect("twice is once");
}

#[tokio::test]
async fn an_ended_session_is_none_before_the_database_deletes_it() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let token = shop.confirmed(&cart, PHONE).await.token;
    let past = DateTime::from_millis(now().0 - 1);
    shop.set("sessions", doc! {}, doc! { "expires_at": past }).await;
    assert_eq!(shop.customer(Some(&token)).await, Ok(None));
}

#[tokio::test]
async fn no_token_and_foreign_tokens_are_nobody() {
    let shop = TestShop::open().await;
    shop.proved(PHONE).await;
    let stored = shop.raw("sessions").find_one(doc! {}).await.unwrap().unwrap();
    let hash = stored.get_str("token_hash").unwrap().to_owned();
    for token in [None, Some(""), Some("x"), Some(hash.as_str()), Some(secrets::token().as_str())] {
        assert_eq!(shop.customer(token).await, Ok(None), "{token:?}");
    }
}

#[tokio::test]
async fn a_customer_sees_only_own_orders_the_newest_first() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let mut mine = Vec::new();
    for _ in 0..3 {
        mine.push(shop.pending(&[(&bread, 1)], PHONE).await.id);
        shop.pending(&[(&bread, 1)], &phone()).await;
    }
    let customer = shop.proved(PHONE).await;
    let seen: Vec<_> = shop.orders_of(&customer).await.unwrap();
    assert_eq!(seen.len(), 4);
    assert_eq!(seen[0].status, OrderStatus::Confirmed);
    mine.reverse();
    assert_eq!(seen[1..].iter().map(|order| order.id.clone()).collect::<Vec<_>>(), mine);
}

#[tokio::test]
async fn each_order_renews_how_long_a_customer_is_remembered() {
    let shop = TestShop::open().await;
    shop.proved(PHONE).await;
    let soon = DateTime::from_millis(now().0 + 60_000);
    shop.set("users", doc! {}, doc! { "expires_at": soon }).await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    shop.confirmed(&cart, PHONE).await;
    let user = shop.raw("users").find_one(doc! {}).await.unwrap().unwrap();
    assert!(*user.get_datetime("expires_at").unwrap() > soon);
    assert_eq!(shop.count("users").await, 1);
}

/// As happens when several first orders of one number are confirmed together.
#[tokio::test(flavor = "multi_thread")]
async fn a_customer_who_is_new_several_times_at_once_is_one() {
    let shop = TestShop::open().await;
    for round in 1..=10_u64 {
        let phone = vatra::model::phone::Phone::from_e164(&phone()).unwrap();
        let remembered = at_once(8, |_| {
            let (users, phone) = (shop.store.users.clone(), phone.clone());
            async move { users.remember_customer(&phone, "Ana").await }
        });
        assert_eq!(remembered.await, vec![Ok(()); 8]);
        assert_eq!(shop.count("users").await, round);
    }
}
