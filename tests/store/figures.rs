//! Which indexes the figures and the kitchen are found by.

use crate::harness::TestShop;
use mongodb::bson::{Document, doc};

/// The index by which the database finds documents, as its plan says.
async fn index_of(shop: &TestShop, collection: &str, filter: Document) -> String {
    let command = doc! { "explain": { "find": collection, "filter": filter }, "verbosity": "queryPlanner" };
    let explained = shop.store.database().run_command(command).await.expect("a plan");
    fn name(plan: &Document) -> Option<String> {
        let own = plan.get_str("indexName").ok().map(str::to_owned);
        let inner = ["winningPlan", "queryPlan", "inputStage", "queryPlanner"];
        own.or_else(|| inner.iter().find_map(|part| name(plan.get_document(part).ok()?)))
            .or_else(|| plan.get_array("inputStages").ok()?.iter().find_map(|part| name(part.as_document()?)))
            .or_else(|| plan.get_str("stage").ok().filter(|stage| *stage == "IDHACK").map(str::to_owned))
    }
    name(&explained).unwrap_or_else(|| format!("none: {explained}"))
}

#[tokio::test]
async fn no_question_goes_through_all_orders() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    shop.pending(&[(&bread, 1)], "0722 123 456").await;
    let moment = mongodb::bson::DateTime::now();
    let open = doc! { "$in": ["confirmed", "processing", "ready"] };
    for (collection, filter, indexes) in [
        (
            "orders",
            doc! { "updated_at": { "$gte": moment } },
            &["updated_at_1", "updated_at_1_customer_phone_1"][..],
        ),
        ("orders", doc! { "created_at": { "$gte": moment, "$lt": moment } }, &["created_at_-1__id_-1"]),
        (
            "orders",
            doc! { "customer_phone": { "$in": ["+40722123456"] }, "status": open.clone() },
            &[
                "customer_phone_1_created_at_-1",
                "status_1_created_at_-1__id_-1",
                "status_1_day_1",
                "status_1_pending_until_1",
            ],
        ),
        (
            "orders",
            doc! { "status": open, "day": { "$in": ["2026-01-01", mongodb::bson::Bson::Null] } },
            &["status_1_day_1", "status_1_created_at_-1__id_-1", "status_1_pending_until_1"],
        ),
        ("daily_figures", doc! { "_id": { "$gte": "2026-01-01", "$lte": "2026-02-01" } }, &["_id_"]),
    ] {
        let found = index_of(&shop, collection, filter.clone()).await;
        assert!(indexes.contains(&found.as_str()), "{filter} is found by {found}");
    }
}
