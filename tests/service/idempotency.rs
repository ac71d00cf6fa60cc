use crate::harness::{TestShop, at_once, checkout_form, key, phone, pieces, request, reserved};
use vatra::{
    model::{
        checkout::CheckoutForm,
        error::{AppError, Conflict},
        ids::IdempotencyKey,
        locale::Locale::Ro,
        order::Placed,
        status::OrderStatus,
    },
    server::service::{Shop, checkout::PlaceOrder},
};

/// Every one of these is the same order.
fn one_order(placed: &[Result<Placed, AppError>]) -> &Placed {
    for result in placed {
        let order = result.as_ref().map(|placed| &placed.order.id);
        assert_eq!(order, placed[0].as_ref().map(|placed| &placed.order.id));
    }
    placed[0].as_ref().expect("an order")
}

type Outcomes = Vec<Result<Placed, AppError>>;

/// Places the same order at once, on these instances by turns.
async fn storm(instances: &[Shop], make: impl Fn() -> PlaceOrder, times: usize) -> Outcomes {
    at_once(times, |number| {
        let (shop, request) = (instances[number % instances.len()].clone(), make());
        async move { shop.place_order(request).await }
    })
    .await
}

/// The same, each a little later than the one before: they meet the first at all of its steps.
async fn drizzle(instances: &[Shop], make: impl Fn() -> PlaceOrder, times: usize) -> Outcomes {
    at_once(times, |number| {
        let (shop, request) = (instances[number % instances.len()].clone(), make());
        async move {
            for _ in 0..number {
                shop.store.ping().await.unwrap();
            }
            shop.place_order(request).await
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_taps_at_once_are_one_order_one_sms() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let (cart, key) = (shop.cart_with(&[(&bread, 2)]).await, key());
    let placed = storm(&[shop.instance()], || reserved(&cart, "0722 123 456", &key), 10).await;
    let order = &one_order(&placed).order;
    assert_eq!((shop.count("orders").await, shop.sms.count()), (1, 1));
    assert_eq!(shop.stock_of(&bread).await, 48);
    assert!(shop.confirm("0722 123 456", &order.id, &shop.code_for("+40722123456")).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_agree_on_one_order_and_one_sms() {
    let shop = TestShop::open().await;
    let instances = [shop.instance(), shop.second_instance().await];
    let bread = shop.product("Pâine", 1250, 50).await;
    for round in 1..=5 {
        let (cart, key, phone) = (shop.cart_with(&[(&bread, 2)]).await, key(), phone());
        one_order(&storm(&instances, || reserved(&cart, &phone, &key), 6).await);
        assert_eq!((shop.count("orders").await, shop.sms.count()), (round, round as usize));
        assert_eq!(u64::from(shop.stock_of(&bread).await), 50 - 2 * round);
    }
}

/// The first request of a key takes the last pieces: the others must get its order, not be told
/// that nothing is left.
#[tokio::test(flavor = "multi_thread")]
async fn the_last_pieces_are_not_sold_out_for_their_own_buyer() {
    let shop = TestShop::open().await;
    let instances = [shop.instance(), shop.second_instance().await];
    for round in 0..10 {
        let bread = shop.product(&format!("Pâine {round}"), 1250, 2).await;
        let (cart, key, phone) = (shop.cart_with(&[(&bread, 2)]).await, key(), phone());
        one_order(&drizzle(&instances, || reserved(&cart, &phone, &key), 16).await);
        assert_eq!(shop.stock_of(&bread).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proved_customer_who_taps_twice_orders_once() {
    let shop = TestShop::open().await;
    let customer = shop.proved("+40722123456").await;
    let instances = [shop.instance(), shop.second_instance().await];
    for round in 0..10 {
        let bread = shop.product(&format!("Pâine {round}"), 1250, 9).await;
        let (cart, key) = (shop.cart_with(&[(&bread, 2)]).await, key());
        let make = || PlaceOrder { customer: Some(customer.clone()), ..reserved(&cart, "0722123456", &key) };
        let placed = drizzle(&instances, make, 16).await;
        assert_eq!(one_order(&placed).order.status, OrderStatus::Confirmed);
        assert_eq!(shop.stock_of(&bread).await, 7);
    }
}

/// Two tabs have two keys, but the cart can be ordered only once.
#[tokio::test(flavor = "multi_thread")]
async fn a_cart_is_not_ordered_twice_by_two_tabs_of_a_proved_customer() {
    let shop = TestShop::open().await;
    let customer = shop.proved("+40722123456").await;
    let before = shop.count("orders").await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let make = || PlaceOrder { customer: Some(customer.clone()), ..request(&cart, "0722 123 456") };
    let placed = storm(&[shop.instance()], make, 4).await;
    assert_eq!(placed.iter().filter(|result| result.is_ok()).count(), 1, "{placed:#?}");
    assert_eq!(shop.count("orders").await, before + 1);
    assert_eq!(shop.stock_of(&bread).await, 48);
}

#[tokio::test]
async fn the_same_key_later_is_the_same_order_also_when_the_cart_is_gone() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 2).await;
    let (cart, key) = (shop.cart_with(&[(&bread, 2)]).await, key());
    let first = shop.place_order(reserved(&cart, "0722 123 456", &key)).await.unwrap();
    let again = shop.place_order(reserved(&cart, "+40722123456", &key)).await.unwrap();
    assert_eq!(again.order, first.order);
    assert!(again.verification.is_some() && !again.sms_failed);
    let code = shop.code_for("+40722123456");
    shop.confirm("0722 123 456", &first.order.id, &code).await.expect("confirmed");
    let last = shop.place_order(reserved(&cart, "0722 123 456", &key)).await.unwrap();
    assert_eq!((last.order.id, last.order.status), (first.order.id, OrderStatus::Confirmed));
    assert_eq!((last.verification, last.sms_failed), (None, false));
    assert_eq!((shop.count("orders").await, shop.sms.count()), (1, 1));
}

#[tokio::test]
async fn a_key_used_for_something_else_is_a_conflict() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let (cart, key) = (shop.cart_with(&[(&bread, 2)]).await, key());
    let first = shop.place_order(reserved(&cart, "0722 123 456", &key)).await.unwrap().order;
    let other_cart = shop.cart_with(&[(&bread, 2)]).await;
    let form = checkout_form("0722 123 456");
    let others = [
        reserved(&other_cart, "0722 123 456", &key),
        reserved(&cart, "0733 123 456", &key),
        changed(&cart, &key, CheckoutForm { name: "Ion".into(), ..form.clone() }),
        changed(&cart, &key, CheckoutForm { preferred_time: "seara".into(), ..form.clone() }),
        changed(&cart, &key, CheckoutForm { special_instructions: "seara".into(), ..form }),
    ];
    for other in others {
        let error = shop.place_order(other).await.unwrap_err();
        assert_eq!(error, AppError::Conflict { conflict: Conflict::KeyReused });
    }
    assert_eq!((shop.count("orders").await, shop.sms.count()), (1, 1));
    assert_eq!(shop.stock_of(&bread).await, 7);
    assert_eq!(shop.any_order(&first.id).await, Ok(first));
}

fn changed(cart: &vatra::model::ids::CartId, key: &IdempotencyKey, form: CheckoutForm) -> PlaceOrder {
    PlaceOrder { form, ..reserved(cart, "", key) }
}

#[tokio::test]
async fn a_refused_order_does_not_use_up_its_key() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 2).await;
    let (cart, key) = (shop.cart_with(&[(&bread, 2)]).await, key());
    shop.set_product(&bread.id, mongodb::bson::doc! { "stock_quantity": 1_i64 }).await;
    shop.place_order(reserved(&cart, "0722 123 456", &key)).await.unwrap_err();
    shop.set_quantity(&cart, &bread.id, pieces(1), Ro).await.unwrap();
    let placed = shop.place_order(reserved(&cart, "0722 123 456", &key)).await.unwrap();
    assert_eq!(placed.order.items[0].quantity, pieces(1));
}
