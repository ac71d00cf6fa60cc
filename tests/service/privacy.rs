use crate::harness::{ADDRESS, TestShop, at_once, checkout_form, phone};
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use vatra::{
    model::{
        checkout::CheckoutForm,
        error::{AppError, Conflict},
        locale::Locale::Ro,
        order::{Actor, Order},
        phone::Phone,
        session::Customer,
        status::OrderStatus::{self, Cancelled, Completed, Confirmed, Processing, Ready},
    },
    server::store::orders::{NO_PHONE, NO_TEXT},
};

const PHONE: &str = "+40722123456";

/// Words that only this customer's documents hold.
const SECRETS: [&str; 6] = ["Zamfira", "Tainica", "Ascunsa", "poarta", "slujba", "Safta"];

fn form(phone: &str) -> CheckoutForm {
    let [name, street, city, notes, time, wish] = SECRETS.map(str::to_owned);
    CheckoutForm {
        name,
        street,
        city,
        delivery_type: "delivery".into(),
        address_notes: notes,
        preferred_time: time,
        special_instructions: wish,
        ..checkout_form(phone)
    }
}

fn customer(phone: &str) -> Customer {
    Customer { phone: Phone::from_e164(phone).unwrap(), name: "Zamfira".into() }
}

/// An order of Zamfira's that waits for its code.
async fn waiting(shop: &TestShop, phone: &str) -> Order {
    let bread = shop.product("Pâine", 1250, 50).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    shop.place_form(&cart, form(phone)).await.order
}

/// An order of Zamfira's that has come so far.
async fn order(shop: &TestShop, phone: &str, steps: &[OrderStatus]) -> Order {
    let mut order = waiting(shop, phone).await;
    let code = shop.code_for(phone);
    order = shop.confirm(phone, &order.id, &code).await.expect("confirmed").order;
    for status in steps {
        let note = Some("Safta a sunat".to_owned());
        order = shop.change_status(&order.id, *status, Actor::Shop, note).await.expect("moved");
    }
    order
}

const DONE: &[OrderStatus] = &[Processing, Ready, Completed];

/// Every document of the shop but counters, by collection.
async fn everything(shop: &TestShop) -> Vec<(String, Document)> {
    let mut all = Vec::new();
    for name in ["orders", "users", "sessions", "verifications", "cart_sessions", "products"] {
        let found: Vec<Document> =
            shop.raw(name).find(doc! {}).sort(doc! { "_id": 1 }).await.unwrap().try_collect().await.unwrap();
        all.extend(found.into_iter().map(|document| (name.to_owned(), document)));
    }
    all
}

#[tokio::test]
async fn all_that_is_kept_can_be_had() {
    let shop = TestShop::open().await;
    let first = order(&shop, PHONE, DONE).await;
    let second = waiting(&shop, PHONE).await;
    shop.proved(&phone()).await;
    let data = shop.personal_data(&customer(PHONE)).await.unwrap();
    assert_eq!(data.phone.as_str(), PHONE);
    assert_eq!(data.customer.map(|customer| customer.name), Some("Zamfira".into()));
    assert_eq!(data.orders.iter().map(|order| &order.id).collect::<Vec<_>>(), [&second.id, &first.id]);
    assert_eq!((data.sessions.len(), data.codes.len()), (1, 1));
}

#[tokio::test]
async fn of_who_never_came_there_is_nothing() {
    let shop = TestShop::open().await;
    order(&shop, PHONE, DONE).await;
    let data = shop.personal_data(&customer("+40733123456")).await.unwrap();
    assert!(data.customer.is_none() && data.orders.is_empty());
    assert!(data.sessions.is_empty() && data.codes.is_empty());
}

#[tokio::test]
async fn who_is_forgotten_is_nowhere_and_the_accounts_stay() {
    let shop = TestShop::open().await;
    let done = order(&shop, PHONE, DONE).await;
    let cancelled = order(&shop, PHONE, &[Cancelled]).await;
    shop.begin_sign_in(PHONE, Ro, ADDRESS).await.unwrap();
    shop.forget(&customer(PHONE), None).await.expect("forgotten");
    for (name, document) in everything(&shop).await {
        let text = document.to_string();
        for secret in SECRETS.iter().chain(&[PHONE, &PHONE[3..]]) {
            assert!(!text.contains(secret), "{secret} in {name}: {text}");
        }
    }
    for was in [done, cancelled] {
        let is = shop.any_order(&was.id).await.unwrap();
        assert_eq!(
            (is.number, is.status, is.total, is.items),
            (was.number, was.status, was.total, was.items)
        );
        assert_eq!((is.customer_phone.as_str(), is.customer_name.as_str()), (NO_PHONE, NO_TEXT));
        assert_eq!(is.history.len(), was.history.len());
        assert!(is.history.iter().all(|step| step.note.is_none()));
        assert!(is.preferred_time.is_none() && is.special_instructions.is_none());
    }
    assert_eq!([shop.count("users").await, shop.count("sessions").await], [0, 0]);
    assert_eq!(shop.count("verifications").await, 0);
}

#[tokio::test]
async fn nobody_else_is_touched() {
    let shop = TestShop::open().await;
    let other = phone();
    order(&shop, &other, DONE).await;
    waiting(&shop, &other).await;
    shop.begin_sign_in(&other, Ro, ADDRESS).await.unwrap();
    let before = everything(&shop).await;
    order(&shop, PHONE, DONE).await;
    shop.forget(&customer(PHONE), None).await.unwrap();
    let after = everything(&shop).await;
    for document in before {
        assert!(after.contains(&document), "{document:?}");
    }
}

#[tokio::test]
async fn while_an_order_is_worked_on_nothing_is_forgotten() {
    for steps in [&[][..], &[Processing], &[Processing, Ready]] {
        let shop = TestShop::open().await;
        order(&shop, PHONE, DONE).await;
        let open = order(&shop, PHONE, steps).await;
        let before = everything(&shop).await;
        let error = shop.forget(&customer(PHONE), None).await.unwrap_err();
        assert_eq!(error, AppError::Conflict { conflict: Conflict::OpenOrders });
        assert_eq!(everything(&shop).await, before);
        let kept = shop.kept(&customer(PHONE)).await.unwrap();
        assert_eq!((kept.orders, kept.open), (2, vec![(open.id.clone(), open.number.clone())]));
        shop.change_status(&open.id, Cancelled, Actor::Shop, None).await.unwrap();
        shop.forget(&customer(PHONE), None).await.expect("forgotten when it is cancelled");
    }
}

#[tokio::test]
async fn an_order_that_waits_is_cancelled_and_gives_its_stock_back() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let order = shop.place(&cart, PHONE).await.order;
    assert_eq!(shop.stock_of(&bread).await, 8);
    shop.forget(&customer(PHONE), None).await.expect("forgotten");
    assert_eq!(shop.any_order(&order.id).await.unwrap().status, Cancelled);
    assert_eq!(shop.stock_of(&bread).await, 10);
    assert_eq!(shop.count("cart_sessions").await, 0);
}

#[tokio::test]
async fn the_cart_of_who_asks_goes_too_and_no_other() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 10).await;
    let (mine, theirs) = (shop.cart_with(&[(&bread, 1)]).await, shop.cart_with(&[(&bread, 1)]).await);
    shop.forget(&customer(PHONE), Some(&mine)).await.expect("forgotten");
    assert!(shop.cart(Some(&mine), Ro).await.unwrap().lines.is_empty());
    assert_eq!(shop.cart(Some(&theirs), Ro).await.unwrap().lines.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn to_be_forgotten_several_times_at_once_is_to_be_forgotten_once() {
    let shop = TestShop::open().await;
    let done = order(&shop, PHONE, DONE).await;
    let forgotten = at_once(5, |_| {
        let shop = shop.instance();
        async move { shop.forget(&customer(PHONE), None).await }
    });
    assert_eq!(forgotten.await, vec![Ok(()); 5]);
    assert_eq!(shop.any_order(&done.id).await.unwrap().customer_name, NO_TEXT);
    assert_eq!(shop.forget(&customer(PHONE), None).await, Ok(()));
}

#[tokio::test]
async fn nobody_can_sign_in_as_the_forgotten() {
    let shop = TestShop::open().await;
    let error = shop.begin_sign_in(NO_PHONE, Ro, ADDRESS).await.unwrap_err();
    assert!(matches!(error, AppError::Fields { .. }), "{error:?}");
    assert_eq!(order(&shop, PHONE, &[]).await.status, Confirmed);
}
