//! What messages to customers say, in a document of its own.

use super::Settings;
use crate::{
    model::{error::AppError, message_texts::MessageTexts},
    server::{
        clock::now,
        store::{date, schema},
    },
};
use mongodb::bson::{DateTime, Document, doc};
use serde::{Deserialize, Serialize};

/// The id of its document.
const MESSAGES: &str = "messages";

#[derive(Serialize, Deserialize)]
struct TextsDoc {
    _id: String,
    messages: MessageTexts,
    updated_at: DateTime,
}

pub(super) fn validator() -> Document {
    let texts = || {
        let text = || schema::text(1, 480);
        schema::object(doc! { "on": schema::flag(), "ro": text(), "en": text() }, &[])
    };
    schema::object(
        doc! { "confirmed": texts(), "ready": texts(), "cancelled": texts(), "plain": schema::flag() },
        &[],
    )
}

impl Settings {
    /// What messages say; `None` before the producer changed anything.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn message_texts(&self) -> Result<Option<MessageTexts>, AppError> {
        let documents = self.collection.clone_with_type::<TextsDoc>();
        Ok(documents.find_one(doc! { "_id": MESSAGES }).await?.map(|found| found.messages))
    }

    /// Puts these texts in the place of all earlier ones.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn replace_message_texts(&self, texts: &MessageTexts) -> Result<(), AppError> {
        let document =
            TextsDoc { _id: MESSAGES.to_owned(), messages: texts.clone(), updated_at: date(now()) };
        let documents = self.collection.clone_with_type::<TextsDoc>();
        documents.replace_one(doc! { "_id": MESSAGES }, &document).upsert(true).await?;
        Ok(())
    }
}
