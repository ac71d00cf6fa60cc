//! Customers and the producer at a running shop, by its JSON API.

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use vatra::model::ids::{CartId, IdempotencyKey};

/// What came instead of what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// No answer: the server is gone.
    Gone,
    /// A refusal with its status and code.
    Refused(u16, String),
}

/// An order that the shop has acknowledged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledged {
    pub id: String,
    pub number: String,
    pub total: String,
    pub status: String,
    /// Was it placed by an earlier request?
    pub replayed: bool,
}

/// Somebody who calls the shop. Clones share their connections.
#[derive(Clone)]
pub struct Caller {
    client: Client,
    address: String,
    /// Cookie and token of a login.
    login: Option<(String, String)>,
}

impl Caller {
    /// At this address.
    pub fn at(address: &str) -> Caller {
        Caller { client: Client::new(), address: address.to_owned(), login: None }
    }

    /// Logs in as the producer.
    pub async fn log_in(&self, username: &str, password: &str) -> Caller {
        let body = json!({ "username": username, "password": password });
        let answer =
            self.request(Method::POST, "/api/auth/login").json(&body).send().await.expect("an answer");
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        let body: Value = answer.json().await.expect("JSON");
        let token = body["data"]["csrf_token"].as_str().expect("a token").to_owned();
        Caller { login: Some((cookie, token)), ..self.clone() }
    }

    /// A request with what a login needs.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.address));
        match &self.login {
            Some((cookie, token)) => request.header("cookie", cookie).header("x-csrf-token", token),
            None => request,
        }
    }

    /// The data of an answer.
    pub async fn send(&self, request: RequestBuilder) -> Result<(StatusCode, Value), Failure> {
        let answer = request.send().await.map_err(|_| Failure::Gone)?;
        let status = answer.status();
        let body: Value = answer.json().await.map_err(|_| Failure::Gone)?;
        if status.is_success() {
            return Ok((status, body["data"].clone()));
        }
        let code = body["error"]["code"].as_str().unwrap_or_default().to_owned();
        Err(Failure::Refused(status.as_u16(), code))
    }

    /// Orders what is in a cart.
    pub async fn order(
        &self,
        cart: &CartId,
        phone: &str,
        key: &IdempotencyKey,
    ) -> Result<Acknowledged, Failure> {
        let body = json!({
            "session_id": cart.as_str(), "customer_name": "Ana Pop", "customer_phone": phone,
            "delivery_type": "pickup",
        });
        let request = self.request(Method::POST, "/api/orders").header("Idempotency-Key", key.as_str());
        let (status, data) = self.send(request.json(&body)).await?;
        Ok(Acknowledged { replayed: status == StatusCode::OK, ..acknowledged(&data) })
    }

    /// Enters a code.
    pub async fn confirm(&self, phone: &str, order: &str, code: &str) -> Result<Acknowledged, Failure> {
        let body = json!({ "phone_number": phone, "order_id": order, "code": code });
        let request = self.request(Method::POST, "/api/sms/confirm").json(&body);
        self.send(request).await.map(|(_, data)| acknowledged(&data))
    }

    /// Asks for another code.
    pub async fn send_code(&self, phone: &str, order: &str) -> Result<(), Failure> {
        let body = json!({ "phone_number": phone, "order_id": order });
        self.send(self.request(Method::POST, "/api/sms/verify").json(&body)).await.map(drop)
    }

    /// Moves an order on, as the producer.
    pub async fn set_status(&self, order: &str, status: &str) -> Result<Acknowledged, Failure> {
        let path = format!("/api/admin/orders/{order}");
        let request = self.request(Method::PUT, &path).json(&json!({ "status": status }));
        self.send(request).await.map(|(_, data)| acknowledged(&data))
    }

    /// Gives a line of an order another number of pieces, by the form of its page.
    pub async fn change_line(
        &self,
        order: &str,
        version: i64,
        product: &str,
        pieces: u32,
    ) -> Result<(), Failure> {
        let (_, token) = self.login.as_ref().expect("a login");
        let (version, pieces) = (version.to_string(), pieces.to_string());
        let quantities = format!("quantities[p{product}]");
        let form = [("order_id", order), ("version", &version), (&quantities, &pieces), ("csrf", token)];
        let answer = self.request(Method::POST, "/fn/admin/orders/items").form(&form).send().await;
        let answer = answer.map_err(|_| Failure::Gone)?;
        if answer.status().is_success() {
            return Ok(());
        }
        Err(Failure::Refused(answer.status().as_u16(), answer.text().await.unwrap_or_default()))
    }

    /// The same by the form of its page, in English; says also what the page shows.
    pub async fn upload_by_form(&self, product: &str, picture: &[u8]) -> (u16, String) {
        let (_, token) = self.login.as_ref().expect("a login");
        let body = [
            part("csrf", "").as_bytes(),
            token.as_bytes(),
            b"\r\n",
            part("image", "; filename=\"a\"").as_bytes(),
            picture,
            format!("\r\n--{BOUNDARY}--\r\n").as_bytes(),
        ]
        .concat();
        let page = format!("/en/admin/products/{product}/pictures?page=/en/admin/products/{product}");
        let request = self.request(Method::POST, &page).header("content-type", multipart());
        let request = request.header("accept", "text/html");
        let answer = request.body(body).send().await.expect("an answer");
        (answer.status().as_u16(), answer.text().await.expect("a page"))
    }

    /// Uploads a picture of a product, as the producer; says with which status it was answered.
    pub async fn upload(&self, product: &str, picture: &[u8]) -> Result<u16, Failure> {
        let head = part("image", "; filename=\"a\"");
        let body = [head.as_bytes(), picture, format!("\r\n--{BOUNDARY}--\r\n").as_bytes()].concat();
        let request = self.request(Method::POST, &format!("/api/admin/products/{product}/images"));
        let request = request.header("content-type", multipart());
        let (status, _) = self.send(request.body(body)).await?;
        Ok(status.as_u16())
    }

    /// A new cart with one product.
    pub async fn cart(&self, product: &str, pieces: u32) -> Result<CartId, Failure> {
        let body = json!({ "product_id": product, "quantity": pieces });
        let (_, data) = self.send(self.request(Method::POST, "/api/cart").json(&body)).await?;
        Ok(CartId::parse(data["session_id"].as_str().expect("a cart")).expect("its id"))
    }
}

const BOUNDARY: &str = "the-boundary-of-the-test";

fn multipart() -> String {
    format!("multipart/form-data; boundary={BOUNDARY}")
}

/// The head of a part of a form.
fn part(name: &str, more: &str) -> String {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n")
}

fn acknowledged(data: &Value) -> Acknowledged {
    let text = |field: &str| data[field].as_str().unwrap_or_default().to_owned();
    Acknowledged {
        id: text("id"),
        number: text("order_number"),
        total: format!("{:.2}", data["total_amount"].as_f64().unwrap_or_default()),
        status: text("status"),
        replayed: false,
    }
}
