//! Operators of the database and other junk in every field of every body.

use super::api::Api;
use crate::harness::{key, phone};
use http::Request;
use serde_json::{Value, json};

/// Every body in its good form, with its method and address. Addresses within are filled in.
fn bodies(session: &str, product: &str, order: &str) -> Vec<(&'static str, String, Value)> {
    let phone = phone();
    vec![
        ("POST", "/api/cart".into(), json!({ "session_id": session, "product_id": product, "quantity": 1 })),
        ("PUT", format!("/api/cart/{session}/items/{product}"), json!({ "quantity": 1 })),
        (
            "POST",
            "/api/orders".into(),
            json!({
                "session_id": session, "customer_name": "Ana Pop", "customer_phone": phone,
                "delivery_type": "delivery", "preferred_time": "", "special_instructions": "",
                "delivery_address": { "street": "x", "city": "y", "postal_code": "z", "notes": "" },
            }),
        ),
        (
            "POST",
            "/api/sms/verify".into(),
            json!({ "phone_number": phone, "order_id": order, "channel": "sms" }),
        ),
        ("POST", "/api/sms/call".into(), json!({ "phone_number": phone, "order_id": order })),
        (
            "POST",
            "/api/sms/confirm".into(),
            json!({ "phone_number": phone, "order_id": order, "code": "0000" }),
        ),
        ("POST", "/api/auth/login".into(), json!({ "username": "ana", "password": "x" })),
    ]
}

/// The body with one field replaced, for each field and each field of an object in it; with the
/// name that the API gives the field.
fn each_field(body: &Value, junk: &Value) -> Vec<(String, Value)> {
    let mut all = Vec::new();
    for (name, value) in body.as_object().unwrap() {
        let mut changed = body.clone();
        changed[name] = junk.clone();
        all.push((name.clone(), changed));
        for inner in value.as_object().into_iter().flat_map(|object| object.keys()) {
            let mut changed = body.clone();
            changed[name][inner] = junk.clone();
            all.push((format!("{name}.{inner}"), changed));
        }
    }
    all
}

async fn send(api: &Api, method: &str, path: &str, body: &Value) -> super::answer::Answer {
    let request = Request::builder().method(method).uri(path).header("Idempotency-Key", key().as_str());
    api.visitor().send(super::api::json(request), &body.to_string()).await
}

#[tokio::test]
async fn no_operator_gets_into_any_field() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let cart = api.shop.cart_with(&[(&bread, 1)]).await;
    let order = api.shop.pending(&[(&bread, 1)], &phone()).await;
    for (method, path, body) in bodies(cart.as_str(), bread.id.as_str(), order.id.as_str()) {
        for junk in [json!({ "$gt": "" }), json!({ "$ne": null }), json!(["x"]), json!(true)] {
            for (field, changed) in each_field(&body, &junk) {
                let answer = send(&api, method, &path, &changed).await;
                let details = answer.refused(400, answer_code(&answer));
                let named = details.as_object().unwrap().keys().any(|name| name.starts_with(&field));
                assert!(named, "{method} {path} {field}: {}", answer.text);
            }
        }
    }
    assert_eq!((api.shop.count("orders").await, api.shop.sms.count()), (1, 1));
}

/// A junk address leaves street and city missing as well: then several fields are wrong.
fn answer_code(answer: &super::answer::Answer) -> &'static str {
    if answer.text.contains("VALIDATION_ERROR") { "VALIDATION_ERROR" } else { "VAL_002" }
}

#[tokio::test]
async fn fields_that_do_not_exist_are_refused() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let cart = api.shop.cart_with(&[(&bread, 1)]).await;
    let order = api.shop.pending(&[(&bread, 1)], &phone()).await;
    for (method, path, body) in bodies(cart.as_str(), bread.id.as_str(), order.id.as_str()) {
        for field in ["price", "unit_price", "total_amount", "$where", "__proto__", "", "status"] {
            let mut changed = body.clone();
            changed[field] = json!(1);
            send(&api, method, &path, &changed).await.refused_for(400, "VAL_002", &[field]);
        }
    }
    assert_eq!(api.shop.count("orders").await, 1);
    assert_eq!(api.shop.stock_of(&bread).await, 8);
}

#[tokio::test]
async fn texts_with_operators_are_only_texts() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let cart = api.shop.cart_with(&[(&bread, 1)]).await;
    let text = "{\"$gt\":\"\"} $where '; drop";
    let body = json!({
        "session_id": cart, "customer_name": text, "customer_phone": phone(), "delivery_type": "pickup",
        "special_instructions": text,
    });
    let order = send(&api, "POST", "/api/orders", &body).await.data(201);
    assert_eq!((&order["customer_name"], &order["special_instructions"]), (&json!(text), &json!(text)));
    for control in ["\u{0}", "a\u{202e}b", "a\nb"] {
        let mut body = body.clone();
        body["customer_name"] = json!(format!("x{control}y"));
        send(&api, "POST", "/api/orders", &body).await.refused_for(400, "VAL_002", &["customer_name"]);
    }
}
