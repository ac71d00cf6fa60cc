//! The collection `products`.

mod addresses;
mod document;
mod images;
mod in_orders;
mod on_sale;
mod query;

use super::{
    Abilities,
    changes::{Changes, Marks},
    date,
    fold::{fold, slug},
    migrations::{index, unique},
    object_id,
    transaction::Aborted,
};
use crate::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::{CategoryId, ProductId, Slug},
        image::Image,
        locale::Locale,
        money::Money,
        page::Page,
        product::{Product, ProductDraft, ProductQuery},
        quantity::Quantity,
        time::Timestamp,
    },
    server::{clock::now, error::is_duplicate},
};
use document::{ProductDoc, search_words};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{Bson, Document, doc, oid::ObjectId},
    options::{IndexOptions, ReturnDocument},
};
use serde::Serialize;

pub use addresses::ProductAddress;
pub(super) use document::validator;
pub(super) use images::describe;
pub use on_sale::{OnSale, Read, Unreadable};

pub(super) const NAME: &str = "products";

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![
        unique(doc! { "slug": 1 }),
        index(doc! { "category_id": 1 }),
        index(doc! { "active": 1 }),
        index(doc! { "featured": 1 }),
        index(doc! { "price": 1 }),
        index(doc! { "search_words": 1 }),
        index(doc! { "active": 1, "sort_ro": 1 }),
        index(doc! { "active": 1, "sort_en": 1 }),
        index(doc! { "created_at": -1 }),
    ]
}

/// Makes the text index where the server has such indexes, and says whether it has.
pub(super) async fn ensure_text_index(database: &Database) -> bool {
    // Language "none": no stemming, which would be wrong for one of our two languages.
    let options = IndexOptions::builder().default_language("none".to_owned()).build();
    let model =
        IndexModel::builder().keys(doc! { "name": "text", "name_en": "text" }).options(options).build();
    match database.collection::<Document>(NAME).create_index(model).await {
        Ok(_) => true,
        Err(error) => {
            tracing::info!("no text index on this server; search goes by the beginnings of words");
            tracing::debug!(%error, "text index");
            false
        }
    }
}

/// Reads and writes products.
#[derive(Clone)]
pub struct Products {
    collection: Collection<ProductDoc>,
    abilities: Abilities,
    changes: Changes,
}

impl Products {
    pub(super) fn new(database: &Database, abilities: Abilities, changes: Changes) -> Products {
        Products { collection: database.collection(NAME), abilities, changes }
    }

    /// One page of what a query asks for.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn list(&self, query: &ProductQuery) -> Result<Page<Product>, AppError> {
        let filter = query::filter(query, self.abilities);
        let total = self.collection.count_documents(filter.clone()).await?;
        let found: Vec<ProductDoc> = self
            .collection
            .find(filter)
            .sort(query::sort(query.sort, query.locale))
            .skip(query.paging.skip())
            .limit(i64::from(query.paging.per_page()))
            .await?
            .try_collect()
            .await?;
        let items = found.into_iter().map(ProductDoc::into_model).collect::<Result<_, _>>()?;
        Ok(query.paging.of(items, total))
    }

    /// One by its address, active or not.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn by_slug(&self, slug: &Slug) -> Result<Product, AppError> {
        let found = self.collection.find_one(doc! { "slug": slug.as_str() }).await?;
        found.ok_or(AppError::missing(Missing::Product))?.into_model()
    }

    /// One by its id, active or not.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn by_id(&self, id: &ProductId) -> Result<Product, AppError> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) }).await?;
        found.ok_or(AppError::missing(Missing::Product))?.into_model()
    }

    /// Those of these ids that exist, in no order.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn by_ids(&self, ids: impl Iterator<Item = &ProductId>) -> Result<Vec<Product>, AppError> {
        let ids: Vec<ObjectId> = ids.map(|id| object_id(id.as_str())).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<ProductDoc> =
            self.collection.find(doc! { "_id": { "$in": ids } }).await?.try_collect().await?;
        found.into_iter().map(ProductDoc::into_model).collect()
    }

    /// Adds one; its address is made from its name, with a number when that is taken.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn insert(&self, draft: ProductDraft, images: Vec<Image>) -> Result<Product, AppError> {
        let base = slug(&draft.text.name);
        let mut document = ProductDoc::new(draft, images);
        let _marked = self.changes.after(Marks::product(document._id));
        for attempt in 1..100 {
            document.slug = if attempt == 1 { base.clone() } else { format!("{base}-{attempt}") };
            match self.collection.insert_one(&document).await {
                Ok(_) => return document.into_model(),
                Err(error) if is_duplicate(&error) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(AppError::Conflict { conflict: Conflict::Duplicate { field: "name".into() } })
    }

    /// Replaces the producer's fields. The address stays, so that links keep working. With a
    /// `version`, a product that changed since then is left alone.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or [`Conflict::Stale`].
    pub async fn update(
        &self,
        id: &ProductId,
        draft: ProductDraft,
        version: Option<Timestamp>,
    ) -> Result<Product, AppError> {
        self.edit(id, draft, version, None).await
    }

    /// As [`Products::update`], for a form that showed a stock: left alone in the form it stays
    /// what it is now; another one is set only while it still is the one shown, so that what was
    /// sold meanwhile does not come back.
    ///
    /// # Errors
    /// As [`Products::update`].
    pub async fn edit(
        &self,
        id: &ProductId,
        draft: ProductDraft,
        version: Option<Timestamp>,
        shown_stock: Option<u32>,
    ) -> Result<Product, AppError> {
        let mut set = doc! {
            "sort_ro": fold(draft.text.name(Locale::Ro)),
            "sort_en": fold(draft.text.name(Locale::En)),
            "search_words": search_words(&draft.text),
            "name": draft.text.name,
            "description": draft.text.description,
            "price": draft.price.bani(),
            "category_id": object_id(draft.category_id.as_str()),
            "stock_quantity": i64::from(draft.stock),
            "active": draft.active,
            "featured": draft.featured,
            "vat_rate": bson(&draft.food.vat)?,
            "updated_at": date(now()),
        };
        let net = draft.food.net.as_ref().map(bson).transpose()?;
        let allergens = draft.food.allergens.as_ref().map(bson).transpose()?;
        let mut unset = Document::new();
        super::set_or_unset(&mut set, &mut unset, "net_content", net);
        super::set_or_unset(&mut set, &mut unset, "allergens", allergens);
        super::set_or_unset(&mut set, &mut unset, "ingredients", draft.food.ingredients);
        super::set_or_unset(&mut set, &mut unset, "ingredients_en", draft.food.ingredients_en);
        super::set_or_unset(&mut set, &mut unset, "name_en", draft.text.name_en);
        super::set_or_unset(&mut set, &mut unset, "description_en", draft.text.description_en);
        let mut filter = doc! { "_id": object_id(id.as_str()) };
        if let Some(version) = version {
            filter.insert("updated_at", date(version));
        }
        match shown_stock {
            Some(shown) if shown == draft.stock => {
                set.remove("stock_quantity");
            }
            Some(shown) => {
                filter.insert("stock_quantity", i64::from(shown));
            }
            None => {}
        }
        self.apply(id, filter, super::update(set, unset)).await
    }

    /// Puts one on sale or takes it off.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_active(&self, id: &ProductId, active: bool) -> Result<Product, AppError> {
        let update = doc! { "$set": { "active": active, "updated_at": date(now()) } };
        self.apply(id, doc! { "_id": object_id(id.as_str()) }, update).await
    }

    async fn changed(&self, filter: Document, update: Document) -> Result<Option<Product>, AppError> {
        let _marked = self.changes.after(match filter.get_object_id("_id") {
            Ok(id) => Marks::product(id),
            Err(_) => Marks::all(),
        });
        let changed = self.collection.find_one_and_update(filter, update);
        let changed = changed.return_document(ReturnDocument::After).await?;
        changed.map(ProductDoc::into_model).transpose()
    }

    async fn apply(&self, id: &ProductId, filter: Document, update: Document) -> Result<Product, AppError> {
        match self.changed(filter, update).await? {
            Some(product) => Ok(product),
            // Missing, or another version: reading it tells which.
            None => self.by_id(id).await.and(Err(AppError::Conflict { conflict: Conflict::Stale })),
        }
    }

    /// Takes pieces off the shelf if there are enough and the price is still this one; says whether
    /// it did. The condition and the change are one operation, so stock never goes below zero.
    /// `updated_at` stays: a sale is not an edit of the producer's.
    ///
    /// # Errors
    /// The database's.
    pub async fn take_stock(
        &self,
        session: &mut ClientSession,
        id: &ProductId,
        quantity: Quantity,
        price: Money,
    ) -> Result<bool, Aborted> {
        let (pieces, id) = (i64::from(quantity), object_id(id.as_str()));
        self.changes.within(session, Marks::product(id));
        let filter = doc! {
            "_id": id,
            "active": true,
            "price": price.bani(),
            "stock_quantity": { "$gte": pieces },
        };
        let update = doc! { "$inc": { "stock_quantity": -pieces } };
        let result = self.collection.update_one(filter, update).session(session).await?;
        Ok(result.modified_count == 1)
    }

    /// Puts pieces back on the shelf.
    ///
    /// # Errors
    /// The database's.
    pub async fn give_back(
        &self,
        session: &mut ClientSession,
        id: &ProductId,
        quantity: Quantity,
    ) -> Result<(), Aborted> {
        let id = object_id(id.as_str());
        self.changes.within(session, Marks::product(id));
        let update = doc! { "$inc": { "stock_quantity": i64::from(quantity) } };
        self.collection.update_one(doc! { "_id": id }, update).session(session).await?;
        Ok(())
    }

    /// Deletes one.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn delete(&self, id: &ProductId) -> Result<Product, AppError> {
        let id = object_id(id.as_str());
        let _marked = self.changes.after(Marks::product(id));
        let deleted = self.collection.find_one_and_delete(doc! { "_id": id }).await?;
        deleted.ok_or(AppError::missing(Missing::Product))?.into_model()
    }

    /// Has a category any products, on sale or not?
    ///
    /// # Errors
    /// The database's.
    pub async fn any_in(&self, session: &mut ClientSession, category: &CategoryId) -> Result<bool, Aborted> {
        let filter = doc! { "category_id": object_id(category.as_str()) };
        Ok(self.collection.find_one(filter).session(session).await?.is_some())
    }

    /// How many there are, sold or not.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count(&self) -> Result<u64, AppError> {
        Ok(self.collection.count_documents(doc! {}).await?)
    }
}

/// As the database keeps it.
fn bson<T: Serialize>(value: &T) -> Result<Bson, AppError> {
    Ok(mongodb::bson::serialize_to_bson(value).map_err(mongodb::error::Error::from)?)
}
