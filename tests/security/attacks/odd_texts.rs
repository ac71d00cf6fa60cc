//! Odd texts in every field for texts: either refused by the field's name, or kept and shown as
//! they are.

use super::{
    payloads::TEXTS,
    targets::{Fields, Target, targets},
    world::{World, page, place, submit},
};
use crate::{
    harness::{key, phone},
    rest::answer::Answer,
};
use serde_json::{Value, json};
use vatra::model::ids::CartId;

/// The fields of this kind and the signs that fit in.
const FIELDS: [(&str, &[(&str, usize)]); 3] = [
    (
        "POST /api/orders",
        &[
            ("customer_name", 100),
            ("delivery_address.street", 200),
            ("delivery_address.city", 100),
            ("delivery_address.postal_code", 20),
            ("delivery_address.notes", 200),
            ("preferred_time", 100),
            ("special_instructions", 500),
        ],
    ),
    (
        "POST /api/admin/products",
        &[
            ("name", 200),
            ("description", 1000),
            ("name_en", 200),
            ("description_en", 1000),
            ("ingredients", 2000),
            ("ingredients_en", 2000),
        ],
    ),
    (
        "POST /api/admin/categories",
        &[("name", 100), ("description", 500), ("name_en", 100), ("description_en", 500)],
    ),
];

/// Never accepted: signs that are no text, and signs that turn the text around them.
const REFUSED: [&str; 8] =
    ["a\0b", "\u{202e}gnp.exe", "a\u{2066}b", "a\u{1b}[31mb", "a\u{7f}", "a\u{85}b", "a\u{202a}", "\u{1}"];
/// Kept as they are.
const KEPT: [&str; 9] = [
    "Ștefan Ţăran-Î",
    "👩‍👩‍👧‍👦",
    "e\u{301}\u{302}",
    "李雷",
    "مرحبا",
    "O'Brien & Sons <x>",
    "a\u{200b}b",
    "\u{10ffff}\u{fdd0}",
    "100% \"da\"",
];

/// Sends a target with a text in one of its fields.
async fn send(world: &World, cart: &CartId, target: &Target, field: &str, text: &str) -> Answer {
    let raw = json!(text).to_string();
    target.send(world, cart, &target.with(field, &raw)).await
}

async fn each(check: impl AsyncFn(&World, &CartId, &Target, &str, usize)) {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    let targets = targets(&world, &cart).await;
    for (route, fields) in FIELDS {
        let target = targets.iter().find(|target| target.route == route).expect("a target");
        assert!(matches!(target.fields, Fields::Json(_)));
        for (field, most) in fields {
            check(&world, &cart, target, field, *most).await;
        }
    }
}

fn at<'a>(data: &'a Value, field: &str) -> &'a Value {
    data.pointer(&format!("/{}", field.replace('.', "/"))).unwrap_or(&Value::Null)
}

#[tokio::test]
async fn what_is_no_text_is_refused_by_its_field() {
    each(async |world, cart, target, field, most| {
        let long = "ă".repeat(most + 1);
        for text in REFUSED.into_iter().chain([long.as_str(), &"x".repeat(10_000)]) {
            let answer = send(world, cart, target, field, text).await;
            assert_eq!(answer.status, 400, "{} {field} {text:?}: {}", target.route, answer.text);
            let body: Value = serde_json::from_str(&answer.text).unwrap();
            let details = body["error"]["details"].as_object().unwrap();
            assert_eq!(details.keys().collect::<Vec<_>>(), [field], "{} {text:?}", target.route);
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_a_text_is_kept_as_it_is() {
    each(async |world, cart, target, field, most| {
        let longest = "ț".repeat(most);
        for text in KEPT.into_iter().chain([longest.as_str()]) {
            if text.chars().count() > most {
                continue;
            }
            let answer = send(world, cart, target, field, &format!(" {text}\u{a0} ")).await;
            let kept = at(&answer.data(201), field).clone();
            assert_eq!(kept, json!(text), "{} {field}", target.route);
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_but_spaces_is_nothing() {
    each(async |world, cart, target, field, _| {
        for text in ["", "   ", "\u{a0}\u{2003}\u{3000}"] {
            let answer = send(world, cart, target, field, text).await;
            let needed = ["customer_name", "name", "delivery_address.street", "delivery_address.city"];
            if needed.contains(&field) {
                answer.refused_for(400, "VAL_001", &[field]);
            } else {
                let kept = at(&answer.data(201), field).clone();
                assert!(kept.is_null() || kept == "", "{} {field}: {kept}", target.route);
            }
        }
    })
    .await;
}

/// As far as the database: by the API and by the form, in all fields that are looked at least.
#[tokio::test]
async fn whatever_the_text_an_order_is_placed_or_refused() {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    for text in TEXTS.into_iter().chain(REFUSED).chain(KEPT) {
        let body = json!({
            "session_id": cart, "customer_name": format!("A{text}"), "customer_phone": phone(),
            "delivery_type": "delivery", "preferred_time": text, "special_instructions": text,
            "delivery_address": { "street": format!("A{text}"), "city": "Cluj", "notes": text },
        });
        let answer = place(&world.api.visitor(), &body).await;
        assert!(answer.status == 201 || answer.status == 400, "{text:?}: {}", answer.text);
        let (name, phone, key) = (format!("A{text}"), phone(), key());
        let fields = [
            ("name", name.as_str()),
            ("phone", &phone),
            ("delivery_type", "delivery"),
            ("street", &name),
            ("city", "Cluj"),
            ("address_notes", text),
            ("preferred_time", text),
            ("special_instructions", text),
            ("key", key.as_str()),
        ];
        let formed = submit(&world.holder(&cart), "/fn/checkout/place", &fields).await;
        let expected = if answer.status == 201 { 200 } else { 400 };
        assert_eq!(formed.status, expected, "{text:?}: {}", formed.text);
    }
}

#[tokio::test]
async fn a_name_is_shown_as_it_was_typed() {
    let world = World::open().await;
    for name in ["👩‍👩‍👧‍👦 Ș\u{326}tefan", "e\u{301}\u{302} مرحبا", "李雷 a\u{200b}b"]
    {
        let (visitor, cart) = world.shopper().await;
        let body = json!({ "session_id": cart, "customer_name": name, "customer_phone": phone(),
                           "delivery_type": "pickup" });
        let order = place(&visitor, &body).await.data(201);
        let address = format!("/ro/admin/orders/{}", order["id"].as_str().unwrap());
        assert!(page(&world.producer(), &address).await.text.contains(name), "{name}");
    }
}
