//! The shop as programs call it.

use super::answer::Answer;
use crate::harness::TestShop;
use axum::body::{Body, Bytes, to_bytes};
use http::{Request, header, response::Parts};
use leptos::config::LeptosOptions;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Mutex};
use tower::ServiceExt;
pub use vatra::server::http::App;
use vatra::server::{http as edge, service::Shop, state::AppState};

/// The router of a shop, as `vatra serve` wraps it.
pub fn app(shop: Shop) -> App {
    app_at(shop, ".")
}

/// The same with its files in this directory.
pub fn app_at(shop: Shop, files: &str) -> App {
    edge::app(state(shop, files))
}

/// What handlers can reach.
pub fn state(shop: Shop, files: &str) -> AppState {
    let options = LeptosOptions::builder().output_name("vatra").site_root(files.to_owned()).build();
    AppState::new(shop, options)
}

/// A shop and its router.
pub struct Api {
    pub shop: TestShop,
    app: App,
}

impl Api {
    pub async fn open() -> Api {
        Api::open_with(&[]).await
    }

    pub async fn open_with(settings: &[(&str, &str)]) -> Api {
        let shop = TestShop::open_with(settings).await;
        Api { app: app(shop.instance()), shop }
    }

    /// With some settings of its own, and its files in this directory.
    pub async fn open_at(files: &str, settings: &[(&str, &str)]) -> Api {
        let shop = TestShop::open_with(settings).await;
        Api { app: app_at(shop.instance(), files), shop }
    }

    /// Somebody with no cookies yet, who keeps what they are given.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor::of(&self.app)
    }

    /// An admin named `ana` with this password.
    pub async fn admin(&self, password: &str) {
        self.shop.create_admin("ana", password).await.expect("an admin");
    }
}

/// Sends requests, and keeps cookies as a browser does.
pub struct Visitor<'a> {
    app: &'a App,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl<'a> Visitor<'a> {
    pub fn of(app: &'a App) -> Visitor<'a> {
        Visitor { app, cookies: Mutex::default() }
    }

    /// The same browser at another server of the shop.
    pub fn at<'b>(&self, app: &'b App) -> Visitor<'b> {
        Visitor { app, cookies: Mutex::new(self.cookies.lock().unwrap().clone()) }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), "").await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Request::delete(path), "").await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(json(Request::post(path)), &body.to_string()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(json(Request::put(path)), &body.to_string()).await
    }

    /// Places an order under a key.
    pub async fn order(&self, key: &str, body: &Value) -> Answer {
        let request = json(Request::post("/api/orders")).header("Idempotency-Key", key);
        self.send(request, &body.to_string()).await
    }

    /// Sends anything with this visitor's cookies, and takes those of the answer.
    pub async fn send(&self, request: http::request::Builder, body: &str) -> Answer {
        self.send_bytes(request, body.as_bytes().to_vec()).await
    }

    /// As [`Visitor::send`], with any bytes.
    pub async fn send_bytes(&self, request: http::request::Builder, body: Vec<u8>) -> Answer {
        let (parts, body) = self.exchange(request, Body::from(body)).await;
        Answer::new(parts, &body)
    }

    /// The same with any bytes, there and back.
    pub async fn exchange(&self, request: http::request::Builder, body: Body) -> (Parts, Bytes) {
        let cookies: Vec<_> =
            self.cookies.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            if cookies.is_empty() { request } else { request.header(header::COOKIE, cookies.join("; ")) };
        let request = request.body(body).expect("a request");
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 8 << 20).await.expect("a body");
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        (parts, body)
    }

    /// Takes a `Set-Cookie`.
    pub fn keep(&self, cookie: &str) {
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        let mut cookies = self.cookies.lock().unwrap();
        if cookie.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    /// What this visitor's browser keeps under a name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Changes what this visitor's browser keeps.
    pub fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Forgets one cookie.
    pub fn drop_cookie(&self, name: &str) {
        self.cookies.lock().unwrap().remove(name);
    }
}

/// Says that the body is JSON.
pub fn json(request: http::request::Builder) -> http::request::Builder {
    request.header(header::CONTENT_TYPE, "application/json")
}
