//! The collection `settings`: one document with what the shop says of itself, and one with what its
//! messages say.

mod message_texts;

use super::{date, moment, schema};
use crate::{
    model::{error::AppError, opening_hours::Weekday, shop_facts::ShopFacts, time::Timestamp},
    server::{clock::now, error::is_duplicate},
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

fn words() -> Document {
    schema::object(doc! { "ro": schema::text(1, 500), "en": schema::text(1, 500) }, &["en"])
}

fn languages() -> Document {
    let one = || schema::one_of(&["ro", "en"]);
    schema::object(doc! { "offered": schema::list(one(), 2), "default": one() }, &[])
}

fn rules() -> Document {
    let fields = doc! {
        "lead_days": schema::whole(0),
        "lead_hours": schema::whole(0),
        "cut_off": schema::text(5, 5),
        "days_ahead": schema::whole(1),
    };
    schema::object(fields, &["cut_off"])
}

fn holiday() -> Document {
    let day = || schema::text(10, 10);
    schema::object(doc! { "from": day(), "to": day(), "text": words() }, &["text"])
}

fn place_of_pickup() -> Document {
    let fields = doc! {
        "id": schema::text(1, 120),
        "name": words(),
        "address": schema::text(1, 200),
        "hint": words(),
        "active": schema::flag(),
    };
    schema::object(fields, &["address", "hint"])
}

fn area() -> Document {
    let amount = || schema::text(4, 10);
    let fields = doc! {
        "id": schema::text(1, 120),
        "name": words(),
        "fee": amount(),
        "minimum": amount(),
        "free_from": amount(),
        "towns": words(),
        "active": schema::flag(),
    };
    schema::object(fields, &["minimum", "free_from", "towns"])
}

pub(super) fn validator() -> Document {
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
        "languages": languages(),
        "rules": rules(),
        "closed": schema::object(doc! { "until": schema::text(10, 10), "text": words() }, &["until", "text"]),
        "holidays": schema::list(holiday(), 50),
        "places": schema::list(place_of_pickup(), 50),
        "areas": schema::list(area(), 50),
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

    /// What the shop says of itself, and when that was written.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn written_facts(&self) -> Result<Option<(ShopFacts, Timestamp)>, AppError> {
        let found = self.collection.find_one(doc! { "_id": SHOP }).await?;
        Ok(found.map(|found| (found.facts, moment(found.updated_at))))
    }

    /// Puts these facts in the place of those that were written at this moment, or of none; `false`
    /// when others stand there by now.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn replace_written(
        &self,
        facts: &ShopFacts,
        written: Option<Timestamp>,
    ) -> Result<bool, AppError> {
        // Never the same moment twice: it tells one state from the next.
        let later = written.map_or(now(), |written| Timestamp(now().0.max(written.0 + 1)));
        let document = SettingsDoc { _id: SHOP.to_owned(), facts: facts.clone(), updated_at: date(later) };
        let Some(written) = written else {
            return match self.collection.insert_one(&document).await {
                Ok(_) => Ok(true),
                Err(error) if is_duplicate(&error) => Ok(false),
                Err(error) => Err(error.into()),
            };
        };
        let same = doc! { "_id": SHOP, "updated_at": date(written) };
        Ok(self.collection.replace_one(same, &document).await?.matched_count == 1)
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
