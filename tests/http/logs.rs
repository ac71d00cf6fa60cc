//! The log of a whole order, from the cart to the producer's desk: each line says of which request it is,
//! and none says whose order it was.

use crate::{
    harness::{Logs, key, phone, wrong},
    rest::{
        answer::Answer,
        api::{Api, Visitor, json},
    },
};
use http::{Request, header};
use mongodb::bson::doc;
use serde_json::{Value, json};
use std::{collections::BTreeSet, sync::Mutex};
use vatra::model::product::Product;

const PASSWORD: &str = "o parolă foarte lungă";
const WRONG: &str = "altceva decât parola";

/// What nobody must find in the log, beside what is made up on the way.
const PRIVATE: [&str; 14] = [
    "Zenobia",
    "Mărginean",
    "Macului",
    "Câmpeni",
    "soneria",
    "amurg",
    "susan",
    "datornică",
    "telefonează",
    "supărat",
    "foarte lungă",
    "altceva",
    "zenobia",
    "517345",
];

/// Whoever asks, and which requests it were.
struct Person<'a> {
    visitor: Visitor<'a>,
    ids: &'a Mutex<BTreeSet<String>>,
}

impl Person<'_> {
    fn noted(&self, answer: Answer) -> Answer {
        let id = answer.headers["x-request-id"].to_str().unwrap().to_owned();
        self.ids.lock().unwrap().insert(id);
        answer
    }

    async fn page(&self, path: &str) -> Answer {
        self.noted(self.visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await)
    }

    async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = self.visitor.send(request, &serde_html_form::to_string(fields).unwrap()).await;
        self.noted(answer)
    }

    async fn call(&self, request: http::request::Builder, body: &Value) -> Answer {
        self.noted(self.visitor.send(json(request), &body.to_string()).await)
    }

    /// Follows where a form leads.
    async fn goes_on(&self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, 303, "{}", answer.text);
        let path = answer.headers[header::LOCATION].to_str().unwrap().to_owned();
        self.page(&path).await
    }
}

/// The customer's way, with a mistake at each step. Gives the order's id and its codes.
async fn customer(api: &Api, person: &Person<'_>, bread: &Product, phone: &str) -> (String, Vec<String>) {
    let id = bread.id.as_str();
    person
        .goes_on(&person.submit("/fn/cart/add?page=/ro", &[("product_id", id), ("quantity", "2")]).await)
        .await;
    person.page("/ro/cart").await;
    person.page("/ro/checkout").await;
    let cart = person.visitor.cookie("vatra_cart").unwrap_or_default();
    person.page(&format!("/api/cart/{cart}")).await;
    let key = key();
    let mut fields = vec![
        ("name", "Zenobia Mărginean"),
        ("phone", "0722 nu știu"),
        ("delivery_type", "delivery"),
        ("street", "Strada Macului 17"),
        ("city", "Câmpeni"),
        ("postal_code", "517345"),
        ("address_notes", "soneria stricată"),
        ("preferred_time", "în amurg"),
        ("special_instructions", "fără susan"),
        ("key", key.as_str()),
    ];
    let refused = person.submit("/fn/checkout/place?page=/ro/checkout", &fields).await;
    assert_eq!(refused.status, 400);
    fields[1] = ("phone", phone);
    let placed = person.submit("/fn/checkout/place?page=/ro/checkout", &fields).await;
    let path = placed.headers[header::LOCATION].to_str().expect(&placed.text).to_owned();
    person.goes_on(&placed).await;
    let order = path.split("/orders/").nth(1).unwrap().split(['/', '?']).next().unwrap().to_owned();
    let code = api.shop.code_for(phone);
    let here = format!("/fn/orders/confirm?page={path}");
    let bad = wrong(&code);
    let answer = person.submit(&here, &[("order_id", &*order), ("code", &*bad)]).await;
    assert_eq!(answer.status, 400);
    // The database does not take it, and says why in its own words.
    let database = api.shop.store.database();
    let refuses = doc! { "status": { "$ne": "confirmed" } };
    database.run_command(doc! { "collMod": "orders", "validator": refuses }).await.unwrap();
    let answer = person.submit(&here, &[("order_id", &*order), ("code", &*code)]).await;
    assert_eq!(answer.status, 500);
    database.run_command(doc! { "collMod": "orders", "validator": {} }).await.unwrap();
    let again = format!("/fn/orders/resend?page={path}");
    person.submit(&again, &[("order_id", &*order)]).await;
    let second = api.shop.code_for(phone);
    let done = person.submit(&here, &[("order_id", &*order), ("code", &*second)]).await;
    person.goes_on(&done).await;
    person.page("/ro/my-data").await;
    assert_eq!(person.page("/ro/my-data/download").await.status, 200);
    (order, vec![code, second, bad])
}

/// The producer's way with this order. Gives the token of the login.
async fn producer(person: &Person<'_>, order: &str, phone: &str) -> String {
    let body = |password: &str| json!({ "username": "maria", "password": password });
    assert_eq!(person.call(Request::post("/api/auth/login"), &body(WRONG)).await.status, 401);
    let login = person.call(Request::post("/api/auth/login"), &body(PASSWORD)).await.data(200);
    let csrf = login["csrf_token"].as_str().unwrap().to_owned();
    person.page("/ro/admin").await;
    person.page("/ro/admin/orders?q=Zenobia").await;
    person.page(&format!("/ro/admin/orders/{order}")).await;
    for (status, note) in [("processing", "telefonează la sosire"), ("completed", "x"), ("ready", "x")] {
        let request = Request::put(format!("/api/admin/orders/{order}")).header("x-csrf-token", &csrf);
        person.call(request, &json!({ "status": status, "note": note })).await;
    }
    let note = [("customer", order), ("note", "datornică din 2019"), ("csrf", &csrf)];
    let noted = person.submit("/fn/admin/customers/note?page=/ro/admin/customers", &note).await;
    assert_eq!(noted.status, 303, "{}", noted.text);
    let block = [("phone", phone), ("reason", "supărat"), ("csrf", &*csrf)];
    let blocked = "/fn/admin/customers/block-number?page=/ro/admin/customers/blocked";
    let blocked = person.submit(blocked, &block).await;
    assert_eq!(blocked.status, 303, "{}", blocked.text);
    person.page("/ro/admin/customers?q=Zenobia").await;
    person.page("/ro/admin/settings/log").await;
    person.submit("/fn/admin/logout", &[("csrf", &csrf)]).await;
    csrf
}

#[tokio::test]
async fn the_log_of_an_order_says_of_which_request_and_not_whose() {
    let api = Api::open_with(&[("OTP_DIGITS", "8")]).await;
    let bread = api.shop.product("Pâine", 1250, 50).await;
    api.shop.create_admin("maria", PASSWORD).await.expect("an admin");
    let (phone, ids) = (phone(), Mutex::default());
    let (ana, maria) =
        (Person { visitor: api.visitor(), ids: &ids }, Person { visitor: api.visitor(), ids: &ids });
    let logs = Logs::of_the_shop();
    let (order, codes) = customer(&api, &ana, &bread, &phone).await;
    let cookies: Vec<String> = ["vatra_cart", "vatra_session", "vatra_admin"]
        .iter()
        .flat_map(|name| [ana.visitor.cookie(name), maria.visitor.cookie(name)])
        .flatten()
        .collect();
    // Nothing can be sent any more: what waits is given up, and said so.
    api.shop.sms.set_broken(true);
    let begun =
        ana.submit("/fn/sign-in/begin?page=/ro/sign-in", &[("phone", &phone), ("to", "orders")]).await;
    assert_eq!(begun.status, 503, "{}", begun.text);
    let csrf = producer(&maria, &order, &phone).await;
    let written = logs.text();
    drop(logs);

    let lower = written.to_lowercase();
    let made_up = codes.iter().chain(&cookies).map(String::as_str).chain([&phone[3..], &*csrf]);
    for private in PRIVATE.into_iter().chain(made_up).filter(|private| !private.is_empty()) {
        let found = lower.lines().find(|line| line.contains(&private.to_lowercase()));
        assert_eq!(found, None, "{private}");
    }
    let ids = ids.into_inner().unwrap();
    let mut of_requests = BTreeSet::new();
    for line in written.lines() {
        let line: Value = serde_json::from_str(line).expect("JSON");
        let id = line["span"]["id"].as_str().unwrap_or_else(|| panic!("of no request: {line}"));
        assert!(ids.contains(id), "{line}");
        of_requests.insert(id.to_owned());
    }
    assert_eq!(of_requests, ids, "and each request is there");
    // What could have told something was there.
    for message in ["the database refused", "a message is tried again later", "answered"] {
        assert!(written.contains(message), "{message}");
    }
}
