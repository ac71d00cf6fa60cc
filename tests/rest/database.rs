//! The database fails while the API is asked.

use super::api::{Api, Visitor, app};
use crate::harness::database_uri;
use mongodb::bson::doc;
use serde_json::json;
use tokio::{
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use vatra::server::{config::Config, service::Shop, store::connect::connect};

/// Passes everything on to the database, until it is dropped.
struct Cable {
    port: u16,
    _running: JoinSet<()>,
}

impl Cable {
    async fn to(port: u16) -> Cable {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().port();
        let mut running = JoinSet::new();
        running.spawn(async move {
            let mut open = JoinSet::new();
            loop {
                let (mut here, _) = listener.accept().await.unwrap();
                open.spawn(async move {
                    let mut there = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
                    let _ = tokio::io::copy_bidirectional(&mut here, &mut there).await;
                });
            }
        });
        Cable { port: own, _running: running }
    }
}

/// The port in `mongodb://127.0.0.1:PORT/?...`
fn port(uri: &str) -> u16 {
    uri.split([':', '/']).find_map(|part| part.parse().ok()).expect("a port")
}

#[tokio::test]
async fn a_database_that_is_away_is_told_and_nothing_else() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let cable = Cable::to(port(database_uri().await)).await;
    let uri =
        format!("mongodb://127.0.0.1:{}/?directConnection=true&serverSelectionTimeoutMS=300", cable.port);
    let config = Config::clone(&api.shop.config);
    let store = connect(&uri, &config.database_name).await.unwrap();
    let app = app(Shop::new(store, config, api.shop.sms.clone(), api.shop.pictures()));
    let visitor = Visitor::of(&app);
    let body = json!({ "product_id": bread.id, "quantity": 1 });
    let cart = visitor.post("/api/cart", &body).await.data(201);
    drop(cable);
    let address = format!("/api/cart/{}", cart["session_id"].as_str().unwrap());
    for answer in [
        visitor.get("/api/categories").await,
        visitor.get(&address).await,
        visitor.post("/api/cart", &body).await,
        visitor.post("/api/auth/login", &json!({ "username": "ana", "password": "x" })).await,
    ] {
        assert_eq!(answer.refused(503, "DB_001"), json!({}));
        assert!(!answer.text.contains("127.0.0.1"), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_fault_of_ours_leaks_nothing() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let change = doc! { "$set": { "slug": "NOT A SLUG" } };
    let odd = api.shop.raw("products").update_one(doc! {}, change).await.unwrap();
    assert_eq!(odd.modified_count, 1);
    let answer = api.visitor().get(&format!("/en/api/products/{}", bread.id)).await;
    assert_eq!(answer.refused(500, "INTERNAL"), json!({}));
    assert!(!answer.text.to_lowercase().contains("slug"), "{}", answer.text);
    assert!(answer.headers.contains_key("x-request-id"));
}
