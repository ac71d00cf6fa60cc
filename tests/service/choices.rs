//! Days, places and areas of an order.

use crate::harness::{TestShop, bani, checkout_form, key, phone, request, reserved};
use vatra::{
    model::{
        checkout::CheckoutForm,
        day::Day,
        error::{AppError, Conflict},
        field::FieldError,
        ids::CartId,
        locale::Locale::En,
        product::Product,
        shop_facts::ShopFacts,
    },
    server::{
        clock::{now, wall},
        service::checkout::PlaceOrder,
        settings::read,
    },
};

const SETTINGS: &str = r#"
rules = { lead_days = 1, days_ahead = 10 }
places = [
  { id = "cuptor", name = { ro = "La cuptor", en = "At the oven" }, address = "Strada Morii 4" },
  { id = "piata", name = { ro = "Piața" } },
]
areas = [
  { id = "sat", name = { ro = "În sat" } },
  { id = "oras", name = { ro = "Oraș" }, fee = "15.00", minimum = "20.00", free_from = "50.00" },
]
"#;

/// Two breads of five in a cart, 25 lei, in a shop with these settings.
async fn shop_with(settings: &str) -> (TestShop, Product, CartId) {
    let shop = TestShop::open().await;
    shop.set_facts(read(settings, false).expect("facts")).await.expect("set");
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    (shop, bread, cart)
}

fn delivery(area: &str) -> CheckoutForm {
    CheckoutForm {
        delivery_type: "delivery".into(),
        street: "Str. Morii 3".into(),
        city: "Cluj".into(),
        delivery_area: area.into(),
        ..checkout_form(&phone())
    }
}

fn pickup(place: &str) -> CheckoutForm {
    CheckoutForm { pickup_place: place.into(), ..checkout_form(&phone()) }
}

fn tomorrow() -> Day {
    Day::of(wall(now())).next()
}

async fn refused(shop: &TestShop, cart: &CartId, form: CheckoutForm) -> AppError {
    let phone = form.phone.clone();
    shop.place_order(PlaceOrder { form, ..request(cart, &phone) }).await.unwrap_err()
}

#[tokio::test]
async fn fee_and_names_are_frozen_into_the_order() {
    let (shop, _, cart) = shop_with(SETTINGS).await;
    let order = shop.place_form(&cart, delivery("oras")).await.order;
    assert_eq!((order.delivery_fee, order.total), (bani(1500), bani(4000)));
    assert_eq!(order.place.as_deref(), Some("Oraș"));
    assert!(order.day.is_some_and(|day| day >= tomorrow()), "{:?}", order.day);
    shop.set_facts(ShopFacts::default()).await.unwrap();
    assert_eq!(shop.any_order(&order.id).await, Ok(order));
}

#[tokio::test]
async fn from_an_amount_on_it_is_brought_for_nothing() {
    let (shop, bread, _) = shop_with(SETTINGS).await;
    let cart = shop.cart_with(&[(&bread, 4)]).await;
    let order = shop.place_form(&cart, delivery("oras")).await.order;
    assert_eq!((order.delivery_fee, order.total), (bani(0), bani(5000)));
}

#[tokio::test]
async fn too_little_for_an_area_says_how_much_is_missing() {
    let (shop, bread, _) = shop_with(SETTINGS).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let error = refused(&shop, &cart, delivery("oras")).await;
    let conflict = Conflict::BelowMinimum { minimum: bani(2000), missing: bani(750) };
    assert_eq!(error, AppError::Conflict { conflict });
    assert!(error.message(En).contains("7.50 lei"), "{}", error.message(En));
    assert_eq!((shop.count("orders").await, shop.stock_of(&bread).await), (0, 5));
    shop.place_form(&cart, delivery("sat")).await;
}

#[tokio::test]
async fn an_area_and_a_place_must_be_among_those_offered() {
    let (shop, bread, cart) = shop_with(SETTINGS).await;
    for (form, field, error) in [
        (delivery(""), "delivery_area", FieldError::Required),
        (delivery("luna"), "delivery_area", FieldError::Choice),
        (delivery("{\"$ne\":1}"), "delivery_area", FieldError::Choice),
        (pickup("gara"), "pickup_place", FieldError::Choice),
        (CheckoutForm { day: "2020-01-01".into(), ..pickup("piata") }, "day", FieldError::Choice),
        (CheckoutForm { day: "mâine".into(), ..pickup("piata") }, "day", FieldError::Choice),
    ] {
        assert_eq!(refused(&shop, &cart, form).await, AppError::field(field, error), "{field}");
    }
    assert_eq!((shop.count("orders").await, shop.stock_of(&bread).await), (0, 5));
    let order = shop.place_form(&cart, pickup("piata")).await.order;
    assert_eq!((order.place.as_deref(), order.delivery_fee), (Some("Piața"), bani(0)));
}

#[tokio::test]
async fn all_that_is_wrong_is_told_together() {
    let (shop, _, cart) = shop_with(SETTINGS).await;
    let form = CheckoutForm { name: String::new(), phone: "12".into(), ..delivery("luna") };
    let AppError::Fields { errors } = refused(&shop, &cart, form).await else { panic!("accepted") };
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["delivery_area", "name", "phone"]);
}

#[tokio::test]
async fn the_total_that_was_seen_includes_the_fee() {
    let (shop, bread, cart) = shop_with(SETTINGS).await;
    let place = |form: CheckoutForm, seen: i64| {
        let phone = form.phone.clone();
        PlaceOrder { form, expected_total: Some(bani(seen)), ..request(&cart, &phone) }
    };
    let error = shop.place_order(place(delivery("oras"), 2500)).await.unwrap_err();
    assert_eq!(error, AppError::Conflict { conflict: Conflict::TotalChanged { total: bani(4000) } });
    assert_eq!(shop.stock_of(&bread).await, 5);
    let placed = shop.place_order(place(delivery("oras"), 4000)).await.unwrap();
    assert_eq!(placed.order.total, bani(4000));
}

#[tokio::test]
async fn the_same_key_with_another_day_place_or_area_is_another_order() {
    let (shop, _, cart) = shop_with(SETTINGS).await;
    let (key, phone) = (key(), phone());
    let with = |form: CheckoutForm| PlaceOrder {
        form: CheckoutForm { phone: phone.clone(), ..form },
        ..reserved(&cart, &phone, &key)
    };
    let day = |days: usize| CheckoutForm { day: tomorrow().later(days).to_string(), ..pickup("piata") };
    let first = shop.place_order(with(day(1))).await.unwrap().order;
    assert_eq!(first.day, Some(tomorrow().later(1)));
    let again = shop.place_order(with(day(1))).await.unwrap();
    assert!(again.replayed && again.order.id == first.id);
    for other in [day(2), pickup("piata"), CheckoutForm { pickup_place: "cuptor".into(), ..day(1) }] {
        let error = shop.place_order(with(other)).await.unwrap_err();
        assert_eq!(error, AppError::Conflict { conflict: Conflict::KeyReused });
    }
}

#[tokio::test]
async fn a_replay_is_answered_even_when_its_day_is_gone_and_the_shop_has_closed() {
    let (shop, _, cart) = shop_with(SETTINGS).await;
    let (key, phone) = (key(), phone());
    let form = CheckoutForm { phone: phone.clone(), ..delivery("oras") };
    let order = || PlaceOrder { form: form.clone(), ..reserved(&cart, &phone, &key) };
    let first = shop.place_order(order()).await.unwrap().order;
    shop.set_facts(read("[closed]", false).unwrap()).await.unwrap();
    let again = shop.place_order(order()).await.unwrap();
    assert!(again.replayed && again.order == first);
}

#[tokio::test]
async fn a_closed_shop_takes_no_order_and_no_stock() {
    let (shop, bread, cart) =
        shop_with(&format!("{SETTINGS}\n[closed]\ntext = {{ ro = \"Suntem la târg.\" }}")).await;
    let error = refused(&shop, &cart, pickup("piata")).await;
    assert_eq!(error, AppError::Conflict { conflict: Conflict::ShopClosed { until: None } });
    assert_eq!((shop.count("orders").await, shop.stock_of(&bread).await, shop.sms.count()), (0, 5, 0));
    shop.set_facts(read(SETTINGS, false).unwrap()).await.unwrap();
    shop.place_form(&cart, pickup("piata")).await;
}

#[tokio::test]
async fn a_shop_that_closed_at_another_instance_takes_no_order_here() {
    let (shop, _, cart) = shop_with(SETTINGS).await;
    let other = shop.second_instance().await;
    assert!(other.choices().await.unwrap().closed().is_none());
    shop.set_facts(read("[closed]", false).unwrap()).await.unwrap();
    let phone = phone();
    let order = PlaceOrder {
        form: CheckoutForm { phone: phone.clone(), ..pickup("piata") },
        ..request(&cart, &phone)
    };
    let error = other.place_order(order).await.err();
    assert_eq!(error, Some(AppError::Conflict { conflict: Conflict::ShopClosed { until: None } }));
}

#[tokio::test]
async fn a_shop_that_has_said_nothing_asks_for_nothing() {
    let (shop, _, cart) = shop_with("").await;
    let order = shop.place_form(&cart, delivery("")).await.order;
    assert_eq!((order.day, order.place, order.total), (None, None, bani(2500)));
}
