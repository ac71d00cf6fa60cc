//! Rights of admins, and their end. There is always an owner: each such change writes to all owners,
//! so that of two at once the second one sees what the first has done.

use super::Users;
use crate::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::UserId,
        session::Rights,
    },
    server::{
        clock::now,
        store::{corrupt, date, object_id, transaction::Aborted},
    },
};
use mongodb::{ClientSession, bson::doc};

impl Users {
    /// Gives an admin other rights. Says which name has them.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; a conflict when it is the last owner.
    pub async fn set_rights(
        &self,
        session: &mut ClientSession,
        id: &UserId,
        rights: Rights,
    ) -> Result<(String, Rights), Aborted> {
        let before = self.of_id(session, id).await?;
        if before.1.is_owner() && !rights.is_owner() {
            self.another_owner(session, id).await?;
        }
        let set = doc! { "$set": { "rights": rights.name(), "updated_at": date(now()) } };
        self.customers.update_one(doc! { "_id": object_id(id.as_str()) }, set).session(session).await?;
        Ok(before)
    }

    /// Removes an admin. Says what the name was.
    ///
    /// # Errors
    /// [`AppError::NotFound`]; a conflict when it is the last owner.
    pub async fn remove_admin(&self, session: &mut ClientSession, id: &UserId) -> Result<String, Aborted> {
        let (username, rights) = self.of_id(session, id).await?;
        if rights.is_owner() {
            self.another_owner(session, id).await?;
        }
        let filter = doc! { "_id": object_id(id.as_str()), "role": "admin" };
        self.customers.delete_one(filter).session(session).await?;
        Ok(username)
    }

    async fn of_id(&self, session: &mut ClientSession, id: &UserId) -> Result<(String, Rights), Aborted> {
        let filter = doc! { "_id": object_id(id.as_str()), "role": "admin" };
        let found = self.customers.find_one(filter).session(session).await?;
        let found = found.ok_or(AppError::missing(Missing::Admin))?;
        let text = |field| found.get_str(field).map_err(|_| Aborted::Failed(corrupt(super::NAME)));
        let rights = Rights::from_name(text("rights")?).ok_or_else(|| corrupt(super::NAME))?;
        Ok((text("username")?.to_owned(), rights))
    }

    async fn another_owner(&self, session: &mut ClientSession, id: &UserId) -> Result<(), Aborted> {
        let owners = doc! { "role": "admin", "rights": Rights::Owner.name() };
        let touch = doc! { "$inc": { "revision": 1_i64 } };
        self.customers.update_many(owners.clone(), touch).session(&mut *session).await?;
        let mut others = owners;
        others.insert("_id", doc! { "$ne": object_id(id.as_str()) });
        match self.customers.find_one(others).session(session).await? {
            Some(_) => Ok(()),
            None => Err(AppError::Conflict { conflict: Conflict::LastOwner }.into()),
        }
    }
}
