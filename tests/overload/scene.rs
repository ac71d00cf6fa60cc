//! A server whose database can be stopped, and connections of one's own to it.

use crate::harness::{Caller, OwnDatabase, Server, TestShop};
use std::{net::Ipv4Addr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};
use vatra::model::product::Product;

pub struct Scene {
    pub database: OwnDatabase,
    pub bread: Product,
    pub server: Server,
    pub caller: Caller,
    _shop: TestShop,
}

impl Scene {
    /// With these settings beside the usual ones.
    pub async fn with(settings: &[(&str, &str)]) -> Scene {
        let database = OwnDatabase::start().await;
        let shop = TestShop::open_at(&database.uri(), &[]).await;
        let bread = shop.product("Pâine", 1250, 1000).await;
        let server = Server::start(&shop.environment(), settings).await;
        let caller = Caller::at(&server.address());
        Scene { database, bread, server, caller, _shop: shop }
    }

    /// A connection on which a test says what it wants.
    pub async fn connect(&self) -> Raw {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.server.port())).await;
        Raw(stream.expect("a connection"))
    }
}

/// A connection without a client that keeps to the rules.
pub struct Raw(TcpStream);

impl Raw {
    pub async fn say(&mut self, text: &str) {
        self.0.write_all(text.as_bytes()).await.expect("sent");
    }

    /// All that comes until the server closes the connection. Fails when it never does.
    pub async fn until_closed(&mut self) -> String {
        let mut all = Vec::new();
        let read = async {
            // A reset is an end, too.
            let _ = self.0.read_to_end(&mut all).await;
        };
        assert!(tokio::time::timeout(Duration::from_secs(60), read).await.is_ok(), "it stays open");
        String::from_utf8_lossy(&all).into_owned()
    }

    /// The head of the next answer.
    pub async fn head(&mut self) -> String {
        let mut all = Vec::new();
        let read = async {
            while !all.ends_with(b"\r\n\r\n") {
                match self.0.read_u8().await {
                    Ok(byte) => all.push(byte),
                    Err(_) => break,
                }
            }
        };
        assert!(tokio::time::timeout(Duration::from_secs(60), read).await.is_ok(), "no answer");
        String::from_utf8_lossy(&all).into_owned()
    }
}
