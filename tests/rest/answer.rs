//! What the API said; its form is checked whenever it is looked at.

use http::{HeaderMap, StatusCode, header, response::Parts};
use serde_json::{Value, json};
use vatra::server::clock::{now, rfc3339};

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The body as it came.
    pub text: String,
}

impl Answer {
    pub fn new(parts: Parts, body: &[u8]) -> Answer {
        let text = String::from_utf8(body.to_vec()).expect("UTF-8");
        Answer { status: parts.status, headers: parts.headers, text }
    }

    /// The data of a success with this status.
    #[track_caller]
    pub fn data(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        let mut body = self.envelope();
        assert_eq!(body["success"], true);
        assert_eq!(keys(&body), ["data", "success", "timestamp"]);
        body["data"].take()
    }

    /// Checks that it is a refusal with this status and code, and gives its details.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        let mut body = self.envelope();
        assert_eq!(body["success"], false);
        assert_eq!(keys(&body), ["error", "success", "timestamp"]);
        assert_eq!(keys(&body["error"]), ["code", "details", "message"]);
        assert_eq!(body["error"]["code"], code, "{}", self.text);
        assert!(!self.message().is_empty());
        assert!(body["error"]["details"].is_object());
        body["error"]["details"].take()
    }

    /// As [`Answer::refused`], with exactly these fields named.
    #[track_caller]
    pub fn refused_for(&self, status: u16, code: &str, fields: &[&str]) {
        let details = self.refused(status, code);
        assert_eq!(keys(&details), fields, "{}", self.text);
        for messages in details.as_object().unwrap().values() {
            assert!(messages[0].as_str().is_some_and(|message| !message.is_empty()), "{}", self.text);
        }
    }

    /// The sentence of a refusal.
    #[track_caller]
    pub fn message(&self) -> String {
        self.envelope()["error"]["message"].as_str().expect("a message").to_owned()
    }

    #[track_caller]
    fn envelope(&self) -> Value {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/json");
        assert_eq!(self.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let body: Value = serde_json::from_str(&self.text).expect("JSON");
        assert_moment(&body["timestamp"]);
        body
    }

    /// The whole `Set-Cookie` of this name.
    pub fn set_cookie(&self, name: &str) -> Option<String> {
        let cookies = self.headers.get_all(header::SET_COOKIE).iter();
        let mut texts = cookies.map(|cookie| cookie.to_str().unwrap().to_owned());
        texts.find(|cookie| cookie.starts_with(&format!("{name}=")))
    }
}

/// The names of an object's members, sorted.
#[track_caller]
pub fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = object.as_object().expect("an object").keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

/// Takes a member out of an object, so that the rest can be compared.
#[track_caller]
pub fn taken(object: &mut Value, name: &str) -> Value {
    object.as_object_mut().expect("an object").remove(name).unwrap_or_else(|| panic!("no {name}"))
}

/// `2025-01-13T10:30:00Z`, of this decade.
#[track_caller]
pub fn assert_moment(value: &Value) {
    let text = value.as_str().expect("a moment");
    assert_eq!(text.len(), 20, "{text}");
    assert_eq!(text[..3], rfc3339(now())[..3], "{text}");
    assert_eq!([&text[10..11], &text[19..]], ["T", "Z"], "{text}");
}

/// An order that waits for its code, as just placed or asked for: takes out what changes each time.
#[track_caller]
pub fn without_changing_parts(mut order: Value) -> Value {
    assert!(taken(&mut order, "id").as_str().is_some_and(|id| id.len() == 24));
    assert!(taken(&mut order, "order_number").as_str().is_some_and(|number| number.len() == 8));
    assert_moment(&taken(&mut order, "created_at"));
    if order["verification"] != json!({ "required": false }) {
        assert_moment(&taken(&mut order["verification"], "expires_at"));
        assert!(taken(&mut order["verification"], "resend_after").as_u64().is_some_and(|wait| wait <= 30));
    }
    order
}
