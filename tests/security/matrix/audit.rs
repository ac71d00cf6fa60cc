//! Whatever an admin does leaves an entry: held against the router's own list of unsafe routes.

use super::{
    edge, functions,
    people::{Producer, honest},
    rest, routes,
    run::ask,
    scene::Scene,
    table::{Row, admin_does, get, row},
};
use crate::rest::api::Api;
use mongodb::bson::{Document, doc};
use std::collections::BTreeSet;

/// Whoever has not logged in yet asks for these; their entries have tests of their own
/// (`tests/service/audit.rs`).
const BEFORE: [&str; 4] = [
    "POST /fn/admin/login",
    "POST /fn/admin/login/code",
    "POST /fn/admin/invite/accept",
    "POST /api/auth/login",
];

fn is_unsafe_work(route: &str) -> bool {
    let (method, path) = route.split_once(' ').expect("a method and a path");
    let ours =
        ["/fn/admin/", "/admin/", "/api/admin/", "/api/auth/"].iter().any(|place| path.starts_with(place));
    ours && method != "GET" && !BEFORE.contains(&route)
}

fn rows() -> Vec<Row> {
    let mut rows = functions::admin();
    rows.extend(functions::accounts());
    rows.extend(functions::customers());
    rows.extend(functions::order_desk());
    rows.extend(functions::settings());
    rows.extend(edge::rows());
    rows.extend(rest::admin());
    rows.push(row("POST /api/auth/logout", |_| get("/api/auth/logout"), admin_does(200)));
    rows.retain(|row| is_unsafe_work(row.route));
    rows
}

#[test]
fn every_unsafe_route_of_an_admin_is_tried() {
    let tried: BTreeSet<String> = rows().iter().map(|row| row.route.to_owned()).collect();
    let mut all = routes::server_functions();
    all.extend(routes::rest());
    all.extend(routes::edge());
    let missing: Vec<_> =
        all.iter().filter(|route| is_unsafe_work(route) && !tried.contains(*route)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[tokio::test]
async fn each_leaves_one_entry_that_says_who_and_what_came_of_it() {
    let api = Api::open_at("public", &[("TRUSTED_PROXIES", "127.0.0.1")]).await;
    let producer = Producer::hired(&api).await;
    let mut wrong = Vec::new();
    for row in rows() {
        for name in ["the producer", "staff", "the producer with an empty CSRF token"] {
            let scene = Scene::set(&api.shop, row.stage).await;
            let people = honest(&api, &scene, &producer).await;
            let person = people.iter().find(|person| person.name == name).expect("the same people");
            api.shop.raw("audit_log").delete_many(doc! {}).await.unwrap();
            let answer = ask(&scene, person, &row, false).await;
            let entries = api.shop.raw("audit_log").count_documents(doc! {}).await.unwrap();
            let entry = api.shop.raw("audit_log").find_one(doc! {}).await.unwrap().unwrap_or_default();
            let told = format!("{} by {name} ({}): {entries} entries, {entry}", row.route, answer.status);
            if entries != 1 || !fits(&entry, name, answer.status.as_u16()) {
                wrong.push(told);
            }
            let text = entry.to_string();
            let secrets = ["parol", "Zamfira", scene.invitation_token.as_str()];
            if secrets.iter().any(|secret| text.contains(secret)) {
                wrong.push(format!("a secret in {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn fits(entry: &Document, name: &str, status: u16) -> bool {
    let who = if name == "staff" { "maria" } else { "ana" };
    let outcome = if status < 400 { "done" } else { "refused" };
    let action = entry.get_str("action").unwrap_or_default();
    let form = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'.');
    entry.get_str("admin").ok() == Some(who)
        && entry.get_str("outcome").ok() == Some(outcome)
        && form(action)
        && entry.get_str("address").is_ok_and(|address| address.ends_with(".0/24"))
        && entry.contains_key("request_id")
}
