//! What is not the sender's to say: prices, totals, statuses, whose order it is.

use super::{
    targets::{Fields, targets},
    world::{World, page, place, submit},
};
use crate::harness::{key, phone};
use http::Request;
use mongodb::bson::{Bson, doc};
use serde_json::json;
use vatra::model::ids::OrderId;

/// Fields that somebody might hope for.
const WISHES: [&str; 16] = [
    "price",
    "unit_price",
    "total_price",
    "total_amount",
    "total",
    "items",
    "status",
    "role",
    "verified",
    "verified_at",
    "stock",
    "user_id",
    "id",
    "_id",
    "is_admin",
    "__proto__",
];

#[tokio::test]
async fn the_api_refuses_every_field_that_is_not_the_senders() {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    for target in targets(&world, &cart).await {
        let Fields::Json(body) = &target.fields else { continue };
        for wish in WISHES.iter().filter(|wish| body.get(**wish).is_none()) {
            for value in [json!(1), json!("admin"), json!(true), json!({ "$set": 1 })] {
                let mut body = body.clone();
                body[*wish] = value;
                let answer = target.send(&world, &cart, &body.to_string().replace("@phone", &phone())).await;
                let details = answer.refused(400, "VAL_002");
                assert!(details.get(*wish).is_some(), "{} {wish}: {}", target.route, answer.text);
            }
        }
    }
    assert_eq!(world.api.shop.count("orders").await, 1, "the one that the targets are about");
}

#[tokio::test]
async fn a_form_is_charged_what_the_catalogue_says() {
    let world = World::open().await;
    let (visitor, _) = world.shopper().await;
    let (phone, key) = (phone(), key());
    let mut fields = vec![
        ("name", "Ana Pop"),
        ("phone", phone.as_str()),
        ("delivery_type", "pickup"),
        ("key", key.as_str()),
        ("order[status]", "completed"),
    ];
    fields.extend(WISHES.map(|wish| (wish, "1")));
    submit(
        &visitor,
        "/fn/cart/add",
        &[("product_id", world.bread.id.as_str()), ("price", "1"), ("total", "1")],
    )
    .await;
    let answer = submit(&visitor, "/fn/checkout/place", &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let order = world.api.shop.raw("orders").find_one(doc! {}).await.unwrap().expect("an order");
    assert_eq!(order.get_str("status").unwrap(), "pending");
    assert_eq!(order.get_str("customer_phone").unwrap(), phone);
    assert!(!order.contains_key("verified_at") || order.get("verified_at") == Some(&Bson::Null));
    let id = order.get_object_id("_id").unwrap().to_hex();
    let order = world.api.shop.any_order(&OrderId::parse(&id).unwrap()).await.unwrap();
    let line = &order.items[0];
    assert_eq!((line.quantity.get(), line.unit_price, order.total.bani()), (3, world.bread.price, 3750));
}

#[tokio::test]
async fn a_total_of_the_senders_is_only_compared() {
    let world = World::open().await;
    let (visitor, _) = world.shopper().await;
    let (phone, key) = (phone(), key());
    let fields = |total| {
        [
            ("name", "Ana"),
            ("phone", phone.as_str()),
            ("delivery_type", "pickup"),
            ("key", key.as_str()),
            total,
        ]
    };
    for total in ["1", "0", "2499"] {
        let answer = submit(&visitor, "/fn/checkout/place", &fields(("expected_total", total))).await;
        assert_eq!(answer.status, 409, "{total}: {}", answer.text);
    }
    for total in ["-1", "25.00", "1e3", "x"] {
        let answer = submit(&visitor, "/fn/checkout/place", &fields(("expected_total", total))).await;
        assert_eq!(answer.status, 400, "{total}: {}", answer.text);
    }
    assert_eq!(world.api.shop.count("orders").await, 0);
}

#[tokio::test]
async fn a_form_orders_the_cart_of_its_browser_whatever_it_names() {
    let world = World::open().await;
    let (_, others) = world.shopper().await;
    let (mine, cart) = world.shopper().await;
    let (phone, key) = (phone(), key());
    let fields = [
        ("name", "Ion"),
        ("phone", phone.as_str()),
        ("delivery_type", "pickup"),
        ("key", key.as_str()),
        ("cart", others.as_str()),
        ("session_id", others.as_str()),
        ("cart_id", others.as_str()),
    ];
    assert_eq!(submit(&mine, "/fn/checkout/place", &fields).await.status, 200);
    let order = world.api.shop.raw("orders").find_one(doc! {}).await.unwrap().expect("an order").to_string();
    assert!(order.contains(cart.as_str()) && !order.contains(others.as_str()), "{order}");
}

#[tokio::test]
async fn a_product_keeps_what_its_form_does_not_have() {
    let world = World::open().await;
    let producer = world.producer();
    let fields = [
        ("id", world.bread.id.as_str()),
        ("name", "Pâine"),
        ("price", "12,50"),
        ("category_id", world.bread.category_id.as_str()),
        ("stock_quantity", "5"),
        ("slug", "altceva"),
        ("images", "https://evil.example/x.png"),
        ("picture[]", "javascript:alert(1)"),
        ("updated_at", "0"),
        ("csrf", &world.csrf),
    ];
    assert_eq!(submit(&producer, "/fn/admin/products/save", &fields).await.status, 200);
    let stored = world.api.shop.any_product(world.bread.id.as_str()).await.unwrap();
    assert_eq!((stored.slug, stored.images), (world.bread.slug.clone(), Vec::new()));
    assert!(stored.updated_at >= world.bread.updated_at);
}

#[tokio::test]
async fn an_order_never_tells_the_cart_that_it_came_from() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    let body = json!({ "session_id": cart, "customer_name": "Ana", "customer_phone": phone(),
                       "delivery_type": "pickup" });
    let placed = place(&visitor, &body).await;
    let id = placed.data(201)["id"].as_str().unwrap().to_owned();
    let mut answers = vec![placed];
    for path in [format!("/api/orders/{id}"), format!("/fn/orders/view?id={id}")] {
        answers.push(visitor.send(Request::get(path), "").await);
    }
    for path in [format!("/ro/orders/{id}"), format!("/ro/orders/{id}/verify")] {
        answers.push(page(&visitor, &path).await);
    }
    answers.push(page(&world.producer(), &format!("/ro/admin/orders/{id}")).await);
    for answer in answers {
        assert!(answer.status.is_success(), "{}", answer.text);
        assert!(!answer.text.contains(cart.as_str()), "{}", answer.text);
    }
}
