use crate::harness::{TestShop, bani, checkout_form, phone, pieces, request};
use mongodb::bson::doc;
use vatra::{
    model::{
        checkout::CheckoutForm,
        error::{AppError, Conflict, Missing},
        ids::CartId,
        locale::Locale::{En, Ro},
        order::Actor,
        product::Product,
        session::Customer,
        status::OrderStatus,
    },
    server::{clock::now, service::checkout::PlaceOrder, service::verification::LIFETIME},
};

/// Two breads of five in a cart.
async fn ready() -> (TestShop, Product, CartId) {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    (shop, bread, cart)
}

/// No order, nothing off the shelf, no SMS, and the cart as it was.
async fn nothing_happened(shop: &TestShop, bread: &Product, cart: &CartId) {
    assert_eq!(shop.count("orders").await, 0);
    assert_eq!(shop.stock_of(bread).await, 5);
    assert_eq!(shop.sms.count(), 0);
    assert_eq!(shop.cart_count(Some(cart)).await, Ok(2));
}

#[tokio::test]
async fn placing_takes_the_stock_and_waits_for_the_code() {
    let (shop, bread, cart) = ready().await;
    let before = now();
    let placed = shop.place(&cart, "0722 123 456").await;
    let order = &placed.order;
    assert_eq!((order.status, order.total), (OrderStatus::Pending, bani(2500)));
    assert_eq!(order.customer_phone.as_str(), "+40722123456");
    let line = &order.items[0];
    assert_eq!((line.product_name.as_str(), line.quantity), ("Pâine", pieces(2)));
    assert_eq!((line.unit_price, line.total_price), (bani(1250), bani(2500)));
    assert_eq!(order.history.len(), 1);
    assert!(!placed.sms_failed);
    let verification = placed.verification.expect("a code was sent");
    assert!(verification.expires_at >= before.plus_seconds(LIFETIME));
    assert_eq!(shop.stock_of(&bread).await, 3);
    assert_eq!(shop.sms.count(), 1);
    assert_eq!(shop.cart_count(Some(&cart)).await, Ok(2), "the cart is kept until the code is right");
}

#[tokio::test]
async fn the_right_code_confirms_and_empties_the_cart() {
    let (shop, bread, cart) = ready().await;
    let order = shop.confirmed(&cart, "0722 123 456").await.order;
    assert_eq!(order.status, OrderStatus::Confirmed);
    let steps: Vec<_> = order.history.iter().map(|entry| (entry.status, entry.actor.clone())).collect();
    assert_eq!(steps, [(OrderStatus::Pending, Actor::Customer), (OrderStatus::Confirmed, Actor::Customer)]);
    assert!(shop.order_document(&order.id).await.get_datetime("verified_at").is_ok());
    assert_eq!(shop.cart_count(Some(&cart)).await, Ok(0));
    assert_eq!(shop.stock_of(&bread).await, 3, "taken once");
    assert_eq!(shop.any_order(&order.id).await, Ok(order));
}

#[tokio::test]
async fn prices_and_names_are_frozen_into_the_order() {
    let (shop, bread, cart) = ready().await;
    let order = shop.place(&cart, "0722 123 456").await.order;
    shop.set_product(&bread.id, doc! { "price": 9900_i64, "name": "Pâine neagră" }).await;
    assert_eq!(shop.any_order(&order.id).await, Ok(order));
}

#[tokio::test]
async fn numbers_of_orders_do_not_follow_each_other() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    let mut numbers = std::collections::HashSet::new();
    for _ in 0..20 {
        numbers.insert(shop.pending(&[(&bread, 1)], &phone()).await.number);
    }
    assert_eq!(numbers.len(), 20);
}

#[tokio::test]
async fn another_total_than_the_one_seen_is_a_conflict() {
    let (shop, bread, cart) = ready().await;
    shop.set_product(&bread.id, doc! { "price": 1300_i64 }).await;
    let seen = PlaceOrder { expected_total: Some(bani(2500)), ..request(&cart, "0722 123 456") };
    let error = shop.place_order(seen).await.unwrap_err();
    assert_eq!(error, AppError::Conflict { conflict: Conflict::TotalChanged { total: bani(2600) } });
    nothing_happened(&shop, &bread, &cart).await;
    let seen = PlaceOrder { expected_total: Some(bani(2600)), ..request(&cart, "0722 123 456") };
    assert_eq!(shop.place_order(seen).await.unwrap().order.total, bani(2600));
}

#[tokio::test]
async fn a_shortage_names_the_product_and_what_is_left() {
    let (shop, bread, cart) = ready().await;
    let cake = shop.product("Cozonac", 4500, 9).await;
    shop.add_to_cart(Some(&cart), &cake.id, pieces(1), Ro).await.unwrap();
    shop.set_product(&cake.id, doc! { "active": false }).await;
    shop.set_product(&bread.id, doc! { "stock_quantity": 1_i64 }).await;
    let error = shop.place_order(request(&cart, "0722 123 456")).await.unwrap_err();
    let AppError::Stock { shortages } = &error else { panic!("{error:?}") };
    let told: Vec<_> = shortages.iter().map(|short| (short.name.as_str(), short.available)).collect();
    assert_eq!(told, [("Pâine", 1), ("Cozonac", 0)]);
    assert_eq!((error.code().name, error.code().status), ("STOCK_001", 409));
    assert!(error.message(Ro).contains("Pâine"), "{}", error.message(Ro));
    assert_eq!((shop.count("orders").await, shop.sms.count()), (0, 0));
    assert_eq!(shop.stock_of(&bread).await, 1);
    assert_eq!(shop.cart_count(Some(&cart)).await, Ok(3));
}

#[tokio::test]
async fn an_order_is_placed_with_all_of_its_lines_or_none() {
    let (shop, bread, cart) = ready().await;
    let cake = shop.product("Cozonac", 4500, 1).await;
    shop.add_to_cart(Some(&cart), &cake.id, pieces(1), Ro).await.unwrap();
    let other = shop.cart_with(&[(&cake, 1)]).await;
    shop.place(&other, &phone()).await;
    shop.place_order(request(&cart, "0722 123 456")).await.unwrap_err();
    assert_eq!((shop.stock_of(&bread).await, shop.stock_of(&cake).await), (5, 0));
    assert_eq!(shop.count("orders").await, 1);
}

#[tokio::test]
async fn wrong_fields_leave_everything_as_it_was() {
    let (shop, bread, cart) = ready().await;
    let good = checkout_form("0722 123 456");
    for (field, form) in [
        ("name", CheckoutForm { name: " ".into(), ..good.clone() }),
        ("name", CheckoutForm { name: "x".repeat(101), ..good.clone() }),
        ("phone", CheckoutForm { phone: "0000 000 000".into(), ..good.clone() }),
        ("phone", CheckoutForm { phone: "{\"$ne\": 1}".into(), ..good.clone() }),
        ("delivery_type", CheckoutForm { delivery_type: "drone".into(), ..good.clone() }),
        ("street", CheckoutForm { delivery_type: "delivery".into(), city: "Cluj".into(), ..good.clone() }),
        ("preferred_time", CheckoutForm { preferred_time: "x".repeat(101), ..good.clone() }),
        ("special_instructions", CheckoutForm { special_instructions: "x".repeat(501), ..good.clone() }),
    ] {
        let error = shop.place_order(PlaceOrder { form, ..request(&cart, "") }).await.unwrap_err();
        let AppError::Fields { errors } = &error else { panic!("{field}: {error:?}") };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), [field]);
    }
    nothing_happened(&shop, &bread, &cart).await;
}

#[tokio::test]
async fn an_empty_cart_cannot_be_ordered() {
    let (shop, bread, cart) = ready().await;
    shop.remove_from_cart(&cart, &bread.id, Ro).await.unwrap();
    let unknown = CartId::parse(&"A".repeat(43)).unwrap();
    for cart in [&cart, &unknown] {
        let error = shop.place_order(request(cart, "0722 123 456")).await.unwrap_err();
        assert_eq!(error, AppError::Conflict { conflict: Conflict::EmptyCart });
    }
    assert_eq!((shop.count("orders").await, shop.sms.count()), (0, 0));
}

#[tokio::test]
async fn a_proved_number_needs_no_code() {
    let (shop, bread, cart) = ready().await;
    let customer = shop.proved("+40722123456").await;
    let sent = shop.sms.count();
    let placed = shop
        .place_order(PlaceOrder { customer: Some(customer), ..request(&cart, "0722 123 456") })
        .await
        .unwrap();
    assert_eq!(placed.order.status, OrderStatus::Confirmed);
    assert_eq!((placed.verification, placed.sms_failed), (None, false));
    assert_eq!(shop.sms.count(), sent);
    assert_eq!(shop.stock_of(&bread).await, 3);
    assert_eq!(shop.cart_count(Some(&cart)).await, Ok(0));
    let history: Vec<_> = placed.order.history.iter().map(|entry| entry.status).collect();
    assert_eq!(history, [OrderStatus::Pending, OrderStatus::Confirmed]);
}

#[tokio::test]
async fn another_number_than_the_proved_one_needs_its_own_code() {
    let (shop, _, cart) = ready().await;
    let customer = shop.proved("+40733123456").await;
    let sent = shop.sms.count();
    let other = PlaceOrder { customer: Some(customer), ..request(&cart, "0722 123 456") };
    assert_eq!(shop.place_order(other).await.unwrap().order.status, OrderStatus::Pending);
    assert_eq!(shop.sms.count(), sent + 1);
}

#[tokio::test]
async fn the_sms_speaks_the_language_of_the_customer() {
    let (shop, _, cart) = ready().await;
    let english = PlaceOrder { locale: En, ..request(&cart, "0722 123 456") };
    let order = shop.place_order(english).await.unwrap().order;
    let code = shop.code_for("+40722123456");
    assert_eq!(code.len(), 4);
    assert!(shop.confirm("0722 123 456", &order.id, &code).await.is_ok());
}

#[tokio::test]
async fn an_order_can_be_ordered_again_without_what_is_gone() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 9).await, shop.product("Cozonac", 4500, 9).await);
    let cart = shop.cart_with(&[(&bread, 2), (&cake, 1)]).await;
    let order = shop.confirmed(&cart, "0722 123 456").await.order;
    shop.set_product_active(&cake.id, false).await.unwrap();
    shop.set_product(&bread.id, doc! { "price": 1300_i64 }).await;
    let customer = Customer { phone: order.customer_phone.clone(), name: "Ana Pop".into() };
    let again = shop.order_again(&customer, &order.id, None, Ro).await.unwrap();
    assert_eq!(again.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Pâine"]);
    assert_eq!(again.total, bani(2600), "at the prices of now");
    let more = shop.order_again(&customer, &order.id, again.id.as_ref(), Ro).await.unwrap();
    assert_eq!((more.id, more.lines[0].quantity), (again.id, pieces(4)));
}

#[tokio::test]
async fn the_order_of_another_cannot_be_ordered_again() {
    let (shop, _, cart) = ready().await;
    let order = shop.confirmed(&cart, "0722 123 456").await.order;
    let stranger = shop.proved("+40733123456").await;
    let error = shop.order_again(&stranger, &order.id, None, Ro).await;
    assert_eq!(error, Err(AppError::missing(Missing::Order)));
}
