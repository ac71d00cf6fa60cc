//! The collection `products`.

mod addresses;
mod document;
mod images;
mod in_orders;
mod on_sale;
mod query;
mod shelf;
mod taken;

use super::{
    Abilities,
    changes::{Changes, Marks},
    date,
    fold::slug,
    migrations::{index, unique},
    object_id,
    transaction::Aborted,
};
use crate::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::{CategoryId, ProductId, Slug},
        image::Image,
        money::Money,
        page::Page,
        product::{Product, ProductDraft, ProductQuery, Shown},
        quantity::Quantity,
    },
    server::{clock::now, error::is_duplicate},
};
use document::ProductDoc;
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{Document, doc, oid::ObjectId},
    options::{IndexOptions, ReturnDocument},
};
use serde::Deserialize;
use std::collections::BTreeSet;
use taken::moved;

pub use addresses::ProductAddress;
pub(super) use document::{fits, validator};
pub(super) use images::describe;
pub use on_sale::{OnSale, Read, Unreadable};
pub use shelf::ShelfQuery;
pub(super) use taken::count as count_taken;

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
    /// [`Conflict::Duplicate`] of the name when a hundred have it, of the address when somebody took
    /// it at the same moment: then the transaction can be tried again.
    pub async fn insert(
        &self,
        session: &mut ClientSession,
        draft: ProductDraft,
        images: Vec<Image>,
    ) -> Result<Product, Aborted> {
        let base = slug(&draft.text.name);
        let mut document = ProductDoc::new(draft, images);
        document.slug = self.free_slug(session, &base).await?;
        self.changes.within(session, Marks::product(document._id));
        match self.collection.insert_one(&document).session(session).await {
            Ok(_) => Ok(document.into_model()?),
            Err(error) if is_duplicate(&error) => Err(taken("slug").into()),
            Err(error) => Err(error.into()),
        }
    }

    async fn free_slug(&self, session: &mut ClientSession, base: &str) -> Result<String, Aborted> {
        // A slug is of letters, digits and `-`: nothing in it means anything to a regex.
        let like = doc! { "slug": { "$regex": format!("^{base}(-[0-9]+)?$") } };
        let addresses = self.collection.clone_with_type::<Addressed>();
        let found = addresses.find(like);
        let mut found = found.projection(doc! { "slug": 1 }).session(&mut *session).await?;
        let mut used = BTreeSet::new();
        while let Some(Addressed { slug }) = found.next(session).await.transpose()? {
            used.insert(slug);
        }
        let numbered = (2..100).map(|number| format!("{base}-{number}"));
        let mut free = std::iter::once(base.to_owned()).chain(numbered).filter(|slug| !used.contains(slug));
        free.next().ok_or_else(|| taken("name").into())
    }

    /// Replaces the producer's fields. The address stays, so that links keep working. Only if it was
    /// last changed when it was `shown`, where that is said. A stock that differs from the one shown
    /// is set only while that still is the stock, so that what was sold meanwhile does not come back;
    /// a stock that is the one shown stays what it is now.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or [`Conflict::Stale`].
    pub async fn edit(
        &self,
        session: &mut ClientSession,
        id: &ProductId,
        draft: ProductDraft,
        shown: Shown,
    ) -> Result<Product, Aborted> {
        let stock = draft.stock;
        let (mut set, unset) = document::fields(draft)?;
        let mut filter = doc! { "_id": object_id(id.as_str()) };
        if let Some(version) = shown.version {
            filter.insert("updated_at", date(version));
        }
        match shown.stock {
            Some(shown) if shown == stock => {
                set.remove("stock_quantity");
            }
            Some(shown) => {
                filter.insert("stock_quantity", i64::from(shown));
            }
            None => {}
        }
        self.changes.within(session, Marks::product(object_id(id.as_str())));
        let update = super::update(set, unset);
        let changed =
            self.collection.find_one_and_update(filter, update).return_document(ReturnDocument::After);
        match changed.session(&mut *session).await? {
            Some(product) => Ok(product.into_model()?),
            // Missing, or another version: reading it tells which.
            None => {
                self.within(session, id).await?;
                Err(AppError::Conflict { conflict: Conflict::Stale }.into())
            }
        }
    }

    /// One by its id, as a transaction sees it.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn within(&self, session: &mut ClientSession, id: &ProductId) -> Result<Product, Aborted> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) }).session(session).await?;
        Ok(found.ok_or(AppError::missing(Missing::Product))?.into_model()?)
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
        let update = moved(-pieces);
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
        self.collection.update_one(doc! { "_id": id }, moved(i64::from(quantity))).session(session).await?;
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

    /// How many products a category has, on sale or not.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count_in(&self, category: &CategoryId) -> Result<u64, AppError> {
        Ok(self.collection.count_documents(doc! { "category_id": object_id(category.as_str()) }).await?)
    }

    /// Puts all products of a category on another shelf.
    ///
    /// # Errors
    /// The database's.
    pub async fn move_all(
        &self,
        session: &mut ClientSession,
        from: &CategoryId,
        to: &CategoryId,
    ) -> Result<(), Aborted> {
        self.changes.within(session, Marks::all());
        let set = doc! { "category_id": object_id(to.as_str()), "updated_at": date(now()) };
        let filter = doc! { "category_id": object_id(from.as_str()) };
        self.collection.update_many(filter, doc! { "$set": set }).session(session).await?;
        Ok(())
    }

    /// How many there are, sold or not.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count(&self) -> Result<u64, AppError> {
        Ok(self.collection.count_documents(doc! {}).await?)
    }
}

#[derive(Deserialize)]
struct Addressed {
    slug: String,
}

fn taken(field: &str) -> AppError {
    AppError::Conflict { conflict: Conflict::Duplicate { field: field.to_owned() } }
}
