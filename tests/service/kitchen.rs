//! What the kitchen is told to make.

use crate::harness::{TestShop, checkout_form, phone};
use mongodb::bson::{Bson, doc, oid::ObjectId};
use vatra::{
    model::{
        category::CategoryForm,
        checkout::CheckoutForm,
        day::Day,
        kitchen::{BakeList, OrderCount},
        locale::Locale::{En, Ro},
        order::Order,
        product::{Product, ProductForm},
        status::OrderStatus::{self, Cancelled, Completed, Confirmed, Pending, Processing, Ready},
    },
    server::clock::today,
};

/// An order that has come so far, for a day or for none.
async fn order(shop: &TestShop, wanted: &[(&Product, i64)], status: OrderStatus, day: Option<Day>) -> Order {
    let order = shop.pending(wanted, &phone()).await;
    set(shop, &order, status, day, None).await;
    order
}

async fn set(shop: &TestShop, order: &Order, status: OrderStatus, day: Option<Day>, place: Option<&str>) {
    let id = doc! { "_id": ObjectId::parse_str(order.id.as_str()).unwrap() };
    let mut change = doc! { "status": status.name() };
    change.extend(day.map(|day| ("day".to_owned(), Bson::from(day.to_string()))));
    change.extend(place.map(|place| ("place".to_owned(), Bson::from(place))));
    shop.set("orders", id, change).await;
}

/// Shelf, name, to do, ready and undated of all products.
fn told(list: &BakeList) -> Vec<(Option<&str>, &str, u64, u64, u64)> {
    let mut told = Vec::new();
    for tray in &list.trays {
        for count in &tray.products {
            told.push((tray.shelf.as_deref(), &*count.name, count.to_do, count.ready, count.undated));
        }
    }
    told
}

#[tokio::test]
async fn open_orders_of_a_day_are_added_up_by_product() {
    let shop = TestShop::open().await;
    let (today, tomorrow) = (today(), today().next());
    let bread = shop.product("Pâine", 1250, 900).await;
    let shelf = CategoryForm {
        name: "Borcane".into(),
        name_en: "Jars".into(),
        display_order: "-5".into(),
        ..CategoryForm::default()
    };
    let shelf = shop.create_category(&shelf).await.unwrap().id;
    let form = ProductForm { category_id: shelf.to_string(), ..shop.product_form("Miere", 3000, 900).await };
    let honey = shop.create_product(&form).await.unwrap();

    order(&shop, &[(&bread, 2), (&honey, 1)], Confirmed, Some(today)).await;
    order(&shop, &[(&bread, 3)], Processing, Some(today)).await;
    order(&shop, &[(&bread, 5)], Ready, Some(today)).await;
    order(&shop, &[(&bread, 7)], Confirmed, None).await;
    order(&shop, &[(&bread, 11)], Confirmed, Some(tomorrow)).await;
    for status in [Pending, Completed, Cancelled] {
        order(&shop, &[(&bread, 100)], status, Some(today)).await;
    }
    order(&shop, &[(&bread, 100)], Completed, None).await;

    let list = shop.bake_list("", Ro).await.unwrap();
    assert_eq!(list.day, today);
    assert_eq!(list.orders, OrderCount { all: 4, ready: 1, undated: 1 });
    assert_eq!(told(&list), [(Some("Borcane"), "Miere", 1, 0, 0), (Some("Raft"), "Pâine", 12, 5, 7)]);
    let english = shop.bake_list(&today.to_string(), En).await.unwrap();
    assert_eq!(told(&english)[0].0, Some("Jars"));

    let next = shop.bake_list(&tomorrow.to_string(), Ro).await.unwrap();
    assert_eq!(told(&next), [(Some("Raft"), "Pâine", 11, 0, 0)]);
    assert_eq!(next.orders, OrderCount { all: 1, ready: 0, undated: 0 });
    let empty = shop.bake_list("2020-02-02", Ro).await.unwrap();
    assert_eq!((empty.trays.len(), empty.orders.all), (0, 0));
    // What is no day is today.
    assert_eq!(shop.bake_list("{\"$ne\":1}", Ro).await.unwrap().day, today);
}

#[tokio::test]
async fn a_product_that_is_gone_is_still_baked() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 900).await;
    order(&shop, &[(&bread, 2)], Confirmed, None).await;
    shop.delete_product(&bread.id).await.unwrap();
    assert_eq!(told(&shop.bake_list("", Ro).await.unwrap()), [(None, "Pâine", 2, 0, 2)]);
}

#[tokio::test]
async fn lists_stand_in_the_order_of_who_uses_them() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 900).await;
    let today = today();
    for name in ["Zoe", "ana", "Maria"] {
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let form = CheckoutForm { name: name.into(), ..checkout_form(&phone()) };
        set(&shop, &shop.place_form(&cart, form).await.order, Confirmed, Some(today), None).await;
    }
    for (city, street, place) in
        [("Turda", "Str. B", "Arieș"), ("Cluj", "Str. A", "Cluj"), ("turda", "Str. A", "Arieș")]
    {
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let form = CheckoutForm {
            delivery_type: "delivery".into(),
            city: city.into(),
            street: street.into(),
            ..checkout_form(&phone())
        };
        set(&shop, &shop.place_form(&cart, form).await.order, Ready, Some(today), Some(place)).await;
    }
    let pickups = shop.pickups("").await.unwrap();
    let names: Vec<&str> = pickups.orders.iter().map(|order| order.customer_name.as_str()).collect();
    assert_eq!(names, ["ana", "Maria", "Zoe"]);
    let deliveries = shop.deliveries("").await.unwrap();
    let doors: Vec<String> = deliveries
        .orders
        .iter()
        .map(|order| order.delivery.address().map(|to| format!("{} {}", to.city, to.street)).unwrap())
        .collect();
    assert_eq!(doors, ["turda Str. A", "Turda Str. B", "Cluj Str. A"]);
    assert_eq!(shop.to_pack("").await.unwrap().orders.len(), 6);
}
