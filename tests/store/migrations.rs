use crate::harness::{TestShop, at_once, database_uri};
use mongodb::bson::doc;
use vatra::{
    model::{food::LineFacts, page::Paging, vat::VatRate},
    server::store::{connect::connect, migrations, orders::OrderFilter},
};

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

/// What a server of before has stored: documents without any fact of food.
#[tokio::test]
async fn what_was_stored_before_facts_of_food_can_be_read_and_sold() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 7).await;
    let order = shop.pending(&[(&bread, 2)], "0722 123 456").await;
    let unset = doc! { "$unset": { "vat_rate": "", "allergens": "", "net_content": "" } };
    shop.raw("products").update_many(doc! {}, unset).await.unwrap();
    let unset = doc! { "$unset": { "items.0.vat_rate": "", "items.0.allergens": "" } };
    shop.raw("orders").update_many(doc! {}, unset).await.unwrap();

    migrations::run_again(shop.store.database()).await.unwrap();
    let stored = shop.raw("products").find_one(doc! {}).await.unwrap().unwrap();
    assert_eq!(stored.get_i32("vat_rate").unwrap(), 11, "a shop of food");
    let read = shop.any_product(bread.id.as_str()).await.unwrap();
    assert_eq!((read.food.vat, read.food.allergens), (VatRate::Reduced, None));
    assert_eq!(read.updated_at, bread.updated_at, "no form that is open becomes stale");
    let old = shop.any_order(&order.id).await.unwrap();
    assert_eq!(old.items[0].food, LineFacts::default(), "nobody knows any more what was said then");
    assert_eq!(old.vat_included(), []);
    shop.pending(&[(&read, 1)], "0722 123 457").await;
}

#[tokio::test]
async fn orders_of_before_are_found_and_their_old_indexes_go() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 7).await;
    let order = shop.pending(&[(&bread, 2)], "0722 123 456").await;
    shop.raw("orders").update_many(doc! {}, doc! { "$unset": { "search": "" } }).await.unwrap();
    let old = mongodb::IndexModel::builder().keys(doc! { "created_at": -1 }).build();
    shop.raw("orders").create_index(old).await.unwrap();
    let search = |text: &str| OrderFilter { search: Some(text.into()), ..OrderFilter::default() };
    let found = async |text: &str| shop.all_orders(&search(text), Paging::new(1, 5)).await.unwrap().items;
    assert_eq!(found("ana").await, []);
    migrations::run_again(shop.store.database()).await.unwrap();
    for text in ["ana", "0722 123", order.number.as_str()] {
        // It has not changed: nobody is told anything.
        assert_eq!(found(text).await, std::slice::from_ref(&order), "{text}");
    }
    let names = shop.raw("orders").list_index_names().await.unwrap();
    assert!(!names.contains(&"created_at_-1".to_owned()), "{names:?}");
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
