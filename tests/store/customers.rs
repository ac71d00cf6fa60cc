//! The list of customers is read by indexes: how the database means to do it, not how long it took.

use crate::harness::TestShop;
use mongodb::bson::{Bson, DateTime, Document, doc};
use vatra::{
    model::{customer::CustomerSort, phone::Phone},
    server::{
        clock::now,
        store::{migrations, orders::figures, users::customers::CustomerQuery},
    },
};

/// The names of all stages of the chosen plan, in whatever depth.
fn stages(plan: &Bson, found: &mut Vec<String>) {
    match plan {
        Bson::Document(document) => {
            for (key, value) in document {
                match value {
                    Bson::String(stage) if key == "stage" => found.push(stage.clone()),
                    value => stages(value, found),
                }
            }
        }
        Bson::Array(parts) => parts.iter().for_each(|part| stages(part, found)),
        _ => {}
    }
}

async fn explained(shop: &TestShop, command: Document) -> Vec<String> {
    let explain = doc! { "explain": command, "verbosity": "queryPlanner" };
    let plan = shop.store.database().run_command(explain).await.expect("a plan");
    let chosen = plan.get_document("queryPlanner").and_then(|plans| plans.get_document("winningPlan"));
    let mut found = Vec::new();
    stages(&Bson::Document(chosen.expect("a plan that was chosen").clone()), &mut found);
    assert!(!found.is_empty(), "{plan}");
    found
}

async fn find(shop: &TestShop, query: &CustomerQuery) -> Vec<String> {
    let command = doc! { "find": "users", "filter": query.filter(), "sort": query.order(), "limit": 25 };
    explained(shop, command).await
}

/// So many seconds from now, as the database keeps it.
fn from_now(seconds: i64) -> DateTime {
    DateTime::from_millis(now().plus_seconds(seconds).0)
}

async fn many(shop: &TestShop, count: i64) {
    let at = from_now(0);
    let people: Vec<Document> = (0..count)
        .map(|number| {
            doc! {
                "role": "customer", "phone_number": format!("+4072200{number:04}"),
                "name": format!("Ana {number}"), "sort_name": format!("ana {number}"),
                "search_words": ["ana", number.to_string()], "orders": number, "spent": number * 100,
                "last_order_at": from_now(-number), "created_at": at, "updated_at": at,
                "expires_at": from_now(3600),
            }
        })
        .collect();
    shop.raw("users").insert_many(people).await.unwrap();
}

#[tokio::test]
async fn no_list_reads_all_customers_and_none_is_sorted_in_memory() {
    let shop = TestShop::open().await;
    many(&shop, 500).await;
    for sort in CustomerSort::ALL {
        let stages = find(&shop, &CustomerQuery { sort, ..CustomerQuery::default() }).await;
        assert!(stages.iter().any(|stage| stage == "IXSCAN"), "{sort:?}: {stages:?}");
        assert!(!stages.iter().any(|stage| stage == "COLLSCAN" || stage == "SORT"), "{sort:?}: {stages:?}");
    }
}

#[tokio::test]
async fn a_search_uses_an_index() {
    let shop = TestShop::open().await;
    many(&shop, 500).await;
    for search in ["ana 17", "0722001", "Ana"] {
        let stages = find(&shop, &CustomerQuery { search: search.into(), ..CustomerQuery::default() }).await;
        assert!(stages.iter().any(|stage| stage == "IXSCAN"), "{search}: {stages:?}");
        assert!(!stages.iter().any(|stage| stage == "COLLSCAN"), "{search}: {stages:?}");
    }
}

#[tokio::test]
async fn figures_of_a_page_read_only_the_orders_of_its_numbers() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 50).await;
    shop.pending(&[(&bread, 1)], "+40722123456").await;
    let phones = [Phone::from_e164("+40722123456").unwrap(), Phone::from_e164("+40722123457").unwrap()];
    let steps = figures(&phones);
    let filter = steps[0].get_document("$match").unwrap().clone();
    let stages = explained(&shop, doc! { "find": "orders", "filter": filter }).await;
    assert!(stages.iter().any(|stage| stage == "IXSCAN"), "{stages:?}");
}

#[tokio::test]
async fn customers_of_before_get_what_they_are_listed_by() {
    let shop = TestShop::open().await;
    shop.proved("+40722123456").await;
    let gone = doc! { "sort_name": "", "search_words": "", "orders": "", "spent": "", "last_order_at": "" };
    shop.raw("users").update_many(doc! {}, doc! { "$unset": gone }).await.unwrap();
    migrations::run_again(shop.store.database()).await.unwrap();
    let stored = shop.raw("users").find_one(doc! { "role": "customer" }).await.unwrap().unwrap();
    assert_eq!(stored.get_str("sort_name").unwrap(), "ana pop");
    assert!(stored.get_datetime("last_order_at").is_ok());
    shop.count_customers().await.unwrap();
    let stored = shop.raw("users").find_one(doc! { "role": "customer" }).await.unwrap().unwrap();
    assert_eq!((stored.get_i64("orders").unwrap(), stored.get_i64("spent").unwrap()), (1, 100));
}
