//! `vatra backup`, `restore` and `drill` on a real database.

mod commands;
mod damaged;
mod round_trip;

use crate::harness::{TestShop, database_uri, phone, pictures::png};
use mongodb::{
    Client, Database,
    bson::{RawDocumentBuf, doc},
};
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};
use tempfile::TempDir;
use vatra::{
    model::{order::Actor, status::OrderStatus},
    server::{
        backup::{
            keys::{self, Keys},
            old::Keep,
            progress::Progress,
            restore::{Restored, restore},
            take::{Taken, Wanted, take},
        },
        config::{Config, ConfigError},
        store::{
            deep::{self, Fault, Kind},
            dump,
            refill::Refill,
        },
    },
};

/// A folder for backups, and the key that opens them.
struct Vault {
    folder: TempDir,
    recipient: String,
}

impl Vault {
    fn new() -> Vault {
        let folder = tempfile::tempdir().unwrap();
        let recipient = keys::make(&folder.path().join("key")).unwrap();
        Vault { folder, recipient }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn keys(&self) -> Keys {
        Keys::File(self.path("key"))
    }

    async fn take(&self, config: &Config, to: &Path, keep: Option<Keep>) -> Result<Taken, ConfigError> {
        let wanted = Wanted { to: to.to_owned(), recipient: keys::recipient(&self.recipient).unwrap(), keep };
        take(config, &wanted, &mut quiet()).await
    }

    /// A backup of this shop.
    async fn backup(&self, shop: &TestShop) -> PathBuf {
        self.take(&shop.config, &self.path("shop.age"), None).await.unwrap().file
    }

    async fn restore(&self, config: &Config, file: &Path) -> Result<Restored, ConfigError> {
        restore(config, file, &self.keys(), false, &mut quiet()).await
    }

    /// The same installation on another, empty machine.
    fn elsewhere(&self, shop: &TestShop) -> Config {
        let mut config = Config::clone(&shop.config);
        config.database_name.push_str("_elsewhere");
        config.data_dir = self.path("elsewhere");
        config
    }
}

fn quiet() -> Progress {
    Progress::to(Box::new(std::io::sink()))
}

/// The database of these settings as other hands find it.
async fn database(config: &Config) -> Database {
    Client::with_uri_str(database_uri().await).await.unwrap().database(&config.database_name)
}

/// Every document that is in a backup.
async fn contents(database: &Database) -> BTreeMap<&'static str, Vec<RawDocumentBuf>> {
    let (refill, mut all) = (Refill::of(database), BTreeMap::new());
    for name in dump::collections() {
        let documents: &mut Vec<RawDocumentBuf> = all.entry(name).or_default();
        refill.read(name, |document| documents.push(document.clone())).await.unwrap();
    }
    all
}

/// What does not agree, without what a shop that runs sets right itself.
async fn faults(config: &Config) -> Vec<Fault> {
    let own =
        |fault: &Fault| matches!(fault.kind, Kind::Overdue | Kind::Waiting | Kind::Customer | Kind::Day);
    let looked = deep::look(database_uri().await, &config.database_name).await.unwrap();
    assert!(looked.orders > 0);
    looked.faults.into_iter().filter(|fault| !own(fault)).collect()
}

/// A shop with pictures, orders in several states, and a message that waits.
async fn scene(kind: &str) -> TestShop {
    let shop = TestShop::open_with(&[("VATRA_PICTURES", kind)]).await;
    let bread = shop.product("Pâine", 1250, 500).await;
    let cake = shop.product("Cozonac", 4500, 50).await;
    shop.add_pictures(&bread.id, vec![png(1), png(2)]).await.unwrap();
    let both = [(&bread, 2), (&cake, 1)];
    let order = shop.confirmed(&shop.cart_with(&both).await, &phone()).await.order;
    for status in [OrderStatus::Processing, OrderStatus::Ready] {
        shop.change_status(&order.id, status, Actor::Admin("ina".into()), None).await.unwrap();
    }
    shop.confirmed(&shop.cart_with(&both).await, &phone()).await;
    shop.pending(&both, &phone()).await;
    let open = doc! { "state": "queued" };
    assert!(shop.raw("messages").count_documents(open).await.unwrap() > 0, "a message waits");
    shop
}
