//! Numbers that are none, or that nobody means.

use super::world::{World, page, send_form, submit};
use crate::rest::api::json;
use http::Request;
use vatra::app::forms::escape;

/// No quantity, as JSON and as text.
const NONE: [&str; 18] = [
    "0",
    "-1",
    "-0",
    "1.5",
    "1.0",
    "1e3",
    "1000",
    "9223372036854775808",
    "-9223372036854775809",
    "18446744073709551617",
    "NaN",
    "Infinity",
    "null",
    "true",
    "[1]",
    "{\"$gt\":0}",
    "\"1\"",
    "0x1",
];

#[tokio::test]
async fn no_cart_takes_such_a_quantity_by_the_api() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    let product = &world.bread.id;
    for quantity in NONE.iter().copied().chain(["", "\" 1 \""]) {
        let add = format!(r#"{{"session_id":"{cart}","product_id":"{product}","quantity":{quantity}}}"#);
        let answer = visitor.send(json(Request::post("/api/cart")), &add).await;
        assert_eq!(answer.status, 400, "{quantity}: {}", answer.text);
        let item = format!("/api/cart/{cart}/items/{product}");
        let set = format!(r#"{{"quantity":{quantity}}}"#);
        let answer = visitor.send(json(Request::put(item)), &set).await;
        assert_eq!(answer.status, 400, "{quantity}: {}", answer.text);
    }
    assert_eq!(world.api.shop.cart_count(Some(&cart)).await, Ok(2));
}

#[tokio::test]
async fn no_cart_takes_such_a_quantity_by_a_form() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    let product = world.bread.id.as_str();
    for path in ["/fn/cart/add", "/fn/cart/set"] {
        for quantity in NONE {
            let fields = [("product_id", product), ("quantity", quantity)];
            let answer = submit(&visitor, path, &fields).await;
            assert_eq!(answer.status, 400, "{path} {quantity}: {}", answer.text);
        }
        for twice in ["quantity=1&quantity=5", "quantity[]=1", "quantity[0]=1&quantity[1]=2"] {
            let answer =
                send_form(&visitor, path, "application/json", &format!("product_id={product}&{twice}")).await;
            assert_eq!(answer.status, 400, "{path} {twice}: {}", answer.text);
        }
    }
    assert_eq!(world.api.shop.cart_count(Some(&cart)).await, Ok(2));
}

#[tokio::test]
async fn a_full_cart_cannot_be_made_to_overflow() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    let body = serde_json::json!({ "session_id": cart, "product_id": world.bread.id, "quantity": 999 });
    for _ in 0..3 {
        let answer = visitor.post("/api/cart", &body).await;
        assert!(answer.status == 201 || answer.status.is_client_error(), "{}", answer.text);
    }
    assert!(world.api.shop.cart_count(Some(&cart)).await.unwrap() <= 999);
}

#[tokio::test]
async fn a_page_number_is_a_number_of_a_page() {
    let world = World::open().await;
    let (visitor, producer) = (world.api.visitor(), world.producer());
    for number in
        ["-1", "0", "1.5", "1e3", "4294967296", "99999999999999999999", "10001", "NaN", "{\"$gt\":0}"]
    {
        let query = format!("page={}", escape(number));
        let answer = visitor.get(&format!("/api/products?{query}")).await;
        assert_eq!(answer.status, 400, "{number}: {}", answer.text);
        for path in ["/api/admin/products", "/api/admin/orders"] {
            let answer = producer.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 400, "{path} {number}: {}", answer.text);
        }
        let answer = visitor.get(&format!("/fn/catalog/products?{query}")).await;
        assert_eq!(answer.status, 400, "{number}: {}", answer.text);
        assert_eq!(page(&visitor, &format!("/ro/products?{query}")).await.status, 400, "{number}");
        // The producer's list shows its nearest page instead.
        assert_eq!(page(&producer, &format!("/ro/admin/orders?{query}")).await.status, 200, "{number}");
    }
    for number in ["-1", "0", "101", "1e3", "99999999999999999999"] {
        let answer = visitor.get(&format!("/api/products?per_page={number}")).await;
        assert_eq!(answer.status, 400, "{number}: {}", answer.text);
    }
}
