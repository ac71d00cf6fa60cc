use crate::harness::{TestShop, at_once, database_uri};
use mongodb::bson::doc;
use vatra::server::store::{connect::connect, migrations};

#[tokio::test]
async fn a_second_run_changes_nothing_and_loses_nothing() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 7).await;
    let before = indexes(&shop).await;
    migrations::run_again(shop.store.database()).await.unwrap();
    migrations::run(shop.store.database()).await.unwrap();
    assert_eq!(indexes(&shop).await, before);
    assert_eq!(shop.stock_of(&bread).await, 7);
    assert_eq!(shop.count("migrations").await, migrations::STEPS.len() as u64);
}

#[tokio::test(flavor = "multi_thread")]
async fn instances_that_start_at_once_share_one_new_database() {
    let uri = database_uri().await;
    for round in 0..3 {
        let name = format!("vatra_started_at_once_{round}");
        let started = at_once(4, |_| {
            let name = name.clone();
            async move { connect(uri, &name).await.map(drop) }
        });
        assert_eq!(started.await, vec![Ok(()); 4]);
        let store = connect(uri, &name).await.unwrap();
        let done = store.database().collection::<mongodb::bson::Document>("migrations");
        assert_eq!(done.count_documents(doc! {}).await.unwrap(), migrations::STEPS.len() as u64);
    }
}

#[tokio::test]
async fn a_connected_store_answers() {
    TestShop::open().await.store.ping().await.unwrap();
}

/// Collection and name of every index.
async fn indexes(shop: &TestShop) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    let mut collections = shop.store.database().list_collection_names().await.unwrap();
    collections.sort();
    for name in collections {
        let mut indexes = shop.raw(&name).list_index_names().await.unwrap();
        indexes.sort();
        all.push((name, indexes));
    }
    all
}
