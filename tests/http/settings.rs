//! The pages of the settings as plain forms, and what customers see of them.

use super::sender::browser;
use crate::{
    harness::checkout_form,
    rest::{
        answer::Answer,
        api::{Api, Visitor},
    },
};
use http::{Request, header};
use serde_json::json;
use vatra::{
    app::forms::escape,
    model::settings::Section,
    server::{settings::read, visitor::Cookies},
};

const PASSWORD: &str = "o parolă lungă";
const AREAS: &str = r#"
areas = [
  { id = "sat", name = { ro = "În sat" } },
  { id = "oras", name = { ro = "Oraș" }, fee = "15.00", minimum = "20.00", free_from = "150.00" },
]
"#;

async fn producer(api: &Api) -> (Visitor<'_>, String) {
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let login = visitor.post("/api/auth/login", &json!({ "username": "ana", "password": PASSWORD })).await;
    let csrf = login.data(200)["csrf_token"].as_str().unwrap().to_owned();
    (visitor, csrf)
}

async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    visitor.send(browser(Request::get(path)), "").await
}

async fn send(visitor: &Visitor<'_>, path: &str, from: &str, fields: &[(&str, &str)]) -> Answer {
    let request = browser(Request::post(format!("{path}?page={}", escape(from))))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    visitor.send(request, &serde_html_form::to_string(fields).unwrap()).await
}

#[tokio::test]
async fn every_page_is_there_in_both_languages() {
    let api = Api::open().await;
    let (producer, _) = producer(&api).await;
    for settings in ["", include_str!("../../demo/shop.toml")] {
        api.shop.set_facts(read(settings, false).unwrap()).await.unwrap();
        for part in [
            "",
            "/shop",
            "/hours",
            "/rules",
            "/places",
            "/places/new",
            "/areas",
            "/areas/new",
            "/holidays",
            "/languages",
        ] {
            for l in ["ro", "en"] {
                let answer = page(&producer, &format!("/{l}/admin/settings{part}")).await;
                assert_eq!(answer.status, 200, "{l} {part}");
                assert_eq!(answer.text.matches("<h1").count(), 1, "{l} {part}");
            }
        }
    }
    for path in ["/ro/admin/settings/places/nowhere", "/ro/admin/settings/areas/nowhere"] {
        assert_eq!(page(&producer, path).await.status, 404, "{path}");
    }
    let overview = page(&producer, "/ro/admin/settings").await.text;
    for part in ["messages", "admins", "log"] {
        assert!(overview.contains(&format!("/ro/admin/settings/{part}")), "{part}");
    }
}

#[tokio::test]
async fn the_second_of_two_is_told_and_nothing_typed_is_lost() {
    let api = Api::open().await;
    let (producer, csrf) = producer(&api).await;
    let seen = api.shop.settings().await.unwrap().mark(Section::Shop);
    let save = async |name: &str| {
        let fields = [("csrf", &*csrf), ("mark", &*seen), ("name", name), ("email", "a@example.com")];
        send(&producer, "/fn/admin/settings/shop", "/ro/admin/settings/shop", &fields).await
    };
    let first = save("Vatra Unu").await;
    assert_eq!(
        (first.status.as_u16(), &first.headers[header::LOCATION]),
        (303, &"/ro/admin/settings/shop?saved=1".parse().unwrap())
    );
    let second = save("Vatra Doi").await;
    assert_eq!(second.status, 409);
    assert!(second.text.contains("value=\"Vatra Doi\""), "{}", second.text);
    assert!(second.text.contains("Acum în magazin: Vatra Unu"), "{}", second.text);
    let now = api.shop.settings().await.unwrap();
    assert!(second.text.contains(&now.mark(Section::Shop)), "sent again, it is meant");
    assert_eq!(now.facts.name.as_deref(), Some("Vatra Unu"));
}

#[tokio::test]
async fn wrong_fields_come_back_beside_themselves() {
    let api = Api::open().await;
    let (producer, csrf) = producer(&api).await;
    let mark = api.shop.settings().await.unwrap().mark(Section::Areas);
    let fields =
        [("csrf", &*csrf), ("mark", &*mark), ("name_ro", ""), ("fee", "mult"), ("towns_ro", "Turda <b>")];
    let answer =
        send(&producer, "/fn/admin/settings/areas/save", "/ro/admin/settings/areas/new", &fields).await;
    assert_eq!(answer.status, 400);
    for part in ["id=\"name_ro-error\"", "id=\"fee-error\"", "value=\"mult\"", "Turda &lt;b"] {
        assert!(answer.text.contains(part), "{part}: {}", answer.text);
    }
}

#[tokio::test]
async fn hours_are_typed_and_shown_to_customers() {
    let api = Api::open().await;
    let (producer, csrf) = producer(&api).await;
    let visitor = api.visitor();
    assert!(!page(&visitor, "/ro/contact").await.text.contains("class=\"hours\""));
    let mark = api.shop.settings().await.unwrap().mark(Section::Hours);
    let fields = [
        ("csrf", &*csrf),
        ("mark", &*mark),
        ("hours[monday_0_opens]", "08:00"),
        ("hours[monday_0_closes]", "13:00"),
        ("hours[monday_1_opens]", "15:00"),
        ("hours[monday_1_closes]", "00:00"),
    ];
    let saved = send(&producer, "/fn/admin/settings/hours", "/ro/admin/settings/hours", &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert!(page(&visitor, "/ro/contact").await.text.contains("08:00–13:00, 15:00–24:00"));
    let form = page(&producer, "/ro/admin/settings/hours").await.text;
    assert!(form.contains("name=\"hours[monday_2_opens]\""), "one more than there are");
}

/// A cart with bread for 25 lei, and its browser.
async fn shopper(api: &Api) -> Visitor<'_> {
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let cart = api.shop.cart_with(&[(&bread, 2)]).await;
    let visitor = api.visitor();
    visitor.keep(Cookies::new(&api.shop.config).cart(&cart, 3600).to_str().unwrap());
    visitor
}

fn field(text: &str, name: &str) -> String {
    let at = text.find(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}: {text}"));
    text[at..].split('"').nth(3).unwrap().to_owned()
}

#[tokio::test]
async fn without_javascript_the_fee_is_told_before_the_order_is_taken() {
    let api = Api::open().await;
    api.shop.set_facts(read(AREAS, false).unwrap()).await.unwrap();
    let visitor = shopper(&api).await;
    let checkout = page(&visitor, "/ro/checkout").await.text;
    assert!(checkout.contains("Oraș · 15,00\u{a0}lei (gratuit de la 150,00\u{a0}lei)"), "{checkout}");
    assert_eq!(field(&checkout, "expected_total"), "2500");
    let form = checkout_form("0722 123 456");
    let place = async |page: &str| {
        let (key, total) = (field(page, "key"), field(page, "expected_total"));
        let fields = [
            ("name", &*form.name),
            ("phone", &*form.phone),
            ("delivery_type", "delivery"),
            ("street", "Str. Morii 3"),
            ("city", "Cluj"),
            ("delivery_area", "oras"),
            ("key", &*key),
            ("expected_total", &*total),
        ];
        send(&visitor, "/fn/checkout/place", "/ro/checkout", &fields).await
    };
    let told = place(&checkout).await;
    assert_eq!(told.status, 409);
    assert!(told.text.contains("Totalul este acum 40,00\u{a0}lei"), "{}", told.text);
    assert_eq!(field(&told.text, "expected_total"), "4000");
    assert_eq!(api.shop.count("orders").await, 0);
    let placed = place(&told.text).await;
    assert_eq!(placed.status, 303, "{}", placed.text);
    let order = placed.headers[header::LOCATION].to_str().unwrap().replace("/verify", "");
    let shown = page(&visitor, &order).await.text;
    assert!(shown.contains("data-testid=\"order-fee\">15,00") && shown.contains("Oraș"), "{shown}");
}

#[tokio::test]
async fn a_closed_shop_shows_its_products_and_says_until_when() {
    let api = Api::open().await;
    let visitor = shopper(&api).await;
    let closed = "[closed]\nuntil = \"2999-01-01\"\ntext = { ro = \"Suntem la <târg>.\" }";
    api.shop.set_facts(read(closed, false).unwrap()).await.unwrap();
    let checkout = page(&visitor, "/ro/checkout").await.text;
    assert!(
        checkout.contains("Revenim marți 1 ianuarie") && checkout.contains("Suntem la &lt;târg"),
        "{checkout}"
    );
    assert!(!checkout.contains("checkout-form"));
    assert!(page(&visitor, "/ro/products").await.text.contains("product-card"));
    for path in ["/ro/contact", "/ro/delivery"] {
        assert!(page(&visitor, path).await.text.contains("closed-now"), "{path}");
    }
}

#[tokio::test]
async fn pages_about_the_shop_show_places_areas_and_holidays() {
    let api = Api::open().await;
    let visitor = api.visitor();
    let before = page(&visitor, "/ro/delivery").await.text;
    assert!(!before.contains("data-testid=\"areas\""));
    let more = "places = [{ id = \"piata\", name = { ro = \"Piața\" }, address = \"Strada Mare 1\" }]\nholidays = [{ from = \"2999-12-24\", to = \"2999-12-26\" }]";
    api.shop.set_facts(read(&format!("{more}\n{AREAS}"), false).unwrap()).await.unwrap();
    let after = page(&visitor, "/ro/delivery").await.text;
    for part in ["Oraș · 15,00", "comandă de la 20,00", "Strada Mare 1", "Nu lucrăm marți 24 decembrie"]
    {
        assert!(after.contains(part), "{part}: {after}");
    }
    let home = page(&visitor, "/ro/contact").await.text;
    assert!(home.contains("Piața") && home.contains("decembrie"));
}
