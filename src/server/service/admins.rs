//! The producer's accounts: who there is, what they may do, and their end.

use super::{Shop, auth::Login};
use crate::{
    model::{
        account::AdminRow,
        error::{AppError, Missing},
        ids::UserId,
        session::Rights,
    },
    server::{clock::wall, store::users::AdminEntry, trail},
};

impl Shop {
    /// All admins, by name, as `login` sees them.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn admin_rows(&self, login: &Login) -> Result<Vec<AdminRow>, AppError> {
        let row = |entry: AdminEntry| AdminRow {
            own: entry.id == login.id,
            id: entry.id,
            username: entry.username,
            rights: entry.rights,
            second_factor: entry.second_factor,
            last_login: entry.last_login.map(wall),
        };
        Ok(self.store.users.admins().await?.into_iter().map(row).collect())
    }

    /// Gives another admin other rights, which count from their next request on.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for one's own account, [`AppError::NotFound`], a conflict.
    pub async fn set_rights(&self, login: &Login, id: &UserId, rights: Rights) -> Result<(), AppError> {
        not_own(login, id)?;
        let (store, id) = (self.store.clone(), id.clone());
        let changed = self.store.transaction(move |session| {
            let (store, id) = (store.clone(), id.clone());
            Box::pin(async move { store.users.set_rights(session, &id, rights).await })
        });
        let (username, before) = changed.await?;
        trail::named(username);
        trail::changed("rights", before.name(), rights.name());
        Ok(())
    }

    /// Removes another admin. Their logins end at once, as their account is gone.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for one's own account, [`AppError::NotFound`], a conflict.
    pub async fn remove_admin(&self, login: &Login, id: &UserId) -> Result<(), AppError> {
        not_own(login, id)?;
        let (store, id) = (self.store.clone(), id.clone());
        let removed = self.store.transaction(move |session| {
            let (store, id) = (store.clone(), id.clone());
            Box::pin(async move { store.users.remove_admin(session, &id).await })
        });
        trail::named(removed.await?);
        Ok(())
    }

    /// Takes off another's second factor, whose phone is lost. Their logins end.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] for one's own account, [`AppError::NotFound`].
    pub async fn take_off_factor(&self, login: &Login, id: &UserId) -> Result<(), AppError> {
        not_own(login, id)?;
        let user = self.store.users.admin_by_id(id).await?.ok_or(AppError::missing(Missing::Admin))?;
        trail::named(&user.username);
        if self.store.users.remove_factor(id).await? {
            self.store.users.void_logins(&user.username).await?;
            trail::changed("second_factor", "on", "off");
        }
        Ok(())
    }
}

/// Whoever could take away their own rights would do it by mistake.
fn not_own(login: &Login, id: &UserId) -> Result<(), AppError> {
    if login.id == *id { Err(AppError::Forbidden) } else { Ok(()) }
}
