//! The producer's work on categories: their order, two people at once, and where products go.

use crate::harness::{TestShop, at_once};
use std::collections::BTreeSet;
use vatra::{
    model::{
        category::CategoryForm,
        error::{AppError, Conflict},
        field::FieldError,
        ids::CategoryId,
        product::ProductForm,
    },
    server::service::Shop,
};

const STALE: AppError = AppError::Conflict { conflict: Conflict::Stale };

fn ids(ids: &[&CategoryId]) -> String {
    ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(",")
}

async fn names(shop: &Shop) -> Vec<String> {
    shop.categories().await.unwrap().into_iter().map(|category| category.text.name).collect()
}

#[tokio::test]
async fn the_second_of_two_who_change_a_category_is_told() {
    let shop = TestShop::open().await;
    let id = shop.category("Pâine").await;
    let shown = shop.category_by_id(id.as_str()).await.unwrap();
    let form = |name: &str| CategoryForm { name: name.into(), active: true, ..CategoryForm::default() };
    let version = Some(shown.updated_at);
    shop.edit_category(&id, &form("Pâine caldă"), version).await.unwrap();
    assert_eq!(shop.edit_category(&id, &form("Pâini"), version).await, Err(STALE));
    let now = shop.category_by_id(id.as_str()).await.unwrap();
    assert_eq!(now.text.name, "Pâine caldă");
    assert_eq!(now.display_order, shown.display_order, "a form without a place leaves it");
    assert!(shop.edit_category(&id, &form("Pâini"), Some(now.updated_at)).await.is_ok());
}

#[tokio::test]
async fn categories_are_put_in_order_all_at_once() {
    let shop = TestShop::open().await;
    let (a, b, c) = (shop.category("A").await, shop.category("B").await, shop.category("C").await);
    assert_eq!(names(&shop).await, ["A", "B", "C"], "a new one stands last");
    let version = shop.category_by_id(a.as_str()).await.unwrap().updated_at;
    let shown = ids(&[&a, &b, &c]);
    shop.order_categories(&shown, &ids(&[&c, &a, &b])).await.unwrap();
    assert_eq!(names(&shop).await, ["C", "A", "B"], "visitors see it at once");
    // Somebody who still sees the old order is told.
    assert_eq!(shop.order_categories(&shown, &ids(&[&b, &a, &c])).await, Err(STALE));
    assert_eq!(names(&shop).await, ["C", "A", "B"]);
    assert_eq!(shop.category_by_id(a.as_str()).await.unwrap().updated_at, version, "no open form is stale");
    let choice = Err(AppError::field("order", FieldError::Choice));
    let now = ids(&[&c, &a, &b]);
    for wrong in [ids(&[&c, &a]), ids(&[&c, &a, &a]), String::new(), "x".into(), format!("{now},{now}")] {
        assert_eq!(shop.order_categories(&now, &wrong).await, choice, "{wrong}");
    }
}

#[tokio::test]
async fn the_products_of_a_deleted_category_go_to_another() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let old = bread.category_id.clone();
    let to = shop.category("Alt raft").await;
    let in_use = Err(AppError::Conflict { conflict: Conflict::CategoryInUse });
    assert_eq!(shop.clear_category(&old, None).await, in_use);
    let choice = Err(AppError::field("category_id", FieldError::Choice));
    assert_eq!(shop.clear_category(&old, Some(&old)).await, choice);
    let nowhere = CategoryId::parse(&"5".repeat(24)).unwrap();
    assert_eq!(shop.clear_category(&old, Some(&nowhere)).await, choice);
    assert_eq!((shop.products_in(&old).await, names(&shop).await.len()), (Ok(1), 2));

    shop.clear_category(&old, Some(&to)).await.unwrap();
    let moved = shop.instance().product(bread.id.as_str()).await.unwrap();
    assert_eq!(moved.category_id, to);
    assert_eq!(names(&shop).await, ["Alt raft"]);
    // A form of the product that was open meanwhile would put it back on a shelf that is gone.
    let form = ProductForm::of(&bread);
    assert!(shop.edit_product(&bread.id, &form, bread.shown_as()).await.is_err());
    assert!(shop.update_product(&bread.id, &form, None).await.is_err());
    assert_eq!(shop.instance().product(bread.id.as_str()).await.unwrap().category_id, to);
}

/// Whoever puts something on a shelf and whoever deletes it write the same document.
#[tokio::test(flavor = "multi_thread")]
async fn no_product_is_left_without_a_category() {
    let shop = TestShop::open().await;
    let servers = [shop.instance(), shop.second_instance().await];
    for round in 0..4 {
        let ended = shop.category(&format!("Pe ducă {round}")).await;
        let to = shop.category(&format!("Rămâne {round}")).await;
        let wanders = shop.product(&format!("Mutat {round}"), 100, 1).await;
        let form = ProductForm { category_id: ended.to_string(), ..ProductForm::of(&wanders) };
        let outcomes = at_once(6, |number| {
            let (server, form) = (servers[number % 2].clone(), form.clone());
            let (ended, to, wanders) = (ended.clone(), to.clone(), wanders.id.clone());
            async move {
                match number {
                    0 => server.clear_category(&ended, (round % 2 == 0).then_some(&to)).await.is_ok(),
                    1 => server.update_product(&wanders, &form, None).await.is_ok(),
                    _ => server.create_product(&form).await.is_ok(),
                }
            }
        })
        .await;
        assert!(outcomes.iter().any(|done| *done));
        let known: BTreeSet<CategoryId> =
            shop.all_categories().await.unwrap().into_iter().map(|category| category.id).collect();
        for product in shop.store.products.all(1000).await.unwrap() {
            assert!(known.contains(&product.category_id), "{} stands nowhere", product.text.name);
        }
    }
}
