//! A shop with one product, whose pieces are counted.

use crate::harness::{Acknowledged, Caller, Failure, OwnDatabase, TestShop, eventually, phone};
use mongodb::bson::{DateTime, doc, oid::ObjectId};
use serde_json::Value;
use vatra::{
    model::{
        ids::{CartId, IdempotencyKey, OrderId},
        product::Product,
        status::OrderStatus,
    },
    server::clock::now,
};

/// What stands on the shelf at first.
pub const STOCK: u32 = 100_000;

pub struct Scene {
    pub shop: TestShop,
    pub bread: Product,
}

impl Scene {
    /// On the database that all tests share.
    pub async fn open() -> Scene {
        Scene::of(TestShop::open().await).await
    }

    /// On one of its own.
    pub async fn on(database: &OwnDatabase) -> Scene {
        Scene::of(TestShop::open_at(&database.uri(), &[]).await).await
    }

    async fn of(shop: TestShop) -> Scene {
        let bread = shop.product("Pâine", 1250, STOCK).await;
        Scene { shop, bread }
    }

    /// Somebody new with two breads in the cart.
    pub async fn customer(&self) -> (CartId, String) {
        (self.shop.cart_with(&[(&self.bread, 2)]).await, phone())
    }

    /// The messages to a number that processes have sent.
    pub fn sent(&self, phone: &str) -> Vec<String> {
        let outbox = std::fs::read_to_string(self.shop.outbox()).unwrap_or_default();
        let lines = outbox.lines().map(|line| serde_json::from_str::<Value>(line).expect("a line"));
        let bodies = lines.filter(|line| line["to"] == phone);
        bodies.map(|line| line["body"].as_str().unwrap().to_owned()).collect()
    }

    /// The code in the last message to a number, when it has come.
    pub async fn code(&self, phone: &str) -> String {
        eventually("a code comes", async || !self.sent(phone).is_empty()).await;
        let body = self.sent(phone).pop().unwrap();
        let mut numbers = body.split(|sign: char| !sign.is_ascii_digit());
        numbers.find(|number| number.len() == 4).expect("a code").to_owned()
    }

    /// Every order that was acknowledged is there with its total, there is no other, the shelf holds
    /// what they do not, and the doctor finds nothing.
    pub async fn adds_up(&self, acknowledged: &[Acknowledged]) {
        let mut taken = 0;
        for known in acknowledged {
            let order = self.shop.any_order(&OrderId::parse(&known.id).unwrap()).await.expect(&known.number);
            assert_eq!((order.number.as_str(), order.total.decimal()), (&*known.number, known.total.clone()));
            if order.status != OrderStatus::Cancelled {
                taken += order.items.iter().map(|line| line.quantity.get()).sum::<u32>();
            }
        }
        assert_eq!(self.shop.count("orders").await, acknowledged.len() as u64);
        assert_eq!(self.shop.stock_of(&self.bread).await, STOCK - taken);
        assert_eq!(self.shop.faults().await, []);
    }

    /// Where an order stands.
    pub async fn status(&self, order: &Acknowledged) -> OrderStatus {
        self.shop.any_order(&OrderId::parse(&order.id).unwrap()).await.unwrap().status
    }

    /// The time in which an order's code may be entered is over.
    pub async fn ends_waiting(&self, order: &Acknowledged) {
        let ended = doc! { "pending_until": DateTime::from_millis(now().0 - 1000) };
        let id = ObjectId::parse_str(&order.id).unwrap();
        self.shop.set("orders", doc! { "_id": id }, ended).await;
    }

    /// How many orders were placed with a key.
    pub async fn orders_of(&self, key: &IdempotencyKey) -> u64 {
        let filter = doc! { "idempotency_key": key.as_str() };
        self.shop.raw("orders").count_documents(filter).await.unwrap()
    }
}

/// The failure that customers are told of while the database is away.
pub fn away() -> Failure {
    Failure::Refused(503, "DB_001".into())
}

/// Sends an order until it is taken, as customers do who are told to try again.
pub async fn insist(caller: &Caller, cart: &CartId, phone: &str, key: &IdempotencyKey) -> Acknowledged {
    let mut taken = None;
    eventually("the order is taken", async || {
        match caller.order(cart, phone, key).await {
            Ok(order) => taken = Some(order),
            Err(failure) => assert_eq!(failure, away()),
        }
        taken.is_some()
    })
    .await;
    taken.unwrap()
}
