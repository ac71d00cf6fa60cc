//! Orders that come by phone.

use crate::harness::{TestShop, at_once, bani, key, phone};
use mongodb::bson::doc;
use vatra::{
    model::{
        checkout::{CheckoutForm, Delivery},
        day::Day,
        error::AppError,
        locale::Locale,
        order::{Actor, Source},
        phone_order::PhoneOrderForm,
        product::Product,
        status::OrderStatus,
    },
    server::clock::{now, wall},
};

fn form(phone: &str, wanted: &[(&Product, &str)]) -> PhoneOrderForm {
    PhoneOrderForm {
        checkout: CheckoutForm {
            name: "Maria Moldovan".into(),
            phone: phone.into(),
            delivery_type: "pickup".into(),
            ..CheckoutForm::default()
        },
        quantities: wanted
            .iter()
            .map(|(product, pieces)| (product.id.to_string(), (*pieces).to_owned()))
            .collect(),
        ..PhoneOrderForm::default()
    }
}

#[tokio::test]
async fn an_order_by_phone_is_confirmed_and_takes_its_stock() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 10).await, shop.product("Cozonac", 4500, 5).await);
    let rest = shop.product("Gem", 2000, 9).await;
    shop.set_product(&bread.id, doc! { "price": 1300_i64 }).await;
    let number = phone();
    let mut form = form(&number, &[(&bread, "3"), (&cake, "1"), (&rest, "")]);
    form.checkout.delivery_type = "delivery".into();
    form.checkout.street = "Strada Morii 5".into();
    form.checkout.city = "Sibiu".into();
    form.day = Day::of(wall(now())).next().to_string();
    form.place = "În oraș".into();
    form.delivery_fee = "15".into();
    form.language = "en".into();
    form.note = "A zis că vine soțul".into();
    let order = shop.take_phone_order(&key(), &form, "ina").await.unwrap();
    assert_eq!(
        (order.status, order.source, order.locale),
        (OrderStatus::Confirmed, Source::Phone, Locale::En)
    );
    assert_eq!((order.delivery_fee, order.total), (bani(1500), bani(3900 + 4500 + 1500)));
    assert!(matches!(&order.delivery, Delivery::Delivery(address) if address.city == "Sibiu"));
    assert_eq!(order.day.map(|day| day.to_string()), Some(form.day.clone()));
    let steps: Vec<_> = order.history.iter().map(|step| (step.status, step.actor.clone())).collect();
    assert_eq!(steps, [(OrderStatus::Confirmed, Actor::Admin("ina".into()))]);
    assert_eq!([shop.stock_of(&bread).await, shop.stock_of(&cake).await], [7, 4]);
    let desk = shop.desk_order(&order.id, Locale::Ro).await.unwrap();
    assert_eq!(desk.notes[0].1.text, "A zis că vine soțul");
    assert_eq!(shop.sms.count(), 0, "no code is asked of who has called");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_sent_several_times_is_one_order() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 2).await;
    let (form, key) = (form(&phone(), &[(&bread, "2")]), key());
    let placed = at_once(4, |_| {
        let (shop, form, key) = (shop.instance(), form.clone(), key.clone());
        async move { shop.take_phone_order(&key, &form, "ina").await.map(|order| order.id) }
    });
    let mut placed = placed.await.into_iter().collect::<Result<Vec<_>, _>>().unwrap();
    placed.dedup();
    assert_eq!((placed.len(), shop.count("orders").await, shop.stock_of(&bread).await), (1, 1, 0));
}

#[tokio::test]
async fn another_order_on_a_page_that_was_gone_back_to_is_another_order() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let (number, key) = (phone(), key());
    let first = shop.take_phone_order(&key, &form(&number, &[(&bread, "2")]), "ina").await.unwrap();
    let second = shop.take_phone_order(&key, &form(&number, &[(&bread, "3")]), "ina").await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!(shop.stock_of(&bread).await, 4);
}

#[tokio::test]
async fn what_is_short_or_wrong_is_told_and_nothing_is_taken() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 2).await, shop.product("Cozonac", 4500, 5).await);
    let hidden = shop.product("Gem", 2000, 9).await;
    shop.set_product(&hidden.id, doc! { "active": false }).await;
    let wanted = form(&phone(), &[(&bread, "3"), (&cake, "1"), (&hidden, "1")]);
    let error = shop.take_phone_order(&key(), &wanted, "ina").await.unwrap_err();
    let AppError::Stock { shortages } = error else { panic!("{error:?}") };
    let mut short: Vec<_> = shortages.iter().map(|short| (&*short.name, short.available)).collect();
    short.sort_unstable();
    assert_eq!(short, [("Gem", 0), ("Pâine", 2)]);
    let nobody = form("0000 000 000", &[]);
    let Err(AppError::Fields { errors }) = shop.take_phone_order(&key(), &nobody, "ina").await else {
        panic!("accepted")
    };
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["phone", "quantities"]);
    assert_eq!([shop.stock_of(&bread).await, shop.stock_of(&cake).await], [2, 5]);
    assert_eq!(shop.count("orders").await, 0);
}

#[tokio::test]
async fn a_landline_is_a_number_to_call_back() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let order = shop.take_phone_order(&key(), &form("0264 123 456", &[(&bread, "1")]), "ina").await.unwrap();
    assert_eq!(order.customer_phone.as_str(), "+40264123456");
    for step in [OrderStatus::Processing, OrderStatus::Ready] {
        shop.change_status(&order.id, step, Actor::Admin("ina".into()), None).await.unwrap();
    }
    assert_eq!(shop.count("messages").await, 0);
}
