//! The second factor of admins. Each change names what it was made from, so that of several at once
//! one is done: a step of the clock and a recovery code serve one login.

use super::Users;
use crate::{
    model::{error::AppError, ids::UserId, time::Timestamp},
    server::{
        clock::now,
        store::{date, moment, object_id, schema},
    },
};
use mongodb::bson::{DateTime, Document, doc};
use serde::Deserialize;

#[derive(Clone, Deserialize)]
pub(super) struct FactorDoc {
    secret: String,
    last_step: i64,
    recovery: Vec<String>,
}

#[derive(Clone, Deserialize)]
pub(super) struct PendingDoc {
    secret: String,
    until: DateTime,
}

/// The second factor of an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret, sealed.
    pub secret: String,
    /// The last step of the clock whose code was taken.
    pub last_step: i64,
    /// How many recovery codes are left.
    pub recovery_left: usize,
}

/// A second factor that is being set up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingFactor {
    /// The secret, sealed.
    pub secret: String,
    /// Until when it can be confirmed.
    pub until: Timestamp,
}

impl From<FactorDoc> for SecondFactor {
    fn from(stored: FactorDoc) -> SecondFactor {
        let recovery_left = stored.recovery.len();
        SecondFactor { secret: stored.secret, last_step: stored.last_step, recovery_left }
    }
}

impl From<PendingDoc> for PendingFactor {
    fn from(stored: PendingDoc) -> PendingFactor {
        PendingFactor { secret: stored.secret, until: moment(stored.until) }
    }
}

pub(super) fn factor_schema() -> Document {
    schema::object(
        doc! {
            "secret": schema::text(1, 400),
            "since": schema::date(),
            "last_step": schema::whole(0),
            "recovery": schema::list(schema::text(43, 43), 10),
        },
        &[],
    )
}

pub(super) fn pending_schema() -> Document {
    schema::object(doc! { "secret": schema::text(1, 400), "until": schema::date() }, &[])
}

impl Users {
    /// Remembers the secret of a second factor that is not confirmed yet. False: there is one that
    /// counts already.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn begin_factor(&self, id: &UserId, sealed: &str, until: Timestamp) -> Result<bool, AppError> {
        let filter =
            doc! { "_id": object_id(id.as_str()), "role": "admin", "second_factor": { "$exists": false } };
        let pending = doc! { "secret": sealed, "until": date(until) };
        self.change_one(filter, doc! { "$set": { "pending_factor": pending, "updated_at": date(now()) } })
            .await
    }

    /// Makes the second factor that is being set up count. False: it is not the one any more.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn confirm_factor(
        &self,
        id: &UserId,
        sealed: &str,
        step: i64,
        recovery: &[String],
    ) -> Result<bool, AppError> {
        let at = date(now());
        let filter = doc! {
            "_id": object_id(id.as_str()),
            "pending_factor.secret": sealed,
            "pending_factor.until": { "$gt": at },
        };
        let factor = doc! { "secret": sealed, "since": at, "last_step": step, "recovery": recovery.to_vec() };
        let update = doc! {
            "$set": { "second_factor": factor, "updated_at": at },
            "$unset": { "pending_factor": "" },
        };
        self.change_one(filter, update).await
    }

    /// Takes the code of a step of the clock: later ones alone count from now on. False: it was
    /// taken already.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn use_step(&self, id: &UserId, step: i64) -> Result<bool, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "second_factor.last_step": { "$lt": step } };
        self.change_one(filter, doc! { "$set": { "second_factor.last_step": step } }).await
    }

    /// Takes a recovery code. False: it is none, or was taken already.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn use_recovery(&self, id: &UserId, hash: &str) -> Result<bool, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "second_factor.recovery": hash };
        self.change_one(filter, doc! { "$pull": { "second_factor.recovery": hash } }).await
    }

    /// Takes the second factor off, and what was being set up. False: there was none.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn remove_factor(&self, id: &UserId) -> Result<bool, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "second_factor": { "$exists": true } };
        let update = doc! {
            "$set": { "updated_at": date(now()) },
            "$unset": { "second_factor": "", "pending_factor": "" },
        };
        self.change_one(filter, update).await
    }

    async fn change_one(&self, filter: Document, update: Document) -> Result<bool, AppError> {
        Ok(self.customers.update_one(filter, update).await?.matched_count == 1)
    }
}
