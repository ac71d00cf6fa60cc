//! The pictures within a document of `products`.

use super::{NAME, ProductDoc, Products};
use crate::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::ProductId,
        image::Image,
        product::Product,
    },
    server::store::{changes::Marks, corrupt, object_id, schema, transaction::Aborted},
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Bson, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct ImageDoc {
    address: String,
    width: i32,
    height: i32,
    /// 0xRRGGBB.
    colour: i32,
    /// Missing until the variants are made; empty where there are none to make.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    widths: Option<Vec<i32>>,
}

pub(super) fn schema() -> Document {
    let fields = doc! {
        "address": schema::text(1, 300),
        "width": schema::whole(1),
        "height": schema::whole(1),
        "colour": schema::whole(0),
        "widths": schema::list(schema::whole(1), 8),
    };
    schema::list(schema::object(fields, &["widths"]), 5)
}

impl ImageDoc {
    pub(super) fn new(image: Image) -> ImageDoc {
        let widths = image.widths;
        ImageDoc {
            address: image.address,
            width: i32::from(image.width),
            height: i32::from(image.height),
            colour: i32::try_from(image.colour).unwrap_or(0),
            widths: (!widths.is_empty()).then(|| widths.into_iter().map(i32::from).collect()),
        }
    }

    pub(super) fn into_model(self) -> Result<Image, AppError> {
        let whole = |number: i32| u16::try_from(number).map_err(|_| AppError::from(corrupt(NAME)));
        Ok(Image {
            width: whole(self.width)?,
            height: whole(self.height)?,
            colour: u32::try_from(self.colour).map_err(|_| AppError::from(corrupt(NAME)))?,
            widths: self.widths.unwrap_or_default().into_iter().map(whole).collect::<Result<_, _>>()?,
            address: self.address,
        })
    }

    fn bson(image: Image) -> Document {
        let ImageDoc { address, width, height, colour, widths } = ImageDoc::new(image);
        let mut document = doc! { "address": address, "width": width, "height": height, "colour": colour };
        if let Some(widths) = widths {
            document.insert("widths", widths);
        }
        document
    }
}

impl Products {
    /// Adds pictures at the end, if it then has at most [`Product::MAX_IMAGES`]; none are added when
    /// there is no such product, no room, or one of them is there. The condition and the change are
    /// one operation, so several at once cannot make too many. `updated_at` stays, as the producer's
    /// form does not hold the pictures: one that is open meanwhile overwrites nothing.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn add_images(&self, id: &ProductId, images: &[Image]) -> Result<Option<Product>, AppError> {
        let Some(last_place) = Product::MAX_IMAGES.checked_sub(images.len()) else { return Ok(None) };
        let addresses: Vec<&str> = images.iter().map(|image| image.address.as_str()).collect();
        let mut filter = doc! { "_id": object_id(id.as_str()), "images.address": { "$nin": addresses } };
        filter.insert(format!("images.{last_place}"), doc! { "$exists": false });
        let images: Vec<Document> = images.iter().cloned().map(ImageDoc::bson).collect();
        self.changed(filter, doc! { "$push": { "images": { "$each": images } } }).await
    }

    /// Takes one picture off, by its address.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn remove_image(&self, id: &ProductId, address: &str) -> Result<Product, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()) };
        let changed = self.changed(filter, doc! { "$pull": { "images": { "address": address } } }).await?;
        changed.ok_or(AppError::missing(Missing::Product))
    }

    /// Puts its pictures in another order, if they still stand in the one that was shown.
    /// `updated_at` stays, as in [`Products::add_images`].
    ///
    /// # Errors
    /// [`AppError::NotFound`], or [`Conflict::Stale`].
    pub async fn reorder_images(
        &self,
        session: &mut ClientSession,
        id: &ProductId,
        shown: &[String],
        order: &[String],
    ) -> Result<(), Aborted> {
        let filter = doc! { "_id": object_id(id.as_str()) };
        let found = self.collection.find_one(filter).session(&mut *session).await?;
        let mut images = found.ok_or(AppError::missing(Missing::Product))?.images;
        if !images.iter().map(|image| &image.address).eq(shown) {
            return Err(AppError::Conflict { conflict: Conflict::Stale }.into());
        }
        images.sort_by_key(|image| order.iter().position(|address| *address == image.address));
        let images = mongodb::bson::serialize_to_bson(&images).map_err(mongodb::error::Error::from)?;
        let id = object_id(id.as_str());
        self.changes.within(session, Marks::product(id));
        let update = doc! { "$set": { "images": images } };
        self.collection.update_one(doc! { "_id": id }, update).session(session).await?;
        Ok(())
    }

    /// The picture of this address, as any product has it; one with variants before one without.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn image(&self, address: &str) -> Result<Option<Image>, AppError> {
        let found = self.having(doc! { "images.address": address }).await?;
        let same = found.into_iter().filter(|image| image.address == address);
        Ok(same.max_by_key(|image| image.widths.len()))
    }

    /// The pictures whose variants are to be made, each once.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn unfinished_images(&self) -> Result<Vec<Image>, AppError> {
        let unfinished = doc! { "images": { "$elemMatch": { "widths": { "$exists": false } } } };
        let found: Vec<ProductDoc> = self.collection.find(unfinished).await?.try_collect().await?;
        let images = found.into_iter().flat_map(|product| product.images);
        let unfinished = images.filter(|image| image.widths.is_none());
        let once: BTreeMap<String, ImageDoc> =
            unfinished.map(|image| (image.address.clone(), image)).collect();
        once.into_values().map(ImageDoc::into_model).collect()
    }

    /// Writes what is known of a finished picture to every product that has it; says whether any
    /// has. `updated_at` stays, as in [`Products::add_images`].
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn finish_image(&self, image: &Image) -> Result<bool, AppError> {
        let mut finished = ImageDoc::bson(image.clone());
        finished.entry("widths".to_owned()).or_insert_with(|| Bson::Array(Vec::new()));
        let filter = doc! { "images.address": &image.address };
        let _marked = self.changes.after(Marks::all());
        let result = self.collection.update_many(filter, doc! { "$set": { "images.$": finished } }).await?;
        Ok(result.matched_count > 0)
    }

    /// Forgets the variants of a picture on every product that has it, so that they are made anew.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn unfinish_image(&self, address: &str) -> Result<(), AppError> {
        let _marked = self.changes.after(Marks::all());
        let change = doc! { "$unset": { "images.$.widths": "" } };
        self.collection.update_many(doc! { "images.address": address }, change).await?;
        Ok(())
    }

    async fn having(&self, filter: Document) -> Result<Vec<Image>, AppError> {
        let found: Vec<ProductDoc> = self.collection.find(filter).await?.try_collect().await?;
        found.into_iter().flat_map(|product| product.images).map(ImageDoc::into_model).collect()
    }
}

/// A picture was its address alone; now it says its size and its variants. What is not known yet is
/// found out by the job that makes the variants.
pub(in crate::server::store) async fn describe(database: &Database) -> mongodb::error::Result<()> {
    let command = doc! { "collMod": NAME, "validator": super::validator() };
    database.run_command(command).await?;
    let products: Collection<Document> = database.collection(NAME);
    let old = doc! { "images": { "$elemMatch": { "$type": "string" } } };
    let mut found = products.find(old).await?;
    while let Some(product) = found.try_next().await? {
        let (Ok(id), Ok(images)) = (product.get_object_id("_id"), product.get_array("images")) else {
            continue;
        };
        replace(&products, id, images).await?;
    }
    Ok(())
}

/// Unless somebody changed them meanwhile: another instance that does the same.
async fn replace(products: &Collection<Document>, id: ObjectId, old: &[Bson]) -> mongodb::error::Result<()> {
    let described = old.iter().map(|image| match image.as_str() {
        Some(address) => Bson::Document(ImageDoc::bson(Image::at(address))),
        None => image.clone(),
    });
    let described: Vec<Bson> = described.collect();
    let filter = doc! { "_id": id, "images": old.to_vec() };
    products.update_one(filter, doc! { "$set": { "images": described } }).await?;
    Ok(())
}
