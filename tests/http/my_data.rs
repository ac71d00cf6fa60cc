//! Signing in with plain forms, the file of one's own data, and being forgotten.

use crate::{
    harness::phone,
    rest::{
        answer::Answer,
        api::{Api, Visitor},
    },
};
use http::{Request, header};
use serde_json::Value;

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

/// From the number to the session, as a browser without JavaScript does it.
async fn sign_in(api: &Api, visitor: &Visitor<'_>, phone: &str, to: &str) -> String {
    let begun = submit(visitor, "/fn/sign-in/begin?page=/ro/my-data", &[("phone", phone), ("to", to)]).await;
    let path = sent_to(&begun);
    let attempt = path.split("attempt=").nth(1).and_then(|rest| rest.split('&').next()).unwrap().to_owned();
    let asked = page(visitor, &path).await;
    assert_eq!(asked.status, 200);
    assert!(asked.text.contains("autocomplete=\"one-time-code\"") && !asked.text.contains(phone));
    let code = api.shop.code_for(phone);
    let fields = [("attempt", &*attempt), ("code", &*code), ("to", to)];
    let entered =
        submit(visitor, &format!("/fn/sign-in/finish?page={path}").replace('&', "%26"), &fields).await;
    sent_to(&entered)
}

#[tokio::test]
async fn signing_in_leads_to_where_it_was_asked_for() {
    let api = Api::open().await;
    for (to, place) in
        [("my-data", "/ro/my-data"), ("orders", "/ro/orders"), ("//evil.example", "/ro/orders")]
    {
        let visitor = api.visitor();
        assert_eq!(sign_in(&api, &visitor, &phone(), to).await, place);
        let answer = page(&visitor, place).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.text.contains("sign-in/begin"), "{to}: signed in");
    }
}

#[tokio::test]
async fn without_a_session_the_pages_ask_for_the_number() {
    let api = Api::open().await;
    for path in ["/ro/orders", "/ro/my-data", "/ro/my-data/erase", "/en/sign-in", "/ro/sign-in?attempt=x"] {
        let answer = page(&api.visitor(), path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text.contains("/fn/sign-in/begin"), "{path}");
    }
}

#[tokio::test]
async fn a_number_that_is_none_comes_back_with_what_was_typed() {
    let api = Api::open().await;
    let fields = [("phone", "0722 <b>"), ("to", "orders")];
    let answer = submit(&api.visitor(), "/fn/sign-in/begin?page=/ro/orders", &fields).await;
    assert_eq!(answer.status, 400);
    assert!(answer.text.contains("value=\"0722 &lt;b&gt;\"") && answer.text.contains("phone-error"));
}

#[tokio::test]
async fn the_file_is_the_customers_own_and_is_kept_by_nobody() {
    let api = Api::open().await;
    let (mine, other) = (phone(), phone());
    api.shop.proved(&mine).await;
    api.shop.proved(&other).await;
    let visitor = api.visitor();
    assert_eq!(page(&visitor, "/ro/my-data/download").await.status, 401);
    sign_in(&api, &visitor, &mine, "my-data").await;
    let answer = page(&visitor, "/ro/my-data/download").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(answer.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"vatra-my-data.json\"");
    assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
    assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    let data: Value = serde_json::from_str(&answer.text).expect("JSON");
    assert_eq!(data["phone_number"], mine.as_str());
    assert_eq!(data["customer"]["name"], "Ana Pop");
    assert_eq!(data["orders"].as_array().map(Vec::len), Some(1));
    assert_eq!(data["orders"][0]["history"].as_array().map(Vec::len), Some(2));
    assert_eq!(data["sessions"].as_array().map(Vec::len), Some(2));
    assert!(!answer.text.contains(&other));
}

#[tokio::test]
async fn who_asks_to_be_forgotten_is_asked_once_more_and_then_forgotten() {
    let api = Api::open().await;
    let mine = phone();
    let visitor = api.visitor();
    sign_in(&api, &visitor, &mine, "my-data").await;
    let question = page(&visitor, "/ro/my-data/erase").await;
    assert!(question.text.contains("/fn/my-data/erase") && question.text.contains("82/1991"));
    let done = submit(&visitor, "/fn/my-data/erase?page=/ro/my-data/erase", &[]).await;
    assert_eq!(sent_to(&done), "/ro/my-data?erased=1");
    assert!(page(&visitor, "/ro/my-data?erased=1").await.text.contains("Datele tale au fost șterse"));
    assert_eq!(page(&visitor, "/ro/my-data/download").await.status, 401);
    assert_eq!(submit(&visitor, "/fn/my-data/erase?page=/ro/my-data", &[]).await.status, 401);
}

#[tokio::test]
async fn an_open_order_stands_in_the_way_and_is_named() {
    let api = Api::open().await;
    let mine = phone();
    let customer = api.shop.proved(&mine).await;
    let order = api.shop.orders_of(&customer).await.unwrap().remove(0);
    let visitor = api.visitor();
    sign_in(&api, &visitor, &mine, "my-data").await;
    let answer = page(&visitor, "/ro/my-data/erase").await;
    assert!(
        answer.text.contains(order.number.as_str())
            && answer.text.contains(&format!("/ro/orders/{}", order.id))
    );
    assert!(!answer.text.contains("erase-now"));
    let refused = submit(&visitor, "/fn/my-data/erase?page=/ro/my-data/erase", &[]).await;
    assert_eq!(refused.status, 409);
    assert_eq!(api.shop.orders_of(&customer).await.unwrap().len(), 1);
}
