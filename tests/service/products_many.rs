//! Changes in the producer's list: one row, and many at once.

use crate::harness::{TestShop, bani, pieces};
use mongodb::bson::doc;
use vatra::model::{
    error::{AppError, Conflict, Missing, Refused},
    field::FieldError,
    locale::Locale,
    product::{BulkForm, InlineForm, Product, ShelfSort, Shown, Standing},
};
use vatra::server::service::catalog::{CatalogRequest, ShelfRequest};

const STALE: AppError = AppError::Conflict { conflict: Conflict::Stale };

fn typed(price: &str, stock: &str) -> InlineForm {
    InlineForm { price: price.into(), stock_quantity: stock.into() }
}

fn bulk(change: &str, value: &str, picked: &[&Product]) -> BulkForm {
    let picked = picked.iter().map(|product| (format!("p{}", product.id), product.shown_as().word()));
    BulkForm { change: change.into(), value: value.into(), picked: picked.collect(), ..BulkForm::default() }
}

async fn now(shop: &TestShop, product: &Product) -> Product {
    shop.any_product(product.id.as_str()).await.expect("the product")
}

/// What a visitor reads, without waiting.
async fn seen(shop: &TestShop, product: &Product) -> Result<Product, AppError> {
    shop.instance().product(product.id.as_str()).await
}

#[tokio::test]
async fn a_row_changes_price_and_stock_and_visitors_see_it() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let changed = shop.edit_inline(&bread.id, &typed("13,5", "4"), bread.shown_as()).await.unwrap();
    assert_eq!((changed.price, changed.stock), (bani(1350), 4));
    assert_eq!(
        Product { price: bread.price, stock: 9, updated_at: bread.updated_at, ..changed.clone() },
        bread
    );
    let seen = shop.catalogue().await.unwrap().snapshot.by_id(&bread.id).unwrap();
    assert_eq!((seen.price, seen.stock), (bani(1350), 4));
    let wrong = shop.edit_inline(&bread.id, &typed("x", "-1"), changed.shown_as()).await;
    let Err(AppError::Fields { errors }) = wrong else { panic!("{wrong:?}") };
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["price", "stock_quantity"]);
    assert_eq!(now(&shop, &bread).await, changed);
}

#[tokio::test]
async fn the_second_of_two_who_change_a_row_is_told() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.edit_inline(&bread.id, &typed("13", "9"), bread.shown_as()).await.unwrap();
    assert_eq!(shop.edit_inline(&bread.id, &typed("14", "9"), bread.shown_as()).await, Err(STALE));
    assert_eq!(now(&shop, &bread).await.price, bani(1300));
}

#[tokio::test]
async fn what_is_sold_while_a_row_is_typed_does_not_come_back() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.pending(&[(&bread, 2)], "0722 123 456").await;
    // The price alone: the stock stays what it is now.
    let changed = shop.edit_inline(&bread.id, &typed("13", "9"), bread.shown_as()).await.unwrap();
    assert_eq!((changed.price, changed.stock), (bani(1300), 7));
    // Another stock than the one shown was counted before the sale.
    let shown = Shown { version: Some(changed.updated_at), stock: Some(9) };
    assert_eq!(shop.edit_inline(&bread.id, &typed("13", "20"), shown).await, Err(STALE));
    assert_eq!(shop.stock_of(&bread).await, 7);
}

#[tokio::test]
async fn many_are_changed_and_each_is_judged_on_its_own() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1255, 9).await;
    let honey = shop.product("Miere", 3000, 9).await;
    let penny = shop.product("Pliculeț", 100, 9).await;
    let gone = shop.product("Șters", 100, 9).await;
    let stale = now(&shop, &honey).await;
    shop.edit_inline(&honey.id, &typed("31", "9"), honey.shown_as()).await.unwrap();
    shop.delete_product(&gone.id).await.unwrap();

    let outcome = shop.change_many(&bulk("amount", "-2", &[&bread, &stale, &penny, &gone])).await;
    let Err(AppError::Conflict { conflict: Conflict::Partly { done, mut refused } }) = outcome else {
        panic!("{outcome:?}")
    };
    refused.sort_by(|one, other| one.name.cmp(&other.name));
    let range = FieldError::Range { min: 0, max: 9_999_999 };
    let refusal = |product: &Product, name: &str, why| Refused {
        product_id: product.id.clone(),
        name: name.into(),
        why: Box::new(why),
    };
    assert_eq!(
        (done, refused),
        (
            1,
            vec![
                refusal(&gone, "", AppError::missing(Missing::Product)),
                refusal(&stale, "Miere", STALE),
                refusal(&penny, "Pliculeț", AppError::field("price", range)),
            ]
        )
    );
    let prices = [&bread, &honey, &penny].map(|product| product.id.clone());
    let found = shop.store.products.by_ids(prices.iter()).await.unwrap();
    let price = |id| found.iter().find(|product| product.id == id).unwrap().price;
    assert_eq!(prices.map(price), [bani(1055), bani(3100), bani(100)]);
}

#[tokio::test]
async fn every_kind_of_change_does_what_it_says() {
    let shop = TestShop::open().await;
    let (bread, honey) = (shop.product("Pâine", 1255, 9).await, shop.product("Miere", 999, 0).await);
    let other = shop.category("Alt raft").await;
    let change = async |form: BulkForm| shop.change_many(&form).await;
    let both = async || (now(&shop, &bread).await, now(&shop, &honey).await);

    let (one, two) = both().await;
    assert_eq!(change(bulk("percent", "10", &[&one, &two])).await, Ok(2));
    let (one, two) = both().await;
    assert_eq!((one.price, two.price), (bani(1381), bani(1099)), "13,805 and 10,989 to the ban");
    assert_eq!(change(bulk("off_sale", "", &[&one, &two])).await, Ok(2));
    assert_eq!(seen(&shop, &bread).await, Err(AppError::missing(Missing::Product)));
    let (one, two) = both().await;
    assert_eq!(change(bulk("on_sale", "", &[&one, &two])).await, Ok(2));
    assert!(seen(&shop, &bread).await.is_ok());
    let (one, two) = both().await;
    assert_eq!(change(bulk("feature", "", &[&one, &two])).await, Ok(2));
    let (one, two) = both().await;
    assert!(one.featured && two.featured);
    assert_eq!(change(bulk("unfeature", "", &[&one])).await, Ok(1));
    let (one, two) = both().await;
    assert!(!one.featured && two.featured);
    assert_eq!(change(bulk("stock", "24", &[&one, &two])).await, Ok(2));
    let (one, two) = both().await;
    assert_eq!((one.stock, two.stock), (24, 24));
    let moved = BulkForm { category_id: other.to_string(), ..bulk("move", "", &[&one, &two]) };
    assert_eq!(change(moved).await, Ok(2));
    let (one, two) = both().await;
    assert_eq!((&one.category_id, &two.category_id), (&other, &other));
    let nowhere = BulkForm { category_id: "5".repeat(24), ..bulk("move", "", &[&one, &two]) };
    assert_eq!(change(nowhere).await, Err(AppError::field("category_id", FieldError::Choice)));
    assert_eq!(now(&shop, &bread).await, one);
}

#[tokio::test]
async fn a_stock_for_many_is_not_set_over_a_sale() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1255, 9).await;
    shop.pending(&[(&bread, 1)], "0722 123 456").await;
    assert!(shop.change_many(&bulk("stock", "30", &[&bread])).await.is_err());
    assert_eq!(shop.stock_of(&bread).await, 8);
    // What has nothing to do with the stock is done all the same.
    assert_eq!(shop.change_many(&bulk("percent", "5", &[&bread])).await, Ok(1));
    assert_eq!(shop.stock_of(&bread).await, 8);
}

#[tokio::test]
async fn the_list_shows_what_is_running_out() {
    let shop = TestShop::open().await;
    let five = shop.product("Cinci", 100, 5).await;
    let six = shop.product("Șase", 100, 6).await;
    let hidden = shop.product("Ascuns", 100, 0).await;
    shop.set_product_active(&hidden.id, false).await.unwrap();
    let many = shop.product("Multe", 100, 40).await;
    shop.set_product(&many.id, doc! { "low_stock_at": 50_i64 }).await;
    let never = shop.product("Niciodată", 100, 1).await;
    shop.set_product(&never.id, doc! { "low_stock_at": 0_i64 }).await;
    let list = async |standing: Standing, sort: ShelfSort| {
        let request =
            ShelfRequest { standing: standing.name().into(), sort: sort.name().into(), ..Default::default() };
        let shelf = shop.shelf(&request, Locale::Ro).await.unwrap();
        let names: Vec<String> =
            shelf.products.items.iter().map(|product| product.text.name.clone()).collect();
        (shelf.low, names)
    };
    assert_eq!(list(Standing::Low, ShelfSort::Stock).await, (2, vec!["Cinci".into(), "Multe".into()]));
    assert_eq!(list(Standing::OffSale, ShelfSort::Name).await, (2, vec!["Ascuns".into()]));
    assert_eq!(list(Standing::All, ShelfSort::Stock).await.1.last().unwrap(), "Multe");
    assert_eq!(list(Standing::OnSale, ShelfSort::Name).await.1.len(), 4);
    assert_eq!(list(Standing::Featured, ShelfSort::Name).await.1, [""; 0]);
    let cart = shop.cart_with(&[(&six, 1)]).await;
    shop.set_quantity(&cart, &six.id, pieces(1), Locale::Ro).await.unwrap();
    shop.place(&cart, "0722 123 456").await;
    assert_eq!(list(Standing::Low, ShelfSort::Name).await.1, ["Cinci", "Multe", "Șase"]);
    for product in [five, six, hidden, many, never] {
        let product = now(&shop, &product).await;
        assert_eq!(
            product.is_low(),
            ["Cinci", "Multe", "Șase"].contains(&&*product.text.name),
            "as the database"
        );
    }
}

#[tokio::test]
async fn the_list_is_searched_by_shelf_and_word() {
    let shop = TestShop::open().await;
    shop.product("Pâine de casă", 100, 9).await;
    shop.product("Miere", 100, 9).await;
    let list = async |q: Option<&str>, category: Option<&str>| {
        let list = CatalogRequest {
            q: q.map(str::to_owned),
            category: category.map(str::to_owned),
            ..CatalogRequest::default()
        };
        let shelf = shop.shelf(&ShelfRequest { list, ..Default::default() }, Locale::Ro).await;
        shelf.map(|shelf| shelf.products.items.len())
    };
    assert_eq!(list(Some("paine cas"), Some("raft")).await, Ok(1));
    assert_eq!(list(None, Some("raft")).await, Ok(2));
    assert_eq!(list(None, Some("nimic")).await, Err(AppError::missing(Missing::Category)));
    assert!(list(Some(&"x".repeat(81)), None).await.is_err());
}
