//! What others change in the catalogue is told, and what happens when it is not.

use crate::harness::{TestShop, Watched, eventually, phone};
use mongodb::bson::{Document, doc};
use vatra::{
    model::{
        error::{AppError, Missing},
        locale::Locale,
        product::{Product, ProductForm},
    },
    server::service::{
        Shop,
        catalog::{CatalogRequest, Watch},
    },
};

async fn stock(shop: &Shop, product: &Product) -> Option<u32> {
    shop.product(product.id.as_str()).await.ok().map(|product| product.stock)
}

#[tokio::test]
async fn another_instance_sees_what_this_one_changes() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let other = Watched::new(shop.second_instance().await).await;
    assert_eq!(stock(&other, &bread).await, Some(9));

    let form = ProductForm { price: "13".into(), ..ProductForm::of(&bread) };
    shop.update_product(&bread.id, &form, None).await.unwrap();
    other
        .until_told("the price", async |shop| shop.product("paine").await.unwrap().price.bani() == 1300)
        .await;
    let bread = shop.any_product("paine").await.unwrap();
    shop.pending(&[(&bread, 2)], &phone()).await;
    other.until_told("a sale", async |shop| stock(shop, &bread).await == Some(7)).await;
    shop.set_product_active(&bread.id, false).await.unwrap();
    other.until_told("hidden", async |shop| stock(shop, &bread).await.is_none()).await;
    shop.set_product_active(&bread.id, true).await.unwrap();
    other.until_told("shown", async |shop| stock(shop, &bread).await == Some(7)).await;
    shop.category("Băuturi").await;
    other.until_told("a shelf", async |shop| shop.categories().await.unwrap().len() == 2).await;
    shop.set_category_active(&bread.category_id, false).await.unwrap();
    other.until_told("a hidden shelf", async |shop| shop.categories().await.unwrap().len() == 1).await;
    shop.delete_product(&bread.id).await.unwrap();
    other.until_told("gone", async |shop| stock(shop, &bread).await.is_none()).await;
}

#[tokio::test]
async fn what_other_hands_write_is_seen() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let watched = Watched::new(shop.instance()).await;
    shop.set_product(&bread.id, doc! { "stock_quantity": 3_i64 }).await;
    watched.until_told("a change", async |shop| stock(shop, &bread).await == Some(3)).await;
    shop.raw("products").delete_many(doc! {}).await.unwrap();
    watched.until_told("a deletion", async |shop| stock(shop, &bread).await.is_none()).await;
    let honey = shop.product("Miere", 3000, 2).await;
    assert_eq!(stock(&watched, &honey).await, Some(2));
    shop.raw("products").drop().await.unwrap();
    watched.until_told("no collection", async |shop| stock(shop, &honey).await.is_none()).await;
    // And what comes after that too.
    let cake = shop.product("Cozonac", 4500, 4).await;
    shop.set_product(&cake.id, doc! { "stock_quantity": 1_i64 }).await;
    watched.until_told("a change after it", async |shop| stock(shop, &cake).await == Some(1)).await;
}

/// Kills the cursors that wait for changes of this shop's database, where the server names them.
async fn kill_streams(shop: &TestShop) {
    let admin = shop.store.database().client().database("admin");
    let open = doc! { "$currentOp": { "idleCursors": true, "allUsers": true } };
    let Ok(found) = admin.aggregate([open, doc! { "$match": { "cursor": { "$exists": true } } }]).await
    else {
        return;
    };
    let found: Vec<Document> = futures::TryStreamExt::try_collect(found).await.unwrap_or_default();
    let ours = shop.store.database();
    for cursor in found.iter().filter_map(|operation| operation.get_document("cursor").ok()) {
        if let Ok(id) = cursor.get_i64("cursorId") {
            let kill = doc! { "killCursors": "$cmd.aggregate", "cursors": [id] };
            let _ = ours.run_command(kill).await;
        }
    }
}

#[tokio::test]
async fn after_the_stream_was_killed_changes_are_seen_all_the_same() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let watched = Watched::new(shop.second_instance().await).await;
    kill_streams(&shop).await;
    for left in [8, 7, 6] {
        shop.set_product(&bread.id, doc! { "stock_quantity": i64::from(left) }).await;
        eventually("a change", async || stock(&watched, &bread).await == Some(left)).await;
    }
}

#[tokio::test]
async fn without_the_database_the_shop_shows_what_it_last_knew_and_then_what_is() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let (far, mut cable) = shop.by_cable().await;
    let far = Watched::new(far).await;
    assert_eq!(stock(&far, &bread).await, Some(9));
    cable.cut().await;
    far.until(Watch::Lost).await;
    shop.set_product(&bread.id, doc! { "stock_quantity": 2_i64 }).await;
    assert_eq!(stock(&far, &bread).await, Some(9));
    assert_eq!(far.products(&CatalogRequest::default(), Locale::Ro).await.unwrap().total, 1);
    // What is not in the catalogue, or must be right, is not answered from memory.
    assert_eq!(far.product("nimic").await, Err(AppError::missing(Missing::Product)));
    assert_eq!(far.any_product("paine").await, Err(AppError::Database));
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    assert_eq!(far.cart(Some(&cart), Locale::Ro).await, Err(AppError::Database));
    cable.join().await;
    far.until(Watch::Told).await;
    assert_eq!(stock(&far, &bread).await, Some(2));
    shop.set_product(&bread.id, doc! { "stock_quantity": 1_i64 }).await;
    far.until_told("a change after it", async |shop| stock(shop, &bread).await == Some(1)).await;
}

#[tokio::test]
async fn without_a_catalogue_and_without_the_database_it_says_so() {
    let shop = TestShop::open().await;
    shop.product("Pâine", 1250, 9).await;
    let (far, cable) = shop.by_cable().await;
    drop(cable);
    assert_eq!(far.categories().await, Err(AppError::Database));
    assert_eq!(far.product("paine").await, Err(AppError::Database));
}

#[tokio::test]
async fn a_shop_to_which_nothing_is_told_reads_again_by_itself() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let (far, mut cable) = shop.by_cable().await;
    let lost = Watched::new(far).await;
    assert_eq!(stock(&lost, &bread).await, Some(9));
    cable.cut().await;
    lost.until(Watch::Lost).await;
    shop.set_product(&bread.id, doc! { "stock_quantity": 4_i64 }).await;
    cable.join().await;
    eventually("the change", async || stock(&lost, &bread).await == Some(4)).await;
}

#[tokio::test]
async fn a_shop_that_does_not_listen_asks_the_database_each_time() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let other = shop.second_instance().await;
    assert_eq!(stock(&other, &bread).await, Some(9));
    shop.set_product(&bread.id, doc! { "stock_quantity": 8_i64 }).await;
    assert_eq!(stock(&other, &bread).await, Some(8));
}
