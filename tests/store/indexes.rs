use crate::harness::{TestShop, error_code, pieces};
use futures::TryStreamExt;
use mongodb::{
    IndexModel,
    bson::{Document, doc, oid::ObjectId},
};
use std::time::Duration;
use vatra::model::{error::AppError, locale::Locale};

async fn indexes(shop: &TestShop, collection: &str) -> Vec<IndexModel> {
    shop.raw(collection).list_indexes().await.unwrap().try_collect().await.unwrap()
}

/// The keys of the indexes that delete, with their delay.
async fn expiring(shop: &TestShop, collection: &str) -> Vec<(Document, Duration)> {
    let of = |index: IndexModel| Some((index.keys.clone(), index.options?.expire_after?));
    indexes(shop, collection).await.into_iter().filter_map(of).collect()
}

#[tokio::test]
async fn what_ends_is_deleted_at_its_own_moment() {
    let shop = TestShop::open().await;
    let ending = [
        "users",
        "cart_sessions",
        "sessions",
        "verifications",
        "messages",
        "rate_limits",
        "revocations",
        "sheets",
        "login_steps",
        "invitations",
        "audit_log",
        "error_counts",
    ];
    for name in ending {
        let expected = vec![(doc! { "expires_at": 1 }, Duration::ZERO)];
        assert_eq!(expiring(&shop, name).await, expected, "{name}");
    }
}

#[tokio::test]
async fn orders_and_the_catalogue_are_never_deleted() {
    let shop = TestShop::open().await;
    for name in ["orders", "products", "categories", "migrations", "blocks", "progress"] {
        assert_eq!(expiring(&shop, name).await, [], "{name}");
    }
}

#[tokio::test]
async fn the_indexes_of_the_design_are_there() {
    let shop = TestShop::open().await;
    for (collection, fields) in [
        ("users", &["phone_number", "username", "role", "search_words"][..]),
        ("products", &["category_id", "active", "featured", "price", "slug"]),
        ("categories", &["name", "display_order", "active"]),
        ("orders", &["order_number", "customer_phone", "status", "created_at", "idempotency_key"]),
        ("cart_sessions", &["session_id"]),
        ("sessions", &["token_hash"]),
        ("verifications", &["phone"]),
        ("messages", &["state", "order_id", "subject", "to"]),
    ] {
        let indexes = indexes(&shop, collection).await;
        for field in fields {
            let leads = |index: &IndexModel| index.keys.keys().next().is_some_and(|first| first == field);
            assert!(indexes.iter().any(leads), "{collection}.{field}");
        }
    }
}

/// A copy with another id and these fields must meet a unique index.
async fn twice(shop: &TestShop, collection: &str, changed: Document) {
    let collection = shop.raw(collection);
    let mut copy = collection.find_one(doc! {}).await.unwrap().expect("something to copy");
    copy.insert("_id", ObjectId::new());
    copy.extend(changed.clone());
    let error = collection.insert_one(copy).await.expect_err("must be unique");
    assert_eq!(error_code(&error), Some(11_000), "{} {changed} {error}", collection.name());
}

/// The same copy with nothing that must be unique is let in.
async fn once(shop: &TestShop, collection: &str, changed: Document) {
    let collection = shop.raw(collection);
    let mut copy = collection.find_one(doc! {}).await.unwrap().expect("something to copy");
    copy.insert("_id", ObjectId::new());
    copy.extend(changed);
    collection.insert_one(copy).await.expect("unique");
}

#[tokio::test]
async fn number_and_key_of_an_order_are_unique() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    shop.pending(&[(&bread, 1)], "0722 123 456").await;
    twice(&shop, "orders", doc! { "order_number": "AAA-BBBB" }).await;
    twice(&shop, "orders", doc! { "idempotency_key": "another-key" }).await;
    once(&shop, "orders", doc! { "order_number": "AAA-BBBB", "idempotency_key": "another-key" }).await;
}

#[tokio::test]
async fn phone_and_user_name_are_unique_where_there_is_one() {
    let shop = TestShop::open().await;
    shop.proved("+40722123456").await;
    twice(&shop, "users", doc! {}).await;
    once(&shop, "users", doc! { "phone_number": "+40722123457" }).await;
    shop.create_admin("ina", "coptorul cu lemne").await.unwrap();
    shop.create_admin("ion", "coptorul cu lemne").await.unwrap();
    let taken = shop.create_admin(" ina ", "coptorul cu lemne").await.unwrap_err();
    assert_eq!(taken.0, "There is already an admin named ina.");
}

#[tokio::test]
async fn the_address_of_a_product_is_unique_and_made_so() {
    let shop = TestShop::open().await;
    let first = shop.product("Pâine", 1250, 5).await;
    let second = shop.product("PAINE", 1250, 5).await;
    assert_eq!((first.slug.as_str(), second.slug.as_str()), ("paine", "paine-2"));
    twice(&shop, "products", doc! {}).await;
    once(&shop, "products", doc! { "slug": "paine-3" }).await;
}

#[tokio::test]
async fn the_name_of_a_category_is_unique_as_people_read_it() {
    let shop = TestShop::open().await;
    shop.category("Pâine").await;
    for name in ["Pâine", "PAINE", " paine "] {
        let form = vatra::model::category::CategoryForm { name: name.into(), ..Default::default() };
        let error = shop.create_category(&form).await.unwrap_err();
        assert_eq!(error.code().name, "CONFLICT_001", "{name}");
    }
    twice(&shop, "categories", doc! { "slug": "alta", "name_key": "alta" }).await;
    twice(&shop, "categories", doc! { "slug": "alta", "name": "Alta" }).await;
    twice(&shop, "categories", doc! { "name": "Alta", "name_key": "alta" }).await;
    once(&shop, "categories", doc! { "slug": "alta", "name": "Alta", "name_key": "alta" }).await;
}

#[tokio::test]
async fn a_name_that_is_taken_cannot_be_taken_by_renaming() {
    let shop = TestShop::open().await;
    shop.category("Pâine").await;
    let cakes = shop.category("Prăjituri").await;
    let form = vatra::model::category::CategoryForm { name: "paine".into(), ..Default::default() };
    let error = shop.update_category(&cakes, &form).await.unwrap_err();
    let AppError::Conflict { .. } = error else { panic!("{error:?}") };
    assert_eq!(shop.category_by_id(cakes.as_str()).await.unwrap().name(Locale::Ro), "Prăjituri");
}

#[tokio::test]
async fn tokens_carts_codes_and_windows_are_unique() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    shop.place(&cart, "0722 123 456").await;
    shop.proved("+40733123456").await;
    shop.set_quantity(&shop.cart_with(&[(&bread, 1)]).await, &bread.id, pieces(2), Locale::Ro).await.unwrap();
    for collection in ["cart_sessions", "sessions", "verifications", "rate_limits"] {
        twice(&shop, collection, doc! {}).await;
    }
    once(&shop, "rate_limits", doc! { "window": 1_i64 }).await;
}
