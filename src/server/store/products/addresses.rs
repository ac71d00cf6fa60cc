//! The addresses of all products on sale, and nothing else of them.

use super::Products;
use crate::{
    model::{
        error::AppError,
        ids::{CategoryId, Slug},
        time::Timestamp,
    },
    server::store::{corrupt, moment},
};
use futures::TryStreamExt;
use mongodb::bson::{DateTime, doc, oid::ObjectId};
use serde::Deserialize;

/// Where a product is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductAddress {
    /// Its name in an address.
    pub slug: Slug,
    /// Its shelf.
    pub category_id: CategoryId,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

#[derive(Deserialize)]
struct Found {
    slug: String,
    category_id: ObjectId,
    updated_at: DateTime,
}

impl Products {
    /// Those of at most `most` products on sale, the newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn addresses(&self, most: i64) -> Result<Vec<ProductAddress>, AppError> {
        let found: Vec<Found> = self
            .collection
            .clone_with_type::<Found>()
            .find(doc! { "active": true })
            .projection(doc! { "slug": 1, "category_id": 1, "updated_at": 1 })
            .sort(doc! { "created_at": -1, "_id": -1 })
            .limit(most)
            .await?
            .try_collect()
            .await?;
        found.into_iter().map(Found::into_model).collect()
    }
}

impl Found {
    fn into_model(self) -> Result<ProductAddress, AppError> {
        Ok(ProductAddress {
            slug: Slug::parse(&self.slug).map_err(|_| AppError::from(corrupt(super::NAME)))?,
            category_id: CategoryId::parse(&self.category_id.to_hex())
                .map_err(|_| AppError::from(corrupt(super::NAME)))?,
            updated_at: moment(self.updated_at),
        })
    }
}
