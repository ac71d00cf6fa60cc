//! The catalogue in memory answers as the database does, and at once after every write.

use crate::harness::{TestShop, Watched, at_once, phone};
use mongodb::bson::doc;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, TestRunner},
};
use vatra::{
    model::{
        allergen::Allergens,
        category::CategoryForm,
        error::{AppError, Missing},
        food::{CONTAINS, FoodForm, MAY_CONTAIN, WITHOUT},
        ids::{CategoryId, ProductId},
        locale::Locale,
        page::Paging,
        product::{Product, ProductForm, ProductQuery, ProductSort},
    },
    server::service::{Shop, catalog::CatalogRequest},
};

const WORDS: [&str; 8] = ["Pâine", "pain", "de", "Casă", "ȚUICĂ", "tort", "Cozonac", "2"];

fn name() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS.as_slice()), 1..4)
        .prop_map(|words| words.join(" "))
}

/// Names and prices that often are the same, so that the last rule of an order decides.
fn form(categories: Vec<CategoryId>) -> impl Strategy<Value = ProductForm> {
    let some = (name(), proptest::option::of(name()), 0..4_u32, 0..40_u32, food());
    (some, proptest::sample::select(categories), any::<bool>(), proptest::bool::weighted(0.8)).prop_map(
        |((name, name_en, price, stock, food), category, featured, active)| ProductForm {
            name,
            name_en: name_en.unwrap_or_default(),
            price: price.to_string(),
            stock_quantity: stock.to_string(),
            category_id: category.to_string(),
            featured,
            active,
            food,
            ..ProductForm::default()
        },
    )
}

/// Declared or not, with one allergen or none.
fn food() -> impl Strategy<Value = FoodForm> {
    let marks = prop_oneof![Just(CONTAINS), Just(MAY_CONTAIN), Just(WITHOUT)];
    (any::<bool>(), proptest::sample::select(&["gluten", "milk"][..]), marks).prop_map(
        |(declared, allergen, mark)| FoodForm {
            allergens_declared: declared,
            allergens: [(allergen.to_owned(), mark.to_owned())].into_iter().filter(|_| declared).collect(),
            ..FoodForm::default()
        },
    )
}

fn avoided() -> impl Strategy<Value = Allergens> {
    proptest::sample::select(&["", "gluten", "milk,nuts"][..])
        .prop_map(|names| Allergens::parse(names).unwrap_or_default())
}

fn query(categories: Vec<CategoryId>) -> impl Strategy<Value = ProductQuery> {
    let search = proptest::option::of(prop_oneof![
        name(),
        proptest::sample::select(["p", "pa c", "CAS", "!", " ", "$ne", "asa", "de 2"].as_slice())
            .prop_map(String::from),
    ]);
    (
        proptest::option::of(proptest::sample::select(categories)),
        search,
        proptest::option::of(any::<bool>()),
        proptest::sample::select(ProductSort::ALL.as_slice()),
        proptest::sample::select(Locale::ALL.as_slice()),
        (1..5_u32, 1..9_u32),
        avoided(),
    )
        .prop_map(|(category, search, featured, sort, locale, (page, per_page), without)| ProductQuery {
            without,
            category,
            search,
            featured,
            with_inactive: false,
            sort,
            locale,
            paging: Paging::new(page, per_page),
        })
}

/// What is in memory is what is in the database, by every way of asking.
async fn assert_same(shop: &Shop, runner: &mut TestRunner, categories: &[CategoryId], asked: usize) {
    let snapshot = shop.catalogue().await.unwrap().snapshot;
    for _ in 0..asked {
        let query = query(categories.to_vec()).new_tree(runner).unwrap().current();
        assert_eq!(snapshot.list(&query), shop.store.products.list(&query).await.unwrap(), "{query:?}");
    }
    assert_eq!(snapshot.categories(), shop.store.categories.list(false).await.unwrap());
    let all = ProductQuery {
        category: None,
        search: None,
        featured: None,
        without: Allergens::NONE,
        with_inactive: true,
        sort: ProductSort::Name,
        locale: Locale::Ro,
        paging: Paging::new(1, 100),
    };
    let all = shop.store.products.list(&all).await.unwrap();
    assert!(all.total <= 100);
    for product in &all.items {
        let expected =
            if product.active { Ok(product.clone()) } else { Err(AppError::missing(Missing::Product)) };
        assert_eq!(snapshot.by_id(&product.id), expected);
        assert_eq!(snapshot.by_slug(&product.slug), expected);
    }
    assert_eq!(snapshot.len(), all.items.iter().filter(|product| product.active).count());
}

#[tokio::test]
async fn memory_answers_every_query_as_the_database_does() {
    let mut runner = TestRunner::deterministic();
    let shop = TestShop::open().await;
    let watched = Watched::new(shop.instance()).await;
    let categories =
        vec![shop.category("Unu").await, shop.category("Doi").await, shop.category("Trei").await];
    for _ in 0..60 {
        let form = form(categories[..2].to_vec()).new_tree(&mut runner).unwrap().current();
        shop.create_product(&form).await.unwrap();
    }
    assert_same(&watched, &mut runner, &categories, 300).await;
}

/// One change of the producer's or a customer's.
async fn change(
    shop: &TestShop,
    runner: &mut TestRunner,
    categories: &[CategoryId],
    products: &mut Vec<ProductId>,
) {
    let any = |runner: &mut TestRunner, below: usize| (0..below).new_tree(runner).unwrap().current();
    let form = form(categories.to_vec()).new_tree(runner).unwrap().current();
    if products.len() < 10 {
        return products.push(shop.create_product(&form).await.unwrap().id);
    }
    let place = any(runner, products.len());
    let id = products[place].clone();
    match any(runner, 9) {
        0 if products.len() < 60 => products.push(shop.create_product(&form).await.unwrap().id),
        1 => {
            shop.delete_product(&id).await.unwrap();
            products.remove(place);
        }
        2 => drop(shop.set_product_active(&id, any(runner, 2) == 0).await.unwrap()),
        3 => {
            let name = WORDS[any(runner, WORDS.len())];
            let category = &categories[any(runner, categories.len())];
            let order = any(runner, 5).to_string();
            let form = CategoryForm {
                name: format!("{name} {}", category.as_str()),
                display_order: order,
                active: any(runner, 3) > 0,
                ..CategoryForm::default()
            };
            shop.update_category(category, &form).await.unwrap();
        }
        4 => {
            let product = shop.any_product(id.as_str()).await.unwrap();
            if product.active && product.stock > 0 {
                shop.pending(&[(&product, 1)], &phone()).await;
            }
        }
        5 => shop.set_product(&id, doc! { "stock_quantity": 7_i64 }).await,
        _ => drop(shop.update_product(&id, &form, None).await.unwrap()),
    }
}

#[tokio::test]
async fn after_a_thousand_changes_memory_is_the_database() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let shop = TestShop::open().await;
    let watched = Watched::new(shop.instance()).await;
    let categories = vec![shop.category("Unu").await, shop.category("Doi").await];
    let mut products = Vec::new();
    for round in 0..1000 {
        change(&shop, &mut runner, &categories, &mut products).await;
        // Read in between, so that most changes meet a catalogue that is nearly fresh.
        if round % 50 == 0 {
            // Changes by the driver are told a moment later.
            let ended = shop.category(&format!("Sfârșit {round}")).await;
            drop(shop.delete_category(&ended).await);
        } else {
            watched.catalogue().await.unwrap();
        }
    }
    // What the driver changed last is told before what it changes now.
    let last = products.last().unwrap().clone();
    shop.set_product(&last, doc! { "active": true, "stock_quantity": 123_456_i64 }).await;
    watched
        .until_told("the last change", async |shop| {
            shop.product(last.as_str()).await.is_ok_and(|product| product.stock == 123_456)
        })
        .await;
    assert_same(&watched, &mut runner, &categories, 100).await;
}

#[tokio::test]
async fn the_next_read_sees_every_write_of_its_own_instance() {
    let shop = TestShop::open().await;
    let watched = Watched::new(shop.instance()).await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let names = async || {
        let page = watched.products(&CatalogRequest::default(), Locale::Ro).await.unwrap();
        page.items.into_iter().map(|product| product.text.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Pâine"]);
    let form = ProductForm { name: "Franzelă".into(), ..ProductForm::of(&bread) };
    shop.update_product(&bread.id, &form, None).await.unwrap();
    assert_eq!(names().await, ["Franzelă"]);
    shop.set_product_active(&bread.id, false).await.unwrap();
    assert_eq!(names().await, [""; 0]);
    assert_eq!(watched.product(bread.id.as_str()).await, Err(AppError::missing(Missing::Product)));
    shop.set_product_active(&bread.id, true).await.unwrap();
    assert_eq!(names().await, ["Franzelă"]);
    let order = shop.pending(&[(&bread, 4)], &phone()).await;
    assert_eq!(watched.product(bread.id.as_str()).await.unwrap().stock, 5);
    shop.pending(&[(&bread, 5)], &order.customer_phone.to_string()).await;
    assert_eq!(watched.product(bread.id.as_str()).await.unwrap().stock, 0);
    shop.delete_product(&bread.id).await.unwrap();
    assert_eq!(names().await, [""; 0]);
}

#[tokio::test]
async fn a_hidden_shelf_is_gone_and_its_products_stay_in_the_list() {
    let shop = TestShop::open().await;
    let watched = Watched::new(shop.instance()).await;
    let bread = shop.product("Pâine", 1250, 9).await;
    assert_eq!(watched.categories().await.unwrap().len(), 1);
    shop.set_category_active(&bread.category_id, false).await.unwrap();
    assert!(watched.categories().await.unwrap().is_empty());
    let all = CatalogRequest::default();
    assert_eq!(watched.products(&all, Locale::Ro).await.unwrap().total, 1);
    let shelf = CatalogRequest { category: Some("raft".into()), ..all };
    assert_eq!(watched.products(&shelf, Locale::Ro).await, Err(AppError::missing(Missing::Category)));
    assert_eq!(watched.product("paine").await.unwrap().id, bread.id);
    shop.delete_product(&bread.id).await.unwrap();
    shop.delete_category(&bread.category_id).await.unwrap();
    shop.category("Altul").await;
    assert_eq!(watched.categories().await.unwrap()[0].text.name, "Altul");
}

/// Whoever asks after a write was acknowledged sees it, however many ask and write at once.
#[tokio::test(flavor = "multi_thread")]
async fn no_reader_sees_less_than_what_was_written_before_it_asked() {
    let shop = TestShop::open().await;
    let watched = Watched::new(shop.instance()).await;
    let bread = shop.product("Pâine", 1250, 0).await;
    let newest = std::sync::Arc::new(std::sync::atomic::AtomicU32::new(0));
    let shop = std::sync::Arc::new(shop);
    at_once(9, |number| {
        let (shop, watched, newest, bread) =
            (shop.instance(), Shop::clone(&watched), newest.clone(), bread.clone());
        async move {
            for round in 1..=60 {
                if number == 0 {
                    let form = ProductForm { stock_quantity: round.to_string(), ..ProductForm::of(&bread) };
                    shop.update_product(&bread.id, &form, None).await.unwrap();
                    newest.store(round, std::sync::atomic::Ordering::SeqCst);
                } else {
                    let written = newest.load(std::sync::atomic::Ordering::SeqCst);
                    let seen = watched.product(bread.id.as_str()).await.unwrap().stock;
                    assert!(seen >= written, "{seen} after {written}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_that_is_none_closes_only_itself() {
    let shop = TestShop::open().await;
    let (bread, honey) = (shop.product("Pâine", 1250, 9).await, shop.product("Miere", 3000, 9).await);
    shop.set_product(&bread.id, doc! { "slug": "PAINE !" }).await;
    let watched = Watched::new(shop.instance()).await;
    assert_eq!(watched.product(bread.id.as_str()).await, Err(AppError::Internal));
    let page = watched.products(&CatalogRequest::default(), Locale::Ro).await.unwrap();
    assert_eq!(page.items.iter().map(|product: &Product| &product.id).collect::<Vec<_>>(), [&honey.id]);
}

#[tokio::test]
async fn pages_look_different_only_when_something_is_seen() {
    let shop = TestShop::open().await;
    let watched = Watched::new(shop.instance()).await;
    let bread = shop.product("Pâine", 1250, 500).await;
    let face = async || watched.catalogue().await.unwrap().face;
    let before = face().await;
    shop.pending(&[(&bread, 1)], &phone()).await;
    assert_eq!(shop.stock_of(&bread).await, 499);
    assert_eq!(watched.product("paine").await.unwrap().stock, 499);
    assert_eq!(face().await, before, "a sale from a full shelf");
    let form = ProductForm { stock_quantity: "5".into(), ..ProductForm::of(&bread) };
    shop.update_product(&bread.id, &form, None).await.unwrap();
    let few = face().await;
    assert!(few > before, "few are left");
    shop.pending(&[(&bread, 1)], &phone()).await;
    assert!(face().await > few, "one less of few");
}
