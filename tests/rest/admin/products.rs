use super::producer;
use crate::rest::{
    answer::{assert_moment, taken},
    api::Api,
};
use serde_json::{Value, json};

const ALL: &str = "/api/admin/products";

fn one(product: &Value) -> String {
    format!("{ALL}/{}", product["id"].as_str().unwrap())
}

#[tokio::test]
async fn from_made_to_deleted() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let shelf = api.shop.category("Cozonaci").await;
    let body = json!({
        "name": "Cozonac", "name_en": "Sweet bread", "price": 45.50, "category_id": shelf, "stock_quantity": 12,
    });
    let made = ana.post(ALL, &body).await.data(201);
    assert_eq!(ana.get(&one(&made)).await.data(200), made);
    assert_eq!(ana.get(ALL).await.data(200)["items"], json!([made]));
    let mut rest = made.clone();
    assert_moment(&taken(&mut rest, "updated_at"));
    assert!(taken(&mut rest, "version").as_i64().unwrap() > 0);
    taken(&mut rest, "id");
    assert_eq!(
        rest,
        json!({
            "slug": "cozonac", "name": "Cozonac", "description": "", "name_en": "Sweet bread",
            "description_en": null, "price": 45.5, "category_id": shelf, "images": [],
            "stock_quantity": 12, "active": true, "featured": false,
            "net_content": null, "unit_price_per_measure": null, "ingredients": null,
            "ingredients_en": null, "vat_rate": 11,
            "allergens": { "declared": false, "contains": [], "may_contain": [] },
        })
    );
    let shown = api.visitor().get("/api/products/cozonac").await.data(200);
    assert_eq!(shown["id"], made["id"]);

    // Off sale, it stays so until it is told otherwise; customers do not see it.
    let off = json!({ "name": "Cozonac", "price": "40", "category_id": shelf, "stock_quantity": 0, "active": false });
    let changed = ana.put(&one(&made), &off).await.data(200);
    assert_eq!((&changed["price"], &changed["active"]), (&json!(40.0), &json!(false)));
    let again = json!({ "name": "Cozonac", "price": 40, "category_id": shelf, "stock_quantity": 1 });
    assert_eq!(ana.put(&one(&made), &again).await.data(200)["active"], false);
    api.visitor().get("/api/products/cozonac").await.refused(404, "DB_002");

    assert_eq!(ana.delete(&one(&made)).await.data(200), json!({}));
    for answer in [
        ana.get(&one(&made)).await,
        ana.delete(&one(&made)).await,
        ana.put(&one(&made), &again).await,
        ana.get("/api/admin/products/cozonac").await,
    ] {
        assert_eq!(answer.refused(404, "DB_002"), json!({ "what": "product" }));
    }
}

#[tokio::test]
async fn of_two_changes_at_once_the_second_is_told() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let bread = api.shop.product("Pâine", 1250, 3).await;
    let path = format!("{ALL}/{}", bread.id);
    let version = ana.get(&path).await.data(200)["version"].clone();
    let with = |price: u32, version: &Value| {
        json!({
            "name": "Pâine", "price": price, "category_id": bread.category_id, "stock_quantity": 3, "version": version,
        })
    };
    let first = ana.put(&path, &with(13, &version)).await.data(200);
    let stale = ana.put(&path, &with(14, &version)).await.refused(409, "CONFLICT_001");
    assert_eq!(stale, json!({ "reason": "stale" }));
    assert_eq!(ana.get(&path).await.data(200), first);
    assert_eq!(ana.put(&path, &with(14, &first["version"])).await.data(200)["price"], 14.0);
}

#[tokio::test]
async fn every_wrong_field_is_named() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let wrong = json!({
        "name": "x".repeat(201), "description": "x".repeat(1001), "price": -1, "category_id": "507f1f77bcf86cd79943901",
        "stock_quantity": 1_000_001, "active": 1, "version": "now", "images": [], "role": "admin",
    });
    let fields = [
        "active",
        "category_id",
        "description",
        "images",
        "name",
        "price",
        "role",
        "stock_quantity",
        "version",
    ];
    ana.post(ALL, &wrong).await.refused_for(400, "VALIDATION_ERROR", &fields);
    let missing = ["category_id", "name", "price", "stock_quantity"];
    ana.post(ALL, &json!({})).await.refused_for(400, "VALIDATION_ERROR", &missing);
    let nowhere = json!({
        "name": "Pâine", "price": 5, "category_id": "507f1f77bcf86cd799439011", "stock_quantity": 1,
    });
    ana.post(ALL, &nowhere).await.refused_for(400, "VAL_002", &["category_id"]);
    for (price, code) in
        [(json!(1.999), "VAL_002"), (json!(10_000_000), "VAL_003"), (json!("1e3"), "VAL_002")]
    {
        let shelf = api.shop.product("Raftul", 100, 1).await.category_id;
        let body = json!({ "name": "Pâine", "price": price, "category_id": shelf, "stock_quantity": 1 });
        ana.post(ALL, &body).await.refused_for(400, code, &["price"]);
    }
}

#[tokio::test]
async fn the_list_is_asked_as_the_shops_is() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    api.shop.product("Pâine", 1250, 3).await;
    let off = api.shop.product("Miere", 3000, 3).await;
    api.shop.set_product_active(&off.id, false).await.unwrap();
    let names = |list: Value| {
        let items = list["items"].as_array().unwrap().clone();
        items.into_iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(ana.get(ALL).await.data(200)), ["Miere", "Pâine"]);
    assert_eq!(names(ana.get(&format!("{ALL}?q=paine")).await.data(200)), ["Pâine"]);
    let second = ana.get(&format!("{ALL}?per_page=1&page=2&sort=price_desc")).await.data(200);
    assert_eq!((names(second.clone()), &second["total"]), (vec!["Pâine".to_owned()], &json!(2)));
    ana.get(&format!("{ALL}?per_page=0&sort=up")).await.refused_for(
        400,
        "VALIDATION_ERROR",
        &["per_page", "sort"],
    );
    ana.get(&format!("{ALL}?active=true")).await.refused_for(400, "VAL_002", &["active"]);
}
