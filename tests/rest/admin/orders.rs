use super::producer;
use crate::{
    harness::phone,
    rest::{answer::taken, api::Api},
};
use serde_json::{Value, json};
use vatra::{model::order::Order, server::clock::now};

const ALL: &str = "/api/admin/orders";

fn one(order: &Order) -> String {
    format!("{ALL}/{}", order.id)
}

fn numbers(list: &Value) -> Vec<&str> {
    list["items"].as_array().unwrap().iter().map(|order| order["order_number"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn an_order_moves_as_the_table_allows() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let order = api.shop.pending(&[(&bread, 2)], &phone()).await;

    let refused = ana.put(&one(&order), &json!({ "status": "ready" })).await.refused(409, "CONFLICT_001");
    assert_eq!(refused, json!({ "reason": "transition", "from": "pending", "to": "ready" }));
    let note = json!({ "status": "confirmed", "note": "Am sunat" });
    let confirmed = ana.put(&one(&order), &note).await.data(200);
    assert_eq!(confirmed["status"], "confirmed");
    assert_eq!(ana.get(&one(&order)).await.data(200), confirmed);
    let mut steps = confirmed["history"].as_array().unwrap().clone();
    assert_eq!(taken(&mut steps[0], "at").as_str().unwrap().len(), 16);
    assert_eq!(steps[0], json!({ "status": "pending", "by": "customer", "username": null, "note": null }));
    taken(&mut steps[1], "at");
    assert_eq!(
        steps[1],
        json!({ "status": "confirmed", "by": "admin", "username": "ana", "note": "Am sunat" })
    );

    assert_eq!(api.shop.stock_of(&bread).await, 7);
    assert_eq!(
        ana.put(&one(&order), &json!({ "status": "cancelled" })).await.data(200)["status"],
        "cancelled"
    );
    assert_eq!(api.shop.stock_of(&bread).await, 9);
    ana.put(&one(&order), &json!({ "status": "confirmed" })).await.refused(409, "CONFLICT_001");
}

#[tokio::test]
async fn what_is_wrong_is_named_and_what_is_not_there_is_not_found() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let order = api.shop.pending(&[(&bread, 1)], &phone()).await;
    ana.put(&one(&order), &json!({})).await.refused_for(400, "VAL_001", &["status"]);
    ana.put(&one(&order), &json!({ "status": "Ready" })).await.refused_for(400, "VAL_002", &["status"]);
    let long = json!({ "status": "confirmed", "note": "x".repeat(501) });
    ana.put(&one(&order), &long).await.refused_for(400, "VAL_003", &["note"]);
    let more = json!({ "status": "confirmed", "total_amount": 0 });
    ana.put(&one(&order), &more).await.refused_for(400, "VAL_002", &["total_amount"]);
    for id in ["507f1f77bcf86cd799439011", "x", "%7B%22$gt%22:%22%22%7D"] {
        let path = format!("{ALL}/{id}");
        assert_eq!(ana.get(&path).await.refused(404, "DB_002"), json!({ "what": "order" }));
        assert_eq!(
            ana.put(&path, &json!({ "status": "ready" })).await.refused(404, "DB_002")["what"],
            "order"
        );
    }
    assert_eq!(ana.get(&one(&order)).await.data(200)["status"], "pending");
}

#[tokio::test]
async fn the_list_is_narrowed_down() {
    let api = Api::open().await;
    let ana = producer(&api).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let phones = [phone(), phone()];
    let first = api.shop.pending(&[(&bread, 1)], &phones[0]).await;
    let second = api.shop.pending(&[(&bread, 1)], &phones[1]).await;
    ana.put(&one(&first), &json!({ "status": "confirmed" })).await.data(200);
    let (first, second) = (first.number.as_str(), second.number.as_str());

    let all = ana.get(ALL).await.data(200);
    assert_eq!((numbers(&all), &all["total"]), (vec![second, first], &json!(2)));
    let asked = |query: String| {
        let ana = &ana;
        async move { ana.get(&format!("{ALL}?{query}")).await.data(200) }
    };
    assert_eq!(numbers(&asked("status=confirmed".into()).await), [first]);
    assert_eq!(numbers(&asked(format!("q={second}")).await), [second]);
    assert_eq!(numbers(&asked(format!("q={}", &phones[0][1..])).await), [first]);
    assert_eq!(numbers(&asked("per_page=1&page=2".into()).await), [first]);
    let today = vatra::server::clock::wall(now()).iso()[..10].to_owned();
    assert_eq!(numbers(&asked(format!("from={today}&to={today}")).await).len(), 2);
    assert!(numbers(&asked("to=2020-01-01".into()).await).is_empty());
    assert!(numbers(&asked("from=2120-01-01T00:00:00Z".into()).await).is_empty());

    let wrong =
        ana.get(&format!("{ALL}?status=open&from=yesterday&to=2025-02-30&page=x&q={}", "x".repeat(81))).await;
    wrong.refused_for(400, "VALIDATION_ERROR", &["from", "page", "q", "status", "to"]);
    ana.get(&format!("{ALL}?state=ready")).await.refused_for(400, "VAL_002", &["state"]);
}
