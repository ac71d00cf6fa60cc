//! HTML and scripts in everything that somebody types: shown as what they are, never run.

use super::world::{World, encoded, page, place, send_form};
use crate::{harness::phone, rest::answer::Answer};
use http::StatusCode;
use serde_json::{Value, json};
use vatra::{
    app::forms::escape,
    model::{category::CategoryForm, food::FoodForm, product::ProductForm},
};

/// All ways out of a text at once: an element, an attribute, a textarea, a template, a script.
const HOSTILE: &str = "<script>alert(1)</script>\"'><img src=x onerror=a()></textarea>{{7*7}}${7*7}</title>";
/// What must never stand in a page as it was typed.
const LIVE: [&str; 9] = [
    "<script>alert",
    "<img src=x",
    "</textarea>{",
    "</title>\"",
    "7}</title>",
    "\"'><",
    "href=\"javascript:",
    "src=\"javascript:",
    "action=\"javascript:",
];

/// The page shows this text, and nothing of it is alive.
#[track_caller]
fn assert_harmless(answer: &Answer, text: &str, about: &str) {
    for live in LIVE {
        assert!(!answer.text.contains(live), "{about}: {live} in {}", answer.text);
    }
    let read = answer.text.replace("&quot;", "\"").replace("&#x27;", "'").replace("&#39;", "'");
    let read = read.replace("&gt;", ">");
    assert!(read.contains(&text.replace('<', "&lt;")), "{about} does not show {text}: {}", answer.text);
}

#[tokio::test]
async fn in_an_order() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    // Each field ends in a word of its own, so that none is found in the place of another.
    let text = |mark: &str| format!("{HOSTILE}{mark}");
    let body = json!({
        "session_id": cart, "customer_name": text("n"), "customer_phone": phone(),
        "delivery_type": "delivery", "preferred_time": text("t"), "special_instructions": text("s"),
        "delivery_address": { "street": text("r"), "city": text("c"), "postal_code": "\"'><script>a",
                              "notes": text("o") },
    });
    let placed = place(&visitor, &body).await.data(201);
    let id = placed["id"].as_str().unwrap();
    let order = page(&visitor, &format!("/ro/orders/{id}")).await;
    let desk = page(&world.producer(), &format!("/en/admin/orders/{id}")).await;
    for (page, marks) in [(&order, "rcots"), (&desk, "nrcots")] {
        for mark in marks.chars() {
            assert_harmless(page, &text(&mark.to_string()), "an order");
        }
    }
    let list = page(&world.producer(), "/ro/admin/orders").await;
    assert_harmless(&list, &text("n"), "the list of orders");
    let found = page(&world.producer(), &format!("/ro/admin/orders?q={}", escape(&text("n")))).await;
    assert_harmless(&found, &text("n"), "a search for an order");
    let code = world.api.shop.code_for(body["customer_phone"].as_str().unwrap());
    let confirm = json!({ "phone_number": body["customer_phone"], "order_id": id, "code": code });
    visitor.post("/api/sms/confirm", &confirm).await.data(200);
    let thanks = page(&visitor, &format!("/ro/orders/{id}?new=1")).await;
    assert_harmless(&thanks, &text("n"), "the thanks");
    let form = page(&visitor_with_cart(&world, &visitor).await, "/ro/checkout").await;
    assert_harmless(&form, &text("n"), "the next order's form, filled in");
}

/// The same customer with something in the cart again.
async fn visitor_with_cart<'a>(
    world: &'a World,
    known: &crate::rest::api::Visitor<'_>,
) -> crate::rest::api::Visitor<'a> {
    let (visitor, _) = world.shopper().await;
    visitor.set_cookie("vatra_session", &known.cookie("vatra_session").unwrap());
    visitor
}

#[tokio::test]
async fn in_a_product_and_its_shelf() {
    let world = World::open().await;
    // Stars mark allergens in a list of ingredients, so the hostile text has none there.
    let text = |mark: &str| {
        let text = format!("{HOSTILE}{mark}");
        if matches!(mark, "Pi" | "Pj") { text.replace('*', "") } else { text }
    };
    let shelf = CategoryForm {
        name: text("Sr"),
        description: text("Sd"),
        active: true,
        name_en: text("Se"),
        ..Default::default()
    };
    let shelf = world.api.shop.create_category(&shelf).await.unwrap();
    let form = ProductForm {
        name: text("Pr"),
        description: text("Pd"),
        name_en: text("Pe"),
        description_en: text("Pf"),
        price: "1".into(),
        category_id: shelf.id.to_string(),
        stock_quantity: "9".into(),
        active: true,
        featured: true,
        food: FoodForm {
            ingredients: format!("*{}*", text("Pi")),
            ingredients_en: text("Pj"),
            ..FoodForm::default()
        },
        ..ProductForm::default()
    };
    let product = world.api.shop.create_product(&form).await.unwrap();
    let (id, slug, producer) = (&product.id, product.slug.as_str(), world.producer());
    let cart = world.api.shop.cart_with(&[(&product, 1)]).await;
    let visitor = world.holder(&cart);
    for (path, marks) in [
        ("/ro".to_owned(), &["Pr", "Sr"][..]),
        ("/ro/products".into(), &["Pr", "Sr"]),
        ("/en/products".into(), &["Pe", "Se"]),
        (format!("/ro/products/{slug}"), &["Pr", "Pd", "Pi"]),
        (format!("/en/products/{slug}"), &["Pe", "Pf", "Pj"]),
        ("/ro/cart".into(), &["Pr"]),
        ("/en/checkout".into(), &["Pe"]),
    ] {
        let shown = page(&visitor, &path).await;
        marks.iter().for_each(|mark| assert_harmless(&shown, &text(mark), &path));
    }
    for (path, marks) in [
        ("/ro/admin/products".to_owned(), &["Pr", "Sr"][..]),
        (format!("/ro/admin/products/{id}"), &["Pr", "Pd", "Pe", "Pf", "Pi", "Pj", "Sr"]),
        ("/ro/admin/categories".into(), &["Sr"]),
        (format!("/ro/admin/categories/{}", shelf.id), &["Sr", "Sd", "Se"]),
    ] {
        let shown = page(&producer, &path).await;
        marks.iter().for_each(|mark| assert_harmless(&shown, &text(mark), &path));
    }
}

#[tokio::test]
async fn in_a_search() {
    let world = World::open().await;
    let producer = world.producer();
    for text in [
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=a()>",
        "{{7*7}}",
        "</title>\"",
        "javascript:alert(1)",
    ] {
        let q = escape(text);
        for path in ["/ro/products", "/en/products", "/ro/admin/products", "/ro/admin/orders"] {
            let shown = page(&producer, &format!("{path}?q={q}")).await;
            assert_eq!(shown.status, StatusCode::OK, "{path}");
            assert_harmless(&shown, text, path);
        }
        for query in ["category", "sort", "page", "status", "saved", "sms", "new"] {
            for path in ["/ro/products", "/ro/admin/orders", "/ro/admin/products", "/ro/nowhere"] {
                let shown = page(&producer, &format!("{path}?{query}={q}")).await;
                LIVE.iter().for_each(|live| assert!(!shown.text.contains(live), "{path}?{query}: {live}"));
            }
        }
        let shown = page(&producer, &format!("/ro/{q}")).await;
        LIVE.iter().for_each(|live| assert!(!shown.text.contains(live), "{live}"));
    }
}

/// Sends a form that is refused, as a browser without JavaScript does.
async fn refused(world: &World, path: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
    let (visitor, _) = world.shopper().await;
    visitor.set_cookie("vatra_admin", &world.producer().cookie("vatra_admin").unwrap());
    let answer = send_form(&visitor, &format!("{path}?page={page}"), "text/html", &encoded(fields)).await;
    assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    answer
}

#[tokio::test]
async fn in_a_form_that_comes_back() {
    let world = World::open().await;
    let csrf = world.csrf.as_str();
    let order = world.api.shop.pending(&[(&world.bread, 1)], &phone()).await;
    let checkout = [
        "name",
        "phone",
        "street",
        "city",
        "postal_code",
        "address_notes",
        "preferred_time",
        "special_instructions",
    ];
    let producers = ["name", "description", "name_en", "description_en", "ingredients", "ingredients_en"];
    let text = |mark: &str| format!("{HOSTILE}{mark}");
    let typed = |fields: &[&'static str]| -> Vec<(&'static str, String)> {
        fields.iter().map(|field| (*field, text(field))).collect()
    };
    let with = |fields: &[&'static str], more: &[(&'static str, &str)]| -> Value {
        let more = more.iter().map(|(name, value)| (*name, (*value).to_owned()));
        json!(typed(fields).into_iter().chain(more).collect::<Vec<_>>())
    };
    let delivery = [("delivery_type", "delivery"), ("key", "0123456789abcdef")];
    let order_page = format!("/ro/admin/orders/{}", order.id);
    let long = "x".repeat(101);
    for (path, page, marks, fields) in [
        ("/fn/checkout/place", "/ro/checkout", &checkout[..], with(&checkout, &delivery)),
        (
            "/fn/admin/products/save",
            "/ro/admin/products/new",
            &producers,
            with(&producers, &[("csrf", csrf)]),
        ),
        (
            "/fn/admin/products/save",
            "/ro/admin/products/new",
            &["price", "stock_quantity", "net_amount"],
            with(
                &["price", "stock_quantity", "net_amount", "net_unit", "vat_rate", "allergens[milk]"],
                &[("csrf", csrf)],
            ),
        ),
        (
            "/fn/admin/categories/save",
            "/ro/admin/categories/new",
            &["name", "description"],
            with(&["name", "description"], &[("name_en", &long), ("csrf", csrf)]),
        ),
        (
            "/fn/admin/products/inline",
            "/ro/admin/products",
            &["price", "stock_quantity"],
            with(&["price", "stock_quantity"], &[("product_id", world.bread.id.as_str()), ("csrf", csrf)]),
        ),
        (
            "/fn/admin/products/bulk",
            "/ro/admin/products",
            &["value"],
            with(&["value", "change", "category_id"], &[("csrf", csrf)]),
        ),
        (
            "/fn/admin/orders/status",
            &order_page,
            &["note"],
            with(&["note"], &[("order_id", order.id.as_str()), ("status", "completed"), ("csrf", csrf)]),
        ),
    ] {
        let fields: Vec<(String, String)> = serde_json::from_value(fields).unwrap();
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let shown = refused(&world, path, page, &fields).await;
        marks.iter().for_each(|mark| assert_harmless(&shown, &text(mark), &format!("{path} {mark}")));
    }
    // The login form, for somebody who has not logged in.
    let fields = [("username", HOSTILE), ("password", "x"), ("next", HOSTILE)];
    let shown = send_form(
        &world.api.visitor(),
        "/fn/admin/login?page=/ro/admin/login",
        "text/html",
        &encoded(&fields),
    )
    .await;
    assert_eq!(shown.status, 401);
    assert_harmless(&shown, HOSTILE, "the login form");
}
