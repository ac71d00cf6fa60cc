use super::{
    answer::{assert_moment, taken},
    api::Api,
};
use serde_json::json;
use vatra::model::{category::CategoryForm, product::ProductForm};

#[tokio::test]
async fn a_product_has_all_its_fields_in_the_visitors_language() {
    let api = Api::open().await;
    let form = ProductForm {
        description: "Cu maia".into(),
        name_en: "Bread".into(),
        description_en: "Sourdough".into(),
        featured: true,
        ..api.shop.product_form("Pâine", 1250, 7).await
    };
    let bread = api.shop.create_product(&form).await.unwrap();
    let visitor = api.visitor();
    for name in [bread.id.as_str(), bread.slug.as_str()] {
        for (prefix, text) in [("", ("Pâine", "Cu maia")), ("/en", ("Bread", "Sourdough"))] {
            let answer = visitor.get(&format!("{prefix}/api/products/{name}")).await;
            let mut data = answer.data(200);
            assert_moment(&taken(&mut data, "updated_at"));
            let expected = json!({
                "id": bread.id, "slug": "paine", "name": text.0, "description": text.1, "price": 12.5,
                "category_id": bread.category_id, "images": [], "stock_quantity": 7,
                "active": true, "featured": true, "net_content": null, "unit_price_per_measure": null, "ingredients": null,
                "allergens": { "declared": false, "contains": [], "may_contain": [] }, "vat_rate": 11,
            });
            assert_eq!(data, expected);
            assert!(answer.text.contains("\"price\":12.50,"), "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn products_come_in_pages_and_filtered() {
    let api = Api::open().await;
    let (bread, _) = (api.shop.product("Pâine", 1250, 7).await, api.shop.product("Miere", 3000, 1).await);
    let hidden = api.shop.product("Brânză", 2000, 1).await;
    api.shop.set_product_active(&hidden.id, false).await.unwrap();
    let visitor = api.visitor();
    let names = async |query: &str| {
        let data = visitor.get(&format!("/api/products{query}")).await.data(200);
        let items = data["items"].as_array().unwrap();
        items.iter().map(|item| item["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("").await, ["Miere", "Pâine"]);
    assert_eq!(names("?sort=price_asc&page=1&per_page=1").await, ["Pâine"]);
    assert_eq!(names("?q=PAIN").await, ["Pâine"]);
    assert_eq!(names("?featured=true").await, [""; 0]);
    assert_eq!(names(&format!("?category={}&featured=false", bread.category_id)).await.len(), 2);
    assert_eq!(names("?category=raft").await.len(), 2);
    let mut data = visitor.get("/api/products?per_page=1&page=2").await.data(200);
    assert_eq!(taken(&mut data, "items").as_array().unwrap().len(), 1);
    assert_eq!(data, json!({ "page": 2, "per_page": 1, "total": 2 }));
}

#[tokio::test]
async fn what_is_not_sold_does_not_exist() {
    let api = Api::open().await;
    let hidden = api.shop.product("Brânză", 2000, 1).await;
    api.shop.set_product_active(&hidden.id, false).await.unwrap();
    let visitor = api.visitor();
    for name in [hidden.id.as_str(), hidden.slug.as_str(), "507f1f77bcf86cd799439011", "$ne", "%00", "%FF"] {
        visitor.get(&format!("/api/products/{name}")).await.refused(404, "DB_002");
    }
    let details = visitor.get("/api/products?category=nothing").await.refused(404, "DB_002");
    assert_eq!(details, json!({ "what": "category" }));
}

#[tokio::test]
async fn a_wrong_query_is_named() {
    let api = Api::open().await;
    let visitor = api.visitor();
    for (query, code, fields) in [
        ("sort=$price", "VAL_002", &["sort"][..]),
        ("featured=maybe", "VAL_002", &["featured"]),
        ("page=x", "VAL_002", &["page"]),
        ("page=0", "VAL_003", &["page"]),
        ("per_page=101", "VAL_003", &["per_page"]),
        ("page=1&page=2", "VAL_002", &["page"]),
        ("category[$ne]=x", "VAL_002", &["category[$ne]"]),
        ("page=0&sort=x", "VALIDATION_ERROR", &["page", "sort"]),
    ] {
        visitor.get(&format!("/api/products?{query}")).await.refused_for(400, code, fields);
    }
    let long = "x".repeat(81);
    visitor.get(&format!("/api/products?q={long}")).await.refused_for(400, "VAL_003", &["q"]);
}

#[tokio::test]
async fn categories_come_in_their_order() {
    let api = Api::open().await;
    let form = |name: &str, order: &str, active| CategoryForm {
        name: name.into(),
        name_en: format!("{name} (en)"),
        description: "Calde".into(),
        display_order: order.into(),
        active,
        ..CategoryForm::default()
    };
    let second = api.shop.create_category(&form("Pâine", "2", true)).await.unwrap();
    let first = api.shop.create_category(&form("Miere", "-1", true)).await.unwrap();
    api.shop.create_category(&form("Ascunse", "0", false)).await.unwrap();
    let data = api.visitor().get("/en/api/categories").await.data(200);
    let expected = json!([
        { "id": first.id, "slug": "miere", "name": "Miere (en)", "description": "Calde",
          "display_order": -1, "active": true },
        { "id": second.id, "slug": "paine", "name": "Pâine (en)", "description": "Calde",
          "display_order": 2, "active": true },
    ]);
    assert_eq!(data, expected);
}
