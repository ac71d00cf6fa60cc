//! `vatra doctor` on a real database, well and unwell.

mod deep;

use crate::harness::{TestShop, database_uri};
use mongodb::bson::doc;
use std::{collections::HashMap, path::Path};
use vatra::server::{
    clock::now,
    config::{Config, ConfigError},
    doctor::{Finding, Verdict, examine, examine_deeply},
    store::progress::BACKUP,
};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// What the doctor finds for this database, with a folder of its own.
async fn findings(uri: &str, database: &str, folder: &Path) -> Vec<Finding> {
    examine(config(uri, database, folder)).await
}

/// The same of `--deep`.
async fn deep_findings(uri: &str, database: &str, folder: &Path) -> Vec<Finding> {
    examine_deeply(config(uri, database, folder)).await
}

fn config(uri: &str, database: &str, folder: &Path) -> Result<Config, ConfigError> {
    let values = HashMap::from([
        ("MONGODB_URI", uri),
        ("MONGODB_DB", database),
        ("JWT_SECRET", KEY),
        ("SESSION_KEY", KEY),
        ("VATRA_PICTURES", "gridfs"),
        ("VATRA_DATA_DIR", folder.to_str().unwrap()),
    ]);
    Config::read(|name| values.get(name).map(ToString::to_string))
}

/// The finding about this.
fn about<'a>(findings: &'a [Finding], what: &str) -> &'a Finding {
    findings.iter().find(|finding| finding.about == what).expect(what)
}

#[tokio::test]
async fn a_database_that_is_well_and_one_that_lost_an_index() {
    let shop = TestShop::open().await;
    let (uri, folder) = (database_uri().await, tempfile::tempdir().unwrap());
    let name = shop.raw("orders").namespace().db;
    let well = findings(uri, &name, folder.path()).await;
    for what in ["database", "indexes", "migrations", "disk", "SMS", "clock"] {
        assert_eq!(about(&well, what).verdict, Verdict::Good, "{}", about(&well, what));
    }
    assert_eq!(about(&well, "backup").verdict, Verdict::Doubtful);
    shop.store.progress.reach(BACKUP, now()).await.unwrap();
    let well = findings(uri, &name, folder.path()).await;
    assert_eq!(about(&well, "backup").verdict, Verdict::Good);
    let index = shop.raw("orders").list_index_names().await.unwrap().into_iter().find(|name| name != "_id_");
    let index = index.expect("an index");
    shop.raw("orders").drop_index(&index).await.unwrap();
    let unwell = findings(uri, &name, folder.path()).await;
    let found = about(&unwell, "indexes");
    assert_eq!(found.verdict, Verdict::Wrong);
    assert_eq!(found.found, format!("missing: orders.{index}"));
}

#[tokio::test]
async fn migrations_that_wait_and_those_of_a_newer_program() {
    let shop = TestShop::open().await;
    let (uri, folder) = (database_uri().await, tempfile::tempdir().unwrap());
    let name = shop.raw("orders").namespace().db;
    shop.raw("migrations").delete_one(doc! { "_id": 16 }).await.unwrap();
    let found = findings(uri, &name, folder.path()).await;
    assert_eq!(about(&found, "migrations").found, "not run yet: 16");
    shop.raw("migrations").insert_one(doc! { "_id": 9999, "name": "of tomorrow" }).await.unwrap();
    let found = findings(uri, &name, folder.path()).await;
    assert_eq!(about(&found, "migrations").verdict, Verdict::Wrong);
}

#[tokio::test]
async fn a_database_that_is_not_there_is_wrong_and_the_rest_is_still_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let uri = format!("mongodb://127.0.0.1:{port}/?serverSelectionTimeoutMS=500");
    let found = findings(&uri, "vatra", folder.path()).await;
    assert_eq!(about(&found, "database").verdict, Verdict::Wrong);
    assert!(about(&found, "database").remedy.is_some());
    assert_eq!(about(&found, "disk").verdict, Verdict::Good);
}
