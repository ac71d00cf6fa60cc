//! The producer at work on pictures.

use super::{
    answer::Answer,
    api::{Api, Visitor},
};
use axum::body::Body;
use http::{Request, header};
use serde_json::json;

const PASSWORD: &str = "o parolă lungă";
const BOUNDARY: &str = "the-boundary-of-the-test";

/// Somebody logged in, with the token of the login.
pub struct Producer<'a> {
    pub visitor: Visitor<'a>,
    csrf: String,
}

impl<'a> Producer<'a> {
    pub async fn of(api: &'a Api) -> Producer<'a> {
        api.admin(PASSWORD).await;
        let visitor = api.visitor();
        let credentials = json!({ "username": "ana", "password": PASSWORD });
        let login = visitor.post("/api/auth/login", &credentials).await.data(200);
        Producer { visitor, csrf: login["csrf_token"].as_str().unwrap().to_owned() }
    }

    /// The token of the login.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Sends files as `image`, each under a name that says nothing true.
    pub async fn upload(&self, product: &str, files: &[Vec<u8>]) -> Answer {
        let parts: Vec<_> = files.iter().map(|file| ("image", &file[..])).collect();
        self.send(multipart(product), form(&parts)).await
    }

    /// Sends anything with the token.
    pub async fn send(&self, request: http::request::Builder, body: Vec<u8>) -> Answer {
        let request = request.header("X-CSRF-Token", &self.csrf);
        let (parts, body) = self.visitor.exchange(request, Body::from(body)).await;
        Answer::new(parts, &body)
    }

    /// Takes a picture off.
    pub async fn take_off(&self, product: &str, name: &str) -> Answer {
        self.send(Request::delete(format!("{}/{name}", address(product))), Vec::new()).await
    }
}

pub fn address(product: &str) -> String {
    format!("/api/admin/products/{product}/images")
}

/// An upload that says that its body is a form with files.
pub fn multipart(product: &str) -> http::request::Builder {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    Request::post(address(product)).header(header::CONTENT_TYPE, kind)
}

/// A form with files (RFC 7578).
pub fn form(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in parts {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; ").bytes());
        body.extend(b"filename=\"../../etc/evil.php\"\r\nContent-Type: text/html\r\n\r\n");
        body.extend(*content);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    body
}
