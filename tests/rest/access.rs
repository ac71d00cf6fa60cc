//! Who may see an order.

use super::{answer::Answer, api::Api};
use crate::harness::phone;
use mongodb::bson::doc;
use serde_json::json;
use vatra::model::time::Timestamp;

const PASSWORD: &str = "o parolă lungă";

#[tokio::test]
async fn from_the_cart_to_the_order_and_nobody_else_sees_it() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let (ana, phone) = (api.visitor(), phone());
    let cart = ana.post("/api/cart", &json!({ "product_id": bread.id, "quantity": 2 })).await.data(201);
    let body = json!({
        "session_id": cart["session_id"], "customer_name": "Ana Pop", "customer_phone": phone,
        "delivery_type": "pickup",
    });
    let order = ana.order("the-only-order", &body).await.data(201);
    let address = format!("/api/orders/{}", order["id"].as_str().unwrap());

    // Before the code: by the cart's cookie.
    let seen = ana.get(&address).await.data(200);
    assert_eq!((&seen["id"], &seen["status"]), (&order["id"], &json!("pending")));
    assert_eq!(seen["verification"]["expires_at"], order["verification"]["expires_at"]);

    let code = api.shop.code_for(&phone);
    let body = json!({ "phone_number": phone, "order_id": order["id"], "code": code });
    let confirmed = ana.post("/api/sms/confirm", &body).await.data(200);

    // After it: by the session alone.
    ana.drop_cookie("vatra_cart");
    assert_eq!(ana.get(&address).await.data(200), confirmed);
    let gone = ana.get(&format!("/api/cart/{}", cart["session_id"].as_str().unwrap())).await;
    assert_eq!(gone.refused(404, "DB_002"), json!({ "what": "cart" }));

    let nobody = api.visitor().get(&address).await;
    nobody.refused(401, "AUTH_002");
    let other = api.visitor();
    other.post("/api/cart", &json!({ "product_id": bread.id, "quantity": 1 })).await.data(201);
    assert_eq!(other.get(&address).await.refused(404, "DB_002"), json!({ "what": "order" }));
}

/// Asks for an order that is somebody else's, with one cookie.
async fn asked_with(api: &Api, cookie: &str, value: &str) -> Answer {
    let bread = api.shop.product("Miere", 3000, 9).await;
    let order = api.shop.pending(&[(&bread, 1)], &phone()).await;
    let visitor = api.visitor();
    visitor.set_cookie(cookie, value);
    visitor.get(&format!("/api/orders/{}", order.id)).await
}

#[tokio::test]
async fn another_customer_does_not_see_it() {
    let api = Api::open().await;
    let (bread, phone) = (api.shop.product("Pâine", 1250, 9).await, phone());
    let order = api.shop.pending(&[(&bread, 1)], &phone).await;
    let body = json!({ "phone_number": phone, "order_id": order.id, "code": api.shop.code_for(&phone) });
    let visitor = api.visitor();
    visitor.post("/api/sms/confirm", &body).await.data(200);
    let cookie = visitor.cookie("vatra_session").unwrap();
    asked_with(&api, "vatra_session", &cookie).await.refused(404, "DB_002");
}

#[tokio::test]
async fn what_is_no_session_counts_as_none() {
    let api = Api::open().await;
    let (bread, phone) = (api.shop.product("Pâine", 1250, 9).await, phone());
    let order = api.shop.pending(&[(&bread, 1)], &phone).await;
    let body = json!({ "phone_number": phone, "order_id": order.id, "code": api.shop.code_for(&phone) });
    let visitor = api.visitor();
    visitor.post("/api/sms/confirm", &body).await.data(200);
    let address = format!("/api/orders/{}", order.id);
    visitor.get(&address).await.data(200);

    // A token in plain text, and one that was tampered with.
    let cookie = visitor.cookie("vatra_session").unwrap();
    asked_with(&api, "vatra_session", &"A".repeat(43)).await.refused(401, "AUTH_002");
    asked_with(&api, "vatra_session", &cookie.replace(&cookie[..4], "AAAA")).await.refused(401, "AUTH_002");
    asked_with(&api, "vatra_admin", "a.b.c").await.refused(401, "AUTH_002");
    asked_with(&api, "vatra_cart", "$ne").await.refused(401, "AUTH_002");

    let past = mongodb::bson::DateTime::from_millis(Timestamp::default().0);
    api.shop.set("sessions", doc! {}, doc! { "expires_at": past }).await;
    visitor.get(&address).await.refused(401, "AUTH_002");
}

#[tokio::test]
async fn the_producer_sees_every_order() {
    let api = Api::open().await;
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    visitor.post("/api/auth/login", &json!({ "username": "ana", "password": PASSWORD })).await.data(200);
    let token = visitor.cookie("vatra_admin").unwrap();
    asked_with(&api, "vatra_admin", &token).await.data(200);
    let unknown = visitor.get("/api/orders/507f1f77bcf86cd799439011").await;
    assert_eq!(unknown.refused(404, "DB_002"), json!({ "what": "order" }));
}

#[tokio::test]
async fn what_is_no_id_is_no_order() {
    let api = Api::open().await;
    for id in ["x", "$ne", "%7B%22$gt%22:%22%22%7D", "507F1F77BCF86CD799439011"] {
        let answer = api.visitor().get(&format!("/api/orders/{id}")).await;
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "order" }), "{id}");
    }
}
