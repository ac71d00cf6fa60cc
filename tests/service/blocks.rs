//! What a blocked number can no longer do, and what everybody else still can.

use crate::harness::{ADDRESS, TestShop, at_once, phone, request, wrong};
use mongodb::bson::doc;
use vatra::{
    model::{
        error::{AppError, Conflict},
        field::FieldError,
        ids::CustomerId,
        locale::Locale::{self, Ro},
        order::Order,
        page::Paging,
        phone::Phone,
        shop_facts::ShopFacts,
        status::OrderStatus,
    },
    server::service::checkout::PlaceOrder,
};

const PHONE: &str = "+40722123456";

fn blocked<T>() -> Result<T, AppError> {
    Err(AppError::Conflict { conflict: Conflict::Blocked { call: None } })
}

async fn block(shop: &TestShop) {
    shop.block_number("0722 123 456", "Comenzi în glumă", "ina").await.expect("blocked");
}

fn id(order: &Order) -> CustomerId {
    CustomerId::parse(order.id.as_str()).unwrap()
}

#[tokio::test]
async fn a_blocked_number_places_no_order_and_nothing_changes() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    block(&shop).await;
    for typed in [PHONE, "0722123456", "0040 722 123 456"] {
        let refused = shop.place_order(request(&cart, typed)).await;
        assert_eq!(refused.map(|placed| placed.order), blocked(), "{typed}");
    }
    assert_eq!((shop.stock_of(&bread).await, shop.count("orders").await, shop.sms.count()), (10, 0, 0));
    assert_eq!(shop.cart(Some(&cart), Ro).await.unwrap().lines.len(), 1, "the cart stays");
    shop.place(&cart, "+40722123457").await;
}

#[tokio::test]
async fn a_session_of_before_does_not_help() {
    let shop = TestShop::open().await;
    let customer = shop.proved(PHONE).await;
    block(&shop).await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let proved = PlaceOrder { customer: Some(customer.clone()), ..request(&cart, PHONE) };
    assert_eq!(shop.place_order(proved).await.map(|placed| placed.order), blocked());
    assert_eq!(shop.orders_of(&customer).await.unwrap().len(), 1, "their own orders they still see");
}

#[tokio::test]
async fn an_order_that_waits_gets_no_code_and_is_not_confirmed() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let order = shop.pending(&[(&bread, 2)], PHONE).await;
    let code = shop.code_for(PHONE);
    block(&shop).await;
    let sent = shop.sms.count();
    assert_eq!(shop.send_code_again(PHONE, &order.id, Ro, ADDRESS).await, blocked());
    for typed in [&code, &wrong(&code)] {
        assert_eq!(shop.confirm(PHONE, &order.id, typed).await.map(|done| done.order), blocked());
    }
    assert_eq!(shop.sms.count(), sent);
    assert_eq!(shop.any_order(&order.id).await.unwrap().status, OrderStatus::Pending);
    shop.unblock_number(PHONE).await.unwrap();
    let done = shop.confirm(PHONE, &order.id, &code).await.expect("the code still serves").order;
    assert_eq!(done.status, OrderStatus::Confirmed);
}

#[tokio::test]
async fn no_code_to_sign_in_is_sent_to_a_blocked_number() {
    let shop = TestShop::open().await;
    let attempt = shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap();
    block(&shop).await;
    assert_eq!(shop.begin_sign_in(PHONE, Ro, ADDRESS).await, blocked());
    assert_eq!(shop.send_sign_in_again(&attempt, Ro, ADDRESS).await, blocked());
    assert_eq!(shop.sms.count(), 1);
    shop.begin_sign_in(&phone(), Ro, ADDRESS).await.expect("others can");
}

#[tokio::test]
async fn orders_that_are_confirmed_stay() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let order = shop.confirmed(&cart, PHONE).await.order;
    shop.block_customer(&id(&order), "Glumește", "ina").await.unwrap();
    assert_eq!(shop.any_order(&order.id).await.unwrap(), order);
    let file = shop.customer_file(&id(&order), Paging::new(1, 10)).await.unwrap();
    let block = file.block.expect("blocked");
    assert_eq!((block.reason.as_deref(), block.by.as_deref()), (Some("Glumește"), Some("ina")));
    let listed = shop.blocked_numbers(Paging::new(1, 10)).await.unwrap();
    assert_eq!(listed.items[0].customer.as_ref().map(|known| known.phone.as_str()), Some(PHONE));
    shop.unblock(&block.id).await.unwrap();
    assert_eq!(shop.count("blocks").await, 0);
}

#[tokio::test]
async fn the_refusal_says_where_to_call_and_not_why() {
    let shop = TestShop::open().await;
    let call = Phone::from_e164("+40264123456").unwrap();
    shop.set_facts(ShopFacts { phone: Some(call.clone()), ..ShopFacts::default() }).await.unwrap();
    block(&shop).await;
    let error = shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap_err();
    assert_eq!(error, AppError::Conflict { conflict: Conflict::Blocked { call: Some(call) } });
    for l in Locale::ALL {
        let message = error.message(l);
        assert!(message.contains("264\u{a0}123\u{a0}456") && !message.contains("glumă"), "{message}");
    }
}

#[tokio::test]
async fn the_number_itself_is_not_in_the_collection() {
    let shop = TestShop::open().await;
    block(&shop).await;
    let stored = shop.raw("blocks").find_one(doc! {}).await.unwrap().unwrap();
    assert!(!stored.to_string().contains("722123456"), "{stored}");
    block(&shop).await;
    assert_eq!(shop.count("blocks").await, 1, "blocked twice is blocked once");
}

#[tokio::test]
async fn what_is_typed_is_checked() {
    let shop = TestShop::open().await;
    let AppError::Fields { errors } = shop.block_number("0722", " ", "ina").await.unwrap_err() else {
        panic!("not refused")
    };
    assert_eq!(errors.0["phone"], [FieldError::Phone]);
    assert_eq!(errors.0["reason"], [FieldError::Required]);
    let refused = shop.unblock_number("abc").await;
    assert_eq!(refused, Err(AppError::field("number", FieldError::Phone)));
    assert_eq!(shop.count("blocks").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_order_begins_after_a_block_that_was_told_done() {
    const MANY: usize = 8;
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 100).await;
    let mut carts = Vec::new();
    for _ in 0..MANY {
        carts.push(shop.cart_with(&[(&bread, 1)]).await);
    }
    let outcomes = at_once(MANY + 1, |number| {
        let (shop, cart) = (shop.instance(), carts.get(number).cloned());
        async move {
            match cart {
                Some(cart) => shop.place_order(request(&cart, PHONE)).await.map(|_| true),
                None => shop.block_number(PHONE, "Glumește", "ina").await.map(|()| false),
            }
        }
    })
    .await;
    let placed = outcomes.iter().filter(|outcome| **outcome == Ok(true)).count();
    let refused = outcomes.iter().filter(|outcome| **outcome == blocked()).count();
    assert_eq!(placed + refused, MANY, "{outcomes:?}");
    assert_eq!(shop.count("orders").await, placed as u64);
    assert_eq!(shop.stock_of(&bread).await as usize, 100 - placed, "who was refused took nothing");
    for cart in &carts {
        let again = shop.place_order(request(cart, PHONE)).await;
        assert_eq!(again.map(|placed| placed.order), blocked());
    }
    assert_eq!(shop.count("orders").await, placed as u64);
}
