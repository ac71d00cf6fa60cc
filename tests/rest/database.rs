//! The database fails while the API is asked.

use super::api::Api;
use mongodb::bson::doc;

#[tokio::test]
async fn a_fault_of_ours_leaks_nothing() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let change = doc! { "$set": { "slug": "NOT A SLUG" } };
    let odd = api.shop.raw("products").update_one(doc! {}, change).await.unwrap();
    assert_eq!(odd.modified_count, 1);
    let answer = api.visitor().get(&format!("/en/api/products/{}", bread.id)).await;
    assert_eq!(answer.refused(500, "INTERNAL"), serde_json::json!({}));
    assert!(!answer.text.to_lowercase().contains("slug"), "{}", answer.text);
    assert!(answer.headers.contains_key("x-request-id"));
}
