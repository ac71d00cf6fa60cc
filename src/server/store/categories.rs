//! The collection `categories`.

use super::{
    changes::{Changes, Marks},
    corrupt, date,
    fold::{fold, slug},
    migrations::{index, unique},
    object_id, schema,
    transaction::Aborted,
};
use crate::{
    model::{
        category::{Category, CategoryDraft},
        error::{AppError, Missing},
        ids::{CategoryId, Slug},
        product::Localized,
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
        },
        &["name_en", "description_en"],
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
        let found: Vec<CategoryDoc> = self
            .collection
            .find(filter)
            .sort(doc! { "display_order": 1, "name_key": 1 })
            .await?
            .try_collect()
            .await?;
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
        let document = CategoryDoc {
            _id: ObjectId::new(),
            slug: slug(&draft.text.name),
            name_key: fold(&draft.text.name),
            name: draft.text.name,
            description: draft.text.description,
            name_en: draft.text.name_en,
            description_en: draft.text.description_en,
            display_order: draft.display_order,
            active: draft.active,
            created_at: at,
            updated_at: at,
        };
        let _marked = self.changes.after(Marks::categories());
        self.collection.insert_one(&document).await.map_err(duplicate_as("name"))?;
        document.into_model()
    }

    /// Replaces the producer's fields. The address stays, so that links keep working.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or a conflict when the name is taken.
    pub async fn update(&self, id: &CategoryId, draft: CategoryDraft) -> Result<Category, AppError> {
        let mut set = doc! {
            "name_key": fold(&draft.text.name),
            "name": draft.text.name,
            "description": draft.text.description,
            "display_order": draft.display_order,
            "active": draft.active,
            "updated_at": date(now()),
        };
        let mut unset = Document::new();
        super::set_or_unset(&mut set, &mut unset, "name_en", draft.text.name_en);
        super::set_or_unset(&mut set, &mut unset, "description_en", draft.text.description_en);
        self.apply(id, super::update(set, unset)).await
    }

    /// Shows or hides one.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_active(&self, id: &CategoryId, active: bool) -> Result<Category, AppError> {
        self.apply(id, doc! { "$set": { "active": active, "updated_at": date(now()) } }).await
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

    async fn apply(&self, id: &CategoryId, update: Document) -> Result<Category, AppError> {
        let _marked = self.changes.after(Marks::categories());
        let changed = self
            .collection
            .find_one_and_update(doc! { "_id": object_id(id.as_str()) }, update)
            .return_document(mongodb::options::ReturnDocument::After)
            .await
            .map_err(duplicate_as("name"))?;
        changed.ok_or(AppError::missing(Missing::Category))?.into_model()
    }
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
        })
    }
}
