//! The producer's notes about a customer. They stand in the customer's record and go with it.

use super::Users;
use crate::{
    model::{
        customer::Note,
        error::AppError,
        ids::{CustomerId, NoteId},
    },
    server::{
        clock::{now, wall},
        store::{date, moment, object_id, schema},
    },
};
use mongodb::bson::{DateTime, Document, doc, oid::ObjectId};
use serde::Deserialize;

/// The most notes of one customer.
pub const MAX_NOTES: u32 = 100;

pub(super) fn validator() -> Document {
    let note = schema::object(
        doc! {
            "id": schema::id(),
            "text": schema::text(1, 500),
            "by": schema::text(1, 100),
            "at": schema::date(),
        },
        &[],
    );
    schema::list(note, 100)
}

#[derive(Deserialize)]
pub(super) struct NoteDoc {
    id: ObjectId,
    text: String,
    by: String,
    at: DateTime,
}

impl NoteDoc {
    pub(super) fn into_model(self) -> Option<Note> {
        let id = NoteId::parse(&self.id.to_hex()).ok()?;
        Some(Note { id, text: self.text, by: self.by, at: wall(moment(self.at)) })
    }
}

impl Users {
    /// Adds a note to a record that has room for it. Says whether it did.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn add_note(&self, id: &CustomerId, text: &str, by: &str) -> Result<bool, AppError> {
        let filter = doc! {
            "_id": object_id(id.as_str()),
            "role": "customer",
            format!("notes.{}", MAX_NOTES - 1): { "$exists": false },
        };
        let note = doc! { "id": ObjectId::new(), "text": text, "by": by, "at": date(now()) };
        let update = doc! { "$push": { "notes": note } };
        Ok(self.customers.update_one(filter, update).await?.matched_count == 1)
    }

    /// Removes a note.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn remove_note(&self, id: &CustomerId, note: &NoteId) -> Result<(), AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "role": "customer" };
        let update = doc! { "$pull": { "notes": { "id": object_id(note.as_str()) } } };
        self.customers.update_one(filter, update).await?;
        Ok(())
    }
}
