//! The products: what stands on the shelves, and what orders hold of them.

use super::{Kind, Looked, name, order::Orders};
use crate::server::store::{categories, products};
use futures::TryStreamExt;
use mongodb::{
    Database,
    bson::{Document, deserialize_from_document, doc, oid::ObjectId},
    error::Result,
};
use serde::Deserialize;
use std::collections::HashSet;

#[derive(Deserialize)]
struct Shelf {
    _id: ObjectId,
    slug: String,
    category_id: ObjectId,
    stock_quantity: i64,
    /// See `products/taken.rs`.
    #[serde(default)]
    taken: i64,
}

pub(super) async fn look(database: &Database, orders: &Orders, looked: &mut Looked) -> Result<()> {
    let categories = categories_of(database).await?;
    let mut found = database.collection::<Document>(products::NAME).find(doc! {}).await?;
    while let Some(document) = found.try_next().await? {
        looked.products += 1;
        let readable = products::fits(&document);
        let shelf = deserialize_from_document::<Shelf>(document.clone());
        if !readable || shelf.is_err() {
            looked.fault(Kind::Unreadable, name(products::NAME, &document));
        }
        if let Ok(shelf) = shelf {
            judge(&shelf, orders, &categories, looked);
        }
    }
    Ok(())
}

fn judge(shelf: &Shelf, orders: &Orders, categories: &HashSet<ObjectId>, looked: &mut Looked) {
    if shelf.stock_quantity < 0 {
        looked.fault(Kind::BelowZero, &shelf.slug);
    }
    if !categories.contains(&shelf.category_id) {
        looked.fault(Kind::Category, &shelf.slug);
    }
    let held = orders.held.get(&shelf._id).copied().unwrap_or_default();
    match shelf.taken - held {
        0 => {}
        // The difference stays the same while more is sold.
        more @ 1.. => looked.fault(Kind::Stock, format!("{} ({more} taken that no order holds)", shelf.slug)),
        less => looked.fault(Kind::Stock, format!("{} ({} held that were not taken)", shelf.slug, -less)),
    }
}

async fn categories_of(database: &Database) -> Result<HashSet<ObjectId>> {
    let collection = database.collection::<Document>(categories::NAME);
    let all = collection.find(doc! {}).projection(doc! { "_id": 1 });
    let all: Vec<Document> = all.await?.try_collect().await?;
    Ok(all.iter().filter_map(|category| category.get_object_id("_id").ok()).collect())
}
