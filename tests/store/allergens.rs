use crate::harness::TestShop;
use vatra::{
    model::{
        allergen::{Allergens, Declaration},
        food::FoodForm,
        locale::Locale,
        product::ProductForm,
    },
    server::service::catalog::CatalogRequest,
};

/// Products by what is in them: `contains/may_contain`, or nothing declared.
const SHELF: [(&str, Option<(&str, &str)>); 6] = [
    ("Cozonac", Some(("gluten,milk,eggs,nuts", "sesame"))),
    ("Magiun", Some(("", ""))),
    ("Ouă", Some(("eggs", ""))),
    ("Pâine", Some(("gluten", "milk"))),
    ("Telemea", Some(("milk", ""))),
    ("Zacuscă", None),
];

async fn stocked() -> TestShop {
    let shop = TestShop::open().await;
    for (name, declared) in SHELF {
        let set = |names| Allergens::parse(names).unwrap();
        let declared = declared.map(|(contains, traces)| Declaration::new(set(contains), set(traces)));
        let form = shop.product_form(name, 1000, 5).await;
        let form = ProductForm { food: FoodForm::default().declaring(declared), ..form };
        shop.create_product(&form).await.unwrap();
    }
    shop
}

async fn names(shop: &TestShop, request: CatalogRequest) -> Vec<String> {
    let page = shop.products(&request, Locale::Ro).await.unwrap();
    assert_eq!(page.total, page.items.len() as u64);
    page.items.into_iter().map(|product| product.text.name).collect()
}

#[tokio::test]
async fn what_is_without_holds_none_may_hold_none_and_says_so() {
    let shop = stocked().await;
    let all = SHELF.map(|(name, _)| name);
    for (without, expected) in [
        ("", &all[..]),
        ("milk", &["Magiun", "Ouă"]),
        ("gluten", &["Magiun", "Ouă", "Telemea"]),
        ("eggs,gluten", &["Magiun", "Telemea"]),
        ("sesame", &["Magiun", "Ouă", "Pâine", "Telemea"]),
        ("lupin", &["Cozonac", "Magiun", "Ouă", "Pâine", "Telemea"]),
    ] {
        let request = CatalogRequest { without: Some(without.into()), ..CatalogRequest::default() };
        assert_eq!(names(&shop, request).await, expected, "without {without}");
    }
}

/// The query of the database and the rule of the model are the same rule.
#[tokio::test]
async fn the_database_finds_what_the_model_calls_free() {
    let shop = stocked().await;
    let everything = shop.products(&CatalogRequest::default(), Locale::Ro).await.unwrap().items;
    for avoided in ["milk", "nuts,fish", "sesame,eggs", "gluten,milk,eggs", "molluscs"] {
        let set = Allergens::parse(avoided).unwrap();
        let free = everything.iter().filter(|product| product.food.free_of(set));
        let free: Vec<_> = free.map(|product| product.text.name.clone()).collect();
        let request = CatalogRequest { without: Some(avoided.into()), ..CatalogRequest::default() };
        assert_eq!(names(&shop, request).await, free, "{avoided}");
    }
}

#[tokio::test]
async fn the_other_filters_go_with_it() {
    let shop = stocked().await;
    let request =
        CatalogRequest { without: Some("gluten".into()), q: Some("tel".into()), ..CatalogRequest::default() };
    assert_eq!(names(&shop, request).await, ["Telemea"]);
}
