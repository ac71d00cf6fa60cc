//! The JSON API.

use super::{
    routes,
    run::run,
    scene::Scene,
    table::{
        Ask, Columns, EXPIRED, NOT_FOUND, Row, Then, admin_does, admin_reads, all, assert_complete, get,
        json, row,
    },
};
use serde_json::json;

const OK: Columns = all(Then::Ok(200));
const GONE: Columns = all(NOT_FOUND);
const SHOWS: Then = Then::Shows(200);
/// Whoever has shown nothing at all is told so; to others an order that is not theirs does not
/// exist.
const ORDER: Columns = [EXPIRED, NOT_FOUND, SHOWS, SHOWS, SHOWS, SHOWS];
/// Once it is confirmed, the cart that it came from is no key any more.
const CONFIRMED: Columns = [EXPIRED, NOT_FOUND, NOT_FOUND, SHOWS, SHOWS, SHOWS];
/// Whoever knows a cart's id holds the cart.
const HOLDS: Columns = all(Then::Knows(200));

fn item(scene: &Scene) -> String {
    format!("/api/cart/{}/items/{}", scene.cart, scene.bread.id)
}

fn place(scene: &Scene) -> Ask {
    let body = json!({
        "session_id": scene.spare_cart, "customer_name": "Bogdan", "customer_phone": scene.other_phone,
        "delivery_type": "pickup",
    });
    json("/api/orders", body)
}

fn confirm(scene: &Scene, phone: &str) -> Ask {
    let body = json!({ "order_id": scene.order.id, "phone_number": phone, "code": scene.code });
    json("/api/sms/confirm", body)
}

fn send(scene: &Scene, phone: &str) -> Ask {
    json("/api/sms/verify", json!({ "order_id": scene.order.id, "phone_number": phone }))
}

/// A name that nobody has: tries are counted for each.
fn log_in(_: &Scene) -> Ask {
    let nobody = vatra::server::secrets::token();
    json("/api/auth/login", json!({ "username": nobody, "password": "o parolă lungă" }))
}

fn rows() -> Vec<Row> {
    let order = |scene: &Scene| get(format!("/api/orders/{}", scene.order.id));
    vec![
        row("GET /api/products", |_| get("/api/products"), OK),
        row("GET /api/products", |s| get(format!("/api/products?category={}", s.hidden_shelf.id)), GONE),
        row("GET /api/products/{name}", |s| get(format!("/api/products/{}", s.bread.id)), OK),
        row("GET /api/products/{name}", |s| get(format!("/api/products/{}", s.hidden.id)), GONE),
        row("GET /api/categories", |_| get("/api/categories"), OK),
        row(
            "POST /api/cart",
            |s| json("/api/cart", json!({ "product_id": s.bread.id, "quantity": 1 })),
            all(Then::Does(201)),
        ),
        row("GET /api/cart/{session}", |s| get(format!("/api/cart/{}", s.cart)), OK),
        row("PUT /api/cart/{session}/items/{product_id}", |s| json(item(s), json!({ "quantity": 3 })), HOLDS),
        row("DELETE /api/cart/{session}/items/{product_id}", |s| get(item(s)), HOLDS),
        row("POST /api/orders", place, all(Then::Does(201))),
        row("GET /api/orders/{id}", order, ORDER),
        row("GET /api/orders/{id}", order, CONFIRMED).confirmed(),
        row("POST /api/sms/verify", |s| send(s, &s.phone), HOLDS),
        row("POST /api/sms/verify", |s| send(s, &s.other_phone), GONE),
        row("POST /api/sms/confirm", |s| confirm(s, &s.phone), HOLDS),
        row("POST /api/sms/confirm", |s| confirm(s, &s.other_phone), GONE),
        row("POST /api/auth/login", log_in, all(Then::No(401, "AUTH_001"))),
        row("POST /api/auth/logout", |_| get("/api/auth/logout"), admin_does(200)),
        row("GET /api/auth/me", |_| get("/api/auth/me"), admin_reads(Then::Ok(200))),
    ]
}

#[test]
fn every_endpoint_has_a_row() {
    assert_complete(&rows(), &routes::rest());
}

#[tokio::test]
async fn the_json_api() {
    run(&rows()).await;
}
