//! What other hands write: the database itself refuses what the types should never let through.

use crate::harness::{TestShop, error_code};
use mongodb::bson::{Bson, DateTime, Document, doc, oid::ObjectId};
use vatra::server::secrets;

/// One thing that makes a good document a bad one.
type Spoil = (&'static str, fn(&mut Document));

/// The sample is let in; without a required field, with an unknown one, with an operator for a
/// value, or spoilt, it is refused for what it is (121 DocumentValidationFailure).
async fn only_good_ones_pass(name: &str, sample: fn() -> Document, optional: &[&str], spoils: &[Spoil]) {
    let shop = TestShop::open().await;
    let collection = shop.raw(name);
    collection.insert_one(sample()).await.expect("the sample is good");
    let mut bad: Vec<(String, Document)> = Vec::new();
    let mut more = |what: String, spoil: &dyn Fn(&mut Document)| {
        let mut document = sample();
        spoil(&mut document);
        bad.push((what, document));
    };
    more("unknown field".into(), &|document| drop(document.insert("is_admin", true)));
    for field in sample().keys().filter(|field| *field != "_id") {
        more(format!("{field} is an operator"), &|document| {
            document.insert(field, doc! { "gt": "" });
        });
        if !optional.contains(&field.as_str()) {
            more(format!("{field} is missing"), &|document| drop(document.remove(field)));
        }
    }
    for (what, spoil) in spoils {
        more((*what).to_owned(), spoil);
    }
    let mut passed = Vec::new();
    for (what, document) in bad {
        match collection.insert_one(document).await {
            Err(error) if error_code(&error) == Some(121) => {}
            result => passed.push(format!("{what}: {result:?}")),
        }
    }
    assert!(passed.is_empty(), "{name} lets in: {passed:#?}");
    assert_eq!(shop.count(name).await, 1);
}

/// A text of so many characters of two bytes each.
fn long(characters: usize) -> String {
    "ă".repeat(characters)
}

fn set(document: &mut Document, field: &str, value: impl Into<Bson>) {
    document.insert(field, value);
}

/// The first element of a list of documents.
fn first<'a>(document: &'a mut Document, list: &str) -> &'a mut Document {
    document.get_array_mut(list).unwrap()[0].as_document_mut().unwrap()
}

fn image() -> Document {
    doc! { "address": "a", "width": 800, "height": 600, "colour": 0x00FF_FFFF, "widths": [320, 480] }
}

fn product() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "slug": secrets::token().to_lowercase(), "name": long(200),
        "description": long(1000), "name_en": "Bread", "description_en": "Sourdough",
        "sort_ro": "paine", "sort_en": "bread", "search_words": ["paine", "bread"],
        "price": 1250_i64, "category_id": ObjectId::new(), "images": vec![image(); 5],
        "low_stock_at": 3_i64, "stock_quantity": 0_i64, "active": true, "featured": false,
        "net_content": { "thousandths": 500_000_i64, "unit": "g" }, "ingredients": long(2000),
        "ingredients_en": "flour", "allergens": { "contains": ["gluten"], "may_contain": [] },
        "vat_rate": 11, "created_at": at, "updated_at": at,
    }
}

/// Facts of food that are none, in this document.
const BAD_FACTS: &[Spoil] = &[
    ("a content of nothing", |of| set(of, "net_content", doc! { "thousandths": 0_i64, "unit": "g" })),
    ("a content in pounds", |of| set(of, "net_content", doc! { "thousandths": 1_i64, "unit": "lb" })),
    ("a content without a unit", |of| set(of, "net_content", doc! { "thousandths": 1_i64 })),
    ("a fifteenth allergen", |of| {
        set(of, "allergens", doc! { "contains": ["lactose"], "may_contain": [] });
    }),
    ("half a declaration", |of| set(of, "allergens", doc! { "contains": ["milk"] })),
    ("allergens in words", |of| set(of, "allergens", "gluten, milk")),
    ("a VAT above the price", |of| set(of, "vat_rate", 101)),
    ("half a percent of VAT", |of| set(of, "vat_rate", 10.5)),
];

#[tokio::test]
async fn products() {
    let spoils: &[Spoil] = &[
        ("negative stock", |product| set(product, "stock_quantity", -1_i64)),
        ("a warning from less than nothing", |product| set(product, "low_stock_at", -1_i64)),
        ("half a piece", |product| set(product, "stock_quantity", 1.5)),
        ("negative price", |product| set(product, "price", -1_i64)),
        ("a price that is no whole number of bani", |product| set(product, "price", 12.5)),
        ("a price in words", |product| set(product, "price", "12.50")),
        ("empty name", |product| set(product, "name", "")),
        ("too long name", |product| set(product, "name", long(201))),
        ("too long description", |product| set(product, "description", long(1001))),
        ("six pictures", |product| set(product, "images", vec![image(); 6])),
        ("a picture that is an address alone", |product| set(product, "images", vec!["a"])),
        ("a picture without an address", |product| drop(first(product, "images").remove("address"))),
        ("a picture without a width", |product| set(first(product, "images"), "width", 0)),
        ("a picture in a style", |product| set(first(product, "images"), "style", "x")),
        ("a variant without a width", |product| set(first(product, "images"), "widths", vec![0])),
        ("a date in words", |product| set(product, "created_at", "2025-01-13")),
        ("too long ingredients", |product| set(product, "ingredients", long(2001))),
        ("empty ingredients", |product| set(product, "ingredients_en", "")),
    ];
    let optional = [
        "name_en",
        "description_en",
        "low_stock_at",
        "net_content",
        "ingredients",
        "ingredients_en",
        "allergens",
        "vat_rate",
    ];
    only_good_ones_pass("products", product, &optional, &[spoils, BAD_FACTS].concat()).await;
}

#[tokio::test]
async fn stock_cannot_be_counted_below_zero() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 5).await;
    let all = doc! {};
    let error = shop.raw("products").update_one(all, doc! { "$inc": { "stock_quantity": -6_i64 } }).await;
    assert_eq!(error_code(&error.unwrap_err()), Some(121));
    assert_eq!(shop.stock_of(&bread).await, 5);
}

fn category() -> Document {
    let at = DateTime::now();
    let name = secrets::token();
    doc! {
        "_id": ObjectId::new(), "slug": name.to_lowercase(), "name": &name, "name_key": name.to_lowercase(),
        "description": long(500), "name_en": long(100), "description_en": "From the oven",
        "display_order": -3, "active": true, "created_at": at, "updated_at": at, "holds": 1_i64,
    }
}

#[tokio::test]
async fn categories() {
    let spoils: &[Spoil] = &[
        ("empty name", |category| set(category, "name", "")),
        ("too long name", |category| set(category, "name", long(101))),
        ("too long English name", |category| set(category, "name_en", long(101))),
        ("too long description", |category| set(category, "description", long(501))),
        ("a place between two", |category| set(category, "display_order", 1.5)),
        ("perhaps active", |category| set(category, "active", "yes")),
    ];
    only_good_ones_pass("categories", category, &["name_en", "description_en", "holds"], spoils).await;
}

#[tokio::test]
async fn sheets() {
    let sheet = || doc! { "_id": secrets::token(), "text": "nume", "expires_at": DateTime::now() };
    only_good_ones_pass("sheets", sheet, &[], &[("a table in numbers", |sheet| set(sheet, "text", 1))]).await;
}

fn order() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "order_number": &secrets::token()[..8],
        "idempotency_key": secrets::token(), "request_hash": secrets::token(),
        "cart_session": secrets::token(), "customer_phone": "+40722123456", "customer_name": long(100),
        "delivery_type": "delivery",
        "delivery_address": { "street": "Str. Morii 3", "city": "Cluj", "postal_code": "400001", "notes": long(200) },
        "preferred_time": long(100), "special_instructions": long(500),
        "items": [{
            "product_id": ObjectId::new(), "product_name": "Pâine", "quantity": 2_i64,
            "unit_price": 1250_i64, "total_price": 2500_i64,
            "net_content": { "thousandths": 1_200_i64, "unit": "kg" }, "vat_rate": 11,
            "allergens": { "contains": ["gluten"], "may_contain": ["milk", "nuts"] },
        }],
        "total_amount": 2500_i64, "status": "pending",
        "history": [{ "status": "pending", "by": { "by": "customer" }, "at": at, "note": "ok" }],
        "desk": {
            "notes": [{ "by": "ina", "at": at, "text": long(1000) }],
            "changes": [{
                "by": { "by": "admin", "username": "ina" }, "at": at, "total_from": 0_i64, "total_to": 1_i64,
                "lines": [{ "product_id": ObjectId::new(), "product_name": "Pâine", "from": 0_i64, "to": 2_i64 }],
            }],
            "cancelled": { "reason": "other", "told": false, "words": long(500) },
        },
        "verified_at": at, "call_asked_at": at, "pending_until": at, "created_at": at, "updated_at": at,
    }
}

#[tokio::test]
async fn orders() {
    let spoils: &[Spoil] = &[
        ("bad status", |order| set(order, "status", "lost")),
        ("status in capitals", |order| set(order, "status", "Pending")),
        ("bad way of delivery", |order| set(order, "delivery_type", "drone")),
        ("no line", |order| set(order, "items", Vec::<Bson>::new())),
        ("quantity 0", |order| set(first(order, "items"), "quantity", 0_i64)),
        ("half a piece", |order| set(first(order, "items"), "quantity", 0.5)),
        ("negative line", |order| set(first(order, "items"), "total_price", -1_i64)),
        ("a line without a price", |order| drop(first(order, "items").remove("unit_price"))),
        ("unknown field in a line", |order| set(first(order, "items"), "discount", 1_i64)),
        ("negative total", |order| set(order, "total_amount", -1_i64)),
        ("too long name", |order| set(order, "customer_name", long(101))),
        ("too long time", |order| set(order, "preferred_time", long(101))),
        ("too long instructions", |order| set(order, "special_instructions", long(501))),
        ("too long notes", |order| {
            set(order.get_document_mut("delivery_address").unwrap(), "notes", long(201));
        }),
        ("an address without a street", |order| {
            order.get_document_mut("delivery_address").unwrap().remove("street");
        }),
        ("bad status in the history", |order| set(first(order, "history"), "status", "lost")),
        ("a step without a time", |order| drop(first(order, "history").remove("at"))),
        ("a line with a fifteenth allergen", |order| {
            let allergens = doc! { "contains": ["lactose"], "may_contain": [] };
            set(first(order, "items"), "allergens", allergens);
        }),
        ("a line with a content of nothing", |order| {
            let nothing = doc! { "thousandths": 0_i64, "unit": "g" };
            set(first(order, "items"), "net_content", nothing);
        }),
        ("an order that is found by a whole letter", |order| set(order, "search", vec![long(51)])),
        ("an order that is found by too much", |order| set(order, "search", vec!["a"; 81])),
        ("too long a note", |order| set(first(desk(order), "notes"), "text", long(1001))),
        ("a note of nobody's", |order| drop(first(desk(order), "notes").remove("by"))),
        ("less than none", |order| set(first(first(desk(order), "changes"), "lines"), "from", -1_i64)),
        ("a reason of the house", |order| {
            set(desk(order).get_document_mut("cancelled").unwrap(), "reason", "mood");
        }),
        ("a line with a VAT in words", |order| set(first(order, "items"), "vat_rate", "11 %")),
    ];
    let optional = &[
        "delivery_address",
        "preferred_time",
        "special_instructions",
        "desk",
        "verified_at",
        "call_asked_at",
    ];
    only_good_ones_pass("orders", order, optional, spoils).await;
}

fn desk(order: &mut Document) -> &mut Document {
    order.get_document_mut("desk").unwrap()
}

fn message() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "kind": "ready", "order_id": ObjectId::new(), "to": "+40722123456",
        "subject": secrets::token(), "body": "Comanda e gata", "sealed": secrets::token(),
        "state": "failed", "tries": 1_i64, "error": "bad_number", "detail": "Twilio error 21211", "sid": "SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "report": "delivered",
        "due_at": at, "useful_until": at, "created_at": at, "queued_at": at, "updated_at": at,
        "sent_at": at, "expires_at": at,
    }
}

#[tokio::test]
async fn messages() {
    let spoils: &[Spoil] = &[
        ("about nothing", |message| set(message, "kind", "weather")),
        ("lost on the way", |message| set(message, "state", "lost")),
        ("fewer than no tries", |message| set(message, "tries", -1_i64)),
        ("says nothing", |message| set(message, "body", "")),
        ("a code in the clear", |message| set(message, "sealed", "4711")),
        ("says too much", |message| set(message, "body", long(1601))),
        ("a report of the weather", |message| set(message, "report", "rain")),
        ("a failure in words", |message| set(message, "error", "it did not work")),
    ];
    let optional = &[
        "order_id",
        "subject",
        "body",
        "sealed",
        "error",
        "detail",
        "sid",
        "report",
        "useful_until",
        "sent_at",
    ];
    only_good_ones_pass("messages", message, optional, spoils).await;
}

fn said() -> Document {
    let texts = || doc! { "on": true, "ro": long(480), "en": "{number}" };
    doc! {
        "_id": secrets::token(),
        "messages": { "confirmed": texts(), "ready": texts(), "cancelled": texts(), "plain": true },
        "updated_at": DateTime::now(),
    }
}

#[tokio::test]
async fn what_messages_say() {
    fn said_of<'a>(settings: &'a mut Document, occasion: &str) -> &'a mut Document {
        settings.get_document_mut("messages").unwrap().get_document_mut(occasion).unwrap()
    }
    let spoils: &[Spoil] = &[
        ("too long", |settings| set(said_of(settings, "ready"), "ro", long(481))),
        ("empty", |settings| set(said_of(settings, "ready"), "en", "")),
        ("a language more", |settings| set(said_of(settings, "ready"), "de", "x")),
        ("perhaps", |settings| set(said_of(settings, "cancelled"), "on", "perhaps")),
    ];
    only_good_ones_pass("settings", said, &["messages"], spoils).await;
}

fn cart() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "session_id": secrets::token(),
        "items": [{ "product_id": ObjectId::new(), "quantity": 1_i64, "seen_price": 0_i64 }],
        "created_at": at, "updated_at": at, "expires_at": at,
    }
}

#[tokio::test]
async fn carts() {
    let spoils: &[Spoil] = &[
        ("quantity 0", |cart| set(first(cart, "items"), "quantity", 0_i64)),
        ("negative quantity", |cart| set(first(cart, "items"), "quantity", -1_i64)),
        ("a price of the customer's", |cart| set(first(cart, "items"), "price", 1_i64)),
        ("an id in words", |cart| set(first(cart, "items"), "product_id", "paine")),
        ("short id", |cart| set(cart, "session_id", "1")),
        ("too many lines", |cart| {
            let line = first(cart, "items").clone();
            set(cart, "items", vec![line; 101]);
        }),
    ];
    only_good_ones_pass("cart_sessions", cart, &[], spoils).await;
}

fn customer() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "role": "customer",
        "phone_number": format!("+4072{:07}", rand::random_range(0..10_000_000)), "name": long(100),
        "email": "ana@example.com", "created_at": at, "updated_at": at, "last_login": at, "expires_at": at,
        "sort_name": "ana", "search_words": ["ana"], "orders": 0_i64, "spent": 0_i64, "last_order_at": at,
        "notes": [{ "id": ObjectId::new(), "text": long(500), "by": "ina", "at": at }],
    }
}

#[tokio::test]
async fn customers() {
    let spoils: &[Spoil] = &[
        ("another role", |user| set(user, "role", "owner")),
        ("an admin without a password", |user| set(user, "role", "admin")),
        ("too long name", |user| set(user, "name", long(101))),
        ("short phone", |user| set(user, "phone_number", "0722")),
        ("spent less than nothing", |user| set(user, "spent", -1_i64)),
        ("too long a note", |user| set(first(user, "notes"), "text", long(501))),
        ("an empty note", |user| set(first(user, "notes"), "text", "")),
        ("too many notes", |user| {
            let note = first(user, "notes").clone();
            set(user, "notes", vec![note; 101]);
        }),
    ];
    let listed = ["sort_name", "search_words", "orders", "spent", "last_order_at", "notes"];
    let optional = [&["name", "email", "last_login"][..], &listed].concat();
    only_good_ones_pass("users", customer, &optional, spoils).await;
}

fn block() -> Document {
    doc! {
        "_id": secrets::token(), "reason": long(500), "by": "ina", "customer": ObjectId::new(),
        "at": DateTime::now(),
    }
}

#[tokio::test]
async fn blocks() {
    let spoils: &[Spoil] = &[
        ("the number itself, not its hash", |block| set(block, "_id", "+40722123456")),
        ("too long a reason", |block| set(block, "reason", long(501))),
        ("the number besides", |block| set(block, "phone", "+40722123456")),
    ];
    only_good_ones_pass("blocks", block, &["reason", "by", "customer"], spoils).await;
}

fn progress() -> Document {
    doc! { "_id": secrets::token(), "until": DateTime::now() }
}

#[tokio::test]
async fn progress_of_jobs() {
    let spoils: &[Spoil] = &[("a job without a name", |job| set(job, "_id", ""))];
    only_good_ones_pass("progress", progress, &[], spoils).await;
}

fn admin() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "role": "admin", "username": secrets::token(), "name": "Ina",
        "password_hash": "$argon2id$", "tokens_valid_from": 0_i64, "created_at": at, "updated_at": at,
        "rights": "staff", "revision": 1_i64, "pending_factor": { "secret": "x", "until": at },
        "second_factor": {
            "secret": "x", "since": at, "last_step": 1_i64, "recovery": [secrets::token()],
        },
    }
}

#[tokio::test]
async fn admins() {
    let spoils: &[Spoil] = &[
        ("an admin who would be deleted", |user| set(user, "expires_at", DateTime::now())),
        ("a customer without a phone", |user| set(user, "role", "customer")),
        ("too long user name", |user| set(user, "username", long(101))),
        ("other rights", |user| set(user, "rights", "everything")),
        ("a recovery code itself, not its hash", |user| {
            set(user.get_document_mut("second_factor").unwrap(), "recovery", vec!["abcd-efgh"]);
        }),
        ("a second factor without a secret", |user| {
            user.get_document_mut("second_factor").unwrap().remove("secret");
        }),
    ];
    let optional = ["name", "tokens_valid_from", "revision", "pending_factor", "second_factor"];
    only_good_ones_pass("users", admin, &optional, spoils).await;
}

fn login_step() -> Document {
    doc! {
        "_id": ObjectId::new(), "token_hash": secrets::token(), "admin_id": ObjectId::new().to_hex(),
        "began": 1_i64, "tries": 0_i64, "expires_at": DateTime::now(),
    }
}

#[tokio::test]
async fn login_steps() {
    let spoils: &[Spoil] = &[("the token itself, not its hash", |step| set(step, "token_hash", "short"))];
    only_good_ones_pass("login_steps", login_step, &[], spoils).await;
}

fn invitation() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "token_hash": secrets::token(), "username": secrets::token(),
        "rights": "owner", "invited_by": "ana", "created_at": at, "expires_at": at,
    }
}

#[tokio::test]
async fn invitations() {
    let spoils: &[Spoil] = &[
        ("the token itself, not its hash", |invitation| set(invitation, "token_hash", "short")),
        ("other rights", |invitation| set(invitation, "rights", "admin")),
    ];
    only_good_ones_pass("invitations", invitation, &[], spoils).await;
}

fn audit_entry() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "at": at, "by": "admin", "admin_id": ObjectId::new().to_hex(),
        "admin": "ana", "action": "orders.status", "thing": { "kind": "order", "id": "1", "name": "A" },
        "changes": [{ "field": "status", "from": "a", "to": "b" }], "outcome": "done",
        "address": "192.0.2.0/24", "request_id": "x", "expires_at": at,
    }
}

#[tokio::test]
async fn entries_of_the_audit_log() {
    let spoils: &[Spoil] = &[
        ("by somebody else", |entry| set(entry, "by", "customer")),
        ("another outcome", |entry| set(entry, "outcome", "maybe")),
        ("a long value", |entry| set(first(entry, "changes"), "to", long(201))),
        ("more of a change", |entry| set(first(entry, "changes"), "password", "x")),
    ];
    let optional = ["admin_id", "admin", "thing", "address", "request_id"];
    only_good_ones_pass("audit_log", audit_entry, &optional, spoils).await;
}

fn error_count() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "hour": at, "code": "DB_001", "place": "page", "count": 3_i64,
        "last_at": at, "request_id": "x", "expires_at": at,
    }
}

#[tokio::test]
async fn counts_of_errors() {
    let spoils: &[Spoil] = &[
        ("none", |count| set(count, "count", 0_i64)),
        ("a path for a place", |count| set(count, "place", long(41))),
    ];
    only_good_ones_pass("error_counts", error_count, &["request_id"], spoils).await;
}

fn session() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "token_hash": secrets::token(), "phone_number": "+40722123456",
        "name": "Ana", "created_at": at, "expires_at": at,
    }
}

#[tokio::test]
async fn sessions() {
    let spoils: &[Spoil] = &[
        ("the token itself, not its hash", |session| set(session, "token_hash", "short")),
        ("too long name", |session| set(session, "name", long(101))),
    ];
    only_good_ones_pass("sessions", session, &[], spoils).await;
}

fn verification() -> Document {
    let at = DateTime::now();
    doc! {
        "_id": ObjectId::new(), "subject": secrets::token(), "phone": "+40722123456",
        "code_hash": secrets::token(), "tries": 0_i64, "sends": 1_i64, "sent_at": at, "expires_at": at,
    }
}

#[tokio::test]
async fn verifications() {
    let spoils: &[Spoil] = &[
        ("the code itself, not its hash", |code| set(code, "code_hash", "1234")),
        ("negative tries", |code| set(code, "tries", -1_i64)),
        ("never sent", |code| set(code, "sends", 0_i64)),
    ];
    only_good_ones_pass("verifications", verification, &["code_hash"], spoils).await;
}

fn window() -> Document {
    doc! {
        "_id": ObjectId::new(), "key": secrets::token(), "window": 1_i64, "count": 1_i64,
        "expires_at": DateTime::now(),
    }
}

#[tokio::test]
async fn rate_limits() {
    let spoils: &[Spoil] = &[
        ("negative count", |window| set(window, "count", -1_i64)),
        ("too long key", |window| set(window, "key", long(201))),
    ];
    only_good_ones_pass("rate_limits", window, &[], spoils).await;
}

fn revocation() -> Document {
    doc! { "_id": ObjectId::new(), "family": secrets::token(), "expires_at": DateTime::now() }
}

#[tokio::test]
async fn revocations() {
    only_good_ones_pass("revocations", revocation, &[], &[("nobody's", |entry| set(entry, "family", ""))])
        .await;
}

fn settings() -> Document {
    let words = doc! { "ro": long(500), "en": "At the oven" };
    let day = vec!["08:00-13:00"];
    doc! {
        "_id": secrets::token(),
        "facts": {
            "name": long(100), "email": "ana@example.com", "pickup": words,
            "address": { "street": "Strada Morii 4", "city": "Cluj" },
            "hours": {
                "monday": &day, "tuesday": &day, "wednesday": &day, "thursday": &day, "friday": &day,
                "saturday": &day, "sunday": Vec::<Bson>::new(),
            },
        },
        "updated_at": DateTime::now(),
    }
}

fn facts(document: &mut Document) -> &mut Document {
    document.get_document_mut("facts").unwrap()
}

#[tokio::test]
async fn the_settings() {
    let spoils: &[Spoil] = &[
        ("too long name", |settings| set(facts(settings), "name", long(101))),
        ("an unknown fact", |settings| set(facts(settings), "fax", "1")),
        ("words in no language", |settings| set(facts(settings), "pickup", doc! {})),
        ("an address without a town", |settings| set(facts(settings), "address", doc! { "street": "x" })),
        ("a place without a name", |settings| {
            set(facts(settings), "places", vec![doc! { "id": "piata", "active": true }]);
        }),
        ("a fee that is a number", |settings| {
            let area = doc! { "id": "sate", "name": { "ro": "Sate" }, "fee": 15, "active": true };
            set(facts(settings), "areas", vec![area]);
        }),
        ("a language that is not ours", |settings| {
            set(facts(settings), "languages", doc! { "offered": ["de"], "default": "de" });
        }),
        ("an eighth day", |settings| {
            facts(settings).get_document_mut("hours").unwrap().insert("someday", Vec::<Bson>::new());
        }),
    ];
    only_good_ones_pass("settings", settings, &["facts"], spoils).await;
}

/// As the database was before codes were bound to a subject.
#[tokio::test]
async fn codes_of_before_are_asked_for_again() {
    let shop = TestShop::open().await;
    let database = shop.store.database();
    database.collection::<Document>("verifications").drop().await.unwrap();
    let old = shop.raw("verifications");
    old.insert_one(doc! { "order_id": ObjectId::new(), "phone": "+40722123456" }).await.unwrap();
    let unique = mongodb::options::IndexOptions::builder().unique(true).build();
    let index = mongodb::IndexModel::builder().keys(doc! { "order_id": 1 }).options(unique).build();
    old.create_index(index).await.unwrap();
    vatra::server::store::migrations::run_again(database).await.unwrap();
    assert_eq!(shop.count("verifications").await, 0);
    for _ in 0..2 {
        old.insert_one(verification()).await.expect("no index stands in the way");
    }
}
