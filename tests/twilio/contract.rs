//! What Twilio asks of a request, read from `create_message.json`: an extract of Twilio's published
//! OpenAPI document, made by the command in `create_message.jq`. The errors are not in that
//! document; they are those of Twilio's error dictionary and of its magic test numbers
//! (<https://www.twilio.com/docs/iam/test-credentials>).

use axum::{
    Json,
    http::{HeaderMap, Method, StatusCode},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::LazyLock};

/// The one account of the local Twilio.
pub const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
pub const TOKEN: &str = "token-that-nobody-may-read";

/// Name and value of each field, in the order in which they came.
pub type Form = Vec<(String, String)>;

#[derive(Deserialize)]
struct Contract {
    path: String,
    account_sid: String,
    security: Vec<Security>,
    content_type: String,
    required: Vec<String>,
    one_of: Vec<Vec<String>>,
    properties: BTreeMap<String, Property>,
    created: Value,
}

#[derive(Deserialize)]
struct Security {
    scheme: String,
}

#[derive(Deserialize)]
struct Property {
    #[serde(rename = "type")]
    kind: Option<String>,
    pattern: Option<String>,
}

static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| serde_json::from_str(include_str!("create_message.json")).expect("the extract"));

/// An error as Twilio writes it.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub status: u16,
    pub code: u32,
    pub message: String,
}

impl Refusal {
    pub fn new(status: u16, code: u32, message: impl Into<String>) -> Refusal {
        Refusal { status, code, message: message.into() }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status,
        });
        (StatusCode::from_u16(self.status).expect("a status"), Json(body)).into_response()
    }
}

/// Reads the form of a request that keeps the contract so far: address, account, kind of body, and
/// no field that the document does not know.
pub fn read(method: &Method, path: &str, headers: &HeaderMap, body: &[u8]) -> Result<Form, Refusal> {
    let (before, after) = CONTRACT.path.split_once("{AccountSid}").expect("the account in the path");
    let account = path.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    let Some(account) = account.filter(|sid| is_sid(sid, &CONTRACT.account_sid)) else {
        return Err(Refusal::new(404, 20404, format!("The requested resource {path} was not found")));
    };
    if method != Method::POST {
        return Err(Refusal::new(405, 20004, "Method not allowed"));
    }
    if account != ACCOUNT || !knows_the_token(headers) {
        return Err(Refusal::new(401, 20003, "Authenticate"));
    }
    if headers.get("content-type").is_none_or(|kind| kind != CONTRACT.content_type.as_str()) {
        return Err(Refusal::new(415, 20001, "Unknown kind of body"));
    }
    let form: Form =
        serde_html_form::from_bytes(body).map_err(|_| Refusal::new(400, 20001, "Unreadable form"))?;
    for (at, (name, _)) in form.iter().enumerate() {
        let known = CONTRACT.properties.get(name);
        let list = known.is_some_and(|property| property.kind.as_deref() == Some("array"));
        let again = form[..at].iter().any(|(earlier, _)| earlier == name);
        if known.is_none() || (again && !list) {
            return Err(Refusal::new(400, 20001, format!("Unknown parameter {name}")));
        }
    }
    Ok(form)
}

/// Judges what the form says, and answers like Twilio: with the new message, or with an error.
pub fn judge(form: &Form) -> Result<Value, Refusal> {
    let value = |name: &str| form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let given = |name: &str| value(name).is_some_and(|value| !value.is_empty());
    if !CONTRACT.required.iter().all(|name| given(name)) {
        return Err(Refusal::new(400, 21604, "A 'To' phone number is required."));
    }
    for group in &CONTRACT.one_of {
        if !group.iter().any(|name| given(&camel(name))) {
            let code = if group.iter().any(|name| name == "from") { 21603 } else { 21602 };
            return Err(Refusal::new(400, code, format!("One of {group:?} is required.")));
        }
    }
    for (name, value) in form {
        let pattern = CONTRACT.properties[name].pattern.as_deref();
        if pattern.is_some_and(|pattern| !is_sid(value, pattern)) {
            return Err(Refusal::new(400, 21705, format!("{name} is invalid")));
        }
    }
    let (to, from) = (value("To").unwrap_or_default(), value("From"));
    magic(to, from)?;
    let mut message = CONTRACT.created.clone();
    message["to"] = json!(to);
    message["from"] = json!(from);
    message["body"] = json!(value("Body"));
    message["messaging_service_sid"] = json!(value("MessagingServiceSid"));
    Ok(message)
}

/// The numbers that stand for an error at the real Twilio too, and those that are none.
fn magic(to: &str, from: Option<&str>) -> Result<(), Refusal> {
    let sender = from.unwrap_or_default();
    let (code, message) = match (to, sender) {
        (_, "+15005550001") => (21212, format!("The 'From' number {sender} is not a valid phone number.")),
        (_, "+15005550007") => (21606, format!("The 'From' phone number {sender} is not a Twilio number.")),
        (_, "+15005550008") => (21611, "SMS queue is full.".to_owned()),
        ("+15005550001", _) => (21211, format!("The 'To' number {to} is not a valid phone number.")),
        ("+15005550002", _) => (21612, format!("The 'To' phone number: {to}, is not currently reachable.")),
        ("+15005550003", _) => (21408, format!("Permission has not been enabled for the region of {to}.")),
        ("+15005550004", _) => (21610, "Attempt to send to unsubscribed recipient".to_owned()),
        ("+15005550009", _) => (21614, format!("'To' number: {to}, is not a valid mobile number")),
        _ if !is_e164(to) => (21211, format!("The 'To' number {to} is not a valid phone number.")),
        _ => return Ok(()),
    };
    Err(Refusal::new(400, code, message))
}

/// Does the request carry the account's own secret?
pub fn knows_the_token(headers: &HeaderMap) -> bool {
    let header = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (scheme, credentials) = header.split_once(' ').unwrap_or_default();
    CONTRACT.security.iter().any(|security| security.scheme.eq_ignore_ascii_case(scheme))
        && credentials == BASE64_STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"))
}

/// All patterns of this operation have the form `^XX[0-9a-fA-F]{32}$`.
fn is_sid(text: &str, pattern: &str) -> bool {
    let kind = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix("[0-9a-fA-F]{32}$"));
    let digits = text.strip_prefix(kind.expect("the pattern of a SID"));
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `messaging_service_sid`, as the conditions name it, is the field `MessagingServiceSid`.
fn camel(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
