//! The facts of food through the API.

use super::{
    admin::producer,
    api::Api,
    orders::{order_of, place},
};
use crate::harness::phone;
use serde_json::{Value, json};

const ALL: &str = "/api/admin/products";

/// A product as a program makes it that knows nothing of food.
async fn plain(api: &Api, name: &str) -> Value {
    let shelf = api.shop.product_form(name, 750, 9).await.category_id;
    json!({ "name": name, "price": 7.5, "category_id": shelf, "stock_quantity": 9 })
}

async fn whole(api: &Api) -> Value {
    let mut body = plain(api, "Pâine").await;
    body["net_content"] = json!({ "amount": 350, "unit": "g" });
    body["ingredients"] = json!("făină de *grâu*, apă");
    body["ingredients_en"] = json!("*wheat* flour, water");
    body["allergens"] = json!({ "declared": true, "contains": ["milk", "gluten"], "may_contain": ["nuts"] });
    body["vat_rate"] = json!(21);
    body
}

#[tokio::test]
async fn what_the_producer_says_is_told_to_everybody() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let made = ana.post(ALL, &whole(&api).await).await.data(201);
    let answer = api.visitor().get("/en/api/products/paine").await;
    let shown = answer.data(200);
    assert!(answer.text.contains("\"unit_price_per_measure\":{\"amount\":21.43,\"unit\":\"kg\"}"));
    assert!(answer.text.contains("\"net_content\":{\"amount\":350,\"unit\":\"g\"}"), "{}", answer.text);
    assert_eq!(shown["ingredients"], "*wheat* flour, water");
    // In the order of Annex II, whatever the order of the request.
    let allergens = json!({ "declared": true, "contains": ["gluten", "milk"], "may_contain": ["nuts"] });
    assert_eq!((&shown["allergens"], &made["allergens"]), (&allergens, &allergens));
    assert_eq!((&shown["vat_rate"], &made["ingredients"]), (&json!(21), &json!("făină de *grâu*, apă")));

    let visitor = api.visitor();
    let product = api.shop.any_product("paine").await.unwrap();
    let order = place(&visitor, &order_of(&visitor, &product, 2, &phone()).await).await.data(201);
    let line = &order["items"][0];
    assert_eq!((&line["allergens"], &line["vat_rate"]), (&allergens, &json!(21)));
    assert_eq!(line["unit_price_per_measure"], json!({ "amount": 21.43, "unit": "kg" }));
    assert_eq!(order["vat_included"], json!([{ "rate": 21, "amount": 2.6 }]));
}

#[tokio::test]
async fn a_program_that_knows_nothing_of_food_takes_nothing_away() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let made = ana.post(ALL, &whole(&api).await).await.data(201);
    let path = format!("{ALL}/{}", made["id"].as_str().unwrap());
    let mut body = plain(&api, "Pâine").await;
    let changed = ana.put(&path, &body).await.data(200);
    for fact in ["net_content", "ingredients", "ingredients_en", "allergens", "vat_rate"] {
        assert_eq!(changed[fact], made[fact], "{fact}");
    }
    // What is named as null is cleared.
    for fact in ["net_content", "ingredients", "ingredients_en", "allergens", "vat_rate"] {
        body[fact] = Value::Null;
    }
    let cleared = ana.put(&path, &body).await.data(200);
    assert_eq!((&cleared["net_content"], &cleared["ingredients"]), (&Value::Null, &Value::Null));
    assert_eq!(cleared["allergens"]["declared"], false);
    assert_eq!(cleared["vat_rate"], 11);
}

#[tokio::test]
async fn every_wrong_fact_is_named() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let good = whole(&api).await;
    let with = |field: &str, value: Value| {
        let mut body = good.clone();
        body[field] = value;
        body
    };
    for (field, value, named) in [
        ("net_content", json!("500 g"), "net_content"),
        ("net_content", json!({ "amount": 500 }), "net_content.unit"),
        ("net_content", json!({ "unit": "g" }), "net_content.amount"),
        ("net_content", json!({ "amount": 0, "unit": "g" }), "net_content.amount"),
        ("net_content", json!({ "amount": 1e9, "unit": "g" }), "net_content.amount"),
        ("net_content", json!({ "amount": 1.5, "unit": "piece" }), "net_content.amount"),
        ("net_content", json!({ "amount": 5, "unit": "lb" }), "net_content.unit"),
        ("net_content", json!({ "amount": 5, "unit": "g", "of": "x" }), "net_content.of"),
        ("ingredients", json!("x".repeat(2001)), "ingredients"),
        ("ingredients_en", json!(5), "ingredients_en"),
        ("allergens", json!(["milk"]), "allergens"),
        ("allergens", json!({ "contains": [] }), "allergens.declared"),
        ("allergens", json!({ "declared": false, "contains": ["milk"] }), "allergens.declared"),
        ("allergens", json!({ "declared": true, "contains": ["lactose"] }), "allergens.contains"),
        ("allergens", json!({ "declared": true, "may_contain": "milk" }), "allergens.may_contain"),
        ("vat_rate", json!(19), "vat_rate"),
        ("vat_rate", json!("11"), "vat_rate"),
        ("vat_rate", json!(11.0), "vat_rate"),
    ] {
        let answer = ana.post(ALL, &with(field, value)).await;
        assert_eq!(answer.status, 400, "{field}: {}", answer.text);
        let body: Value = serde_json::from_str(&answer.text).unwrap();
        let details = body["error"]["details"].as_object().unwrap();
        assert_eq!(details.keys().collect::<Vec<_>>(), [named], "{}", answer.text);
    }
}

#[tokio::test]
async fn the_list_leaves_out_what_holds_an_allergen() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    ana.post(ALL, &whole(&api).await).await.data(201);
    ana.post(ALL, &plain(&api, "Zacuscă").await).await.data(201);
    let mut plums = plain(&api, "Magiun").await;
    plums["allergens"] = json!({ "declared": true });
    ana.post(ALL, &plums).await.data(201);
    let visitor = api.visitor();
    let names = async |query: &str| {
        let data = visitor.get(&format!("/api/products{query}")).await.data(200);
        let items = data["items"].as_array().unwrap();
        items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["Magiun", "Pâine", "Zacuscă"]);
    assert_eq!(names("?without=").await.len(), 3);
    for query in ["?without=gluten", "?without=nuts&without=fish", "?without=fish,milk"] {
        assert_eq!(names(query).await, ["Magiun"], "{query}");
    }
    assert_eq!(names("?without=lupin").await, ["Magiun", "Pâine"], "what is not declared stays out");
    for query in ["without=lactose", "without=gluten,Milk", "without[]=milk", "without=milk&without=$ne"] {
        let answer = visitor.get(&format!("/api/products?{query}")).await;
        assert_eq!(answer.status, 400, "{query}: {}", answer.text);
    }
}
