//! The collection `login_steps`: logins whose password was right and whose code is still to come.

use super::{
    corrupt, date,
    migrations::{expiry, unique},
    schema,
};
use crate::{
    model::{error::AppError, ids::UserId, time::Timestamp},
    server::clock::now,
};
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "login_steps";

/// How often a code may be typed for one password.
pub const MAX_TRIES: i64 = 5;

#[derive(Serialize, Deserialize)]
struct StepDoc {
    /// The SHA-256 of the token; the token itself is only in the browser's cookie.
    token_hash: String,
    admin_id: String,
    /// Unix seconds.
    began: i64,
    tries: i64,
    expires_at: DateTime,
}

/// A login whose code is still to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoginStep {
    /// Whose password was typed.
    pub admin: UserId,
    /// When, in Unix seconds.
    pub began: i64,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "token_hash": schema::text(43, 43),
            "admin_id": schema::text(24, 24),
            "began": schema::whole(0),
            "tries": schema::whole(0),
            "expires_at": schema::date(),
        },
        &[],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "token_hash": 1 }), expiry()]
}

/// Reads and writes these.
#[derive(Clone)]
pub struct LoginSteps {
    collection: Collection<StepDoc>,
}

impl LoginSteps {
    pub(super) fn new(database: &Database) -> LoginSteps {
        LoginSteps { collection: database.collection(NAME) }
    }

    /// The password was right.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn begin(
        &self,
        token_hash: String,
        step: &LoginStep,
        until: Timestamp,
    ) -> Result<(), AppError> {
        let (admin_id, began) = (step.admin.to_string(), step.began);
        let step = StepDoc { token_hash, admin_id, began, tries: 0, expires_at: date(until) };
        self.collection.insert_one(step).await?;
        Ok(())
    }

    /// Counts a try, and says whose it is. `None`: it has ended, or was tried too often.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn try_once(&self, token_hash: &str) -> Result<Option<LoginStep>, AppError> {
        let filter = doc! {
            "token_hash": token_hash,
            "expires_at": { "$gt": date(now()) },
            "tries": { "$lt": MAX_TRIES },
        };
        let counted = self.collection.find_one_and_update(filter, doc! { "$inc": { "tries": 1_i64 } });
        let found = counted.return_document(ReturnDocument::After).await?;
        let step = |step: StepDoc| {
            let admin = UserId::parse(&step.admin_id).map_err(|_| AppError::from(corrupt(NAME)))?;
            Ok(LoginStep { admin, began: step.began })
        };
        found.map(step).transpose()
    }

    /// Is there one that can still be finished?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn is_open(&self, token_hash: &str) -> Result<bool, AppError> {
        let filter = doc! {
            "token_hash": token_hash,
            "expires_at": { "$gt": date(now()) },
            "tries": { "$lt": MAX_TRIES },
        };
        Ok(self.collection.find_one(filter).await?.is_some())
    }

    /// It is finished.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn end(&self, token_hash: &str) -> Result<(), AppError> {
        self.collection.delete_one(doc! { "token_hash": token_hash }).await?;
        Ok(())
    }
}
