//! Days, places and areas as programs choose them.

use super::{
    api::Api,
    orders::{order_of, place},
};
use crate::harness::phone;
use serde_json::{Value, json};
use vatra::server::{
    clock::{now, wall},
    settings::read,
};

const SETTINGS: &str = r#"
rules = { lead_days = 1 }
places = [{ id = "cuptor", name = { ro = "La cuptor" } }, { id = "piata", name = { ro = "Piața" } }]
areas = [{ id = "oras", name = { ro = "Oraș" }, fee = "15.00", minimum = "20.00" }]
"#;

async fn shop() -> (Api, Value) {
    let api = Api::open().await;
    api.shop.set_facts(read(SETTINGS, false).unwrap()).await.expect("settings");
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let body = order_of(&api.visitor(), &bread, 2, &phone()).await;
    (api, body)
}

fn brought(body: &Value, area: Value) -> Value {
    let mut body = body.clone();
    body["delivery_type"] = json!("delivery");
    body["delivery_address"] = json!({ "street": "Str. Morii 3", "city": "Cluj" });
    body["delivery_area"] = area;
    body
}

#[tokio::test]
async fn day_place_and_fee_come_back_with_the_order() {
    let (api, body) = shop().await;
    let day = vatra::model::day::Day::of(wall(now())).later(3).to_string();
    let mut body = brought(&body, json!("oras"));
    body["day"] = json!(day);
    let answer = place(&api.visitor(), &body).await;
    let order = answer.data(201);
    assert_eq!((&order["day"], &order["place"]), (&json!(day), &json!("Oraș")));
    assert!(answer.text.contains("\"delivery_fee\":15.00,\"total_amount\":40.00,"), "{}", answer.text);
}

#[tokio::test]
async fn what_is_not_offered_is_refused_by_its_name() {
    let (api, body) = shop().await;
    let with = |field: &str, value: &str| {
        let mut body = body.clone();
        body["pickup_place"] = json!("piata");
        body[field] = json!(value);
        body
    };
    for (body, code, field) in [
        (brought(&body, Value::Null), "VAL_001", "delivery_area"),
        (brought(&body, json!("luna")), "VAL_002", "delivery_area"),
        (brought(&body, json!(7)), "VAL_002", "delivery_area"),
        (with("pickup_place", "gara"), "VAL_002", "pickup_place"),
        (with("day", "2020-01-01"), "VAL_002", "day"),
        (with("day", "tomorrow"), "VAL_002", "day"),
    ] {
        place(&api.visitor(), &body).await.refused_for(400, code, &[field]);
    }
    assert_eq!(api.shop.count("orders").await, 0);
}

#[tokio::test]
async fn too_little_and_closed_are_conflicts_with_their_reasons() {
    let (api, body) = shop().await;
    let cake = api.shop.product("Covrig", 500, 9).await;
    let little = order_of(&api.visitor(), &cake, 1, &phone()).await;
    let answer = place(&api.visitor(), &brought(&little, json!("oras"))).await;
    let told = answer.refused(409, "CONFLICT_001");
    assert_eq!(told["reason"], "below_minimum");
    assert!(answer.text.contains("\"minimum_amount\":20.00,\"missing_amount\":15.00}"), "{}", answer.text);
    api.shop.set_facts(read("[closed]\nuntil = \"2999-01-01\"", false).unwrap()).await.unwrap();
    let told = place(&api.visitor(), &body).await.refused(409, "CONFLICT_001");
    assert_eq!(told, json!({ "reason": "shop_closed", "until": "2999-01-01" }));
}
