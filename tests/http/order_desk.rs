//! The page of an order, orders by phone, and what messages say: as a browser without JavaScript uses
//! them.

use crate::{
    harness::phone,
    rest::{
        answer::Answer,
        api::{Api, Visitor},
    },
};
use http::{Request, header};
use serde_json::json;
use vatra::{
    model::{
        message_times::HOLD,
        order::{Actor, Order},
        product::Product,
        session::Customer,
        status::OrderStatus::{Confirmed, Processing, Ready},
    },
    server::{clock::now, secrets},
};

const PASSWORD: &str = "o parolă lungă";

struct Desk<'a> {
    visitor: Visitor<'a>,
    csrf: String,
}

async fn desk(api: &Api) -> Desk<'_> {
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let body = json!({ "username": "ana", "password": PASSWORD });
    let login = visitor.post("/api/auth/login", &body).await.data(200);
    Desk { csrf: login["csrf_token"].as_str().unwrap().to_owned(), visitor }
}

impl Desk<'_> {
    async fn page(&self, path: &str) -> Answer {
        self.visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
    }

    /// Sends a form that stands on this page.
    async fn submit(&self, endpoint: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(format!("{endpoint}?page={page}"))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let all: Vec<_> = fields.iter().copied().chain([("csrf", &*self.csrf)]).collect();
        self.visitor.send(request, &serde_html_form::to_string(&all).unwrap()).await
    }
}

#[track_caller]
fn sent_to(answer: &Answer) -> &str {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.headers[header::LOCATION].to_str().unwrap()
}

/// The value of a field of a page.
#[track_caller]
fn field<'a>(page: &'a str, name: &str) -> &'a str {
    let tag = page.split('<').find(|tag| tag.contains(&format!("name=\"{name}\"")));
    let tag = tag.unwrap_or_else(|| panic!("no {name}"));
    tag.split("value=\"").nth(1).unwrap_or_default().split('"').next().unwrap_or_default()
}

async fn confirmed(api: &Api, bread: &Product) -> Order {
    let order = api.shop.pending(&[(bread, 2)], &phone()).await;
    api.shop.change_status(&order.id, Confirmed, Actor::Admin("ina".into()), None).await.unwrap()
}

#[tokio::test]
async fn a_form_that_somebody_overtook_keeps_what_was_typed_and_shows_what_is_stored() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let bread = api.shop.product("Pâine", 1250, 50).await;
    let cake = api.shop.product("Cozonac", 4500, 50).await;
    let order = api.shop.pending(&[(&bread, 2), (&cake, 1)], &phone()).await;
    let order = api.shop.change_status(&order.id, Confirmed, Actor::Shop, None).await.unwrap();
    let path = format!("/ro/admin/orders/{}", order.id);
    let page = desk.page(&path).await;
    let (mine, theirs) = (format!("quantities[p{}]", bread.id), format!("quantities[p{}]", cake.id));
    let version = field(&page.text, "version").to_owned();
    assert_eq!((field(&page.text, &mine), version), ("2", order.updated_at.0.to_string()));

    let form = |bread_pieces: &'static str, cake_pieces: &'static str, version: String| {
        let (desk, path) = (&desk, path.clone());
        let id = order.id.to_string();
        let fields = [
            (mine.clone(), bread_pieces.to_owned()),
            (theirs.clone(), cake_pieces.to_owned()),
            (format!("shown[p{}]", bread.id), "2".to_owned()),
            (format!("shown[p{}]", cake.id), "1".to_owned()),
        ];
        async move {
            let mut all: Vec<(&str, &str)> = vec![("order_id", &*id), ("version", &*version)];
            all.extend(fields.iter().map(|(name, value)| (&**name, &**value)));
            desk.submit("/fn/admin/orders/items", &path, &all).await
        }
    };
    let old = order.updated_at.0.to_string();
    assert_eq!(sent_to(&form("2", "3", old.clone()).await), format!("{path}?done=items"));
    let refused = form("5", "1", old).await;
    assert_eq!(refused.status, 409);
    assert_eq!(field(&refused.text, &mine), "5", "what was typed");
    assert_eq!(field(&refused.text, &theirs), "3", "what was left alone is what it is now");
    assert!(
        refused.text.contains("Acum în comandă: 2") && refused.text.contains("<details"),
        "what is stored"
    );
    let version = field(&refused.text, "version").to_owned();
    let saved = form("5", "3", version).await;
    assert_eq!(sent_to(&saved), format!("{path}?done=items"));
    let now = api.shop.any_order(&order.id).await.unwrap();
    assert_eq!(now.items.iter().map(|line| line.quantity.get()).collect::<Vec<_>>(), [5, 3]);
    let page = desk.page(&format!("{path}?done=items")).await;
    assert!(page.text.contains("Pâine: 2 → 5") && page.text.contains("Cozonac: 1 → 3"));
}

#[tokio::test]
async fn what_is_short_is_told_with_what_is_left() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let bread = api.shop.product("Pâine", 1250, 5).await;
    let order = confirmed(&api, &bread).await;
    let path = format!("/en/admin/orders/{}", order.id);
    let (id, version) = (order.id.to_string(), order.updated_at.0.to_string());
    let (name, add) = (format!("quantities[p{}]", bread.id), bread.id.to_string());
    let fields = [("order_id", &*id), ("version", &*version), (&*name, "9")];
    let refused = desk.submit("/fn/admin/orders/items", &path, &fields).await;
    assert_eq!((refused.status.as_u16(), field(&refused.text, &name)), (409, "9"));
    assert!(refused.text.contains("3") && refused.text.contains("Pâine"), "{}", refused.text);
    let fields =
        [("order_id", &*id), ("version", &*version), (&*name, "2"), ("add", &*add), ("add_quantity", "x")];
    let refused = desk.submit("/fn/admin/orders/items", &path, &fields).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("add_quantity-error") && field(&refused.text, "add_quantity") == "x");
}

#[tokio::test]
async fn notes_reasons_and_messages_reach_no_customer() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let bread = api.shop.product("Pâine", 1250, 50).await;
    let order = confirmed(&api, &bread).await;
    let (id, path) = (order.id.to_string(), format!("/ro/admin/orders/{}", order.id));
    let note = [("order_id", &*id), ("text", "client cârcotaș <b>")];
    let noted = desk.submit("/fn/admin/orders/note", &path, &note).await;
    assert_eq!(sent_to(&noted), format!("{path}?done=note"));
    let empty = desk.submit("/fn/admin/orders/note", &path, &[("order_id", &*id), ("text", " ")]).await;
    assert!(empty.status == 400 && empty.text.contains("text-error"), "{}", empty.text);
    let form = [("order_id", &*id), ("reason", ""), ("words", "cârcotaș"), ("tell", "on")];
    let refused = desk.submit("/fn/admin/orders/cancel", &path, &form).await;
    assert!(
        refused.status == 400 && refused.text.contains("reason-error") && refused.text.contains("cârcotaș")
    );
    let form = [("order_id", &*id), ("reason", "sold_out"), ("words", "cârcotaș"), ("tell", "on")];
    let cancelled = desk.submit("/fn/admin/orders/cancel", &path, &form).await;
    assert_eq!(sent_to(&cancelled), format!("{path}?done=cancelled"));

    let page = desk.page(&path).await;
    assert!(page.text.contains("client cârcotaș &lt;b&gt;") && page.text.contains("Nu avem destul"));
    assert!(page.text.contains("nu mai avem destul din ce ai comandat") || page.text.contains("nu mai avem"));
    let told = desk.visitor.get(&format!("/api/admin/orders/{id}")).await.data(200);
    assert_eq!((&told["notes"][0]["by"], &told["messages"][1]["kind"]), (&json!("ana"), &json!("cancelled")));
    assert_eq!((&told["messages"][1]["state"], &told["messages"][1]["tries"]), (&json!("queued"), &json!(0)));

    let customer = api.visitor();
    let token = secrets::token();
    let who = Customer { phone: order.customer_phone.clone(), name: "Ana".into() };
    let until = now().plus_seconds(3600);
    api.shop.store.sessions.insert(secrets::token_hash(&token), &who, until).await.unwrap();
    let cookie = vatra::server::visitor::Cookies::new(&api.shop.config).customer(token);
    customer.keep(cookie.to_str().unwrap());
    for path in [
        format!("/ro/orders/{id}"),
        format!("/fn/orders/view?id={id}"),
        format!("/api/orders/{id}"),
        "/ro/orders".to_owned(),
        "/ro/my-data/download".to_owned(),
    ] {
        let seen = customer.get(&path).await;
        assert_eq!(seen.status, 200, "{path}");
        assert!(seen.text.contains(order.number.as_str()), "{path}");
        assert!(!seen.text.contains("cârcotaș") && !seen.text.contains("sold_out"), "{path}: {}", seen.text);
    }
    let file = customer.get("/ro/my-data/download").await;
    assert!(file.text.contains("\"kind\":\"cancelled\""), "the message is the customer's: {}", file.text);
}

#[tokio::test]
async fn a_message_that_failed_is_sent_again_from_the_page() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let bread = api.shop.product("Pâine", 1250, 50).await;
    let order = confirmed(&api, &bread).await;
    for step in [Processing, Ready] {
        api.shop.change_status(&order.id, step, Actor::Shop, None).await.unwrap();
    }
    api.shop.sms.set_broken(true);
    for minutes in [1, 60, 120, 180, 240] {
        api.shop.send_due(|| now().plus_seconds(HOLD + minutes * 60)).await.unwrap();
    }
    api.shop.sms.set_broken(false);
    let path = format!("/ro/admin/orders/{}", order.id);
    let page = desk.page(&path).await;
    assert!(page.text.contains("n-a plecat") && page.text.contains("Serviciul de SMS nu a răspuns"));
    let id = field(&page.text, "message_id").to_owned();
    let again = desk.submit("/fn/admin/messages/again", &path, &[("message_id", &id)]).await;
    assert_eq!(sent_to(&again), format!("{path}?done=message"));
    assert_eq!(api.shop.send_due(now).await, Ok(1));
    let page = desk.page(&path).await;
    assert!(page.text.contains("SMS trimis: comanda e gata") && !page.text.contains("message_id"));
}

#[tokio::test]
async fn an_order_by_phone_that_is_refused_keeps_all_that_was_typed() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let bread = api.shop.product("Pâine", 1250, 5).await;
    let path = "/ro/admin/orders/new";
    let page = desk.page(path).await;
    let (name, key) = (format!("quantities[p{}]", bread.id), field(&page.text, "key").to_owned());
    assert!(page.text.contains("Pâine") && page.text.contains("mai sunt 5"));
    let typed = [
        ("key", &*key),
        (&*name, "7"),
        ("name", "Maria <i>"),
        ("phone", "0264 123 456"),
        ("delivery_type", "delivery"),
        ("street", "Strada Morii 5"),
        ("city", "Sibiu"),
        ("day", "2999-01-02"),
        ("place", "sat"),
        ("delivery_fee", "12,50"),
        ("preferred_time", "dimineața"),
        ("special_instructions", "bine coaptă"),
        ("language", "en"),
        ("note", "vine soțul"),
    ];
    let refused = desk.submit("/fn/admin/orders/place", path, &typed).await;
    assert_eq!(refused.status, 409);
    for (name, value) in
        [(&*name, "7"), ("name", "Maria &lt;i&gt;"), ("phone", "0264 123 456"), ("key", &*key)]
            .into_iter()
            .chain([("street", "Strada Morii 5"), ("city", "Sibiu"), ("day", "2999-01-02"), ("place", "sat")])
            .chain([("delivery_fee", "12,50"), ("preferred_time", "dimineața")])
    {
        assert_eq!(field(&refused.text, name), value, "{name}");
    }
    assert!(refused.text.contains("bine coaptă") && refused.text.contains("vine soțul"));
    let less: Vec<_> =
        typed.iter().map(|(field, value)| (*field, if *value == "7" { "5" } else { value })).collect();
    let taken = desk.submit("/fn/admin/orders/place", path, &less).await;
    let order = sent_to(&taken).to_owned();
    assert!(order.starts_with("/ro/admin/orders/") && order.ends_with("?done=new"), "{order}");
    let page = desk.page(&order).await;
    assert!(page.text.contains("75,00") && page.text.contains("12,50") && page.text.contains("engleză"));
    assert!(page.text.contains("https://www.openstreetmap.org/search?query=Strada%20Morii%205%2C%20Sibiu"));
    assert!(page.text.contains("tel:+40264123456") && page.text.contains("prin telefon"));
    assert_eq!(api.shop.stock_of(&bread).await, 0);
}

#[tokio::test]
async fn what_messages_say_is_previewed_saved_and_refused_with_the_place_named() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let path = "/ro/admin/settings/messages";
    let page = desk.page(path).await;
    assert!(page.text.contains("Vatra: comanda VK7-3MQ9 e gata.") && page.text.contains("GSM-7"));
    let texts = |ready_ro: &'static str| {
        [
            ("confirmed_ro", "{number}"),
            ("confirmed_en", "{number}"),
            ("ready_on", "on"),
            ("ready_ro", ready_ro),
            ("ready_en", "{number}"),
            ("cancelled_ro", "{reason}"),
            ("cancelled_en", "{reason}"),
        ]
    };
    let refused = desk.submit("/fn/admin/messages/save", path, &texts("Gata </textarea> {cod}")).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("Nu există {cod}") && refused.text.contains("Gata &lt;/textarea> {cod}"));
    let saved = desk.submit("/fn/admin/messages/save", path, &texts("Gata și frumoasă: {number}!")).await;
    assert_eq!(sent_to(&saved), format!("{path}?saved=1"));
    let page = desk.page(path).await;
    assert!(page.text.contains("Gata și frumoasă: VK7-3MQ9!") && page.text.contains("UCS-2"));
    let kept = api.shop.message_texts().await.unwrap();
    assert!(!kept.plain && kept.ready.on && !kept.cancelled.on && !kept.confirmed.on);
}

#[tokio::test]
async fn nothing_ticked_is_told_to_browsers_that_always_show_the_buttons() {
    let api = Api::open().await;
    let desk = desk(&api).await;
    let told = desk.submit("/fn/admin/board/move", "/ro/admin", &[("status", "ready")]).await;
    assert_eq!(told.status, 400);
    assert!(told.text.contains("Alege mai întâi comenzile."), "{}", told.text);
}
