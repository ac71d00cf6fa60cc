//! What is said of food when it is ordered stays said.

use crate::harness::{TestShop, bani};
use vatra::model::{
    allergen::{Allergens, Declaration},
    error::AppError,
    food::{FoodForm, LineFacts},
    locale::Locale,
    measure::Unit,
    product::{Product, ProductForm},
    vat::VatRate,
};

fn declared(contains: &str, may_contain: &str) -> Option<Declaration> {
    let set = |names| Allergens::parse(names).unwrap();
    Some(Declaration::new(set(contains), set(may_contain)))
}

/// A loaf of 350 g for 7.50 lei.
async fn loaf(shop: &TestShop) -> Product {
    let food = FoodForm {
        net_amount: "350".into(),
        net_unit: "g".into(),
        ingredients: "făină de *grâu*, apă".into(),
        vat_rate: "11".into(),
        ..FoodForm::default()
    };
    let form = shop.product_form("Pâine", 750, 9).await;
    let form = ProductForm { food: food.declaring(declared("gluten", "milk")), ..form };
    shop.create_product(&form).await.unwrap()
}

#[tokio::test]
async fn the_cart_says_what_the_catalogue_says_now() {
    let shop = TestShop::open().await;
    let loaf = loaf(&shop).await;
    let cart = shop.cart_with(&[(&loaf, 2)]).await;
    let line = shop.cart(Some(&cart), Locale::Ro).await.unwrap().lines.remove(0);
    assert_eq!(line.food, loaf.food.of_line());
    let each = line.food.unit_price(line.unit_price).unwrap();
    assert_eq!((each.price, each.per), (bani(2143), Unit::Kg));

    let food = FoodForm::of(&loaf.food).declaring(declared("gluten,sesame", ""));
    shop.update_product(&loaf.id, &ProductForm { food, ..ProductForm::of(&loaf) }, None).await.unwrap();
    let line = shop.cart(Some(&cart), Locale::Ro).await.unwrap().lines.remove(0);
    assert_eq!(line.food.allergens, declared("gluten,sesame", ""));
}

#[tokio::test]
async fn an_order_keeps_the_facts_of_its_moment() {
    let shop = TestShop::open().await;
    let loaf = loaf(&shop).await;
    let candle = ProductForm {
        food: FoodForm { vat_rate: "21".into(), ..FoodForm::default() },
        ..shop.product_form("Lumânare", 12_100, 5).await
    };
    let candle = shop.create_product(&candle).await.unwrap();
    let order = shop.pending(&[(&loaf, 2), (&candle, 1)], "0722 123 456").await;
    let kept = [
        LineFacts { net: loaf.food.net, allergens: declared("gluten", "milk"), vat: Some(VatRate::Reduced) },
        LineFacts { net: None, allergens: None, vat: Some(VatRate::Standard) },
    ];
    let facts =
        |order: &vatra::model::order::Order| order.items.iter().map(|line| line.food).collect::<Vec<_>>();
    assert_eq!(facts(&order), kept);
    // 15.00 × 11/111 and 121.00 × 21/121.
    let vat = [(VatRate::Reduced, bani(149)), (VatRate::Standard, bani(2100))];
    assert_eq!(order.vat_included(), vat);

    // Everything about the loaf changes, and the candle is gone.
    let food = FoodForm { net_amount: "1".into(), net_unit: "kg".into(), ..FoodForm::default() };
    let food = FoodForm { vat_rate: "21".into(), ..food.declaring(declared("fish", "")) };
    let form = ProductForm { food, price: "99".into(), ..ProductForm::of(&loaf) };
    shop.update_product(&loaf.id, &form, None).await.unwrap();
    shop.delete_product(&candle.id).await.unwrap();
    let read = shop.any_order(&order.id).await.unwrap();
    assert_eq!((facts(&read), read.vat_included()), (kept.to_vec(), vat.to_vec()));
}

#[tokio::test]
async fn a_declaration_can_be_made_and_taken_back() {
    let shop = TestShop::open().await;
    let loaf = loaf(&shop).await;
    let change = async |food: FoodForm| {
        let form = ProductForm { food, ..ProductForm::of(&loaf) };
        shop.update_product(&loaf.id, &form, None).await
    };
    let none = change(FoodForm::of(&loaf.food).declaring(declared("", ""))).await.unwrap();
    assert_eq!(none.food.allergens, declared("", ""));
    let undeclared = change(FoodForm::of(&loaf.food).declaring(None)).await.unwrap();
    assert_eq!(undeclared.food.allergens, None);
    let bare = change(FoodForm::default()).await.unwrap();
    assert_eq!((bare.food.net, &bare.food.ingredients), (None, &None));
    assert_eq!(shop.any_product(loaf.id.as_str()).await.unwrap().food, bare.food);
    let half = FoodForm { allergens_declared: false, ..FoodForm::of(&loaf.food) };
    let Err(AppError::Fields { errors }) = change(half).await else { panic!("accepted") };
    assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["allergens_declared"]);
}
