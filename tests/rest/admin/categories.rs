use super::producer;
use crate::rest::{answer::taken, api::Api};
use serde_json::{Value, json};

const ALL: &str = "/api/admin/categories";

fn one(category: &Value) -> String {
    format!("{ALL}/{}", category["id"].as_str().unwrap())
}

#[tokio::test]
async fn from_made_to_deleted() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let made =
        ana.post(ALL, &json!({ "name": "Pâine", "name_en": "Bread", "display_order": 3 })).await.data(201);
    assert_eq!(ana.get(&one(&made)).await.data(200), made);
    assert_eq!(ana.get(ALL).await.data(200), json!([made]));
    let mut rest = made.clone();
    assert_eq!(taken(&mut rest, "id").as_str().unwrap().len(), 24);
    assert_eq!(
        rest,
        json!({
            "slug": "paine", "name": "Pâine", "description": "", "name_en": "Bread",
            "description_en": null, "display_order": 3, "active": true,
        })
    );

    // Hidden, it stays hidden until it is told otherwise.
    let hidden = json!({ "name": "Pâine albă", "description": "Cu maia", "active": false });
    let changed = ana.put(&one(&made), &hidden).await.data(200);
    assert_eq!(changed["active"], false);
    assert_eq!(changed["name_en"], Value::Null);
    let changed = ana.put(&one(&made), &json!({ "name": "Pâine albă" })).await.data(200);
    assert_eq!((&changed["active"], &changed["description"]), (&json!(false), &json!("")));
    assert_eq!(api.visitor().get("/api/categories").await.data(200), json!([]));
    assert_eq!(ana.get(ALL).await.data(200)[0], changed);

    assert_eq!(ana.delete(&one(&made)).await.data(200), json!({}));
    for answer in [
        ana.get(&one(&made)).await,
        ana.delete(&one(&made)).await,
        ana.put(&one(&made), &json!({ "name": "Pâine" })).await,
        ana.get("/api/admin/categories/pâine").await,
    ] {
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "category" }));
    }
}

#[tokio::test]
async fn a_name_is_taken_once_and_products_keep_their_category() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let bread = api.shop.product("Pâine", 1250, 3).await;
    let path = format!("{ALL}/{}", bread.category_id);
    assert_eq!(ana.delete(&path).await.refused(409, "CONFLICT_001"), json!({ "reason": "category_in_use" }));
    assert_eq!(ana.get(&path).await.data(200)["name"], "Raft");

    let taken = json!({ "reason": "duplicate", "field": "name" });
    assert_eq!(ana.post(ALL, &json!({ "name": "RAFT" })).await.refused(409, "CONFLICT_001"), taken);
    let other = ana.post(ALL, &json!({ "name": "Alt raft" })).await.data(201);
    assert_eq!(ana.put(&one(&other), &json!({ "name": "raft" })).await.refused(409, "CONFLICT_001"), taken);
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let wrong = json!({
        "name": "", "description": 5, "name_en": "x".repeat(101), "display_order": 1.5, "active": "yes", "slug": "x",
    });
    let fields = ["active", "description", "display_order", "name", "name_en", "slug"];
    ana.post(ALL, &wrong).await.refused_for(400, "VALIDATION_ERROR", &fields);
    ana.post(ALL, &json!({})).await.refused_for(400, "VAL_001", &["name"]);
    let far = json!({ "name": "Pâine", "display_order": 99_999_999_999_999_999_999_999_999.0 });
    ana.post(ALL, &far).await.refused_for(400, "VAL_002", &["display_order"]);
    ana.post(ALL, &json!({ "name": "Pâine", "display_order": 10_001 })).await.refused_for(
        400,
        "VAL_003",
        &["display_order"],
    );
    assert_eq!(ana.get(ALL).await.data(200), json!([]));
}
