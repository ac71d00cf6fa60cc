//! What happens in the shop is counted, and nothing is told of whom it happened to.

use super::text::Told;
use crate::{
    harness::{TestShop, phone, wrong},
    rest::api::{App, Visitor, app},
};
use http::{Request, header};
use vatra::{
    model::{
        order::{Actor, Order},
        status::OrderStatus,
        time::Timestamp,
    },
    server::{metrics::database, store::progress::BACKUP},
};

struct Scene {
    shop: TestShop,
    app: App,
}

/// The driver's commands are counted from now on, as where Prometheus is let in.
async fn scene() -> Scene {
    database::watch();
    let shop = TestShop::open().await;
    Scene { app: app(shop.instance()), shop }
}

async fn page(visitor: &Visitor<'_>, path: &str) {
    let answer = visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await;
    assert_eq!(answer.status, 200, "{path}");
}

/// An order of 25 lei that its customer has confirmed at the second try.
async fn order(shop: &TestShop, phone: &str) -> Order {
    let bread = shop.product("Pâine", 1250, 50).await;
    let order = shop.pending(&[(&bread, 2)], phone).await;
    let code = shop.code_for(phone);
    assert!(shop.confirm(phone, &order.id, &wrong(&code)).await.is_err());
    shop.confirm(phone, &order.id, &code).await.expect("confirmed").order
}

/// By how much figures have grown at least: tests beside this one count as well.
struct Grown {
    before: Told,
    after: Told,
}

impl Grown {
    #[track_caller]
    fn by(&self, least: i64, name: &str, labels: &[(&str, &str)]) {
        let grown = self.after.value(name, labels) - self.before.value(name, labels);
        assert!(grown >= least, "{name} {labels:?}: {grown}");
    }
}

#[tokio::test]
async fn requests_are_counted_by_class_and_answer() {
    let Scene { shop, app } = scene().await;
    let before = Told::by(&shop).await;
    let visitor = Visitor::of(&app);
    page(&visitor, "/ro/cart").await;
    assert_eq!(visitor.get("/api/cart/x").await.status, 404);
    assert_eq!(visitor.get("/healthz").await.status, 200);
    assert_eq!(visitor.send(Request::post("/fn/nowhere"), "").await.status, 404);
    assert_eq!(visitor.get("/pictures/none.jpg").await.status, 404);
    let grown = Grown { before, after: Told::by(&shop).await };
    for (class, status) in
        [("page", "2xx"), ("api", "4xx"), ("probe", "2xx"), ("form", "4xx"), ("file", "4xx")]
    {
        grown.by(1, "vatra_requests_total", &[("class", class), ("status", status)]);
        grown.by(1, "vatra_request_duration_seconds_count", &[("class", class)]);
    }
    grown.by(2, "vatra_refusals_total", &[("code", "DB_002")]);
}

#[tokio::test]
async fn kept_pages_say_whether_they_were_there() {
    let Scene { shop, app } = scene().await;
    let before = Told::by(&shop).await;
    let watched = crate::harness::Watched::new(shop.instance()).await;
    // The first is rendered; a browser with a cookie gets what was kept, one without what was remembered.
    page(&Visitor::of(&app), "/ro/contact").await;
    page(&Visitor::of(&app), "/ro/products").await;
    page(&Visitor::of(&app), "/ro/products").await;
    page(&Visitor::of(&app), "/ro/products").await;
    let known = Visitor::of(&app);
    known.set_cookie("x", "y");
    page(&known, "/ro/products").await;
    let grown = Grown { before, after: Told::by(&shop).await };
    grown.by(2, "vatra_page_cache_total", &[("result", "miss")]);
    grown.by(1, "vatra_page_cache_total", &[("result", "hit")]);
    grown.by(1, "vatra_page_cache_total", &[("result", "remembered")]);
    grown.by(5, "vatra_requests_total", &[("class", "page"), ("status", "2xx")]);
    grown.by(1, "vatra_catalogue_reads_total", &[("outcome", "ok")]);
    drop(watched);
}

#[tokio::test]
async fn orders_codes_messages_and_the_database_are_counted() {
    let Scene { shop, .. } = scene().await;
    let before = Told::by(&shop).await;
    let order = order(&shop, &phone()).await;
    for to in [OrderStatus::Processing, OrderStatus::Ready, OrderStatus::Completed] {
        shop.change_status(&order.id, to, Actor::Admin("ana".into()), None).await.unwrap();
    }
    let grown = Grown { before, after: Told::by(&shop).await };
    for event in ["placed", "confirmed", "processing", "ready", "completed"] {
        grown.by(1, "vatra_orders_total", &[("event", event)]);
        grown.by(2500, "vatra_orders_value_bani_total", &[("event", event)]);
    }
    for event in ["asked", "entered", "wrong"] {
        grown.by(1, "vatra_codes_total", &[("event", event)]);
    }
    let sent = [("channel", "sms"), ("kind", "code"), ("outcome", "sent")];
    grown.by(1, "vatra_messages_total", &sent);
    grown.by(1, "vatra_transactions_total", &[("outcome", "committed")]);
    for command in ["find", "insert", "commitTransaction"] {
        grown.by(1, "vatra_database_commands_total", &[("command", command), ("outcome", "ok")]);
        grown.by(1, "vatra_database_command_duration_seconds_count", &[("command", command)]);
    }
    assert!(grown.after.value("vatra_database_connections", &[]) >= 1);
}

#[tokio::test]
async fn how_things_stand_is_asked_of_the_database() {
    let Scene { shop, .. } = scene().await;
    shop.cancel_overdue(vatra::server::clock::now()).await.unwrap();
    let bread = shop.product("Pâine", 1250, 50).await;
    shop.pending(&[(&bread, 1)], &phone()).await;
    order(&shop, &phone()).await;
    shop.store.progress.reach(BACKUP, Timestamp(1_750_000_000_999)).await.unwrap();
    let standing = &vatra::server::metrics::metrics().standing;
    // Other tests look at their own shops meanwhile, so it is looked until it was this one.
    crate::harness::eventually("this shop was looked at last", async || {
        standing.look(&shop).await;
        let told = Told::by(&shop).await;
        told.value("vatra_database_up", &[]) == 1
            && told.value("vatra_orders_open", &[("status", "pending")]) == 1
            && told.value("vatra_orders_open", &[("status", "confirmed")]) == 1
            && told.value("vatra_sms_budget_bani", &[]) == 10_000_000
            && told.value("vatra_sms_spent_bani", &[]) >= 80
            && told.value("vatra_disk_free_bytes", &[]) > 0
            && told.value("vatra_outbox_waiting", &[]) >= 0
            && told.value("vatra_backup_last_timestamp_seconds", &[]) == 1_750_000_000
    })
    .await;
}

#[tokio::test]
async fn nobody_is_told_of() {
    let Scene { shop, app } = scene().await;
    let phone = phone();
    let order = order(&shop, &phone).await;
    page(&Visitor::of(&app), "/ro/products/paine").await;
    let told = Told::by(&shop).await;
    for secret in
        [&phone[3..], order.id.as_str(), order.number.as_str(), "Ana", "paine", "127.0.0.1", "192.0.2"]
    {
        assert!(!told.text.contains(secret), "{secret}");
    }
    // Few, whatever visitors do: addresses that lead nowhere are no figures of their own.
    let series = told.samples.len();
    for path in ["/ro/a", "/ro/b", "/api/c"] {
        Visitor::of(&app).get(path).await;
    }
    assert_eq!(Told::by(&shop).await.samples.len(), series);
    assert!(series < 700, "{series}");
}
