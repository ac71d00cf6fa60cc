//! What comes back is what was there.

use super::{Vault, contents, database, faults, quiet, scene};
use crate::harness::{TestShop, phone};
use mongodb::bson::doc;
use std::sync::atomic::{AtomicBool, Ordering};
use vatra::server::{
    backup::drill::{drill, scratch},
    pictures::{Folder, GridFs, PictureStore},
    store::{connect::connect, refill::Refill},
};

async fn comes_back(kind: &str) {
    let (shop, vault) = (scene(kind).await, Vault::new());
    // The same after a restore, as nothing waits any more.
    Refill::of(shop.store.database()).withdraw_messages().await.unwrap();
    let before = contents(shop.store.database()).await;
    let file = vault.backup(&shop).await;
    let other = vault.elsewhere(&shop);
    let restored = vault.restore(&other, &file).await.unwrap();
    assert_eq!(restored.withdrawn, 0);
    assert_eq!(contents(&database(&other).await).await, before);
    assert_eq!(faults(&other).await, []);
    let store = connect(crate::harness::database_uri().await, &other.database_name).await.unwrap();
    let kept: Box<dyn PictureStore> = match kind {
        "folder" => Box::new(Folder::open(other.data_dir.join("pictures")).unwrap()),
        _ => Box::new(GridFs::open(store.picture_files.clone()).await),
    };
    let own = shop.pictures().await;
    let names = own.names().await.unwrap();
    assert_eq!(kept.names().await.unwrap(), names);
    assert_eq!(names.len(), 2);
    for name in &names {
        assert_eq!(kept.get(name).await.unwrap(), own.get(name).await.unwrap());
    }
    // Rules and indexes are those of a shop that was never restored.
    for collection in ["orders", "products", "messages"] {
        let theirs = store.database().collection::<mongodb::bson::Document>(collection);
        let indexes = shop.raw(collection).list_index_names().await.unwrap();
        assert_eq!(theirs.list_index_names().await.unwrap().len(), indexes.len(), "{collection}");
    }
}

#[tokio::test]
async fn a_shop_with_pictures_in_a_folder_comes_back() {
    comes_back("folder").await;
}

#[tokio::test]
async fn a_shop_with_pictures_in_the_database_comes_back() {
    comes_back("gridfs").await;
}

#[tokio::test]
async fn what_was_still_to_be_sent_is_not_sent_again() {
    let (shop, vault) = (scene("folder").await, Vault::new());
    let file = vault.backup(&shop).await;
    let other = vault.elsewhere(&shop);
    assert!(vault.restore(&other, &file).await.unwrap().withdrawn > 0);
    let messages = database(&other).await.collection::<mongodb::bson::Document>("messages");
    let open =
        doc! { "$or": [{ "state": { "$in": ["queued", "sending"] } }, { "sealed": { "$exists": true } }] };
    assert_eq!(messages.count_documents(open).await.unwrap(), 0);
    assert!(shop.raw("messages").count_documents(doc! { "state": "queued" }).await.unwrap() > 0);
}

#[tokio::test]
async fn orders_that_come_in_meanwhile_are_in_it_whole_or_not_at_all() {
    let (shop, vault) = (TestShop::open().await, Vault::new());
    let bread = shop.product("Pâine", 1250, 5000).await;
    let order = async || {
        let cart = shop.cart_with(&[(&bread, 2)]).await;
        shop.confirmed(&cart, &phone()).await;
    };
    order().await;
    for round in 0..3 {
        let done = AtomicBool::new(false);
        let file = vault.path(&format!("{round}.age"));
        let selling = async || {
            while !done.load(Ordering::Relaxed) {
                order().await;
            }
        };
        let taking = async {
            let taken = vault.take(&shop.config, &file, None).await;
            done.store(true, Ordering::Relaxed);
            taken
        };
        let (taken, (), ()) = tokio::join!(taking, selling(), selling());
        taken.unwrap();
        let mut other = vault.elsewhere(&shop);
        other.database_name.push_str(&round.to_string());
        vault.restore(&other, &file).await.unwrap();
        assert_eq!(faults(&other).await, []);
    }
}

#[tokio::test]
async fn a_drill_leaves_nothing_behind() {
    let (shop, vault) = (scene("folder").await, Vault::new());
    let file = vault.backup(&shop).await;
    let before = contents(shop.store.database()).await;
    let mut config = vatra::server::config::Config::clone(&shop.config);
    let checked = drill(&config, &file, &vault.keys(), &mut quiet()).await.unwrap();
    assert!(checked.total.documents > 10);
    let there = async |name: &str| {
        database(&shop.config)
            .await
            .client()
            .list_database_names()
            .await
            .unwrap()
            .iter()
            .any(|one| one == name)
    };
    assert!(!there(&scratch(&config)).await);
    assert_eq!(contents(shop.store.database()).await, before);
    assert_eq!(shop.kept_files().len(), shop.pictures().await.names().await.unwrap().len());
    // What stands in its place is somebody's.
    config.database_name.push_str("_busy");
    let busy = database(&config).await.client().database(&scratch(&config));
    busy.collection("orders").insert_one(doc! { "_id": 1 }).await.unwrap();
    let refused = drill(&config, &file, &vault.keys(), &mut quiet()).await.unwrap_err();
    assert!(refused.0.contains("not empty"), "{refused}");
    assert_eq!(
        busy.collection::<mongodb::bson::Document>("orders").count_documents(doc! {}).await.unwrap(),
        1
    );
}
