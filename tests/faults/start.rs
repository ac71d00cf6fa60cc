//! Several servers start at the same moment on one database.

use super::scene::{Scene, insist};
use crate::harness::{Caller, Server, TestShop, at_once, key};
use mongodb::bson::{Document, doc};
use serde_json::Value;
use std::{collections::BTreeMap, process::Command};
use vatra::server::store::migrations::STEPS;

const INSTANCES: usize = 4;
const PASSWORD: &str = "o parolă lungă";

async fn start(shop: &TestShop) -> Vec<Server> {
    let settings = shop.environment();
    at_once(INSTANCES, |_| {
        let settings = settings.clone();
        async move { Server::start(&settings, &[("LOG_FORMAT", "json")]).await }
    })
    .await
}

/// How often each migration was begun, by all of them together.
fn begun(servers: &[Server]) -> BTreeMap<i32, usize> {
    let mut begun = BTreeMap::new();
    let log: String = servers.iter().map(Server::log).collect();
    for line in log.lines() {
        // What is not of the log is for people.
        let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
        if line["fields"]["message"] == "migration" {
            let number = line["fields"]["number"].as_i64().expect("a number");
            *begun.entry(i32::try_from(number).unwrap()).or_default() += 1;
        }
    }
    begun
}

fn once(numbers: impl IntoIterator<Item = i32>) -> BTreeMap<i32, usize> {
    numbers.into_iter().map(|number| (number, 1)).collect()
}

fn all() -> impl Iterator<Item = i32> {
    STEPS.iter().map(|(number, ..)| *number)
}

/// Every step is noted, and nobody holds the turn any more.
async fn journal_is_complete(shop: &TestShop) {
    assert_eq!(shop.count("migrations").await, STEPS.len() as u64);
    for number in all() {
        let found = shop.raw("migrations").find_one(doc! { "_id": number }).await.unwrap();
        assert!(found.is_some(), "{number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_is_migrated_by_one_of_them() {
    let shop = TestShop::open().await;
    shop.store.database().drop().await.unwrap();
    let servers = start(&shop).await;
    assert_eq!(begun(&servers), once(all()));
    journal_is_complete(&shop).await;
    let bread = shop.product("Pâine", 1250, 10).await;
    for server in &servers {
        assert!(Caller::at(&server.address()).cart(bread.id.as_str(), 1).await.is_ok());
    }
    assert_eq!(shop.faults().await, []);
}

/// What the last migrations have changed, as it was before them.
async fn of_before(scene: &Scene) -> Vec<i32> {
    let shop = &scene.shop;
    let unset = async |collection: &str, filter: Document, field: &str| {
        let update = doc! { "$unset": { field: "" } };
        // The rules of now do not allow what was before them.
        let done = shop.raw(collection).update_many(filter, update).bypass_document_validation(true).await;
        assert!(done.unwrap().modified_count > 0, "{collection} had {field}");
    };
    unset("products", doc! {}, "taken").await;
    unset("users", doc! { "role": "admin" }, "rights").await;
    unset("orders", doc! {}, "search").await;
    let undone = vec![10, 15, 18, 38];
    shop.raw("migrations").delete_many(doc! { "_id": { "$in": &undone } }).await.unwrap();
    undone
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_before_is_brought_up_to_date_by_one_of_them() {
    let scene = Scene::open().await;
    scene.shop.create_admin("ana", PASSWORD).await.unwrap();
    let first = Server::start(&scene.shop.environment(), &[]).await;
    let mut acknowledged = Vec::new();
    for _ in 0..5 {
        let ((cart, phone), key) = (scene.customer().await, key());
        acknowledged.push(insist(&Caller::at(&first.address()), &cart, &phone, &key).await);
    }
    drop(first);
    let undone = of_before(&scene).await;
    assert_ne!(scene.shop.faults().await, [], "the shelves are not counted");

    let servers = start(&scene.shop).await;
    assert_eq!(begun(&servers), once(undone));
    journal_is_complete(&scene.shop).await;
    for server in &servers {
        let caller = Caller::at(&server.address());
        caller.log_in("ana", PASSWORD).await;
        let ((cart, phone), key) = (scene.customer().await, key());
        acknowledged.push(insist(&caller, &cart, &phone, &key).await);
    }
    let rights = scene.shop.raw("users").find_one(doc! { "username": "ana" }).await.unwrap().unwrap();
    assert_eq!(rights.get_str("rights").unwrap(), "owner");
    scene.adds_up(&acknowledged).await;
}

/// The turn of one that is killed goes to another when its time is over.
#[cfg(debug_assertions)]
#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_killed_while_it_migrates_is_followed_by_another() {
    let shop = TestShop::open().await;
    shop.store.database().drop().await.unwrap();
    let settings = shop.environment();
    let mut doomed = Server::begin(&settings, &[("VATRA_FAILPOINT", "migration.noted")]);
    doomed.until_killed().await;
    let noted = shop.raw("migrations").count_documents(doc! { "_id": { "$type": "number" } }).await;
    assert_eq!(noted.unwrap(), 1);
    let servers = start(&shop).await;
    assert_eq!(begun(&servers), once(all().skip(1)));
    journal_is_complete(&shop).await;
    assert_eq!(shop.faults().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_over_a_server_can_ask_whether_it_works() {
    let shop = TestShop::open().await;
    let server = Server::start(&shop.environment(), &[]).await;
    let ask = |port: u16| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vatra"));
        command.arg("ready").env_clear().env("LEPTOS_SITE_ADDR", format!("0.0.0.0:{port}"));
        command.output().expect("the program")
    };
    let port = server.port();
    let yes = ask(port);
    assert!(yes.status.success(), "{yes:?}");
    drop(server);
    let no = ask(port);
    assert!(!no.status.success());
    assert!(String::from_utf8_lossy(&no.stderr).contains("does not answer"), "{no:?}");
}
