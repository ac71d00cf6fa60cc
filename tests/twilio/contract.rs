//! What Twilio asks of a request, read from extracts of Twilio's published OpenAPI documents, made by the
//! command in `operation.jq`. The errors are not in those documents; they are those of Twilio's error
//! dictionary and of its magic test numbers (<https://www.twilio.com/docs/iam/test-credentials>).

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

/// Its one service of Verify.
pub const SERVICE: &str = "VAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// Name and value of each field, in the order in which they came.
pub type Form = Vec<(String, String)>;

/// The contract of one operation.
#[derive(Deserialize)]
pub struct Operation {
    path: String,
    sid: String,
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

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Message,
    Call,
    Verification,
    Check,
}

static OPERATIONS: LazyLock<Vec<(Asked, Operation)>> = LazyLock::new(|| {
    [
        (Asked::Message, include_str!("create_message.json")),
        (Asked::Call, include_str!("create_call.json")),
        (Asked::Verification, include_str!("create_verification.json")),
        (Asked::Check, include_str!("check_verification.json")),
    ]
    .map(|(asked, extract)| (asked, serde_json::from_str(extract).expect("the extract")))
    .into()
});

impl Asked {
    /// What stands at a path, and whose it is.
    pub fn at(path: &str) -> Option<(Asked, &str)> {
        OPERATIONS.iter().find_map(|(asked, operation)| {
            let (before, rest) = operation.path.split_once('{').expect("a SID in the path");
            let (_, after) = rest.split_once('}').expect("a SID in the path");
            let sid = path.strip_prefix(before)?.strip_suffix(after)?;
            is_sid(sid, &operation.sid).then_some((*asked, sid))
        })
    }

    fn operation(self) -> &'static Operation {
        let found = OPERATIONS.iter().find(|(asked, _)| *asked == self);
        &found.expect("all are there").1
    }

    /// The answer of the document's example, to be filled in.
    pub fn created(self) -> Value {
        self.operation().created.clone()
    }
}

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
pub fn read(method: &Method, path: &str, headers: &HeaderMap, body: &[u8]) -> Result<(Asked, Form), Refusal> {
    let Some((asked, sid)) = Asked::at(path) else {
        return Err(Refusal::new(404, 20404, format!("The requested resource {path} was not found")));
    };
    if method != Method::POST {
        return Err(Refusal::new(405, 20004, "Method not allowed"));
    }
    let of_account = matches!(asked, Asked::Message | Asked::Call);
    if (of_account && sid != ACCOUNT) || !knows_the_token(headers) {
        return Err(Refusal::new(401, 20003, "Authenticate"));
    }
    if !of_account && sid != SERVICE {
        return Err(Refusal::new(404, 20404, format!("The requested resource {path} was not found")));
    }
    let operation = asked.operation();
    if headers.get("content-type").is_none_or(|kind| kind != operation.content_type.as_str()) {
        return Err(Refusal::new(415, 20001, "Unknown kind of body"));
    }
    let form: Form =
        serde_html_form::from_bytes(body).map_err(|_| Refusal::new(400, 20001, "Unreadable form"))?;
    for (at, (name, _)) in form.iter().enumerate() {
        let known = operation.properties.get(name);
        let list = known.is_some_and(|property| property.kind.as_deref() == Some("array"));
        let again = form[..at].iter().any(|(earlier, _)| earlier == name);
        if known.is_none() || (again && !list) {
            return Err(Refusal::new(400, 20001, format!("Unknown parameter {name}")));
        }
    }
    complete(asked, &form)?;
    Ok((asked, form))
}

/// Is everything given that must be, as it must be?
fn complete(asked: Asked, form: &Form) -> Result<(), Refusal> {
    let operation = asked.operation();
    let given = |name: &str| !value(form, name).unwrap_or_default().is_empty();
    if let Some(missing) = operation.required.iter().find(|name| !given(name)) {
        let code = match (asked, missing.as_str()) {
            (Asked::Message, _) => 21604,
            (Asked::Call, "To") => 21201,
            (Asked::Call, _) => 21213,
            _ => 60200,
        };
        return Err(Refusal::new(400, code, format!("{missing} is required.")));
    }
    for group in &operation.one_of {
        if !group.iter().any(|name| given(&camel(name))) {
            let code = match group.iter().map(String::as_str).collect::<Vec<_>>() {
                group if group.contains(&"from") => 21603,
                group if group.contains(&"twiml") => 21205,
                _ => 21602,
            };
            return Err(Refusal::new(400, code, format!("One of {group:?} is required.")));
        }
    }
    for (name, value) in form {
        let pattern = operation.properties[name].pattern.as_deref();
        if pattern.is_some_and(|pattern| !is_sid(value, pattern)) {
            let code = if asked == Asked::Message { 21705 } else { 60200 };
            return Err(Refusal::new(400, code, format!("{name} is invalid")));
        }
    }
    Ok(())
}

/// A field of a form.
pub fn value<'a>(form: &'a Form, name: &str) -> Option<&'a str> {
    form.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
}

/// Judges what the form of a message or a call says, and answers like Twilio: with it, or with an error.
pub fn judge(asked: Asked, form: &Form) -> Result<Value, Refusal> {
    let (to, from) = (value(form, "To").unwrap_or_default(), value(form, "From"));
    let mut created = asked.created();
    created["to"] = json!(to);
    created["from"] = json!(from);
    if asked == Asked::Call {
        spoken(value(form, "Twiml").unwrap_or_default())?;
        created["status"] = json!("queued");
        return match (to, from) {
            (_, Some("+15005550001")) => Err(Refusal::new(400, 21212, "The 'From' number is not valid.")),
            ("+15005550001", _) => Err(Refusal::new(400, 21217, "The 'To' number is not valid.")),
            ("+15005550002", _) => Err(Refusal::new(400, 21214, "The 'To' number cannot be reached.")),
            ("+15005550003", _) => Err(Refusal::new(400, 21215, "Geographic permissions are missing.")),
            ("+15005550004", _) => Err(Refusal::new(400, 21216, "The account may not call this number.")),
            _ => Ok(created),
        };
    }
    magic(to, from)?;
    created["body"] = json!(value(form, "Body"));
    created["messaging_service_sid"] = json!(value(form, "MessagingServiceSid"));
    Ok(created)
}

/// TwiML is XML with one `Response` of at most 4,000 signs.
fn spoken(twiml: &str) -> Result<(), Refusal> {
    let whole = twiml.starts_with("<Response>") && twiml.ends_with("</Response>");
    let balanced = twiml.matches("<Say ").count() == twiml.matches("</Say>").count();
    if whole && balanced && twiml.chars().count() <= 4000 && !twiml.replace("&amp;", "").contains('&') {
        Ok(())
    } else {
        Err(Refusal::new(400, 12100, "Document parse failure"))
    }
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
    Asked::Message.operation().security.iter().any(|security| security.scheme.eq_ignore_ascii_case(scheme))
        && credentials == BASE64_STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"))
}

/// All patterns of these operations have the form `^XX[0-9a-fA-F]{32}$`.
fn is_sid(text: &str, pattern: &str) -> bool {
    let kind = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix("[0-9a-fA-F]{32}$"));
    let digits = text.strip_prefix(kind.expect("the pattern of a SID"));
    digits.is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}

pub fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (2..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `messaging_service_sid`, as the conditions name it, is the field `MessagingServiceSid`.
fn camel(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
