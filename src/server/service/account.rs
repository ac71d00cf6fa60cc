//! One's own account: the password, and whether a code follows it.

use super::{Shop, auth::Login};
use crate::{
    model::{
        account::{Account, MAX_PASSWORD, NewPassword},
        error::AppError,
        field::{FieldError, FieldErrors},
    },
    server::store::users::AdminUser,
};

impl Shop {
    /// One's own account, as its page shows it.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`] when it is gone.
    pub async fn account(&self, login: &Login) -> Result<Account, AppError> {
        let user = self.account_of(login).await?;
        let left = |left: usize| u32::try_from(left).unwrap_or(u32::MAX);
        Ok(Account {
            setup: self.factor_setup(&user)?,
            second_factor: user.second_factor.map(|factor| left(factor.recovery_left)),
        })
    }

    /// Sets another password for one's own account. All logins end but this one.
    ///
    /// # Errors
    /// Field errors: a wrong old password, a new one that is too short or was typed differently;
    /// [`AppError::RateLimited`].
    pub async fn change_own_password(
        &self,
        login: &Login,
        old: &str,
        new: &NewPassword,
        address: &str,
    ) -> Result<Login, AppError> {
        let mut errors = FieldErrors::default();
        let Some(new) = new.check(&mut errors) else { return Err(AppError::Fields { errors }) };
        let user = self.of_password(login, old, "old", address).await?;
        let hash = self.passwords.hash(new).await?;
        self.store.users.set_password(&user.username, &hash).await?;
        self.renewed(login).await
    }

    /// The account of a login, when this is its password. Wrong ones count as those of the login do.
    ///
    /// # Errors
    /// An error of `field`; [`AppError::RateLimited`].
    pub(super) async fn of_password(
        &self,
        login: &Login,
        password: &str,
        field: &str,
        address: &str,
    ) -> Result<AdminUser, AppError> {
        let user = self.account_of(login).await?;
        let tries = self.tries(&user.username, address);
        for (key, limit) in &tries {
            self.store.rate_limits.count(key, *limit).await?;
        }
        let wrong = || AppError::field(field, FieldError::Password);
        if password.chars().count() > MAX_PASSWORD as usize {
            return Err(wrong());
        }
        if !self.passwords.verify(password.to_owned(), Some(user.password_hash.clone())).await? {
            return Err(wrong());
        }
        for (key, limit) in &tries {
            self.store.rate_limits.forgive(key, *limit).await?;
        }
        Ok(user)
    }

    /// The account of a login.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`] when it is gone.
    pub(super) async fn account_of(&self, login: &Login) -> Result<AdminUser, AppError> {
        self.store.users.admin_by_id(&login.id).await?.ok_or(AppError::SessionExpired)
    }

    /// This login, when all others have just been ended: the same forms go on to count.
    pub(super) async fn renewed(&self, login: &Login) -> Result<Login, AppError> {
        let user = self.account_of(login).await?;
        let since = user.tokens_valid_from;
        self.issue(&user, login.family().to_owned(), since)
    }
}
