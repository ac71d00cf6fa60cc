//! Reading products into memory: all that are on sale, or those of some ids.

use super::{Products, document::ProductDoc};
use crate::model::{error::AppError, product::Product};
use futures::TryStreamExt;
use mongodb::bson::{RawDocumentBuf, deserialize_from_slice, doc, oid::ObjectId};
use std::collections::BTreeSet;

/// A product on sale with what it is found and ordered by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnSale {
    /// The product.
    pub product: Product,
    /// Its folded names in the languages of [`crate::model::locale::Locale::ALL`], to sort by.
    pub names: [Box<str>; 2],
    /// The folded words of its names, each after a space: `" casa de paine"`.
    pub words: Box<str>,
    /// When it was added, in milliseconds.
    pub created_at: i64,
}

/// A document that is no product, because other hands changed it. One such must not close the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Its id.
    pub id: ObjectId,
    /// Its address, when it has one.
    pub slug: Option<String>,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Read {
    /// Products.
    pub on_sale: Vec<OnSale>,
    /// What should be one.
    pub unreadable: Vec<Unreadable>,
}

impl Products {
    /// The products on sale, in no order: those of these ids, or all.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn on_sale(&self, ids: Option<&BTreeSet<ObjectId>>) -> Result<Read, AppError> {
        let mut filter = doc! { "active": true };
        if let Some(ids) = ids {
            filter.insert("_id", doc! { "$in": ids.iter().copied().collect::<Vec<_>>() });
        }
        let mut found = self.collection.clone_with_type::<RawDocumentBuf>().find(filter).await?;
        let mut read = Read::default();
        while let Some(raw) = found.try_next().await? {
            match on_sale(&raw) {
                Some(product) => read.on_sale.push(product),
                None => read.unreadable.extend(unreadable(&raw)),
            }
        }
        Ok(read)
    }
}

fn on_sale(raw: &RawDocumentBuf) -> Option<OnSale> {
    let mut document: ProductDoc = deserialize_from_slice(raw.as_bytes()).ok()?;
    let names = [&mut document.sort_ro, &mut document.sort_en];
    let names = names.map(|name| std::mem::take(name).into_boxed_str());
    let words = document.search_words.iter().flat_map(|word| [" ", word]).collect::<String>();
    let created_at = document.created_at.timestamp_millis();
    let product = document.into_model().ok()?;
    Some(OnSale { product, names, words: words.into_boxed_str(), created_at })
}

fn unreadable(raw: &RawDocumentBuf) -> Option<Unreadable> {
    let id = raw.get_object_id("_id").ok()?;
    tracing::error!(%id, "a document of products does not fit its type; the shop does without it");
    Some(Unreadable { id, slug: raw.get_str("slug").ok().map(str::to_owned) })
}
