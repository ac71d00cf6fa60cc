//! The collection `settings`: one document with what the shop says of itself, and one with what its
//! messages say.

mod message_texts;

use super::{date, schema};
use crate::{
    model::{error::AppError, opening_hours::Weekday, shop_facts::ShopFacts},
    server::clock::now,
};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "settings";

/// The id of the document with the facts.
const SHOP: &str = "shop";

#[derive(Serialize, Deserialize)]
struct SettingsDoc {
    _id: String,
    facts: ShopFacts,
    updated_at: DateTime,
}

pub(super) fn validator() -> Document {
    let words = || schema::object(doc! { "ro": schema::text(1, 500), "en": schema::text(1, 500) }, &["en"]);
    let address = schema::object(
        doc! {
            "street": schema::text(1, 200),
            "city": schema::text(1, 100),
            "county": schema::text(1, 100),
            "postal_code": schema::text(1, 20),
        },
        &["county", "postal_code"],
    );
    let place =
        schema::object(doc! { "latitude": schema::text(3, 12), "longitude": schema::text(3, 12) }, &[]);
    let day = || schema::list(schema::text(11, 11), 20);
    let hours: Document =
        Weekday::ALL.iter().map(|weekday| (weekday.name().to_owned(), day().into())).collect();
    let facts = doc! {
        "name": schema::text(1, 100),
        "legal_name": schema::text(1, 200),
        "tax_id": schema::text(1, 20),
        "trade_register": schema::text(1, 20),
        "address": address,
        "coordinates": place,
        "phone": schema::text(9, 16),
        "email": schema::text(3, 254),
        "hours": schema::object(hours, &[]),
        "pickup": words(),
        "delivery_area": words(),
        "delivery_fee": words(),
        "cut_off": words(),
    };
    let all: Vec<String> = facts.keys().cloned().collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let facts = schema::object(facts, &all);
    schema::document(
        doc! { "facts": facts, "messages": message_texts::validator(), "updated_at": schema::date() },
        &["facts", "messages"],
    )
}

/// A few documents need none besides their id's.
pub(super) fn indexes() -> Vec<IndexModel> {
    Vec::new()
}

/// Reads and writes the settings.
#[derive(Clone)]
pub struct Settings {
    collection: Collection<SettingsDoc>,
}

impl Settings {
    pub(super) fn new(database: &Database) -> Settings {
        Settings { collection: database.collection(NAME) }
    }

    /// What the shop says of itself; `None` before anything was said.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn facts(&self) -> Result<Option<ShopFacts>, AppError> {
        Ok(self.collection.find_one(doc! { "_id": SHOP }).await?.map(|found| found.facts))
    }

    /// Puts these facts in the place of all earlier ones.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn replace_facts(&self, facts: &ShopFacts) -> Result<(), AppError> {
        let document = SettingsDoc { _id: SHOP.to_owned(), facts: facts.clone(), updated_at: date(now()) };
        self.collection.replace_one(doc! { "_id": SHOP }, &document).upsert(true).await?;
        Ok(())
    }
}
