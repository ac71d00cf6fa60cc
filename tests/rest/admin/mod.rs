//! The producer's part of the JSON API.

mod categories;
mod orders;
mod products;

use super::{
    answer::Answer,
    api::{Api, Visitor, json},
};
use http::{Method, Request};
use serde_json::{Value, json};

const PASSWORD: &str = "o parolă lungă";

/// Somebody who has logged in.
pub struct Producer<'a> {
    pub visitor: Visitor<'a>,
    csrf: String,
}

/// Logs in as the shop's admin.
pub async fn producer(api: &Api) -> Producer<'_> {
    api.admin(PASSWORD).await;
    let visitor = api.visitor();
    let body = json!({ "username": "ana", "password": PASSWORD });
    let login = visitor.post("/api/auth/login", &body).await.data(200);
    Producer { csrf: login["csrf_token"].as_str().unwrap().to_owned(), visitor }
}

impl Producer<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        self.visitor.get(path).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, &body.to_string()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PUT, path, &body.to_string()).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, "").await
    }

    async fn send(&self, method: Method, path: &str, body: &str) -> Answer {
        let request = json(Request::builder().method(method).uri(path)).header("X-CSRF-Token", &self.csrf);
        self.visitor.send(request, body).await
    }
}
