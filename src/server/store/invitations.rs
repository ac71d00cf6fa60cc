//! The collection `invitations`: who may become an admin by a link. Only the hash of the link's
//! token is stored.

use super::{
    corrupt, date,
    migrations::{expiry, unique},
    moment, object_id, schema,
    transaction::Aborted,
};
use crate::{
    model::{error::AppError, ids::InvitationId, session::Rights, time::Timestamp},
    server::clock::now,
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "invitations";

#[derive(Serialize, Deserialize)]
struct InvitationDoc {
    _id: ObjectId,
    token_hash: String,
    username: String,
    rights: Rights,
    invited_by: String,
    created_at: DateTime,
    expires_at: DateTime,
}

/// Somebody who may become an admin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Which invitation.
    pub id: InvitationId,
    /// The name to log in with.
    pub username: String,
    /// What they will be allowed.
    pub rights: Rights,
    /// By whom.
    pub invited_by: String,
    /// Until when.
    pub expires_at: Timestamp,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "token_hash": schema::text(43, 43),
            "username": schema::text(1, 100),
            "rights": schema::one_of(&Rights::ALL.map(Rights::name)),
            "invited_by": schema::text(1, 100),
            "created_at": schema::date(),
            "expires_at": schema::date(),
        },
        &[],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "token_hash": 1 }), unique(doc! { "username": 1 }), expiry()]
}

/// Reads and writes invitations.
#[derive(Clone)]
pub struct Invitations {
    collection: Collection<InvitationDoc>,
}

impl Invitations {
    pub(super) fn new(database: &Database) -> Invitations {
        Invitations { collection: database.collection(NAME) }
    }

    /// Invites somebody; an earlier invitation of the same name ends.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn invite(
        &self,
        token_hash: String,
        username: &str,
        rights: Rights,
        invited_by: &str,
        until: Timestamp,
    ) -> Result<(), AppError> {
        let set = doc! {
            "token_hash": token_hash,
            "rights": rights.name(),
            "invited_by": invited_by,
            "created_at": date(now()),
            "expires_at": date(until),
        };
        let filter = doc! { "username": username };
        self.collection.update_one(filter, doc! { "$set": set }).upsert(true).await?;
        Ok(())
    }

    /// The invitation of a token; `None` when it has ended.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn by_token(&self, token_hash: &str) -> Result<Option<Invitation>, AppError> {
        self.collection.find_one(open(token_hash)).await?.map(InvitationDoc::into_model).transpose()
    }

    /// Takes it: nobody else can, and it is gone.
    ///
    /// # Errors
    /// The database's.
    pub async fn take(
        &self,
        session: &mut ClientSession,
        token_hash: &str,
    ) -> Result<Option<Invitation>, Aborted> {
        let taken = self.collection.find_one_and_delete(open(token_hash)).session(session).await?;
        Ok(taken.map(InvitationDoc::into_model).transpose()?)
    }

    /// Takes an invitation back. `None`: there is none.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn withdraw(&self, id: &InvitationId) -> Result<Option<Invitation>, AppError> {
        let taken = self.collection.find_one_and_delete(doc! { "_id": object_id(id.as_str()) }).await?;
        taken.map(InvitationDoc::into_model).transpose()
    }

    /// All that have not ended, by name.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn all(&self) -> Result<Vec<Invitation>, AppError> {
        let open = doc! { "expires_at": { "$gt": date(now()) } };
        let found = self.collection.find(open).sort(doc! { "username": 1 }).await?;
        found.try_collect::<Vec<InvitationDoc>>().await?.into_iter().map(InvitationDoc::into_model).collect()
    }
}

fn open(token_hash: &str) -> Document {
    doc! { "token_hash": token_hash, "expires_at": { "$gt": date(now()) } }
}

impl InvitationDoc {
    fn into_model(self) -> Result<Invitation, AppError> {
        Ok(Invitation {
            id: InvitationId::parse(&self._id.to_hex()).map_err(|_| AppError::from(corrupt(NAME)))?,
            username: self.username,
            rights: self.rights,
            invited_by: self.invited_by,
            expires_at: moment(self.expires_at),
        })
    }
}
