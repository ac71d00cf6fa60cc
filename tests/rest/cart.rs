use super::api::Api;
use mongodb::bson::doc;
use serde_json::{Value, json};

/// Puts pieces in and gives the cart's address.
async fn filled(api: &Api, product: &Value, quantity: u32) -> String {
    let body = json!({ "product_id": product, "quantity": quantity });
    let cart = api.visitor().post("/api/cart", &body).await.data(201);
    format!("/api/cart/{}", cart["session_id"].as_str().unwrap())
}

#[tokio::test]
async fn a_cart_is_filled_changed_and_emptied() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let answer = visitor.post("/api/cart", &json!({ "product_id": bread.id, "quantity": 2 })).await;
    let cart = answer.data(201);
    let session = cart["session_id"].as_str().unwrap();
    let with = |quantity: u32, total: f64| {
        json!({
            "session_id": session, "total_amount": total,
            "items": [{ "product_id": bread.id, "product_name": "Pâine", "quantity": quantity,
                        "net_content": null, "unit_price_per_measure": null, "vat_rate": 11,
                        "allergens": { "declared": false, "contains": [], "may_contain": [] },
                        "unit_price": 12.5, "total_price": total }],
        })
    };
    assert_eq!(cart, with(2, 25.0));
    assert!(answer.text.contains("\"total_amount\":25.00}"), "{}", answer.text);
    let cookie = answer.set_cookie("vatra_cart").unwrap();
    assert!(cookie.starts_with(&format!("vatra_cart={session};")), "{cookie}");
    assert!(cookie.contains("HttpOnly") && cookie.contains("Max-Age=86400"), "{cookie}");

    let address = format!("/api/cart/{session}");
    let item = format!("{address}/items/{}", bread.id);
    let other = api.visitor();
    let body = json!({ "session_id": session, "product_id": bread.id, "quantity": 1 });
    assert_eq!(other.post("/api/cart", &body).await.data(201), with(3, 37.5));
    assert_eq!(other.get(&address).await.data(200), with(3, 37.5));
    assert_eq!(other.put(&item, &json!({ "quantity": 1 })).await.data(200), with(1, 12.5));
    let empty = json!({ "session_id": session, "items": [], "total_amount": 0.0 });
    assert_eq!(other.delete(&item).await.data(200), empty);
    assert_eq!(other.delete(&item).await.data(200), empty);
    assert_eq!(other.get(&address).await.data(200), empty);
}

#[tokio::test]
async fn without_a_session_the_cart_of_the_cookie_is_used() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let visitor = api.visitor();
    let body = json!({ "product_id": bread.id, "quantity": 1 });
    let first = visitor.post("/api/cart", &body).await.data(201);
    let second = visitor.post("/api/cart", &body).await.data(201);
    assert_eq!((&second["session_id"], &second["items"][0]["quantity"]), (&first["session_id"], &json!(2)));
    let other = api.visitor().post("/api/cart", &body).await.data(201);
    assert_ne!(other["session_id"], first["session_id"]);
}

#[tokio::test]
async fn where_https_is_the_cookie_is_bound_to_it() {
    let api = Api::open_with(&[("PUBLIC_URL", "https://shop.example")]).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let answer = api.visitor().post("/api/cart", &json!({ "product_id": bread.id, "quantity": 1 })).await;
    answer.data(201);
    let cookie = answer.set_cookie("__Host-vatra_cart").unwrap();
    assert!(cookie.contains("; Secure") && cookie.contains("Path=/"), "{cookie}");
    assert!(answer.headers.contains_key("strict-transport-security"));
}

#[tokio::test]
async fn a_line_tells_what_has_changed() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let cart = filled(&api, &json!(bread.id), 3).await;
    for (change, notice) in [
        (doc! { "price": 1300_i64 }, json!({ "reason": "price_changed", "was": 12.5 })),
        (doc! { "stock_quantity": 2_i64 }, json!({ "reason": "short", "left": 2 })),
        (doc! { "stock_quantity": 0_i64 }, json!({ "reason": "sold_out" })),
        (doc! { "active": false }, json!({ "reason": "gone" })),
    ] {
        api.shop.set_product(&bread.id, change).await;
        let data = api.visitor().get(&cart).await.data(200);
        assert_eq!(data["items"][0]["notice"], notice);
    }
}

#[tokio::test]
async fn a_quantity_is_a_whole_number_from_1_to_999() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let item = format!("{}/items/{}", filled(&api, &json!(bread.id), 1).await, bread.id);
    let visitor = api.visitor();
    for (quantity, code) in [
        ("0", "VAL_003"),
        ("-1", "VAL_003"),
        ("1000", "VAL_003"),
        ("99999999999999999999", "VAL_003"),
        ("1.5", "VAL_002"),
        ("1e400", "VAL_002"),
        ("\"2\"", "VAL_002"),
        ("true", "VAL_002"),
        ("null", "VAL_001"),
    ] {
        let body = format!(r#"{{"product_id":"{}","quantity":{quantity}}}"#, bread.id);
        let add = super::api::json(http::Request::post("/api/cart"));
        visitor.send(add, &body).await.refused_for(400, code, &["quantity"]);
        let set = super::api::json(http::Request::put(&item));
        let body = format!(r#"{{"quantity":{quantity}}}"#);
        visitor.send(set, &body).await.refused_for(400, code, &["quantity"]);
    }
}

#[tokio::test]
async fn more_than_there_is_cannot_be_put_in() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 2).await;
    let visitor = api.visitor();
    let body = json!({ "product_id": bread.id, "quantity": 3 });
    let answer = visitor.post("/en/api/cart", &body).await;
    let shortages = json!([{ "product_id": bread.id, "product": "Pâine", "available": 2 }]);
    assert_eq!(answer.refused(409, "STOCK_001"), json!({ "shortages": shortages }));
    assert_eq!(answer.message(), "Pâine: only 2 left.");
    let item = format!("{}/items/{}", filled(&api, &json!(bread.id), 1).await, bread.id);
    visitor.put(&item, &json!({ "quantity": 3 })).await.refused(409, "STOCK_001");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 2).await;
    let other = api.shop.product("Miere", 3000, 2).await;
    let cart = filled(&api, &json!(bread.id), 1).await;
    let visitor = api.visitor();
    let (unknown, nobody) = ("507f1f77bcf86cd799439011", "A".repeat(43));
    let one = json!({ "quantity": 1 });
    for what in [unknown, "x", "$gt", ""] {
        let answer = visitor.post("/api/cart", &json!({ "product_id": what, "quantity": 1 })).await;
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "product" }), "{what}");
    }
    for item in [other.id.as_str(), "x"] {
        let answer = visitor.put(&format!("{cart}/items/{item}"), &one).await;
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "product" }), "{item}");
    }
    for session in [nobody.as_str(), "x", "$ne"] {
        let item = format!("/api/cart/{session}/items/{}", bread.id);
        for answer in [
            visitor.get(&format!("/api/cart/{session}")).await,
            visitor.put(&item, &one).await,
            visitor.delete(&item).await,
        ] {
            assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "cart" }), "{session}");
        }
    }
    let body = json!({ "session_id": "x", "product_id": bread.id, "quantity": 1 });
    visitor.post("/api/cart", &body).await.refused(404, "DB_002");
}
