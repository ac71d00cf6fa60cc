//! What the local Twilio says of its account, as `fetch_account.json` has it: an extract of Twilio's
//! published OpenAPI document, made by the command in `fetch_account.jq`.

use super::contract::{ACCOUNT, Refusal, knows_the_token};
use axum::http::{HeaderMap, Method};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Fetch {
    path: String,
    statuses: Vec<String>,
    types: Vec<String>,
    fetched: Value,
}

static FETCH: LazyLock<Fetch> =
    LazyLock::new(|| serde_json::from_str(include_str!("fetch_account.json")).expect("the extract"));

/// The account in this state, when it is what a request asks for, and asks as it must.
pub fn fetched(
    method: &Method,
    path: &str,
    headers: &HeaderMap,
    (status, kind): (&str, &str),
) -> Option<Result<Value, Refusal>> {
    let (before, after) = FETCH.path.split_once("{Sid}").expect("the account in the path");
    let sid = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after))?;
    if method != Method::GET || sid.contains('/') {
        return None;
    }
    if sid != ACCOUNT || !knows_the_token(headers) {
        return Some(Err(Refusal::new(401, 20003, "Authenticate")));
    }
    assert!(FETCH.statuses.iter().any(|known| known == status), "Twilio has no status {status}");
    assert!(FETCH.types.iter().any(|known| known == kind), "Twilio has no type {kind}");
    let mut account = FETCH.fetched.clone();
    account["sid"] = json!(sid);
    account["status"] = json!(status);
    account["type"] = json!(kind);
    Some(Ok(account))
}
