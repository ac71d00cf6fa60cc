use crate::harness::{TestShop, at_once, pieces, request};
use vatra::model::{
    error::{AppError, Conflict},
    locale::Locale::Ro,
    order::Actor,
    status::OrderStatus,
};

#[tokio::test]
async fn a_second_order_of_a_cart_replaces_the_waiting_one() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let first = shop.place(&cart, "0722 123 456").await.order;
    shop.set_quantity(&cart, &bread.id, pieces(3), Ro).await.unwrap();
    let second = shop.place(&cart, "0733 123 456").await.order;
    assert_ne!(first.id, second.id);
    assert_eq!(shop.stock_of(&bread).await, 7, "the first gave its pieces back");
    let replaced = shop.any_order(&first.id).await.unwrap();
    assert_eq!(replaced.status, OrderStatus::Cancelled);
    assert_eq!(replaced.history.last().unwrap().actor, Actor::Shop);
    let old_code = shop.code_for("+40722123456");
    let error = shop.confirm("0722 123 456", &first.id, &old_code).await.err();
    assert_eq!(error, Some(AppError::Conflict { conflict: Conflict::NotPending }));
    let code = shop.code_for("+40733123456");
    assert!(shop.confirm("0733 123 456", &second.id, &code).await.is_ok());
    assert_eq!(shop.stock_of(&bread).await, 7);
}

/// Whoever mistyped the number holds the last pieces already, in the order that is replaced.
#[tokio::test]
async fn the_last_pieces_can_be_ordered_again_with_a_better_number() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 2).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    shop.place(&cart, "0722 123 456").await;
    let second = shop.place_order(request(&cart, "0733 123 456")).await;
    assert_eq!(second.map(|placed| placed.order.status), Ok(OrderStatus::Pending));
    assert_eq!(shop.stock_of(&bread).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_orders_of_one_cart_at_once_one_waits() {
    let shop = TestShop::open().await;
    let instances = [shop.instance(), shop.second_instance().await];
    let bread = shop.product("Pâine", 1250, 50).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let placed = at_once(6, |number| {
        let (shop, request) = (instances[number % 2].clone(), request(&cart, &crate::harness::phone()));
        async move { shop.place_order(request).await }
    });
    for result in placed.await {
        result.expect("placed, if only to be replaced");
    }
    let mut counts = shop.orders_by_status().await.unwrap();
    counts.sort_by_key(|(status, _)| status.name());
    assert_eq!(counts, [(OrderStatus::Cancelled, 5), (OrderStatus::Pending, 1)]);
    assert_eq!(shop.stock_of(&bread).await, 48);
}

#[tokio::test]
async fn a_confirmed_order_is_not_replaced() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let first = shop.confirmed(&cart, "0722 123 456").await.order;
    let second = shop.place_order(request(&cart, "0722 123 456")).await;
    assert_eq!(second, Err(AppError::Conflict { conflict: Conflict::EmptyCart }));
    assert_eq!(shop.any_order(&first.id).await.unwrap().status, OrderStatus::Confirmed);
    assert_eq!(shop.stock_of(&bread).await, 8);
}
