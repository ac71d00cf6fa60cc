//! Shops that listen to what others change.

use std::{ops::Deref, time::Duration};
use tokio::task::JoinHandle;
use vatra::server::service::{Shop, catalog::Watch};

/// Far longer than anything here takes; a test that fails waits so long.
const DEADLINE: Duration = Duration::from_secs(30);

/// A shop that listens until it is dropped, as `vatra serve` does.
pub struct Watched {
    shop: Shop,
    listening: JoinHandle<()>,
}

impl Deref for Watched {
    type Target = Shop;
    fn deref(&self) -> &Shop {
        &self.shop
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

impl Watched {
    /// Listens, and everything from now on is told.
    pub async fn new(shop: Shop) -> Watched {
        let listening = tokio::spawn(shop.clone().watch_catalogue());
        let watched = Watched { shop, listening };
        watched.until(Watch::Told).await;
        watched
    }

    /// Waits until changes are told, or no longer.
    pub async fn until(&self, wanted: Watch) {
        let mut watch = self.catalogue_watch();
        let told = tokio::time::timeout(DEADLINE, watch.wait_for(|watch| *watch == wanted));
        told.await.expect("in time").expect("a sender");
    }

    /// Waits until what is asked holds; asks again whenever this shop hears of a change.
    pub async fn until_told(&self, what: &str, mut holds: impl AsyncFnMut(&Shop) -> bool) {
        let mut changes = self.store.changes.subscribe();
        let wait = async {
            while !holds(&self.shop).await {
                changes.changed().await.expect("a sender");
            }
        };
        assert!(tokio::time::timeout(DEADLINE, wait).await.is_ok(), "never: {what}");
    }
}

/// Asks again and again until it holds: for what nobody tells.
pub async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(DEADLINE, wait).await.is_ok(), "never: {what}");
}
