//! No input makes the server fail: every field of every route is given every payload.

use super::{
    payloads::{JSON, RAW, TEXTS},
    targets::{Fields, Target, targets},
    world::World,
};
use crate::security::matrix::routes;
use futures::{StreamExt, stream};
use mongodb::bson::doc;
use serde_json::json;
use std::collections::BTreeSet;
use vatra::{app::forms::escape, model::ids::CartId};

/// Routes that are attacked at the same time.
const AT_ONCE: usize = 4;

/// All texts, and one that is far too long.
fn texts() -> impl Iterator<Item = String> {
    TEXTS.iter().map(|text| (*text).to_owned()).chain([10_000, 50_000].map(|length| "ă".repeat(length / 2)))
}

/// What is put into a field of this target, as it goes over the wire.
fn payloads(target: &Target) -> Vec<String> {
    match target.fields {
        Fields::Json(_) => {
            let texts = texts().map(|text| json!(text).to_string());
            texts.chain(JSON.iter().map(|json| (*json).to_owned())).collect()
        }
        // An address has a limit of its own.
        Fields::Query(_) => {
            let texts = texts().filter(|text| text.len() <= 10_000).map(|text| escape(&text));
            texts.chain(RAW.iter().map(|raw| (*raw).to_owned())).collect()
        }
        Fields::Form(_) => {
            let texts = texts().map(|text| escape(&text)).filter(|text| text.len() < 60_000);
            texts.chain(RAW.iter().map(|raw| (*raw).to_owned())).collect()
        }
    }
}

/// What failed, by route, field and payload.
async fn failures(world: &World, cart: &CartId, target: &Target) -> Vec<String> {
    let mut failed = Vec::new();
    for field in target.names() {
        for payload in payloads(target) {
            let answer = target.send(world, cart, &target.with(&field, &payload)).await;
            if answer.status.is_server_error() {
                let start: String = payload.chars().take(60).collect();
                failed.push(format!("{} {field}={start}: {} {}", target.route, answer.status, answer.text));
            }
        }
    }
    failed
}

/// Attacks the targets of one kind.
async fn attack(is_of_kind: fn(&Fields) -> bool) {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    let targets = targets(&world, &cart).await;
    // Sold out: an order goes as far as it can without being placed a thousand times.
    world.api.shop.set_product(&world.bread.id, doc! { "stock_quantity": 0 }).await;
    let chosen = targets.iter().filter(|target| is_of_kind(&target.fields));
    let all = stream::iter(chosen).map(|target| failures(&world, &cart, target));
    let failed = all.buffer_unordered(AT_ONCE).collect::<Vec<_>>().await.concat();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[tokio::test]
async fn nothing_typed_into_a_form_is_an_error_of_the_servers() {
    attack(|fields| matches!(fields, Fields::Form(_))).await;
}

#[tokio::test]
async fn nothing_typed_into_an_address_is_an_error_of_the_servers() {
    attack(|fields| matches!(fields, Fields::Query(_))).await;
}

#[tokio::test]
async fn nothing_sent_to_the_api_is_an_error_of_the_servers() {
    attack(|fields| matches!(fields, Fields::Json(_))).await;
}

/// A new form or endpoint that takes a body must be attacked, too.
#[tokio::test]
async fn whatever_takes_fields_is_a_target() {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    let known: BTreeSet<_> =
        targets(&world, &cart).await.iter().map(|target| target.route.to_owned()).collect();
    // They take no field but the CSRF token, files, or nothing at all.
    let without =
        ["POST /fn/admin/logout", "POST /fn/session/end", "POST /fn/my-data/erase", "POST /api/auth/logout"];
    let routes = routes::server_functions().into_iter().chain(routes::rest());
    let missing: Vec<_> = routes
        .filter(|route| route.starts_with('P') && !route.ends_with("/images"))
        .filter(|route| !known.contains(route) && !without.contains(&route.as_str()))
        .collect();
    assert!(missing.is_empty(), "nobody attacks {missing:?}");
}

#[tokio::test]
async fn the_targets_are_good_without_a_payload() {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    for target in targets(&world, &cart).await {
        let answer = target.send(&world, &cart, &target.good()).await;
        // These ask for a password first, and the world's own must stay as it is.
        if target.route.starts_with("POST /fn/admin/account/") {
            continue;
        }
        // What is refused is refused for a reason of the shop's, not for its form.
        assert_ne!(answer.status, 400, "{} {}", target.route, answer.text);
        assert!(!answer.status.is_server_error(), "{} {}", target.route, answer.text);
    }
}
