use super::{
    answer::{assert_moment, keys, taken, without_changing_parts},
    api::Api,
};
use crate::harness::{phone, within_one_window, wrong};
use serde_json::{Value, json};
use vatra::model::order::Order;

/// An order that waits for its code.
async fn pending(api: &Api, phone: &str) -> Order {
    let bread = api.shop.product("Pâine", 1250, 9).await;
    api.shop.pending(&[(&bread, 2)], phone).await
}

fn with_code(order: &Order, phone: &str, code: &str) -> Value {
    json!({ "phone_number": phone, "order_id": order.id, "code": code })
}

#[tokio::test]
async fn the_right_code_confirms_and_opens_a_session() {
    let api = Api::open().await;
    let (phone, visitor) = (phone(), api.visitor());
    let order = pending(&api, &phone).await;
    let body = with_code(&order, &phone, &api.shop.code_for(&phone));
    let answer = visitor.post("/api/sms/confirm", &body).await;
    let mut data = answer.data(200);
    assert_eq!(data["id"], json!(order.id));
    taken(&mut data, "items");
    let expected = json!({
        "status": "confirmed", "customer_name": "Ana Pop", "customer_phone": phone,
        "delivery_type": "pickup", "delivery_address": null, "preferred_time": null,
        "special_instructions": null, "day": null, "place": null, "delivery_fee": 0.0, "total_amount": 25.0,
        "vat_included": [{ "rate": 11, "amount": 2.48 }], "verification": { "required": false },
    });
    assert_eq!(without_changing_parts(data), expected);
    let cookie = answer.set_cookie("vatra_session").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Max-Age=86400", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    // The database keeps only a hash, and the cookie is encrypted: neither holds the other.
    let stored = api.shop.raw("sessions").find_one(mongodb::bson::doc! {}).await.unwrap().unwrap();
    assert!(!cookie.contains(stored.get_str("token_hash").unwrap()), "{stored}");

    let again = visitor.post("/api/sms/confirm", &body).await;
    assert_eq!(again.refused(409, "CONFLICT_001"), json!({ "reason": "not_pending" }));
    let resend = json!({ "phone_number": phone, "order_id": order.id });
    visitor.post("/api/sms/verify", &resend).await.refused(409, "CONFLICT_001");
}

#[tokio::test]
async fn a_code_can_be_sent_again_after_a_while() {
    let api = Api::open().await;
    let (phone, visitor) = (phone(), api.visitor());
    let order = pending(&api, &phone).await;
    let first = api.shop.code_for(&phone);
    let national = phone.replace("+40", "0");
    let body = json!({ "phone_number": national, "order_id": order.id });
    let data = visitor.post("/api/sms/verify", &body).await.data(200);
    assert_eq!(keys(&data), ["expires_at", "resend_after"]);
    assert_moment(&data["expires_at"]);
    assert!(data["resend_after"].as_u64().is_some_and(|wait| wait <= 30));
    assert_eq!(api.shop.sms.count(), 2);

    let answer = visitor.post("/api/sms/verify", &body).await;
    let wait = answer.refused(429, "RATE_001")["retry_after"].as_u64().unwrap();
    assert!((1..=30).contains(&wait));
    assert_eq!(answer.headers["retry-after"], wait.to_string().as_str());

    let second = api.shop.code_for(&phone);
    if first != second {
        visitor.post("/api/sms/confirm", &with_code(&order, &phone, &first)).await.refused(400, "SMS_002");
    }
    visitor.post("/api/sms/confirm", &with_code(&order, &phone, &second)).await.data(200);
}

#[tokio::test]
async fn a_voice_can_tell_the_code_and_then_a_person_calls() {
    let api = Api::open().await;
    api.shop.sms.set_speaking();
    let (phone, visitor) = (phone(), api.visitor());
    let order = pending(&api, &phone).await;
    let ask = json!({ "phone_number": phone, "order_id": order.id });
    let with = |channel: &str| json!({ "phone_number": phone, "order_id": order.id, "channel": channel });
    visitor.post("/api/sms/verify", &with("pigeon")).await.refused_for(400, "VAL_002", &["channel"]);
    visitor.post("/api/sms/verify", &with("call")).await.refused(429, "RATE_001");
    let ago = mongodb::bson::DateTime::from_millis(vatra::server::clock::now().0 - 31_000);
    api.shop.set("verifications", mongodb::bson::doc! {}, mongodb::bson::doc! { "sent_at": ago }).await;
    let refused = visitor.post("/api/sms/call", &ask).await.refused(409, "CONFLICT_001");
    assert_eq!(refused, json!({ "reason": "ring_first" }));
    visitor.post("/api/sms/verify", &with("call")).await.data(200);
    assert_eq!(api.shop.sms.calls_made(), 1);
    let data = visitor.post("/api/sms/call", &ask).await.data(200);
    assert_eq!(data["verification"], json!({ "required": true, "call_back": true }));
    let told = api.shop.sms.told(&order.customer_phone);
    visitor.post("/api/sms/confirm", &with_code(&order, &phone, &told)).await.data(200);
}

#[tokio::test]
async fn wrong_codes_are_counted() {
    let api = Api::open().await;
    let (phone, visitor) = (phone(), api.visitor());
    let order = pending(&api, &phone).await;
    let code = api.shop.code_for(&phone);
    let guess = with_code(&order, &phone, &wrong(&code));
    for left in (0..5).rev() {
        let answer = visitor.post("/api/sms/confirm", &guess).await;
        assert_eq!(answer.refused(400, "SMS_002"), json!({ "tries_left": left }));
        assert!(answer.set_cookie("vatra_session").is_none());
    }
    let answer = visitor.post("/api/sms/confirm", &with_code(&order, &phone, &code)).await;
    assert_eq!(answer.refused(400, "SMS_003"), json!({}));
}

#[tokio::test]
async fn wrong_fields_are_named() {
    let api = Api::open().await;
    let (phone, visitor) = (phone(), api.visitor());
    let order = pending(&api, &phone).await;
    let good = with_code(&order, &phone, "0000");
    for (field, value, status, code) in [
        ("phone_number", Value::Null, 400, "VAL_001"),
        ("phone_number", json!("07"), 400, "VAL_002"),
        ("order_id", Value::Null, 400, "VAL_001"),
        ("code", Value::Null, 400, "VAL_001"),
        ("code", json!("  "), 400, "VAL_001"),
        ("code", json!("12a4"), 400, "VAL_002"),
        ("code", json!("123456789"), 400, "VAL_002"),
        ("code", json!(1234), 400, "VAL_002"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        visitor.post("/api/sms/confirm", &body).await.refused_for(status, code, &[field]);
        if field != "code" {
            taken(&mut body, "code");
            visitor.post("/api/sms/verify", &body).await.refused_for(status, code, &[field]);
        }
    }
    visitor.post("/api/sms/verify", &good).await.refused_for(400, "VAL_002", &["code"]);
    let all = visitor.post("/api/sms/confirm", &json!({})).await;
    all.refused_for(400, "VALIDATION_ERROR", &["code", "order_id", "phone_number"]);
}

#[tokio::test]
async fn only_the_number_of_the_order_is_told_about_it() {
    let api = Api::open().await;
    let (phone, visitor) = (phone(), api.visitor());
    let order = pending(&api, &phone).await;
    let stranger = crate::harness::phone();
    for (phone, order) in [
        (stranger.as_str(), order.id.as_str()),
        (phone.as_str(), "507f1f77bcf86cd799439011"),
        (phone.as_str(), "x"),
    ] {
        let mut body = json!({ "phone_number": phone, "order_id": order, "code": "0000" });
        let answer = visitor.post("/api/sms/confirm", &body).await;
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "order" }));
        taken(&mut body, "code");
        let answer = visitor.post("/api/sms/verify", &body).await;
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "order" }));
    }
    assert_eq!(api.shop.sms.count(), 1);
}

#[tokio::test]
async fn an_address_that_asked_for_too_many_is_told_before_it_orders() {
    let (first, second, again, orders) = within_one_window(3600, async || {
        let api = Api::open_with(&[("SMS_PER_ADDRESS_PER_HOUR", "1")]).await;
        let bread = api.shop.product("Pâine", 1250, 9).await;
        let visitor = api.visitor();
        let mut answers = Vec::new();
        let mut bodies = Vec::new();
        for key in ["first-order", "second-order"] {
            let cart = api.shop.cart_with(&[(&bread, 1)]).await;
            let body = json!({
                "session_id": cart, "customer_name": "Ana Pop", "customer_phone": phone(),
                "delivery_type": "pickup",
            });
            answers.push(visitor.order(key, &body).await);
            bodies.push(body);
        }
        let [first, second] = answers.try_into().ok().unwrap();
        let again = json!({
            "phone_number": bodies[0]["customer_phone"], "order_id": first.data(201)["id"],
        });
        (first, second, visitor.post("/api/sms/verify", &again).await, api.shop.count("orders").await)
    })
    .await;
    first.data(201);
    for answer in [second, again] {
        let wait = answer.refused(429, "RATE_001")["retry_after"].as_u64().unwrap();
        assert!((1..=3600).contains(&wait), "{wait}");
        assert_eq!(answer.headers["retry-after"], wait.to_string().as_str());
    }
    assert_eq!(orders, 1);
}
