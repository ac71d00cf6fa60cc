//! What a document of `products` looks like, and what the model makes of it.

use super::{
    NAME,
    images::{self, ImageDoc},
    taken::TAKEN,
};
use crate::{
    model::{
        allergen::Declaration,
        error::AppError,
        food::FoodFacts,
        ids::{CategoryId, ProductId, Slug},
        image::Image,
        locale::Locale,
        measure::NetContent,
        money::Money,
        product::{Localized, Product, ProductDraft},
        vat::VatRate,
    },
    server::{
        clock::now,
        store::{
            corrupt, date,
            fold::{fold, words},
            food, moment, object_id, schema, set_or_unset,
        },
    },
};
use mongodb::bson::{Bson, DateTime, Document, deserialize_from_document, doc, oid::ObjectId};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(super) struct ProductDoc {
    pub(super) _id: ObjectId,
    pub(super) slug: String,
    name: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    name_en: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    description_en: Option<String>,
    /// Folded names, to sort by.
    pub(super) sort_ro: String,
    pub(super) sort_en: String,
    /// Folded words of both names, to search by.
    pub(super) search_words: Vec<String>,
    /// Bani.
    price: i64,
    category_id: ObjectId,
    pub(super) images: Vec<ImageDoc>,
    stock_quantity: i64,
    /// Missing: [`Product::LOW`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    low_stock_at: Option<i64>,
    active: bool,
    featured: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    net_content: Option<NetContent>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ingredients: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    ingredients_en: Option<String>,
    /// Missing: not declared.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    allergens: Option<Declaration>,
    #[serde(default)]
    vat_rate: VatRate,
    pub(super) created_at: DateTime,
    updated_at: DateTime,
}

pub(in crate::server::store) fn validator() -> Document {
    schema::document(
        doc! {
            "slug": schema::text(1, 120),
            "name": schema::text(1, 200),
            "description": schema::text(0, 1000),
            "name_en": schema::text(1, 200),
            "description_en": schema::text(1, 1000),
            "sort_ro": schema::text(0, 2000),
            "sort_en": schema::text(0, 2000),
            "search_words": schema::list(doc! { "bsonType": "string" }, 400),
            "price": schema::whole(0),
            "category_id": schema::id(),
            "images": images::schema(),
            "stock_quantity": schema::whole(0),
            "low_stock_at": schema::whole(0),
            TAKEN: schema::integer(),
            "active": schema::flag(),
            "featured": schema::flag(),
            "net_content": food::net_content(),
            "ingredients": schema::text(1, 2000),
            "ingredients_en": schema::text(1, 2000),
            "allergens": food::allergens(),
            "vat_rate": food::vat_rate(),
            "created_at": schema::date(),
            "updated_at": schema::date(),
        },
        // A server of before, while it still runs, makes products without a rate: that of food.
        &[
            "name_en",
            "description_en",
            "low_stock_at",
            TAKEN,
            "net_content",
            "ingredients",
            "ingredients_en",
            "allergens",
            "vat_rate",
        ],
    )
}

fn search_words(text: &Localized) -> Vec<String> {
    words(&format!("{} {}", text.name(Locale::Ro), text.name(Locale::En)))
}

/// The producer's fields: those to set, and those to take away.
pub(super) fn fields(draft: ProductDraft) -> Result<(Document, Document), AppError> {
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
    set_or_unset(&mut set, &mut unset, "low_stock_at", draft.low_stock_at.map(i64::from));
    set_or_unset(&mut set, &mut unset, "net_content", net);
    set_or_unset(&mut set, &mut unset, "allergens", allergens);
    set_or_unset(&mut set, &mut unset, "ingredients", draft.food.ingredients);
    set_or_unset(&mut set, &mut unset, "ingredients_en", draft.food.ingredients_en);
    set_or_unset(&mut set, &mut unset, "name_en", draft.text.name_en);
    set_or_unset(&mut set, &mut unset, "description_en", draft.text.description_en);
    Ok((set, unset))
}

/// As the database keeps it.
fn bson<T: Serialize>(value: &T) -> Result<Bson, AppError> {
    Ok(mongodb::bson::serialize_to_bson(value).map_err(mongodb::error::Error::from)?)
}

/// Is this document a product?
pub(in crate::server::store) fn fits(document: &Document) -> bool {
    deserialize_from_document::<ProductDoc>(document.clone())
        .is_ok_and(|product| product.into_model().is_ok())
}

impl ProductDoc {
    pub(super) fn new(draft: ProductDraft, images: Vec<Image>) -> ProductDoc {
        let at = date(now());
        ProductDoc {
            _id: ObjectId::new(),
            slug: String::new(),
            sort_ro: fold(draft.text.name(Locale::Ro)),
            sort_en: fold(draft.text.name(Locale::En)),
            search_words: search_words(&draft.text),
            name: draft.text.name,
            description: draft.text.description,
            name_en: draft.text.name_en,
            description_en: draft.text.description_en,
            price: draft.price.bani(),
            category_id: object_id(draft.category_id.as_str()),
            images: images.into_iter().map(ImageDoc::new).collect(),
            stock_quantity: i64::from(draft.stock),
            low_stock_at: draft.low_stock_at.map(i64::from),
            active: draft.active,
            featured: draft.featured,
            net_content: draft.food.net,
            ingredients: draft.food.ingredients,
            ingredients_en: draft.food.ingredients_en,
            allergens: draft.food.allergens,
            vat_rate: draft.food.vat,
            created_at: at,
            updated_at: at,
        }
    }

    pub(super) fn into_model(self) -> Result<Product, AppError> {
        let corrupt = |_| AppError::from(corrupt(NAME));
        Ok(Product {
            id: ProductId::parse(&self._id.to_hex()).map_err(corrupt)?,
            slug: Slug::parse(&self.slug).map_err(corrupt)?,
            text: Localized {
                name: self.name,
                description: self.description,
                name_en: self.name_en,
                description_en: self.description_en,
            },
            price: Money::from_bani(self.price)
                .map_err(|_| AppError::from(crate::server::store::corrupt(NAME)))?,
            category_id: CategoryId::parse(&self.category_id.to_hex()).map_err(corrupt)?,
            images: self.images.into_iter().map(ImageDoc::into_model).collect::<Result<_, _>>()?,
            stock: u32::try_from(self.stock_quantity).unwrap_or(0),
            low_stock_at: self.low_stock_at.and_then(|pieces| u32::try_from(pieces).ok()),
            active: self.active,
            featured: self.featured,
            food: FoodFacts {
                net: self.net_content,
                ingredients: self.ingredients,
                ingredients_en: self.ingredients_en,
                allergens: self.allergens,
                vat: self.vat_rate,
            },
            updated_at: moment(self.updated_at),
        })
    }
}
