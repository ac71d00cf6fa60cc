//! A shop to attack: something on sale, somebody with a cart, and the producer at work.

use crate::rest::{
    answer::Answer,
    api::{Api, Visitor, json},
};
use http::{Request, header};
use serde_json::{Value, json};
use vatra::{
    model::{ids::CartId, product::Product},
    server::visitor::Cookies,
};

const PASSWORD: &str = "o parolă lungă";

pub struct World {
    pub api: Api,
    pub bread: Product,
    admin: String,
    pub csrf: String,
}

impl World {
    pub async fn open() -> World {
        let api = Api::open_at("public", &[]).await;
        api.admin(PASSWORD).await;
        let bread = api.shop.product("Pâine", 1250, 900_000).await;
        let producer = api.visitor();
        let typed = json!({ "username": "ana", "password": PASSWORD });
        let login = producer.post("/api/auth/login", &typed).await.data(200);
        let admin = producer.cookie("vatra_admin").expect("a token");
        World { csrf: login["csrf_token"].as_str().unwrap().to_owned(), admin, bread, api }
    }

    /// The producer's browser.
    pub fn producer(&self) -> Visitor<'_> {
        let visitor = self.api.visitor();
        visitor.set_cookie("vatra_admin", &self.admin);
        visitor
    }

    /// A browser with this cart.
    pub fn holder(&self, cart: &CartId) -> Visitor<'_> {
        let visitor = self.api.visitor();
        let cookie = Cookies::new(&self.api.shop.config).cart(cart, 3600);
        visitor.keep(cookie.to_str().unwrap());
        visitor
    }

    /// A browser with two loaves in a cart of its own.
    pub async fn shopper(&self) -> (Visitor<'_>, CartId) {
        let cart = self.api.shop.cart_with(&[(&self.bread, 2)]).await;
        (self.holder(&cart), cart)
    }
}

/// Sends a form as an island does.
pub async fn submit(visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> Answer {
    send_form(visitor, path, "application/json", &encoded(fields)).await
}

/// Sends a form's text as it is.
pub async fn send_form(visitor: &Visitor<'_>, path: &str, accept: &str, body: &str) -> Answer {
    let request = Request::post(path)
        .header(header::ACCEPT, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    visitor.send(request, body).await
}

/// A page as a browser asks for it.
pub async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
}

/// Places an order by the API under a new key.
pub async fn place(visitor: &Visitor<'_>, body: &Value) -> Answer {
    let request = json(Request::post("/api/orders"));
    let request = request.header("Idempotency-Key", crate::harness::key().as_str());
    visitor.send(request, &body.to_string()).await
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    serde_html_form::to_string(fields).expect("a form")
}
