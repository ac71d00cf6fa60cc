//! How the producer looks at the products.

use super::{Products, document::ProductDoc, query};
use crate::model::{
    error::AppError,
    ids::CategoryId,
    locale::Locale,
    page::{Page, Paging},
    product::{Product, ProductQuery, ShelfSort, Standing},
};
use futures::TryStreamExt;
use mongodb::bson::{Document, doc};

/// Which products the producer wants to see.
#[derive(Clone, Debug)]
pub struct ShelfQuery {
    /// Only of this category.
    pub category: Option<CategoryId>,
    /// As [`ProductQuery::search`].
    pub search: Option<String>,
    /// Only those that stand so.
    pub standing: Standing,
    /// In which order.
    pub sort: ShelfSort,
    /// Which page.
    pub paging: Paging,
    /// In which language names are sorted.
    pub locale: Locale,
}

impl Products {
    /// One page of the producer's list.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn shelf(&self, query: &ShelfQuery) -> Result<Page<Product>, AppError> {
        let asked = ProductQuery {
            category: query.category.clone(),
            search: query.search.clone(),
            featured: None,
            without: Default::default(),
            with_inactive: true,
            sort: Default::default(),
            paging: query.paging,
            locale: query.locale,
        };
        let filter = doc! { "$and": [query::filter(&asked, self.abilities), standing(query.standing)] };
        let total = self.collection.count_documents(filter.clone()).await?;
        let found: Vec<ProductDoc> = self
            .collection
            .find(filter)
            .sort(sort(query.sort, query.locale))
            .skip(query.paging.skip())
            .limit(i64::from(query.paging.per_page()))
            .await?
            .try_collect()
            .await?;
        let items = found.into_iter().map(ProductDoc::into_model).collect::<Result<_, _>>()?;
        Ok(query.paging.of(items, total))
    }

    /// All products by name, as many as this at most.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn all(&self, most: i64) -> Result<Vec<Product>, AppError> {
        let found = self.collection.find(doc! {}).sort(sort(ShelfSort::Name, Locale::Ro)).limit(most);
        let found: Vec<ProductDoc> = found.await?.try_collect().await?;
        found.into_iter().map(ProductDoc::into_model).collect()
    }

    /// How many stand so.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count_standing(&self, wanted: Standing) -> Result<u64, AppError> {
        Ok(self.collection.count_documents(standing(wanted)).await?)
    }
}

fn standing(standing: Standing) -> Document {
    match standing {
        Standing::All => doc! {},
        Standing::OnSale => doc! { "active": true },
        Standing::OffSale => doc! { "active": false },
        Standing::Featured => doc! { "featured": true },
        // As `Product::is_low`.
        Standing::Low => {
            let threshold = doc! { "$ifNull": ["$low_stock_at", i64::from(Product::LOW)] };
            doc! { "active": true, "$expr": { "$lte": ["$stock_quantity", threshold] } }
        }
    }
}

fn sort(sort: ShelfSort, locale: Locale) -> Document {
    let name = query::name_key(locale);
    match sort {
        ShelfSort::Name => doc! { name: 1, "_id": 1 },
        ShelfSort::PriceAsc => doc! { "price": 1, name: 1, "_id": 1 },
        ShelfSort::PriceDesc => doc! { "price": -1, name: 1, "_id": 1 },
        ShelfSort::Stock => doc! { "stock_quantity": 1, name: 1, "_id": 1 },
        ShelfSort::Newest => doc! { "created_at": -1, "_id": -1 },
        ShelfSort::Changed => doc! { "updated_at": -1, "_id": -1 },
    }
}
