//! How long the figures take over 100,000 orders. `bench/figures` runs it (`cargo bench --bench
//! figures`): a database of its own, filled with the same orders each time, and the shop's own code on
//! it, from the database to the rendered page.
//!
//! ORDERS says how many orders, ROUNDS how often each question is asked.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use axum::{Router, body::Body};
use futures::TryStreamExt;
use http::{Request, header};
use leptos::config::LeptosOptions;
use mongodb::bson::{DateTime, Document, doc, oid::ObjectId};
use std::{
    collections::HashMap,
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};
use tower::ServiceExt;
use vatra::{
    model::{
        category::CategoryForm,
        figures::{Preset, Step},
        ids::ORDER_NUMBER_SIGNS,
        locale::Locale,
        product::ProductForm,
    },
    server::{
        clock::now,
        config::Config,
        http as edge,
        pictures::Folder,
        service::{
            Shop,
            figures::{FiguresRequest, Sellers},
        },
        sms,
        state::AppState,
        store::{connect::connect, embedded::Embedded},
        visitor::Cookies,
    },
};

const DAYS: u64 = 3 * 365;
const PRODUCTS: u64 = 60;
const CUSTOMERS: u64 = 8000;
const LIMIT: u128 = 200;

/// The same numbers each time (D. E. Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(run(folder.path()));
}

async fn run(folder: &Path) {
    let mut database = Embedded::start(&folder.join("db")).await.expect("a database server");
    let shop = open(&database.uri, folder).await;
    let started = Instant::now();
    let orders = setting("ORDERS", 100_000);
    fill(&shop, orders).await;
    println!(
        "{orders} orders of {CUSTOMERS} numbers over {DAYS} days, {PRODUCTS} products, one to five to an order; {} \
         on this machine{}. Filled in {:.0?}.\n",
        database.program,
        if cfg!(debug_assertions) { "; not optimised" } else { "" },
        started.elapsed(),
    );
    println!("| question | median | least | most | below {LIMIT} ms |");
    println!("| --- | --- | --- | --- | --- |");
    let once = Instant::now();
    let days = shop.store.figures.catch_up().await.unwrap();
    println!("| all {days} days summed up for the first time | {:.0?} | | | once |", once.elapsed());
    ask(&shop).await;
    pages(&shop).await;
    raw(&shop).await;
    database.stop();
}

async fn open(uri: &str, folder: &Path) -> Shop {
    let values = HashMap::from([
        ("MONGODB_URI", uri),
        ("MONGODB_DB", "vatra_bench"),
        ("RATE_LIMIT_PER_MINUTE", "0"),
        ("SMS_BACKEND", "console"),
        ("JWT_SECRET", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        ("SESSION_KEY", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="),
    ]);
    let config = Config::read(|name| values.get(name).map(ToString::to_string)).expect("settings");
    let store = connect(uri, "vatra_bench").await.expect("a database");
    let sms = sms::sender(&config).expect("a sender");
    fs::create_dir_all(folder.join("pictures")).unwrap();
    let pictures = Folder::open(folder.join("pictures")).expect("a folder");
    Shop::new(store, config, sms, Arc::new(pictures))
}

async fn fill(shop: &Shop, orders: u64) {
    let shelf = CategoryForm { name: "Raft".into(), active: true, ..CategoryForm::default() };
    let shelf = shop.create_category(&shelf).await.unwrap().id;
    let mut products = Vec::new();
    for number in 0..PRODUCTS {
        let form = ProductForm {
            name: format!("Produs {number} de casă"),
            price: format!("{},50", number % 40 + 3),
            category_id: shelf.to_string(),
            stock_quantity: "1000".into(),
            active: true,
            ..ProductForm::default()
        };
        let product = shop.create_product(&form).await.unwrap();
        let id = ObjectId::parse_str(product.id.as_str()).unwrap();
        products.push((id, product.text.name, product.price.bani()));
    }
    let (mut dice, today) = (Dice(7), now().0);
    let collection = shop.store.database().collection::<Document>("orders");
    let mut batch = Vec::new();
    for number in 0..orders {
        batch.push(order(&mut dice, number, today, &products));
        if batch.len() == 2000 || number + 1 == orders {
            collection.insert_many(std::mem::take(&mut batch)).await.unwrap();
        }
    }
}

fn order(dice: &mut Dice, number: u64, today: i64, products: &[(ObjectId, String, i64)]) -> Document {
    let first = dice.below(PRODUCTS);
    let items: Vec<Document> = (0..=dice.below(5))
        .map(|place| {
            let (id, name, price) = &products[usize::try_from((first + place * 7) % PRODUCTS).unwrap()];
            let quantity = i64::try_from(dice.below(4) + 1).unwrap();
            doc! {
                "product_id": id, "product_name": name, "quantity": quantity,
                "unit_price": price, "total_price": price * quantity, "vat_rate": 11,
            }
        })
        .collect();
    let total: i64 = items.iter().map(|line| line.get_i64("total_price").unwrap()).sum();
    let ago = i64::try_from(dice.below(DAYS * 86_400)).unwrap() * 1000;
    let placed = DateTime::from_millis(today - ago);
    let status = match dice.below(100) {
        0..=5 => "cancelled",
        6 => "pending",
        7..=8 if ago < 3 * 86_400_000 => "ready",
        _ => "completed",
    };
    // Some order often, most seldom.
    let customer = dice.below(CUSTOMERS).min(dice.below(CUSTOMERS)).min(dice.below(CUSTOMERS));
    let step = |status: &str| doc! { "status": status, "by": { "by": "customer" }, "at": placed };
    doc! {
        "order_number": order_number(number),
        "idempotency_key": format!("bench-{number:08}"),
        "request_hash": "x".repeat(64),
        "cart_session": "c".repeat(43),
        "customer_phone": format!("+40722{customer:06}"),
        "customer_name": "Ana Pop",
        "delivery_type": "pickup",
        "items": items,
        "total_amount": total,
        "status": status,
        "history": [step("pending"), step("confirmed"), step(status)],
        "pending_until": placed,
        "created_at": placed,
        "updated_at": placed,
    }
}

fn order_number(mut number: u64) -> String {
    let signs = ORDER_NUMBER_SIGNS;
    let mut text = String::new();
    for place in 0..7 {
        if place == 3 {
            text.push('-');
        }
        text.push(char::from(signs[usize::try_from(number % 24).unwrap()]));
        number /= 24;
    }
    text
}

/// Asks a question several times, and prints a row of the table.
async fn measure<F: Future<Output = ()>>(name: &str, limited: bool, question: impl Fn() -> F) {
    question().await;
    let mut took = Vec::new();
    for _ in 0..setting("ROUNDS", 7) {
        let started = Instant::now();
        question().await;
        took.push(started.elapsed());
    }
    took.sort();
    let ms = |time: Duration| format!("{}.{} ms", time.as_millis(), time.as_micros() / 100 % 10);
    let (median, least, most) = (took[took.len() / 2], took[0], took[took.len() - 1]);
    let held = match (limited, median.as_millis() < LIMIT) {
        (false, _) => "",
        (true, true) => "yes",
        (true, false) => "**no**",
    };
    println!("| {name} | {} | {} | {} | {held} |", ms(median), ms(least), ms(most));
}

fn request(range: Preset, days: Option<(String, String)>) -> FiguresRequest {
    let (from, to) = days.unzip();
    FiguresRequest { range: Some(range.name().into()), from, to, step: None }
}

fn two_years() -> (String, String) {
    let today = vatra::server::clock::today();
    (today.plus(-730).unwrap().to_string(), today.to_string())
}

async fn ask(shop: &Shop) {
    let two = request(Preset::Own, Some(two_years()));
    for (name, request) in [
        ("7 days", request(Preset::Week, None)),
        ("30 days", request(Preset::Days, None)),
        ("this month", request(Preset::Month, None)),
        ("12 months", request(Preset::Year, None)),
        ("two years", two),
    ] {
        let question = || async {
            shop.figures(&request, Sellers::Best, Locale::Ro).await.map(drop).unwrap();
        };
        measure(&format!("figures of {name}, with the time before"), true, question).await;
    }
    let orders = shop.store.database().collection::<Document>("orders");
    let one = orders.find_one(doc! { "status": "completed" }).await.unwrap().unwrap();
    let change = doc! { "$set": { "updated_at": DateTime::now() } };
    orders.update_one(doc! { "_id": one.get_object_id("_id").unwrap() }, change).await.unwrap();
    let question = || async { shop.store.figures.catch_up().await.map(drop).unwrap() };
    measure("summed up again after an order changed", true, question).await;
    let question = || async { shop.bake_list("", Locale::Ro).await.map(drop).unwrap() };
    measure("what to bake today", true, question).await;
}

async fn pages(shop: &Shop) {
    shop.create_admin("bench", "o parola de masurat").await.unwrap();
    let login = shop.log_in("bench", "o parola de masurat", "192.0.2.1").await.unwrap();
    let cookie = Cookies::new(&shop.config).admin(login.token.unwrap());
    let cookie = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
    let options = LeptosOptions::builder().output_name("vatra").site_root(".").build();
    let router = edge::router(AppState::new(shop.clone(), options));
    let (from, to) = two_years();
    for (name, path) in [
        ("30 days", "/admin/figures".to_owned()),
        ("12 months", "/admin/figures?range=year".to_owned()),
        (
            "two years by day",
            format!("/admin/figures?range=own&from={from}&to={to}&step={}", Step::Day.name()),
        ),
    ] {
        let question = || fetch(&router, &path, &cookie);
        measure(&format!("the page of {name}"), true, question).await;
    }
    let question = || fetch(&router, "/admin/kitchen", &cookie);
    measure("the page of the kitchen", true, question).await;
}

async fn fetch(router: &Router, path: &str, cookie: &str) {
    let request = Request::get(path).header(header::COOKIE, cookie).header(header::ACCEPT, "text/html");
    let answer = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), 200, "{path}");
    axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
}

/// What the same would take without the sums of days.
async fn raw(shop: &Shop) {
    let orders = shop.store.database().collection::<Document>("orders");
    let since = DateTime::from_millis(now().0 - 365 * 86_400_000);
    let found = doc! { "$match": { "created_at": { "$gte": since }, "status": "completed" } };
    let day = doc! { "$dateTrunc": { "date": "$created_at", "unit": "day", "timezone": "Europe/Bucharest" } };
    let sums =
        doc! { "$group": { "_id": day, "orders": { "$sum": 1 }, "revenue": { "$sum": "$total_amount" } } };
    let products =
        doc! { "$group": { "_id": "$items.product_id", "revenue": { "$sum": "$items.total_price" } } };
    for (name, stages) in [
        ("days of 12 months, from the orders themselves", vec![found.clone(), sums]),
        (
            "products of 12 months, from the orders themselves",
            vec![found, doc! { "$unwind": "$items" }, products],
        ),
    ] {
        let question = || async {
            let answer = orders.aggregate(stages.clone()).await.unwrap();
            answer.try_collect::<Vec<_>>().await.map(drop).unwrap();
        };
        measure(name, false, question).await;
    }
}
