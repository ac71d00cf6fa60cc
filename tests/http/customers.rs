//! The producer's pages of customers with plain forms, the file that is handed over, and what a blocked
//! number is told.

use crate::{
    harness::key,
    rest::{
        answer::Answer,
        api::{Api, Visitor},
    },
};
use http::{Request, header};
use serde_json::{Value, json};
use vatra::model::{ids::OrderId, order::Order};

const PASSWORD: &str = "o parolă lungă";
const PHONE: &str = "+40722123456";

async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
}

async fn submit(visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    let request = Request::post(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    visitor.send(request, &serde_html_form::to_string(fields).unwrap()).await
}

#[track_caller]
fn sent_to(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

/// The producer's browser, and the token of the login.
async fn producer(api: &Api) -> (Visitor<'_>, String) {
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let typed = json!({ "username": "ana", "password": PASSWORD });
    let login = visitor.post("/api/auth/login", &typed).await.data(200);
    (visitor, login["csrf_token"].as_str().unwrap().to_owned())
}

async fn order(api: &Api) -> Order {
    let customer = api.shop.proved(PHONE).await;
    api.shop.orders_of(&customer).await.unwrap().remove(0)
}

/// All but the moment at which it was written.
fn data(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut data: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert!(data.as_object_mut().unwrap().remove("written_at").is_some());
    data
}

#[tokio::test]
async fn the_producer_hands_over_what_the_customer_gets() {
    let api = Api::open().await;
    let order = order(&api).await;
    let (producer, csrf) = producer(&api).await;
    let id = order.id.as_str();
    let note = "/fn/admin/customers/note?page=/ro/admin/customers";
    submit(&producer, note, &[("customer", id), ("note", "Fără semințe."), ("csrf", &csrf)]).await;

    let customer = api.visitor();
    let begun = submit(&customer, "/fn/sign-in/begin", &[("phone", PHONE), ("to", "my-data")]).await;
    let path = sent_to(&begun);
    let attempt = path.split("attempt=").nth(1).and_then(|rest| rest.split('&').next()).unwrap().to_owned();
    let code = api.shop.code_for(PHONE);
    let fields = [("attempt", attempt.as_str()), ("code", &code), ("to", "my-data")];
    sent_to(&submit(&customer, "/fn/sign-in/finish", &fields).await);
    let block = [("customer", id), ("reason", "Glumește"), ("csrf", &csrf)];
    sent_to(&submit(&producer, "/fn/admin/customers/block", &block).await);

    let own = page(&customer, "/ro/my-data/download").await;
    let fields = [("customer", id), ("csrf", &csrf)];
    let handed = submit(&producer, "/admin/customers/export", &fields).await;
    assert_eq!(data(&own), data(&handed));
    assert_eq!(
        handed.headers[header::CONTENT_DISPOSITION],
        "attachment; filename=\"vatra-customer-data.json\""
    );
    assert_eq!(handed.headers[header::CACHE_CONTROL], "no-store");
    let told = data(&handed);
    assert_eq!(told["customer"]["notes"][0]["text"], "Fără semințe.");
    assert_eq!(told["blocked"]["reason"], "Glumește");
    assert!(!handed.text.contains("\"ana\""), "which admin it was is nobody else's");
}

#[tokio::test]
async fn the_file_needs_the_token_of_the_login_and_is_no_link() {
    let api = Api::open().await;
    let order = order(&api).await;
    let (producer, csrf) = producer(&api).await;
    let id = order.id.as_str();
    let path = "/admin/customers/export";
    let fields = [("customer", id), ("csrf", csrf.as_str())];
    assert_eq!(submit(&api.visitor(), path, &fields).await.status, 401);
    for csrf in ["", "x"] {
        let refused = submit(&producer, path, &[("customer", id), ("csrf", csrf)]).await;
        assert_eq!(refused.status, 403);
        assert!(!refused.text.contains(order.number.as_str()));
    }
    for (fields, status) in [
        (vec![("customer", "507f1f77bcf86cd799439011"), ("csrf", &csrf)], 404),
        (vec![("customer", PHONE), ("csrf", &csrf)], 404),
        (vec![("csrf", csrf.as_str())], 400),
    ] {
        assert_eq!(submit(&producer, path, &fields).await.status, status, "{fields:?}");
    }
    assert!(page(&producer, &format!("{path}?customer={id}")).await.status.is_client_error());
}

#[tokio::test]
async fn no_page_has_the_number_in_an_address() {
    let api = Api::open().await;
    let order = order(&api).await;
    let (producer, csrf) = producer(&api).await;
    let id = order.id.as_str();
    let block = [("phone", PHONE), ("reason", "Glumește"), ("csrf", &csrf)];
    sent_to(&submit(&producer, "/fn/admin/customers/block-number", &block).await);
    for path in ["".to_owned(), format!("/{id}"), "/blocked".to_owned(), format!("/{id}/erase")] {
        let answer = page(&producer, &format!("/ro/admin/customers{path}")).await;
        assert_eq!(answer.status, 200, "{path}");
        let digits = "722123456";
        for attribute in ["href=\"", "action=\"", "src=\""] {
            let addresses = answer.text.split(attribute).skip(1);
            let held = addresses
                .filter_map(|rest| rest.split('"').next())
                .find(|address| address.contains(digits) && !address.starts_with("tel:"));
            assert_eq!(held, None, "{path}");
        }
    }
}

#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let api = Api::open().await;
    let order = order(&api).await;
    let (producer, csrf) = producer(&api).await;
    let id = order.id.as_str();
    let here = format!("/fn/admin/customers/block?page=/ro/admin/customers/{id}");
    let long = "ă".repeat(501);
    let refused = submit(&producer, &here, &[("customer", id), ("reason", &long), ("csrf", &csrf)]).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains(&long) && refused.text.contains("reason-error"));
    let details = refused.text.split("<details").find(|part| part.contains("reason-error"));
    let details = details.and_then(|rest| rest.split('>').next());
    assert!(details.is_some_and(|tag| tag.contains(" open")), "and the form is open: {details:?}");
    let typed = [("phone", "0722 <b>"), ("reason", "x"), ("csrf", csrf.as_str())];
    let here = "/fn/admin/customers/block-number?page=/ro/admin/customers/blocked";
    let refused = submit(&producer, here, &typed).await;
    assert_eq!(refused.status, 400);
    assert!(refused.text.contains("value=\"0722 &lt;b&gt;\"") && refused.text.contains("phone-error"));
}

#[tokio::test]
async fn erasing_says_what_stands_in_the_way_and_then_does_it() {
    let api = Api::open().await;
    let order = order(&api).await;
    let (producer, csrf) = producer(&api).await;
    let ask = format!("/ro/admin/customers/{}/erase", order.id);
    let not_yet = page(&producer, &ask).await;
    assert!(not_yet.text.contains(order.number.as_str()) && !not_yet.text.contains("erase-now"));
    let fields = [("customer", order.id.as_str()), ("csrf", csrf.as_str())];
    let path = format!("/fn/admin/customers/erase?page={ask}");
    assert_eq!(submit(&producer, &path, &fields).await.status, 409);
    let id = OrderId::parse(order.id.as_str()).unwrap();
    let (cancelled, by) = (vatra::model::status::OrderStatus::Cancelled, vatra::model::order::Actor::Shop);
    api.shop.change_status(&id, cancelled, by, None).await.unwrap();
    assert!(page(&producer, &ask).await.text.contains("82/1991"));
    assert_eq!(sent_to(&submit(&producer, &path, &fields).await), "/ro/admin/customers?saved=erased");
    assert_eq!(page(&producer, &ask).await.status, 404);
    let list = page(&producer, "/ro/admin/customers?saved=erased").await;
    assert!(list.text.contains("Datele clientului au fost șterse"));
}

#[tokio::test]
async fn a_blocked_number_is_told_so_in_every_form_that_it_reads() {
    let api = Api::open().await;
    api.shop.block_number(PHONE, "Secretul nostru", "ana").await.unwrap();
    let bread = api.shop.product("Pâine", 1250, 10).await;
    let cart = api.shop.cart_with(&[(&bread, 1)]).await;
    let body = json!({
        "session_id": cart, "customer_name": "Ana", "customer_phone": PHONE, "delivery_type": "pickup",
    });
    let refused = api.visitor().order(key().as_str(), &body).await;
    assert_eq!(refused.refused(409, "CONFLICT_001"), json!({ "reason": "blocked", "call": null }));
    let begin = "/fn/sign-in/begin?page=/ro/orders";
    let refused = submit(&api.visitor(), begin, &[("phone", PHONE), ("to", "orders")]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.text.contains("nu putem primi comenzi"), "{}", refused.text);
    assert!(!refused.text.contains("Secretul"));
}
