//! Ten thousand orders: whatever is asked for is read from an index. That is proven by what the
//! database says it does, not by how long it takes.

use crate::harness::{TestShop, phone};
use mongodb::bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use vatra::{
    model::{ids::ORDER_NUMBER_SIGNS, page::Paging, status::OrderStatus, time::Timestamp},
    server::store::orders::{MOST_FOUND, OrderFilter, newest_first},
};

const COUNT: usize = 10_000;
/// The moment of the first; each is a minute younger than the one before.
const BEGAN: i64 = 1_700_000_000_000;
const MINUTE: i64 = 60_000;

fn at(place: usize) -> i64 {
    BEGAN + i64::try_from(place).unwrap() * MINUTE
}

/// The signs of a number that nobody else has.
fn number(place: usize) -> String {
    let base = ORDER_NUMBER_SIGNS.len();
    let sign = |power: u32| char::from(ORDER_NUMBER_SIGNS[place / base.pow(power) % base]);
    format!("ZZZ-{}{}{}{}", sign(3), sign(2), sign(1), sign(0))
}

/// Most are finished, as in a shop that has been there for long.
async fn filled() -> TestShop {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let order = shop.pending(&[(&bread, 1)], &phone()).await;
    let one = shop.order_document(&order.id).await;
    shop.raw("orders").delete_many(doc! {}).await.unwrap();
    let copy = |place: usize| {
        let mut copy = one.clone();
        let status = match place % 100 {
            0 => "confirmed",
            1 => "ready",
            2..10 => "cancelled",
            _ => "completed",
        };
        let (phone, number) = (format!("+40722{place:06}"), number(place));
        let part = number[4..].to_lowercase();
        let words = [format!("nume{place:05}"), "pop".into(), "zzz".into(), format!("zzz{part}"), part];
        let ends = (1..=8).map(|begin| format!("+{}", &phone[begin..]));
        let search: Vec<String> = words.into_iter().chain(ends).collect();
        copy.extend(doc! {
            "_id": ObjectId::new(), "order_number": number, "idempotency_key": format!("copy-{place:08}"),
            "customer_phone": phone, "status": status, "search": search,
            "created_at": DateTime::from_millis(at(place)), "updated_at": DateTime::from_millis(at(place)),
        });
        copy
    };
    for part in 0..COUNT / 1000 {
        shop.raw("orders").insert_many((part * 1000..(part + 1) * 1000).map(copy)).await.unwrap();
    }
    shop
}

/// The names of all stages of a plan.
fn stages(plan: &Bson, found: &mut Vec<String>) {
    match plan {
        Bson::Document(document) => {
            for (name, value) in document {
                match (name.as_str(), value) {
                    ("stage", Bson::String(stage)) => found.push(stage.clone()),
                    ("rejectedPlans" | "executionStats", _) => {}
                    _ => stages(value, found),
                }
            }
        }
        Bson::Array(list) => list.iter().for_each(|part| stages(part, found)),
        _ => {}
    }
}

async fn explained(shop: &TestShop, command: Document) -> Vec<String> {
    let explain = doc! { "explain": command, "verbosity": "queryPlanner" };
    let plan = shop.store.database().run_command(explain).await.expect("a plan");
    let mut found = Vec::new();
    stages(&Bson::Document(plan), &mut found);
    found
}

/// The plan of a page of the list.
async fn page_of(shop: &TestShop, filter: &OrderFilter) -> Vec<String> {
    let find = doc! { "find": "orders", "filter": filter.query(), "sort": newest_first(), "limit": 25 };
    explained(shop, find).await
}

/// The plan of counting, as the driver does it.
async fn count_of(shop: &TestShop, filter: &OrderFilter) -> Vec<String> {
    let groups = vec![doc! { "$match": filter.query() }, doc! { "$group": { "_id": 1, "n": { "$sum": 1 } } }];
    explained(shop, doc! { "aggregate": "orders", "pipeline": groups, "cursor": {} }).await
}

#[track_caller]
fn assert_indexed(plan: &[String], about: &str) {
    assert!(plan.iter().any(|stage| stage.ends_with("IXSCAN") || stage == "COUNT_SCAN"), "{about}: {plan:?}");
    assert!(!plan.iter().any(|stage| stage == "COLLSCAN"), "{about}: {plan:?}");
}

async fn total(shop: &TestShop, filter: &OrderFilter) -> u64 {
    let page = shop.all_orders(filter, Paging::new(1, 25)).await.expect("a page");
    assert_eq!(page.items.len(), usize::try_from(page.total.min(25)).unwrap());
    assert!(page.items.windows(2).all(|two| two[0].created_at >= two[1].created_at));
    page.total
}

#[tokio::test]
async fn everything_in_a_list_of_ten_thousand_is_read_from_an_index() {
    let shop = filled().await;
    let all = OrderFilter::default();
    let status = OrderFilter { status: Some(OrderStatus::Completed), ..all.clone() };
    let time = OrderFilter { from: Some(Timestamp(at(500))), to: Some(Timestamp(at(600))), ..all.clone() };
    let both = OrderFilter { status: Some(OrderStatus::Ready), ..time.clone() };
    // What a page shows is read in the order of the index, and nothing is sorted.
    for (name, filter, expected) in [
        ("all", &all, COUNT as u64),
        ("a status", &status, 9000),
        ("some days", &time, 100),
        ("a status on some days", &both, 1),
    ] {
        let plan = page_of(&shop, filter).await;
        assert_indexed(&plan, name);
        assert!(!plan.iter().any(|stage| stage == "SORT"), "{name}: {plan:?}");
        if name != "all" {
            assert_indexed(&count_of(&shop, filter).await, name);
        }
        assert_eq!(total(&shop, filter).await, expected, "{name}");
    }
    let search = |text: &str| OrderFilter { search: Some(text.into()), ..OrderFilter::default() };
    for (text, expected) in [
        ("nume00042", 1),
        ("NUME0004", 10),
        ("pop nume00042", 1),
        (&*number(77), 1),
        ("0722 000 123", 1),
        ("000123", 1),
        ("+40722000123", 1),
        ("pop", MOST_FOUND),
        ("nimeni", 0),
    ] {
        let filter = search(text);
        assert_indexed(&page_of(&shop, &filter).await, text);
        assert_indexed(&count_of(&shop, &filter).await, text);
        assert_eq!(total(&shop, &filter).await, expected, "{text}");
    }
    let changed = doc! {
        "find": "orders", "filter": { "updated_at": { "$gte": DateTime::from_millis(at(9000)) } },
        "sort": { "updated_at": 1 }, "limit": 201,
    };
    let plan = explained(&shop, changed).await;
    assert_indexed(&plan, "what has changed");
    assert!(!plan.iter().any(|stage| stage == "SORT"), "{plan:?}");

    let mut counts = shop.orders_by_status().await.unwrap();
    counts.sort_by_key(|(_, count)| *count);
    let counts: Vec<_> = counts.into_iter().map(|(status, count)| (status.name(), count)).collect();
    assert_eq!(counts[2..], [("cancelled", 800), ("completed", 9000)]);
    let board = shop.board(&Default::default()).await.unwrap();
    let lane = board.lane(OrderStatus::Confirmed).unwrap();
    assert_eq!((lane.orders.len(), lane.more), (100, false));
}
