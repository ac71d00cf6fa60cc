//! Operators of the database in the names of fields.

use super::{
    targets::{Fields, Target, targets},
    world::{World, send_form},
};
use futures::future::join_all;
use vatra::model::ids::CartId;

const OPERATORS: [&str; 6] = ["[$gt]", "[$ne]", "[$where]", "[]", "[0]", "[a][$regex]"];

/// Every field that a form or a query has, with an operator behind its name.
async fn accepted(world: &World, cart: &CartId, target: &Target) -> Vec<String> {
    let mut accepted = Vec::new();
    if matches!(target.fields, Fields::Json(_)) {
        return accepted;
    }
    for field in target.names() {
        for operator in OPERATORS {
            let fields = target.renamed(&field, &format!("{field}{operator}"));
            let answer = target.send(world, cart, &fields).await;
            if answer.status.is_success() && !is_page(target) || answer.status.is_server_error() {
                accepted.push(format!("{} {field}{operator}: {}", target.route, answer.status));
            }
        }
    }
    accepted
}

/// A page ignores what it does not know in its address.
fn is_page(target: &Target) -> bool {
    target.route.starts_with("GET /ro/")
}

#[tokio::test]
async fn no_field_takes_an_operator_by_its_name() {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    let targets = targets(&world, &cart).await;
    let wrong = join_all(targets.iter().map(|target| accepted(&world, &cart, target))).await.concat();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn an_operator_logs_nobody_in() {
    let world = World::open().await;
    for body in [
        "username[$ne]=x&password[$ne]=x",
        "username=ana&password[$gt]=",
        "username=ana&password%5B%24gt%5D=",
        "username=ana&password=%7B%22%24gt%22%3A%22%22%7D",
        "username[]=ana&password[]=x",
        "%24or=1&username=ana",
    ] {
        let answer = send_form(&world.api.visitor(), "/fn/admin/login", "application/json", body).await;
        assert!(answer.status.is_client_error(), "{body}: {}", answer.status);
        assert_eq!(answer.set_cookie("vatra_admin"), None, "{body}");
    }
    for body in [
        r#"{"username":{"$ne":null},"password":{"$ne":null}}"#,
        r#"{"username":"ana","password":{"$gt":""}}"#,
        r#"{"username":"ana","password":["x"]}"#,
        r#"{"username":"ana","password":true}"#,
        r#"{"username":"ana","password":"x","$or":[{}]}"#,
    ] {
        let request = crate::rest::api::json(http::Request::post("/api/auth/login"));
        let answer = world.api.visitor().send(request, body).await;
        assert_eq!(answer.status, 400, "{body}: {}", answer.text);
        assert_eq!(answer.set_cookie("vatra_admin"), None, "{body}");
    }
}
