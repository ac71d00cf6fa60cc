//! What the producer's pages are told, over a real connection.

use crate::{
    harness::{TestShop, phone},
    rest::api::app,
    service::order_feed::Fed,
};
use axum::{ServiceExt, extract::Request};
use http::{StatusCode, header};
use serde_json::{Value, json};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle, time::timeout};
use vatra::{
    model::order::Order,
    server::service::{Shop, auth::Login},
};

const PASSWORD: &str = "o parolă lungă";
/// Far longer than anything here takes; a test that fails waits so long.
const DEADLINE: Duration = Duration::from_secs(30);

/// A server of the shop's on a port of its own.
struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Server {
    async fn of(shop: Shop) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = ServiceExt::<Request>::into_make_service_with_connect_info::<SocketAddr>(app(shop));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = axum::serve(listener, service).with_graceful_shutdown(async { drop(stopped.await) });
        let running = tokio::spawn(async move { server.await.unwrap() });
        Server { address, stop, running }
    }

    async fn ask(&self, query: &str, headers: &[(&str, &str)]) -> reqwest::Response {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let mut request = client.get(format!("http://{}/admin/events{query}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.expect("an answer")
    }

    async fn listen(&self, login: &Login, query: &str, last: &str) -> Ear {
        let cookie = format!("vatra_admin={}", login.token.as_deref().expect("a token"));
        let mut headers = vec![("cookie", &*cookie), ("accept-encoding", "gzip, br")];
        if !last.is_empty() {
            headers.push(("last-event-id", last));
        }
        let answer = self.ask(query, &headers).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store");
        assert_eq!(answer.headers().get(header::CONTENT_ENCODING), None);
        Ear { answer, heard: String::new() }
    }
}

/// One connection.
struct Ear {
    answer: reqwest::Response,
    heard: String,
}

/// One event, as a browser reads it.
#[derive(Debug)]
struct Event {
    name: String,
    id: String,
    data: Value,
}

impl Ear {
    /// The next event; `None` when the connection has ended.
    async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(end) = self.heard.find("\n\n") {
                let block: String = self.heard.drain(..end + 2).collect();
                let field = |name: &str| {
                    let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
                    line.unwrap_or_default().trim().to_owned()
                };
                // A sign of life has no name.
                if !field("event").is_empty() {
                    let data = serde_json::from_str(&field("data")).expect("JSON");
                    return Some(Event { name: field("event"), id: field("id"), data });
                }
            }
            let part = timeout(DEADLINE, self.answer.chunk()).await.expect("in time").ok()??;
            self.heard.push_str(std::str::from_utf8(&part).expect("UTF-8"));
        }
    }

    async fn until(&mut self, order: &Order, status: &str) -> Event {
        loop {
            let event = self.next().await.expect("an event");
            if event.data["id"] == json!(order.id) && event.data["status"] == json!(status) {
                return event;
            }
        }
    }
}

/// A shop that hears of orders, its server, and somebody logged in.
async fn open() -> (TestShop, Fed, Server, Login) {
    let shop = TestShop::open().await;
    shop.create_admin("ana", PASSWORD).await.expect("an admin");
    let login = shop.log_in("ana", PASSWORD, "192.0.2.1").await.expect("a login");
    let fed = Fed::new(shop.instance()).await;
    let server = Server::of(shop.instance()).await;
    (shop, fed, server, login)
}

async fn ordered(shop: &TestShop) -> Order {
    let bread = shop.product("Pâine", 1250, 50).await;
    shop.confirmed(&shop.cart_with(&[(&bread, 1)]).await, &phone()).await.order
}

#[tokio::test]
async fn an_order_is_told_as_it_comes_and_nothing_of_who_ordered() {
    let (shop, _fed, server, login) = open().await;
    let mut ear = server.listen(&login, "", "").await;
    assert_eq!(ear.next().await.unwrap().name, "listening");
    let order = ordered(&shop).await;
    let told = ear.until(&order, "confirmed").await;
    assert_eq!(told.name, "order");
    let all = json!({ "id": order.id, "number": order.number, "status": "confirmed", "new": true });
    assert_eq!(told.data, all);
    assert!(told.id.ends_with(&format!("-{}", order.id)), "{}", told.id);
}

#[tokio::test]
async fn who_comes_back_is_told_what_was_missed() {
    let (shop, _fed, server, login) = open().await;
    let mut ear = server.listen(&login, "", "").await;
    let first = ordered(&shop).await;
    let last = ear.until(&first, "confirmed").await.id;
    drop(ear);
    let missed = ordered(&shop).await;
    // At another server of the shop, which hears nothing of its own.
    let other = Server::of(shop.second_instance().await).await;
    for (query, last) in [("", &*last), ("?since=1", &*last), (&*format!("?since={last}"), "")] {
        let mut ear = other.listen(&login, query, last).await;
        assert_eq!(ear.next().await.unwrap().name, "listening");
        ear.until(&missed, "confirmed").await;
    }
    // What is no position is none.
    let mut ear = server.listen(&login, "?since=%7B%22%24gt%22%3A0%7D", "x'\"").await;
    assert_eq!(ear.next().await.unwrap().name, "listening");
    let another = ordered(&shop).await;
    ear.until(&another, "confirmed").await;
}

#[tokio::test]
async fn nobody_else_is_told_anything() {
    let (shop, _fed, server, login) = open().await;
    let order = ordered(&shop).await;
    shop.log_out(&login).await.unwrap();
    let gone = format!("vatra_admin={}", login.token.unwrap());
    for cookie in ["", "vatra_admin=a.b.c", &*gone] {
        let answer = server.ask("?since=1", &[("cookie", cookie)]).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{cookie}");
        assert!(!answer.text().await.unwrap().contains(order.number.as_str()));
    }
}

#[tokio::test]
async fn it_ends_with_the_login() {
    let (shop, _fed, server, login) = open().await;
    let again = shop.log_in("ana", PASSWORD, "192.0.2.1").await.expect("another login");
    let mut ended = server.listen(&login, "", "").await;
    let mut other = server.listen(&again, "", "").await;
    assert_eq!(ended.next().await.unwrap().name, "listening");
    assert_eq!(other.next().await.unwrap().name, "listening");
    shop.log_out(&login).await.unwrap();
    let order = ordered(&shop).await;
    assert!(ended.next().await.is_none(), "nothing is told after logging out");
    other.until(&order, "confirmed").await;
    // And without anything to tell.
    shop.end_logins("ana").await.unwrap();
    while other.next().await.is_some() {}
}

#[tokio::test]
async fn who_listens_does_not_keep_the_server_from_stopping() {
    let (shop, _fed, server, login) = open().await;
    let mut ear = server.listen(&login, "", "").await;
    assert_eq!(ear.next().await.unwrap().name, "listening");
    server.stop.send(()).unwrap();
    shop.feed.close();
    assert!(ear.next().await.is_none());
    drop(ear);
    timeout(DEADLINE, server.running).await.expect("in time").unwrap();
}
