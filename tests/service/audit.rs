//! What is recorded of those who have not logged in yet, of the command line, and how it is read.

use crate::{
    harness::TestShop,
    rest::api::{Api, Visitor},
};
use http::{Request, header};
use mongodb::bson::doc;
use serde_json::json;
use vatra::{
    model::{
        account::InviteForm,
        audit::{AuditEntry, By, Outcome},
    },
    server::{
        clock::{now, rfc3339},
        service::audit::AuditRequest,
        store::audit_log::{Origin, RETENTION_DAYS},
        trail::{Draft, Who},
    },
};

const PASSWORD: &str = "o parolă lungă";

async fn log(shop: &TestShop, request: &AuditRequest) -> Vec<AuditEntry> {
    shop.audit_log(request).await.expect("the log").items
}

async fn told(shop: &TestShop) -> Vec<(By, String, Outcome)> {
    let all = log(shop, &AuditRequest::default()).await;
    all.into_iter().map(|entry| (entry.by, entry.action, entry.outcome)).collect()
}

fn ana() -> By {
    By::Admin { name: "ana".into() }
}

async fn post(visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> u16 {
    let body = serde_html_form::to_string(fields).expect("a form");
    let request = Request::post(path)
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    visitor.send(request, &body).await.status.as_u16()
}

#[tokio::test]
async fn logins_and_failed_ones_are_recorded() {
    let api = Api::open().await;
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let login = "/fn/admin/login";
    assert_eq!(post(&visitor, login, &[("username", "ana"), ("password", "nu e")]).await, 401);
    assert_eq!(post(&visitor, login, &[("username", "parola-in-alt-camp"), ("password", "x")]).await, 401);
    assert_eq!(post(&visitor, login, &[("username", "ana"), ("password", PASSWORD)]).await, 200);
    let body = json!({ "username": "ana", "password": PASSWORD });
    visitor.post("/api/auth/login", &body).await.data(200);
    let action = |text: &str| text.to_owned();
    assert_eq!(
        told(&api.shop).await,
        [
            (ana(), action("login.ok"), Outcome::Done),
            (ana(), action("login.ok"), Outcome::Done),
            (By::Nobody, action("login.failed"), Outcome::Refused),
            (ana(), action("login.failed"), Outcome::Refused),
        ]
    );
    for entry in log(&api.shop, &AuditRequest::default()).await {
        assert!(!format!("{entry:?}").contains("parola-in-alt-camp"), "{entry:?}");
    }
}

#[tokio::test]
async fn an_invitation_that_was_taken_is_recorded() {
    let api = Api::open().await;
    let form = InviteForm { username: "maria".into(), rights: "staff".into() };
    let token = api.shop.invite(&form, "ana").await.unwrap();
    let fields = [("token", token.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(post(&api.visitor(), "/fn/admin/invite/accept", &fields).await, 200);
    let [entry] = log(&api.shop, &AuditRequest::default()).await.try_into().unwrap();
    assert_eq!((entry.by, entry.action.as_str()), (By::Admin { name: "maria".into() }, "invite.accept"));
}

#[tokio::test]
async fn an_entry_says_what_is_different() {
    let api = Api::open().await;
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let typed = json!({ "username": "ana", "password": PASSWORD });
    let csrf =
        visitor.post("/api/auth/login", &typed).await.data(200)["csrf_token"].as_str().unwrap().to_owned();
    let bread = api.shop.product("Pâine", 1250, 7).await;
    let fields = [
        ("id", bread.id.as_str()),
        ("name", "Pâine"),
        ("price", "13,50"),
        ("category_id", bread.category_id.as_str()),
        ("stock_quantity", "9"),
        ("active", "on"),
        ("csrf", &csrf),
    ];
    assert_eq!(post(&visitor, "/fn/admin/products/save", &fields).await, 200);
    let entry = log(&api.shop, &AuditRequest::default()).await.remove(0);
    assert_eq!((entry.action.as_str(), entry.outcome), ("products.save", Outcome::Done));
    let thing = entry.thing.expect("the product");
    assert_eq!(
        (thing.kind.as_str(), thing.id.as_deref(), thing.name.as_deref()),
        ("product", Some(bread.id.as_str()), Some("Pâine"))
    );
    let changes: Vec<_> =
        entry.changes.iter().map(|c| (c.field.as_str(), c.from.as_deref(), c.to.as_deref())).collect();
    assert_eq!(changes, [("price", Some("12.50"), Some("13.50")), ("stock", Some("7"), Some("9"))]);

    let order = api.shop.pending(&[(&bread, 1)], "0722 123 456").await;
    let body = json!({ "status": "cancelled" });
    let request = Request::put(format!("/api/admin/orders/{}", order.id)).header("X-CSRF-Token", &csrf);
    visitor.send(crate::rest::api::json(request), &body.to_string()).await.data(200);
    let entry = log(&api.shop, &AuditRequest::default()).await.remove(0);
    let thing = entry.thing.expect("the order");
    assert_eq!(
        (entry.action.as_str(), thing.name.as_deref()),
        ("orders.change", Some(order.number.as_str()))
    );
    assert_eq!(entry.changes[0].to.as_deref(), Some("cancelled"));
}

#[tokio::test]
async fn it_is_read_by_admin_area_and_day_page_by_page() {
    let shop = TestShop::open().await;
    let id = vatra::model::ids::UserId::parse("507f1f77bcf86cd799439011").unwrap();
    for (name, action) in
        [("ana", "orders.status"), ("ion", "orders.status"), ("ana", "ordersx.y"), ("ana", "logout")]
    {
        let draft = Draft::new(Who::admin(&id, name), action.to_owned());
        shop.record(draft, Outcome::Done, Origin::default()).await;
    }
    shop.record_from_terminal("admins.create", "admin", "ana").await;
    let count = async |admin: &str, area: &str, day: &str| {
        let request =
            AuditRequest { admin: admin.into(), area: area.into(), day: day.into(), page: "1".into() };
        log(&shop, &request).await.len()
    };
    assert_eq!(count("", "", "").await, 5);
    assert_eq!(count(" ana ", "", "").await, 3);
    assert_eq!(count("ana", "orders", "").await, 1);
    assert_eq!((count("", "orders", "").await, count("", "logout", "").await), (2, 1));
    assert_eq!(count("", "", "2020-01-01").await, 0);
    assert_eq!(count("{\"$ne\":null}", "", "").await, 0);
    assert_eq!(count("", "", "no day").await, 5, "no filter");
    for number in 0..60 {
        shop.record_from_terminal("admins.create", "admin", &number.to_string()).await;
    }
    let page =
        |page: &str| AuditRequest { area: "admins".into(), page: page.into(), ..AuditRequest::default() };
    let first = shop.audit_log(&page("1")).await.unwrap();
    assert_eq!((first.items.len(), first.total, first.last()), (50, 61, 2));
    assert_eq!(
        first.items[0].thing.as_ref().and_then(|thing| thing.name.as_deref()),
        Some("59"),
        "the newest first"
    );
    assert_eq!(shop.audit_log(&page("2")).await.unwrap().items.len(), 11);
}

#[tokio::test]
async fn an_entry_is_kept_for_400_days() {
    let shop = TestShop::open().await;
    shop.record_from_terminal("admins.create", "admin", "ana").await;
    let stored = shop.raw("audit_log").find_one(doc! {}).await.unwrap().unwrap();
    let until = stored.get_datetime("expires_at").unwrap().timestamp_millis();
    let days = (until - now().0) / 1000 / 3600 / 24;
    assert!((RETENTION_DAYS - 1..=RETENTION_DAYS).contains(&days), "{days} {}", rfc3339(now()));
}
