use crate::harness::TestShop;
use vatra::{
    model::{
        error::{AppError, Missing},
        locale::Locale,
        page::Page,
        product::{Product, ProductForm},
    },
    server::service::catalog::CatalogRequest,
};

/// A shop with a few shelves' worth of products.
async fn stocked() -> TestShop {
    let shop = TestShop::open().await;
    for (name, name_en, price) in [
        ("Pâine de casă", "Homemade bread", 1500),
        ("Cozonac cu nucă", "Walnut sponge cake", 4500),
        ("ȘTRUDEL cu mere", "Apple strudel", 1500),
        ("Țuică de prune", "", 6000),
        ("Apă plată", "Still water", 300),
    ] {
        let form = shop.product_form(name, price, 10).await;
        shop.create_product(&ProductForm { name_en: name_en.into(), ..form }).await.unwrap();
    }
    shop
}

fn names(page: &Page<Product>) -> Vec<&str> {
    page.items.iter().map(|product| product.text.name.as_str()).collect()
}

async fn found(shop: &TestShop, q: &str) -> Vec<String> {
    let request = CatalogRequest { q: Some(q.into()), ..CatalogRequest::default() };
    let page = shop.products(&request, Locale::Ro).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64, "{q}");
    names(&page).into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn case_and_diacritics_do_not_matter() {
    let shop = stocked().await;
    for q in ["paine", "Pâine", "PÂINE", "pâine", " paine "] {
        assert_eq!(found(&shop, q).await, ["Pâine de casă"], "{q}");
    }
    for q in ["ștrudel", "ŞTRUDEL", "strudel"] {
        assert_eq!(found(&shop, q).await, ["ȘTRUDEL cu mere"], "{q}");
    }
    assert_eq!(found(&shop, "tuica").await, ["Țuică de prune"]);
}

#[tokio::test]
async fn the_beginning_of_a_word_is_enough() {
    let shop = stocked().await;
    assert_eq!(found(&shop, "coz").await, ["Cozonac cu nucă"]);
    assert_eq!(found(&shop, "nu").await, ["Cozonac cu nucă"]);
    assert!(found(&shop, "onac").await.is_empty(), "the middle of a word is not its beginning");
}

#[tokio::test]
async fn every_word_must_be_found_in_any_order() {
    let shop = stocked().await;
    assert_eq!(found(&shop, "casa paine").await, ["Pâine de casă"]);
    assert_eq!(found(&shop, "coz nuc").await, ["Cozonac cu nucă"]);
    assert_eq!(found(&shop, "cu").await, ["Cozonac cu nucă", "ȘTRUDEL cu mere"]);
    assert!(found(&shop, "paine nuca").await.is_empty());
}

#[tokio::test]
async fn the_english_name_is_searched_too() {
    let shop = stocked().await;
    assert_eq!(found(&shop, "walnut").await, ["Cozonac cu nucă"]);
    assert_eq!(found(&shop, "bread casa").await, ["Pâine de casă"]);
}

#[tokio::test]
async fn signs_are_words_or_nothing_but_never_an_operator() {
    let shop = stocked().await;
    for q in [".*", "$ne", "{\"$gt\":\"\"}", "^", "!!!", "\\", "\""] {
        assert!(found(&shop, q).await.is_empty(), "{q}");
    }
    assert_eq!(found(&shop, "paine-de-casa").await, ["Pâine de casă"]);
}

#[tokio::test]
async fn a_renamed_product_is_found_by_its_new_name_only() {
    let shop = stocked().await;
    let bread = shop.any_product("paine-de-casa").await.unwrap();
    let form = ProductForm { name: "Franzelă".into(), name_en: String::new(), ..ProductForm::of(&bread) };
    shop.update_product(&bread.id, &form, None).await.unwrap();
    assert_eq!(found(&shop, "franzela").await, ["Franzelă"]);
    assert!(found(&shop, "paine").await.is_empty());
    assert!(found(&shop, "bread").await.is_empty());
}

async fn sorted(shop: &TestShop, sort: &str, l: Locale) -> Vec<String> {
    let request = CatalogRequest { sort: Some(sort.into()), ..CatalogRequest::default() };
    let page = shop.products(&request, l).await.unwrap();
    page.items.iter().map(|product| product.name(l).to_owned()).collect()
}

#[tokio::test]
async fn each_order_is_the_one_of_its_name() {
    let shop = stocked().await;
    let by_name = ["Apă plată", "Cozonac cu nucă", "Pâine de casă", "ȘTRUDEL cu mere", "Țuică de prune"];
    assert_eq!(sorted(&shop, "name", Locale::Ro).await, by_name);
    let by_english_name =
        ["Apple strudel", "Homemade bread", "Still water", "Țuică de prune", "Walnut sponge cake"];
    assert_eq!(sorted(&shop, "name", Locale::En).await, by_english_name);
    let by_price = ["Apă plată", "Pâine de casă", "ȘTRUDEL cu mere", "Cozonac cu nucă", "Țuică de prune"];
    assert_eq!(sorted(&shop, "price_asc", Locale::Ro).await, by_price);
    let by_price = ["Țuică de prune", "Cozonac cu nucă", "Pâine de casă", "ȘTRUDEL cu mere", "Apă plată"];
    assert_eq!(sorted(&shop, "price_desc", Locale::Ro).await, by_price);
    let by_age = ["Apă plată", "Țuică de prune", "ȘTRUDEL cu mere", "Cozonac cu nucă", "Pâine de casă"];
    assert_eq!(sorted(&shop, "newest", Locale::Ro).await, by_age);
}

#[tokio::test]
async fn pages_show_everything_once() {
    let shop = stocked().await;
    let page = async |number: u32| {
        let text = |number: u32| Some(number.to_string());
        let request = CatalogRequest { page: text(number), per_page: text(2), ..CatalogRequest::default() };
        shop.products(&request, Locale::Ro).await.unwrap()
    };
    let first = page(1).await;
    assert_eq!((first.total, first.last(), first.per_page), (5, 3, 2));
    assert_eq!(names(&first), ["Apă plată", "Cozonac cu nucă"]);
    assert_eq!(names(&page(2).await), ["Pâine de casă", "ȘTRUDEL cu mere"]);
    assert_eq!(names(&page(3).await), ["Țuică de prune"]);
    assert!(page(4).await.items.is_empty());
}

#[tokio::test]
async fn a_category_shows_only_its_own_by_id_and_by_address() {
    let shop = stocked().await;
    let drinks = shop.category("Băuturi").await;
    let form = shop.product_form("Suc de mere", 900, 3).await;
    shop.create_product(&ProductForm { category_id: drinks.to_string(), ..form }).await.unwrap();
    for category in [drinks.as_str(), "bauturi"] {
        let request = CatalogRequest { category: Some(category.into()), ..CatalogRequest::default() };
        assert_eq!(names(&shop.products(&request, Locale::Ro).await.unwrap()), ["Suc de mere"]);
        let request = CatalogRequest { q: Some("paine".into()), ..request };
        assert!(shop.products(&request, Locale::Ro).await.unwrap().items.is_empty());
    }
    let request = CatalogRequest { category: Some("bauturi".into()), ..CatalogRequest::default() };
    shop.set_category_active(&drinks, false).await.unwrap();
    assert_eq!(shop.products(&request, Locale::Ro).await, Err(AppError::missing(Missing::Category)));
}

#[tokio::test]
async fn what_is_not_sold_only_the_producer_sees() {
    let shop = stocked().await;
    let bread = shop.any_product("paine-de-casa").await.unwrap();
    shop.set_product_active(&bread.id, false).await.unwrap();
    assert!(found(&shop, "paine").await.is_empty());
    assert_eq!(shop.instance().product("paine-de-casa").await, Err(AppError::missing(Missing::Product)));
    let request = CatalogRequest { q: Some("paine".into()), ..CatalogRequest::default() };
    assert_eq!(names(&shop.all_products(&request, Locale::Ro).await.unwrap()), ["Pâine de casă"]);
}

#[tokio::test]
async fn featured_products_can_be_asked_for() {
    let shop = stocked().await;
    let bread = shop.any_product("paine-de-casa").await.unwrap();
    let form = ProductForm { featured: true, ..ProductForm::of(&bread) };
    shop.update_product(&bread.id, &form, None).await.unwrap();
    let request = CatalogRequest { featured: Some("true".into()), ..CatalogRequest::default() };
    assert_eq!(names(&shop.products(&request, Locale::Ro).await.unwrap()), ["Pâine de casă"]);
    let request = CatalogRequest { featured: Some("false".into()), ..CatalogRequest::default() };
    assert_eq!(shop.products(&request, Locale::Ro).await.unwrap().total, 4);
}
