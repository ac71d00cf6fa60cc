//! Where all products on sale are found.

use super::Shop;
use crate::{
    model::{category::Category, error::AppError},
    server::store::products::ProductAddress,
};

/// The most products listed: with both languages fewer addresses than the 50,000 that one sitemap
/// may hold (sitemaps.org).
const MOST: i64 = 20_000;

impl Shop {
    /// The shelves, and the products on sale, the newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn addresses(&self) -> Result<(Vec<Category>, Vec<ProductAddress>), AppError> {
        Ok((self.categories().await?, self.store.products.addresses(MOST).await?))
    }
}
