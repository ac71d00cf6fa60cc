//! The database fails while the API is asked.

use super::api::{Api, Visitor, app};
use mongodb::bson::doc;
use serde_json::json;

#[tokio::test]
async fn a_database_that_is_away_is_told_and_nothing_else() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let (shop, cable) = api.shop.by_cable().await;
    let app = app(shop);
    let visitor = Visitor::of(&app);
    let body = json!({ "product_id": bread.id, "quantity": 1 });
    let cart = visitor.post("/api/cart", &body).await.data(201);
    drop(cable);
    let address = format!("/api/cart/{}", cart["session_id"].as_str().unwrap());
    for answer in [
        visitor.get("/api/categories").await,
        visitor.get(&address).await,
        visitor.post("/api/cart", &body).await,
        visitor.post("/api/auth/login", &json!({ "username": "ana", "password": "x" })).await,
    ] {
        assert_eq!(answer.refused(503, "DB_001"), json!({}));
        assert!(!answer.text.contains("127.0.0.1"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_fault_of_ours_leaks_nothing() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let change = doc! { "$set": { "slug": "NOT A SLUG" } };
    let odd = api.shop.raw("products").update_one(doc! {}, change).await.unwrap();
    assert_eq!(odd.modified_count, 1);
    let answer = api.visitor().get(&format!("/en/api/products/{}", bread.id)).await;
    assert_eq!(answer.refused(500, "INTERNAL"), json!({}));
    assert!(!answer.text.to_lowercase().contains("slug"), "{}", answer.text);
    assert!(answer.headers.contains_key("x-request-id"));
}
