use super::{
    answer::{Answer, without_changing_parts},
    api::{Api, Visitor},
};
use crate::harness::{key, phone};
use serde_json::{Value, json};
use vatra::model::product::Product;

/// A cart with one product, and the body that orders it.
pub async fn order_of(visitor: &Visitor<'_>, product: &Product, quantity: u32, phone: &str) -> Value {
    let body = json!({ "product_id": product.id, "quantity": quantity });
    let cart = visitor.post("/api/cart", &body).await.data(201);
    json!({
        "session_id": cart["session_id"], "customer_name": "Ana Pop", "customer_phone": phone,
        "delivery_type": "pickup",
    })
}

pub async fn place(visitor: &Visitor<'_>, body: &Value) -> Answer {
    visitor.order(key().as_str(), body).await
}

#[tokio::test]
async fn an_order_is_answered_with_all_that_was_said() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let (visitor, phone) = (api.visitor(), phone());
    let mut body = order_of(&visitor, &bread, 2, &phone).await;
    let address =
        json!({ "street": "Str. Morii 3", "city": "Cluj", "postal_code": "400001", "notes": "la poartă" });
    body["delivery_type"] = json!("delivery");
    body["delivery_address"] = address.clone();
    body["preferred_time"] = json!("sâmbătă");
    body["special_instructions"] = json!("bine coaptă");
    let answer = place(&visitor, &body).await;
    let expected = json!({
        "status": "pending", "customer_name": "Ana Pop", "customer_phone": phone,
        "delivery_type": "delivery", "delivery_address": address,
        "preferred_time": "sâmbătă", "special_instructions": "bine coaptă",
        "items": [{ "product_id": bread.id, "product_name": "Pâine", "quantity": 2,
                    "net_content": null, "unit_price_per_measure": null, "vat_rate": 11,
                        "allergens": { "declared": false, "contains": [], "may_contain": [] },
                        "unit_price": 12.5, "total_price": 25.0 }],
        "vat_included": [{ "rate": 11, "amount": 2.48 }],
        "day": null, "place": null, "delivery_fee": 0.0, "total_amount": 25.0, "verification": { "required": true, "sms_sent": true },
    });
    assert_eq!(without_changing_parts(answer.data(201)), expected);
    assert!(answer.text.contains("\"total_amount\":25.00,"), "{}", answer.text);
    assert_eq!(api.shop.stock_of(&bread).await, 7);
}

#[tokio::test]
async fn what_was_not_said_is_null() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let order = place(&visitor, &order_of(&visitor, &bread, 1, &phone()).await).await.data(201);
    for field in ["delivery_address", "preferred_time", "special_instructions"] {
        assert_eq!(order[field], Value::Null);
    }
    assert_eq!(order["delivery_type"], "pickup");
}

#[tokio::test]
async fn the_same_key_gives_the_same_order() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let (body, key) = (order_of(&visitor, &bread, 2, &phone()).await, key());
    let first = visitor.order(key.as_str(), &body).await.data(201);
    let again = api.visitor().order(key.as_str(), &body).await.data(200);
    assert_eq!((&again["id"], &again["order_number"]), (&first["id"], &first["order_number"]));
    assert_eq!(without_changing_parts(again), without_changing_parts(first));
    assert_eq!((api.shop.stock_of(&bread).await, api.shop.sms.count()), (7, 1));

    let mut other = body.clone();
    other["customer_name"] = json!("Ion Pop");
    let answer = visitor.order(key.as_str(), &other).await;
    assert_eq!(answer.refused(409, "CONFLICT_001"), json!({ "reason": "key_reused" }));
}

#[tokio::test]
async fn of_ten_at_once_one_is_the_order_and_nine_are_replays() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let (body, key) = (order_of(&visitor, &bread, 2, &phone()).await, key());
    let sent = (0..10).map(|_| visitor.order(key.as_str(), &body));
    let answers = futures::future::join_all(sent).await;
    let new = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(new, 1);
    let id = |answer: &Answer| answer.data(answer.status.as_u16())["id"].clone();
    assert!(answers.iter().all(|answer| answer.status.is_success() && id(answer) == id(&answers[0])));
    assert_eq!((api.shop.count("orders").await, api.shop.stock_of(&bread).await), (1, 7));
    assert_eq!(api.shop.sms.count(), 1);
}

#[tokio::test]
async fn what_cannot_be_ordered_is_refused() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 2).await;
    let (visitor, other) = (api.visitor(), api.visitor());
    let (body, late) =
        (order_of(&visitor, &bread, 2, &phone()).await, order_of(&other, &bread, 1, &phone()).await);
    place(&visitor, &body).await.data(201);
    let shortages = json!([{ "product_id": bread.id, "product": "Pâine", "available": 0 }]);
    let details = place(&other, &late).await.refused(409, "STOCK_001");
    assert_eq!(details, json!({ "shortages": shortages }));

    let mut nothing = late.clone();
    nothing["session_id"] = json!("A".repeat(43));
    let details = place(&other, &nothing).await.refused(409, "CONFLICT_001");
    assert_eq!(details, json!({ "reason": "empty_cart" }));
    nothing["session_id"] = json!("x");
    assert_eq!(place(&other, &nothing).await.refused(404, "DB_002"), json!({ "what": "cart" }));
}

#[tokio::test]
async fn an_order_is_kept_when_its_sms_cannot_be_sent() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    for still_broken in [true, false] {
        let body = order_of(&api.visitor(), &bread, 1, &phone()).await;
        api.shop.sms.set_broken(true);
        let order = place(&visitor, &body).await.data(201);
        let verification = &order["verification"];
        assert_eq!((&verification["required"], &verification["sms_sent"]), (&json!(true), &json!(false)));
        api.shop.sms.set_broken(still_broken);
        let again = json!({ "phone_number": body["customer_phone"], "order_id": order["id"] });
        let answer = visitor.post("/api/sms/verify", &again).await;
        if still_broken {
            assert_eq!(answer.refused(503, "SMS_001"), json!({}));
        } else {
            answer.data(200);
        }
    }
}

#[tokio::test]
async fn a_proved_number_needs_no_code() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let (visitor, phone) = (api.visitor(), phone());
    let cart = api.shop.cart_with(&[(&bread, 1)]).await;
    let order = api.shop.place(&cart, &phone).await.order;
    let code = api.shop.code_for(&phone);
    let body = json!({ "phone_number": phone, "order_id": order.id, "code": code });
    visitor.post("/api/sms/confirm", &body).await.data(200);
    let order = place(&visitor, &order_of(&visitor, &bread, 1, &phone).await).await.data(201);
    assert_eq!(order["status"], "confirmed");
    assert_eq!(order["verification"], json!({ "required": false }));
    assert_eq!(api.shop.sms.count(), 1);
    // Somebody else's number is not proved by it.
    let other = crate::harness::phone();
    let order = place(&visitor, &order_of(&visitor, &bread, 1, &other).await).await.data(201);
    assert_eq!(order["status"], "pending");
}

#[tokio::test]
async fn sms_to_one_number_are_limited() {
    let api = Api::open_with(&[("SMS_PER_PHONE_PER_HOUR", "1")]).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let answer = crate::harness::within_one_window(3600, async || {
        let (visitor, phone) = (api.visitor(), phone());
        let first = order_of(&visitor, &bread, 1, &phone).await;
        place(&visitor, &first).await.data(201);
        place(&visitor, &order_of(&api.visitor(), &bread, 1, &phone).await).await
    })
    .await;
    let wait = answer.refused(429, "RATE_001")["retry_after"].as_u64().unwrap();
    assert!((1..=3600).contains(&wait));
    assert_eq!(answer.headers["retry-after"], wait.to_string().as_str());
}
