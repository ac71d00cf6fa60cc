//! Asks every row of a table for everybody and looks at what came of it.

use super::{
    people::{Person, Producer, everybody, honest},
    scene::Scene,
    table::{Ask, Body, Row, Then},
    traces::Traces,
};
use crate::{
    harness::key,
    rest::{
        answer::Answer,
        api::{Api, json},
        upload::{form as upload_form, multipart},
    },
};
use futures::future::join_all;
use http::{Request, header, request::Builder};
use serde_json::Value;
use std::{
    net::Ipv4Addr,
    sync::atomic::{AtomicU32, Ordering},
};
use vatra::model::error::AppError;

/// Runs a table in a shop of its own. All that is wrong is told together.
pub async fn run(rows: &[Row]) {
    // Each request comes from an address of its own: tries are counted by address.
    let api = Api::open_at("public", &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    // Answers that go on for as long as somebody listens end here.
    api.shop.feed.close();
    let producer = Producer::hired(&api).await;
    let mut wrong = Vec::new();
    for row in rows {
        wrong.extend(of_row(&api, &producer, row).await);
    }
    assert!(wrong.is_empty(), "{} cells:\n{}", wrong.len(), wrong.join("\n"));
}

/// First all that may change nothing, together; then each change in a scene of its own.
async fn of_row(api: &Api, producer: &Producer, row: &Row) -> Vec<String> {
    let scene = Scene::set(&api.shop, row.stage).await;
    let people = everybody(api, &scene, producer).await;
    let before = Traces::of(&api.shop).await;
    let quiet = people.iter().filter(|person| !changes(row.then()[person.column]));
    let cells = join_all(quiet.map(|person| quiet_cell(&scene, person, row))).await;
    let mut wrong: Vec<String> = cells.into_iter().flatten().collect();
    for change in before.changes(&Traces::of(&api.shop).await) {
        wrong.push(format!("{}: changed by somebody who may not: {change}", row.route));
    }
    for name in changers(&people, row) {
        wrong.extend(changing_cell(api, producer, name, row).await);
    }
    wrong
}

/// One of each column that changes something: what everybody may change needs no forged token.
fn changers(people: &[Person<'_>], row: &Row) -> Vec<&'static str> {
    let all = row.then();
    let columns = all.iter().enumerate().filter(|(_, then)| changes(**then));
    let first = |(column, _)| people.iter().find(|person| person.column == column).expect("somebody").name;
    columns.map(first).collect()
}

const fn changes(then: Then) -> bool {
    matches!(then, Then::Does(_) | Then::Knows(_))
}

/// As a program or an island asks, and, where it is refused, as a plain form does.
async fn quiet_cell(scene: &Scene, person: &Person<'_>, row: &Row) -> Vec<String> {
    let mut wrong = check(scene, person, row, &ask(scene, person, row, false).await);
    if row.route.contains(" /fn/") && matches!(row.then()[person.column], Then::No(..)) {
        let page = ask(scene, person, row, true).await;
        wrong.extend(check(scene, person, row, &page).into_iter().map(|text| format!("{text} (plain form)")));
    }
    wrong
}

async fn changing_cell(api: &Api, producer: &Producer, name: &str, row: &Row) -> Vec<String> {
    let scene = Scene::set(&api.shop, row.stage).await;
    let people = honest(api, &scene, producer).await;
    let person = people.iter().find(|person| person.name == name).expect("the same people");
    let before = Traces::of(&api.shop).await;
    let mut wrong = check(&scene, person, row, &ask(&scene, person, row, false).await);
    let changes = before.changes(&Traces::of(&api.shop).await);
    if changes.is_empty() {
        wrong.push(format!("{} by {name}: changed nothing", row.route));
    }
    if person.is_outsider() && matches!(row.then()[person.column], Then::Does(_)) {
        let touched = changes.iter().filter(|change| scene.owns(change));
        wrong.extend(touched.map(|change| format!("{} by {name}: touched {change}", row.route)));
    }
    wrong
}

/// An address that nobody else has.
fn address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    Ipv4Addr::from(u32::from(Ipv4Addr::new(10, 0, 0, 1)) + NEXT.fetch_add(1, Ordering::Relaxed)).to_string()
}

/// One request. Whoever has a CSRF token sends it.
pub async fn ask(scene: &Scene, person: &Person<'_>, row: &Row, as_page: bool) -> Answer {
    let (method, path) = row.route.split_once(' ').expect("a method and a path");
    let Ask { path: asked, body } = (row.ask)(scene);
    let mut request = Request::builder().method(method).uri(asked);
    request = request.header("X-Forwarded-For", address());
    if as_page {
        request = request.header(header::REFERER, "http://shop.example/ro");
    }
    if method == "POST" {
        request = request.header("Idempotency-Key", key().as_str());
    }
    let accept = if as_page || !path.starts_with("/fn/") && !path.starts_with("/api/") {
        "text/html"
    } else {
        "application/json"
    };
    request = request.header(header::ACCEPT, accept);
    if path.starts_with("/api/")
        && let Some(csrf) = &person.csrf
    {
        request = request.header("X-CSRF-Token", csrf);
    }
    let (request, body) = with_body(request, body, person);
    person.browser.send_bytes(request, body).await
}

fn with_body(request: Builder, body: Body, person: &Person<'_>) -> (Builder, Vec<u8>) {
    let kind = multipart("").headers_ref().expect("headers")[header::CONTENT_TYPE].clone();
    match body {
        Body::None => (request, Vec::new()),
        Body::Json(value) => (json(request), value.to_string().into_bytes()),
        Body::Form(mut fields) => {
            fields.extend(person.csrf.clone().map(|csrf| ("csrf", csrf)));
            let text = serde_html_form::to_string(&fields).expect("a form");
            let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            (request, text.into_bytes())
        }
        Body::Picture(file) => (request.header(header::CONTENT_TYPE, kind), upload_form(&[("image", &file)])),
        Body::File(name, file) => {
            let csrf = person.csrf.clone().unwrap_or_default();
            let body = upload_form(&[("csrf", csrf.as_bytes()), (name, &file)]);
            (request.header(header::CONTENT_TYPE, kind), body)
        }
    }
}

/// What is wrong with an answer.
fn check(scene: &Scene, person: &Person<'_>, row: &Row, answer: &Answer) -> Vec<String> {
    let then = row.then()[person.column];
    let (status, code) = match then {
        Then::Ok(status) | Then::Shows(status) | Then::Does(status) | Then::Knows(status) => (status, None),
        Then::No(status, code) => (status, Some(code)),
    };
    let mut wrong = Vec::new();
    if answer.status != status {
        wrong.push(format!("{} and not {then:?}: {}", answer.status, start(&answer.text)));
    } else if let (Some(code), Some(told)) = (code, code_of(row, answer))
        && told != code
    {
        wrong.push(format!("{told} and not {code}"));
    }
    let may_read = !person.is_outsider() && code.is_none() || matches!(then, Then::Knows(_));
    if !may_read {
        let leaks = scene.leaks(&format!("{}{:?}", answer.text, answer.headers));
        wrong.extend(leaks.into_iter().map(|leak| format!("leaks {leak:?}")));
    }
    let guarded = (row.guards)(scene);
    if matches!(then, Then::Shows(_)) && !answer.text.contains(guarded) {
        wrong.push(format!("does not show {guarded:?}"));
    }
    wrong.into_iter().map(|text| format!("{} by {}: {text}", row.route, person.name)).collect()
}

/// The error's code, where the answer is one that tells it.
fn code_of(row: &Row, answer: &Answer) -> Option<String> {
    let body: Value = serde_json::from_str(&answer.text).ok()?;
    if row.route.contains(" /fn/") {
        let error: AppError = serde_json::from_value(body).ok()?;
        return Some(error.code().name.to_owned());
    }
    body["error"]["code"].as_str().map(str::to_owned)
}

fn start(text: &str) -> String {
    text.chars().take(300).collect()
}
