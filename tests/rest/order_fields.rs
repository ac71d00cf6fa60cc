//! What is wrong with an order is told by the names that the API has for it.

use super::{
    api::Api,
    orders::{order_of, place},
};
use crate::harness::phone;
use serde_json::{Value, json};

#[tokio::test]
async fn an_order_needs_a_key() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let body = order_of(&visitor, &bread, 2, &phone()).await;
    visitor.post("/api/orders", &body).await.refused_for(400, "VAL_001", &["Idempotency-Key"]);
    visitor.order("", &body).await.refused_for(400, "VAL_001", &["Idempotency-Key"]);
    for key in ["short", "with spaces", "{\"$gt\":\"\"}", "ăăăăăăăăă", &"x".repeat(129)] {
        visitor.order(key, &body).await.refused_for(400, "VAL_002", &["Idempotency-Key"]);
    }
    assert_eq!(api.shop.count("orders").await, 0);
}

#[tokio::test]
async fn wrong_fields_have_the_names_of_the_api() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let good = order_of(&visitor, &bread, 2, &phone()).await;
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    let long = Value::from("x".repeat(501));
    let delivery = |address: Value| {
        let mut body = with("delivery_type", json!("delivery"));
        body["delivery_address"] = address;
        body
    };
    let place_names = ["delivery_address.city", "delivery_address.street"];
    for (body, code, fields) in [
        (with("session_id", Value::Null), "VAL_001", &["session_id"][..]),
        (with("customer_name", json!("  ")), "VAL_001", &["customer_name"]),
        (with("customer_name", json!("x".repeat(101))), "VAL_003", &["customer_name"]),
        (with("customer_phone", Value::Null), "VAL_001", &["customer_phone"]),
        (with("customer_phone", json!("0000 000 000")), "VAL_002", &["customer_phone"]),
        (with("delivery_type", json!("pigeon")), "VAL_002", &["delivery_type"]),
        (with("preferred_time", long.clone()), "VAL_003", &["preferred_time"]),
        (with("special_instructions", long.clone()), "VAL_003", &["special_instructions"]),
        (delivery(Value::Null), "VALIDATION_ERROR", &place_names),
        (delivery(json!({ "street": "Str. Morii" })), "VAL_001", &place_names[..1]),
        (delivery(json!({ "street": long, "city": "Cluj" })), "VAL_003", &place_names[1..]),
        (
            delivery(json!({ "street": "x", "city": "y", "notes": long, "postal_code": long })),
            "VALIDATION_ERROR",
            &["delivery_address.notes", "delivery_address.postal_code"],
        ),
        (delivery(json!([])), "VALIDATION_ERROR", &["delivery_address", place_names[0], place_names[1]]),
        (json!({}), "VALIDATION_ERROR", &["customer_name", "customer_phone", "delivery_type", "session_id"]),
        (with("total_amount", json!(0.01)), "VAL_002", &["total_amount"]),
        (with("items", json!([])), "VAL_002", &["items"]),
        (delivery(json!({ "street": "x", "city": "y", "price": 1 })), "VAL_002", &["delivery_address.price"]),
    ] {
        place(&visitor, &body).await.refused_for(400, code, fields);
    }
    assert_eq!(api.shop.count("orders").await, 0);
}
