//! The collection `sessions`: customers who proved their phone number.

use super::{
    corrupt, date,
    migrations::{expiry, index, unique},
    moment, schema,
    transaction::Aborted,
};
use crate::{
    model::{error::AppError, phone::Phone, session::Customer, time::Timestamp},
    server::clock::now,
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "sessions";

#[derive(Serialize, Deserialize)]
struct SessionDoc {
    /// The SHA-256 of the token; the token itself is only in the customer's cookie.
    token_hash: String,
    phone_number: String,
    name: String,
    created_at: DateTime,
    expires_at: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "token_hash": schema::text(43, 43),
            "phone_number": schema::text(9, 16),
            // Who has not ordered yet has told no name.
            "name": schema::text(0, 100),
            "created_at": schema::date(),
            "expires_at": schema::date(),
        },
        &[],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "token_hash": 1 }), index(doc! { "phone_number": 1 }), expiry()]
}

/// When a session began and when it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// When the number was proved.
    pub created_at: Timestamp,
    /// When it must be proved again.
    pub expires_at: Timestamp,
}

/// Reads and writes sessions.
#[derive(Clone)]
pub struct Sessions {
    collection: Collection<SessionDoc>,
}

impl Sessions {
    pub(super) fn new(database: &Database) -> Sessions {
        Sessions { collection: database.collection(NAME) }
    }

    /// Opens a session.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn insert(
        &self,
        token_hash: String,
        customer: &Customer,
        until: Timestamp,
    ) -> Result<(), AppError> {
        let session = SessionDoc {
            token_hash,
            phone_number: customer.phone.to_string(),
            name: customer.name.clone(),
            created_at: date(now()),
            expires_at: date(until),
        };
        self.collection.insert_one(session).await?;
        Ok(())
    }

    /// Whose session this is; `None` when it has ended.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn customer(&self, token_hash: &str) -> Result<Option<Customer>, AppError> {
        let filter = doc! { "token_hash": token_hash, "expires_at": { "$gt": date(now()) } };
        let found = self.collection.find_one(filter).await?;
        found
            .map(|session| {
                let phone = Phone::from_e164(&session.phone_number).map_err(|_| corrupt(NAME))?;
                Ok(Customer { phone, name: session.name })
            })
            .transpose()
    }

    /// The sessions of a number that have not ended.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of_phone(&self, phone: &Phone) -> Result<Vec<SessionTimes>, AppError> {
        let filter = doc! { "phone_number": phone.as_str(), "expires_at": { "$gt": date(now()) } };
        let found: Vec<SessionDoc> = self.collection.find(filter).await?.try_collect().await?;
        let times = |session: SessionDoc| SessionTimes {
            created_at: moment(session.created_at),
            expires_at: moment(session.expires_at),
        };
        Ok(found.into_iter().map(times).collect())
    }

    /// Ends all sessions of a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, session: &mut ClientSession, phone: &Phone) -> Result<(), Aborted> {
        self.collection.delete_many(doc! { "phone_number": phone.as_str() }).session(session).await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn delete(&self, token_hash: &str) -> Result<(), AppError> {
        self.collection.delete_one(doc! { "token_hash": token_hash }).await?;
        Ok(())
    }
}
