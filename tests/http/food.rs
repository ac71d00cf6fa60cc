//! What the pages say of food before and after it is ordered.

use crate::{
    harness::phone,
    rest::{
        answer::Answer,
        api::{Api, Visitor},
    },
};
use http::{Request, header};
use vatra::{
    model::{
        allergen::{Allergens, Declaration},
        food::FoodForm,
        product::{Product, ProductForm},
    },
    server::visitor::Cookies,
};

async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    let answer = visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await;
    assert_eq!(answer.status, 200, "{path}");
    answer
}

/// The page holds all of these.
#[track_caller]
fn shows(page: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(page.text.contains(text), "{text} is not in {}", page.text);
    }
}

async fn shop() -> (Api, Product) {
    let api = Api::open_at("public", &[]).await;
    let food = FoodForm {
        net_amount: "350".into(),
        net_unit: "g".into(),
        ingredients: "făină de *grâu*, apă, *unt*".into(),
        ingredients_en: "*wheat* flour, water, *butter*".into(),
        ..FoodForm::default()
    };
    let set = |names| Allergens::parse(names).unwrap();
    let declared = Declaration::new(set("gluten,milk"), set("nuts"));
    let form = api.shop.product_form("Pâine", 750, 9).await;
    let form = ProductForm { food: food.declaring(Some(declared)), ..form };
    let bread = api.shop.create_product(&form).await.unwrap();
    api.shop.product("Zacuscă", 2100, 9).await;
    (api, bread)
}

#[tokio::test]
async fn before_the_order_everything_is_said() {
    let (api, bread) = shop().await;
    let visitor = api.visitor();
    let unit_price = "350\u{a0}g ·\u{a0}21,43\u{a0}lei/kg";
    let product = page(&visitor, &format!("/ro/products/{}", bread.slug)).await;
    shows(
        &product,
        &[unit_price, "<strong>grâu</strong>", "fructe cu coajă lemnoasă", "TVA 11\u{a0}% inclus"],
    );
    let english = page(&visitor, &format!("/en/products/{}", bread.slug)).await;
    shows(
        &english,
        &["21.43\u{a0}lei/kg", "<strong>wheat</strong>", "May contain", "VAT of 11\u{a0}% included"],
    );
    let said = "Conține: gluten, lapte. Poate conține urme de: fructe cu coajă lemnoasă.";
    let list = page(&visitor, "/ro/products").await;
    shows(&list, &[unit_price, said, "Alergeni nedeclarați: întreabă-ne."]);

    let cart = api.shop.cart_with(&[(&bread, 2)]).await;
    visitor.keep(Cookies::new(&api.shop.config).cart(&cart, 3600).to_str().unwrap());
    for path in ["/ro/cart", "/ro/checkout"] {
        shows(&page(&visitor, path).await, &[said, unit_price]);
    }
    let order = api.shop.place(&cart, &phone()).await.order;
    let shown = page(&visitor, &format!("/ro/orders/{}", order.id)).await;
    shows(&shown, &[said, unit_price, "TVA 11\u{a0}% inclus", "1,49\u{a0}lei"]);
}

#[tokio::test]
async fn the_form_of_the_list_leaves_out_allergens_and_keeps_the_rest() {
    let (api, _) = shop().await;
    for number in 0..13 {
        let food = FoodForm::default().declaring(Some(Declaration::default()));
        let form = api.shop.product_form(&format!("Magiun {number}"), 900, 9).await;
        api.shop.create_product(&ProductForm { food, ..form }).await.unwrap();
    }
    let visitor = api.visitor();
    let all = page(&visitor, "/ro/products").await;
    assert_eq!(all.text.matches("name=\"without\"").count(), 14);
    assert!(!all.text.contains("left-out") && all.text.contains("15 produse"));
    let path = "/ro/products?q=&category=raft&sort=price_asc&without=gluten&without=milk";
    let some = page(&visitor, path).await;
    shows(
        &some,
        &["13 produse", "left-out", "Fără alergeni (2)", "sort=price_asc&amp;without=gluten%2Cmilk"],
    );
    assert!(!some.text.contains("Zacuscă"), "not declared is not free");
    let checked = ["value=\"gluten\" checked", "value=\"milk\" checked"];
    shows(&some, &checked);
    let second = page(&visitor, "/ro/products?without=gluten,milk&page=2").await;
    shows(&second, &["Magiun", checked[0], checked[1]]);
}
