//! The JSON API.

use super::{
    routes,
    run::run,
    scene::Scene,
    table::{
        Ask, Body, Columns, EXPIRED, NOT_FOUND, Row, Then, admin_does, admin_reads, all, assert_complete,
        get, json, row,
    },
};
use crate::harness::pictures::png;
use serde_json::{Value, json};

const OK: Columns = all(Then::Ok(200));
const GONE: Columns = all(NOT_FOUND);
const ADMIN: Columns = admin_reads(SHOWS);
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

/// Its code has only just left: no call yet.
fn ask(scene: &Scene, phone: &str) -> Ask {
    json("/api/sms/call", json!({ "order_id": scene.order.id, "phone_number": phone }))
}

/// A name that nobody has: tries are counted for each.
fn log_in(_: &Scene) -> Ask {
    let nobody = vatra::server::secrets::token();
    json("/api/auth/login", json!({ "username": nobody, "password": "o parolă lungă" }))
}

fn rows() -> Vec<Row> {
    let mut rows = shop();
    rows.extend(admin());
    rows
}

fn shop() -> Vec<Row> {
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
        row("POST /api/sms/call", |s| ask(s, &s.phone), all(Then::No(429, "RATE_001"))),
        row("POST /api/sms/call", |s| ask(s, &s.other_phone), GONE),
        row("POST /api/sms/confirm", |s| confirm(s, &s.phone), HOLDS),
        row("POST /api/sms/confirm", |s| confirm(s, &s.other_phone), GONE),
        row("GET /api/openapi.json", |_| get("/api/openapi.json"), OK),
        row("GET /api/docs", |_| get("/api/docs"), OK),
        row("POST /api/auth/login", log_in, all(Then::No(401, "AUTH_001"))),
        row("POST /api/auth/logout", |_| get("/api/auth/logout"), admin_does(200)),
        row("GET /api/auth/me", |_| get("/api/auth/me"), admin_reads(Then::Ok(200))),
    ]
}

fn product(scene: &Scene) -> &str {
    scene.hidden.id.as_str()
}

fn shelf(scene: &Scene) -> &str {
    scene.hidden_shelf.id.as_str()
}

fn of_order(scene: &Scene) -> Ask {
    get(format!("/api/admin/orders/{}", scene.order.id))
}

fn of_product(scene: &Scene) -> String {
    format!("/api/admin/products/{}", scene.hidden.id)
}

fn upload(scene: &Scene) -> Ask {
    Ask { path: format!("{}/images", of_product(scene)), body: Body::Picture(png(7)) }
}

fn of_picture(scene: &Scene) -> String {
    format!("/api/admin/products/{}/images/{}", scene.bread.id, scene.picture.trim_start_matches("/media/"))
}

fn of_shelf(scene: &Scene) -> String {
    format!("/api/admin/categories/{}", scene.hidden_shelf.id)
}

fn product_body(scene: &Scene) -> Value {
    let shelf = &scene.bread.category_id;
    json!({ "name": scene.phone, "price": 1.5, "category_id": shelf, "stock_quantity": 1 })
}

fn move_on(scene: &Scene) -> Ask {
    json(format!("/api/admin/orders/{}", scene.order.id), json!({ "status": "cancelled" }))
}

pub fn admin() -> Vec<Row> {
    vec![
        row("GET /api/admin/orders", |_| get("/api/admin/orders"), ADMIN),
        row("GET /api/admin/orders/{id}", of_order, ADMIN),
        row("GET /api/admin/orders/{id}", of_order, ADMIN).confirmed(),
        row("PUT /api/admin/orders/{id}", move_on, admin_does(200)),
        row("PUT /api/admin/orders/{id}", move_on, admin_does(200)).confirmed(),
        row("GET /api/admin/products", |_| get("/api/admin/products?sort=newest"), ADMIN).guarding(product),
        row("POST /api/admin/products", |s| json("/api/admin/products", product_body(s)), admin_does(201)),
        row("GET /api/admin/products/{id}", |s| get(of_product(s)), ADMIN).guarding(product),
        row("PUT /api/admin/products/{id}", |s| json(of_product(s), product_body(s)), admin_does(200)),
        row("DELETE /api/admin/products/{id}", |s| get(of_product(s)), admin_does(200)),
        row("POST /api/admin/products/{id}/images", upload, admin_does(201)),
        row("DELETE /api/admin/products/{id}/images/{name}", |s| get(of_picture(s)), admin_does(200)),
        row("GET /api/admin/categories", |_| get("/api/admin/categories"), ADMIN).guarding(shelf),
        row(
            "POST /api/admin/categories",
            |s| json("/api/admin/categories", json!({ "name": s.phone })),
            admin_does(201),
        ),
        row("GET /api/admin/categories/{id}", |s| get(of_shelf(s)), ADMIN).guarding(shelf),
        row(
            "PUT /api/admin/categories/{id}",
            |s| json(of_shelf(s), json!({ "name": s.phone })),
            admin_does(200),
        ),
        row(
            "DELETE /api/admin/categories/{id}",
            |s| get(format!("/api/admin/categories/{}", s.empty_shelf.id)),
            admin_does(200),
        ),
    ]
}

#[test]
fn every_endpoint_has_a_row() {
    assert_complete(&rows(), &routes::rest());
}

#[tokio::test]
async fn the_json_api() {
    run(&shop()).await;
}

#[tokio::test]
async fn the_producers_json_api() {
    run(&admin()).await;
}
