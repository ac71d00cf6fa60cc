//! The two steps of a login: the password, and, where the account has a second factor, its code. What
//! is between them is bound to one browser and short.

use super::{Shop, auth::Login};
use crate::{
    model::error::AppError,
    server::{
        clock::now,
        secrets,
        store::{login_steps::LoginStep, users::AdminUser},
        trail::{self, Who},
    },
};

/// How long a code can follow the password, in seconds.
pub const STEP: i64 = 300;

/// What a right password leads to.
pub enum Entered {
    /// In.
    In(Box<Login>),
    /// A code must follow; the browser keeps this token until then.
    Code(String),
}

impl Shop {
    /// Checks a password. An account with a second factor is not in yet.
    ///
    /// # Errors
    /// [`AppError::InvalidCredentials`], the same and after the same time for unknown users;
    /// [`AppError::RateLimited`].
    pub async fn enter(&self, username: &str, password: &str, address: &str) -> Result<Entered, AppError> {
        let user = self.check_password(username, password, address).await?;
        if user.second_factor.is_none() {
            return Ok(Entered::In(Box::new(self.let_in(&user).await?)));
        }
        trail::open(Who::admin(&user.id, &user.username), "login.half");
        let token = secrets::token();
        let step = LoginStep { admin: user.id.clone(), began: user.tokens_valid_from.max(now().0 / 1000) };
        let until = now().plus_seconds(STEP);
        self.store.login_steps.begin(secrets::token_hash(&token), &step, until).await?;
        Ok(Entered::Code(token))
    }

    /// Can a code still follow?
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn awaits_code(&self, token: Option<&str>) -> Result<bool, AppError> {
        match token {
            Some(token) => self.store.login_steps.is_open(&secrets::token_hash(token)).await,
            None => Ok(false),
        }
    }

    /// Checks the code that follows a password.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`] when the password must be typed again,
    /// [`AppError::SecondFactor`] for a wrong code, [`AppError::RateLimited`].
    pub async fn enter_code(&self, token: Option<&str>, code: &str) -> Result<Login, AppError> {
        let hash = secrets::token_hash(token.ok_or(AppError::SessionExpired)?);
        let step = self.store.login_steps.try_once(&hash).await?.ok_or(AppError::SessionExpired)?;
        let user = self.store.users.admin_by_id(&step.admin).await?;
        // Not when the password was changed, or the logins were ended, after it was typed.
        let user = user.filter(|user| user.tokens_valid_from <= step.began);
        let user = user.ok_or(AppError::SessionExpired)?;
        self.code_or_refuse(&user, code).await?;
        self.store.login_steps.end(&hash).await?;
        self.let_in(&user).await
    }

    /// Password and code at once, as programs send them.
    ///
    /// # Errors
    /// As [`Shop::enter`] and [`Shop::enter_code`].
    pub async fn log_in_with(
        &self,
        username: &str,
        password: &str,
        code: Option<&str>,
        address: &str,
    ) -> Result<Login, AppError> {
        let user = self.check_password(username, password, address).await?;
        if user.second_factor.is_some() {
            let Some(code) = code else {
                trail::open(Who::admin(&user.id, &user.username), "login.half");
                return Err(AppError::SecondFactor { wrong: false });
            };
            self.code_or_refuse(&user, code).await?;
        }
        self.let_in(&user).await
    }

    /// As [`Shop::log_in_with`], without a code.
    ///
    /// # Errors
    /// As there.
    pub async fn log_in(&self, username: &str, password: &str, address: &str) -> Result<Login, AppError> {
        self.log_in_with(username, password, None, address).await
    }

    async fn code_or_refuse(&self, user: &AdminUser, code: &str) -> Result<(), AppError> {
        let checked = self.check_factor(user, code).await;
        let action = if checked.is_ok() { "login.ok" } else { "login.code" };
        trail::open(Who::admin(&user.id, &user.username), action);
        checked
    }

    async fn let_in(&self, user: &AdminUser) -> Result<Login, AppError> {
        trail::open(Who::admin(&user.id, &user.username), "login.ok");
        let at = now();
        self.store.users.note_login(&user.id, at).await?;
        self.issue(user, secrets::token(), user.tokens_valid_from.max(at.0 / 1000))
    }
}
