//! The collection `categories`.

use super::{
    changes::{Changes, Marks},
    corrupt, date,
    fold::{fold, slug},
    migrations::{index, unique},
    moment, object_id, schema,
    transaction::Aborted,
};
use crate::{
    model::{
        category::{Category, CategoryDraft},
        error::{AppError, Conflict, Missing},
        field::FieldError,
        ids::{CategoryId, Slug},
        product::Localized,
        time::Timestamp,
    },
    server::{clock::now, error::duplicate_as},
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "categories";

#[derive(Serialize, Deserialize)]
struct CategoryDoc {
    _id: ObjectId,
    slug: String,
    name: String,
    /// Folded name: two names that differ only in case or diacritics are the same to people.
    name_key: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    name_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    description_en: Option<String>,
    display_order: i32,
    active: bool,
    created_at: DateTime,
    updated_at: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "slug": schema::text(1, 120),
            "name": schema::text(1, 100),
            "name_key": schema::text(0, 1000),
            "description": schema::text(0, 500),
            "name_en": schema::text(1, 100),
            "description_en": schema::text(1, 500),
            "display_order": { "bsonType": "int" },
            "active": schema::flag(),
            "created_at": schema::date(),
            "updated_at": schema::date(),
            "holds": schema::whole(0),
        },
        &["name_en", "description_en", "holds"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![
        unique(doc! { "name": 1 }),
        unique(doc! { "name_key": 1 }),
        unique(doc! { "slug": 1 }),
        index(doc! { "display_order": 1 }),
        index(doc! { "active": 1 }),
    ]
}

/// Reads and writes categories.
#[derive(Clone)]
pub struct Categories {
    collection: Collection<CategoryDoc>,
    changes: Changes,
}

impl Categories {
    pub(super) fn new(database: &Database, changes: Changes) -> Categories {
        Categories { collection: database.collection(NAME), changes }
    }

    /// All in their order; only active ones unless `with_inactive`.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn list(&self, with_inactive: bool) -> Result<Vec<Category>, AppError> {
        let filter = if with_inactive {
            doc! {}
        } else {
            doc! { "active": true }
        };
        let found: Vec<CategoryDoc> =
            self.collection.find(filter).sort(sorted()).await?.try_collect().await?;
        found.into_iter().map(CategoryDoc::into_model).collect()
    }

    /// One, active or not.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn by_id(&self, id: &CategoryId) -> Result<Category, AppError> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) }).await?;
        found.ok_or(AppError::missing(Missing::Category))?.into_model()
    }

    /// Adds one.
    ///
    /// # Errors
    /// A conflict when the name is taken.
    pub async fn insert(&self, draft: CategoryDraft) -> Result<Category, AppError> {
        let at = date(now());
        let display_order = match draft.display_order {
            Some(order) => order,
            None => self.after_the_last().await?,
        };
        let document = CategoryDoc {
            _id: ObjectId::new(),
            slug: slug(&draft.text.name),
            name_key: fold(&draft.text.name),
            name: draft.text.name,
            description: draft.text.description,
            name_en: draft.text.name_en,
            description_en: draft.text.description_en,
            display_order,
            active: draft.active,
            created_at: at,
            updated_at: at,
        };
        let _marked = self.changes.after(Marks::categories());
        self.collection.insert_one(&document).await.map_err(duplicate_as("name"))?;
        document.into_model()
    }

    async fn after_the_last(&self) -> Result<i32, AppError> {
        let last = self.collection.find_one(doc! {}).sort(doc! { "display_order": -1 }).await?;
        Ok(last.map_or(1, |last| last.display_order.saturating_add(1)))
    }

    /// Replaces the producer's fields. The address stays, so that links keep working. With a
    /// `version`, a category that changed since then is left alone.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`Conflict::Stale`], or a conflict when the name is taken.
    pub async fn update(
        &self,
        id: &CategoryId,
        draft: CategoryDraft,
        version: Option<Timestamp>,
    ) -> Result<Category, AppError> {
        let mut set = doc! {
            "name_key": fold(&draft.text.name),
            "name": draft.text.name,
            "description": draft.text.description,
            "active": draft.active,
            "updated_at": date(now()),
        };
        if let Some(order) = draft.display_order {
            set.insert("display_order", order);
        }
        let mut unset = Document::new();
        super::set_or_unset(&mut set, &mut unset, "name_en", draft.text.name_en);
        super::set_or_unset(&mut set, &mut unset, "description_en", draft.text.description_en);
        let mut filter = doc! { "_id": object_id(id.as_str()) };
        if let Some(version) = version {
            filter.insert("updated_at", date(version));
        }
        self.apply(id, filter, super::update(set, unset)).await
    }

    /// Shows or hides one.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_active(&self, id: &CategoryId, active: bool) -> Result<Category, AppError> {
        let update = doc! { "$set": { "active": active, "updated_at": date(now()) } };
        self.apply(id, doc! { "_id": object_id(id.as_str()) }, update).await
    }

    /// Deletes one.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn delete(&self, session: &mut ClientSession, id: &CategoryId) -> Result<(), Aborted> {
        self.changes.within(session, Marks::categories());
        let filter = doc! { "_id": object_id(id.as_str()) };
        match self.collection.delete_one(filter).session(session).await?.deleted_count {
            0 => Err(AppError::missing(Missing::Category).into()),
            _ => Ok(()),
        }
    }

    /// Makes sure that a category is there, and still is when the transaction ends: whoever deletes
    /// it at the same time writes the same document, so one of the two gives way.
    ///
    /// # Errors
    /// A field error when there is no such category.
    pub async fn hold(&self, session: &mut ClientSession, id: &CategoryId) -> Result<(), Aborted> {
        let (filter, update) = (doc! { "_id": object_id(id.as_str()) }, doc! { "$inc": { "holds": 1_i64 } });
        match self.collection.update_one(filter, update).session(session).await?.matched_count {
            0 => Err(AppError::field("category_id", FieldError::Choice).into()),
            _ => Ok(()),
        }
    }

    /// Gives all categories the places of this order, if they still stand in the one that was shown.
    /// `updated_at` stays: a form that is open meanwhile holds no place.
    ///
    /// # Errors
    /// [`Conflict::Stale`].
    pub async fn reorder(
        &self,
        session: &mut ClientSession,
        shown: &[CategoryId],
        order: &[CategoryId],
    ) -> Result<(), Aborted> {
        self.changes.within(session, Marks::categories());
        let mut found = self.collection.find(doc! {}).sort(sorted()).session(&mut *session).await?;
        let mut now = Vec::new();
        while let Some(category) = found.next(session).await.transpose()? {
            now.push(category._id);
        }
        let ids = |ids: &[CategoryId]| ids.iter().map(|id| object_id(id.as_str())).collect::<Vec<_>>();
        if now != ids(shown) {
            return Err(AppError::Conflict { conflict: Conflict::Stale }.into());
        }
        for (place, id) in (1_i32..).zip(ids(order)) {
            let update = doc! { "$set": { "display_order": place } };
            self.collection.update_one(doc! { "_id": id }, update).session(&mut *session).await?;
        }
        Ok(())
    }

    async fn apply(&self, id: &CategoryId, filter: Document, update: Document) -> Result<Category, AppError> {
        let _marked = self.changes.after(Marks::categories());
        let changed = self
            .collection
            .find_one_and_update(filter, update)
            .return_document(mongodb::options::ReturnDocument::After)
            .await
            .map_err(duplicate_as("name"))?;
        match changed {
            Some(category) => category.into_model(),
            // Missing, or another version: reading it tells which.
            None => self.by_id(id).await.and(Err(AppError::Conflict { conflict: Conflict::Stale })),
        }
    }
}

/// How they stand in the shop.
fn sorted() -> Document {
    doc! { "display_order": 1, "name_key": 1 }
}

impl CategoryDoc {
    fn into_model(self) -> Result<Category, AppError> {
        let corrupt = |_| AppError::from(corrupt(NAME));
        Ok(Category {
            id: CategoryId::parse(&self._id.to_hex()).map_err(corrupt)?,
            slug: Slug::parse(&self.slug).map_err(corrupt)?,
            text: Localized {
                name: self.name,
                description: self.description,
                name_en: self.name_en,
                description_en: self.description_en,
            },
            display_order: self.display_order,
            active: self.active,
            updated_at: moment(self.updated_at),
        })
    }
}
