//! What the database holds, to see whether a request changed it.

use crate::harness::TestShop;
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};
use std::collections::BTreeMap;
use vatra::server::clock::now;

/// Counters of tries, which refused requests may move, the record of what was tried, and sums of
/// orders, which whoever looks at them brings up to date.
const MADE_BESIDE: [&str; 3] = ["rate_limits", "audit_log", "daily_figures"];

/// Each document by collection and id.
pub struct Traces(BTreeMap<String, String>);

impl Traces {
    /// Of now. What has ended is left out: the database removes it when it likes.
    pub async fn of(shop: &TestShop) -> Traces {
        let database = shop.store.database();
        let mut all = BTreeMap::new();
        for name in database.list_collection_names().await.expect("collections") {
            if MADE_BESIDE.contains(&&*name) || name.starts_with("system.") {
                continue;
            }
            let found = database.collection::<Document>(&name).find(doc! {}).await.expect("a cursor");
            let documents: Vec<Document> = found.try_collect().await.expect("documents");
            for document in documents.into_iter().filter(is_alive) {
                let id = document.get("_id").map(ToString::to_string).unwrap_or_default();
                all.insert(format!("{name} {id}"), document.to_string());
            }
        }
        Traces(all)
    }

    /// What differs later, as it was and as it is.
    pub fn changes(&self, later: &Traces) -> Vec<String> {
        let before = self.0.iter().filter(|(key, was)| later.0.get(*key) != Some(was));
        let after = later.0.iter().filter(|(key, is)| self.0.get(*key) != Some(is));
        let tell = |sign: &str, (key, text): (&String, &String)| format!("{sign} {key}: {text}");
        before.map(|entry| tell("-", entry)).chain(after.map(|entry| tell("+", entry))).collect()
    }
}

fn is_alive(document: &Document) -> bool {
    document.get_datetime("expires_at").is_ok_and(|until| until.timestamp_millis() > now().0)
        || document.get_datetime("expires_at").is_err()
}
