//! Logging in as the producer: a password once, then a signed token in a cookie.

use super::Shop;
use crate::{
    model::{error::AppError, ids::UserId, session::Admin, time::Timestamp},
    server::{
        clock::now,
        config::ConfigError,
        secrets::{self, Secret32},
        store::{
            rate_limits::{Limit, Per},
            users::AdminEntry,
        },
    },
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

/// How long a token lives, in seconds.
pub const TOKEN: i64 = 2 * 3600;
/// A token older than this is exchanged for a new one at the next valid request.
const REFRESH_AFTER: i64 = 15 * 60;
/// However often it is refreshed, a login ends after this: a baker's working day.
const LOGIN: i64 = 12 * 3600;
/// Wrong passwords before a pause: for one account from one address; from one address for whatever
/// accounts; for one account from wherever. The last slows an attack from many addresses. Whoever
/// is logged in already needs no password and does not notice it.
const TRIES: Limit = Limit { most: 10, per: Per::Seconds(300) };
const TRIES_OF_ADDRESS: Limit = Limit { most: 30, per: Per::Seconds(300) };
const TRIES_FOR_ACCOUNT: Limit = Limit { most: 100, per: Per::Seconds(300) };
const ISSUER: &str = "vatra";
const AUDIENCE: &str = "vatra-admin";

/// What a token says. The design's fields, and what revoking and refreshing need.
#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    user_id: String,
    username: String,
    role: String,
    iat: i64,
    exp: i64,
    jti: String,
    /// The login that this token descends from; logging out voids all of it.
    family: String,
    /// When the password was typed.
    auth_time: i64,
}

/// A valid login.
pub struct Login {
    /// Who.
    pub admin: Admin,
    /// The id of the account.
    pub id: UserId,
    /// A new token to put in the cookie, when there is one.
    pub token: Option<String>,
    /// When the current token ends.
    pub expires_at: Timestamp,
    family: String,
    ends: i64,
}

impl Shop {
    /// Checks a password and begins a login.
    ///
    /// # Errors
    /// [`AppError::InvalidCredentials`], the same and after the same time for unknown users;
    /// [`AppError::RateLimited`].
    pub async fn log_in(&self, username: &str, password: &str, address: &str) -> Result<Login, AppError> {
        let username = username.trim();
        let tries = self.tries(username, address);
        // The narrowest first: what it refuses does not count against the account, or one address
        // could shut it for all.
        for (key, limit) in &tries {
            self.store.rate_limits.count(key, *limit).await?;
        }
        if password.len() > 1000 || username.len() > 400 {
            return Err(AppError::InvalidCredentials);
        }
        let user = self.store.users.admin(username).await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let fits = self.passwords.verify(password.to_owned(), hash).await?;
        let user = user.filter(|_| fits).ok_or(AppError::InvalidCredentials)?;
        // Counted before the check, so that guesses at once cannot slip through; a right password
        // was no guess.
        for (key, limit) in &tries {
            self.store.rate_limits.forgive(key, *limit).await?;
        }
        let at = now();
        self.store.users.note_login(&user.id, at).await?;
        let began = user.tokens_valid_from.max(at.0 / 1000);
        self.issue(&user.id, &user.username, secrets::token(), began)
    }

    /// The login that a token stands for; refreshes the token when it is a quarter of an hour old.
    ///
    /// # Errors
    /// [`AppError::SessionExpired`] for every token that is not valid.
    pub async fn login_of(&self, token: Option<&str>) -> Result<Login, AppError> {
        let claims = token
            .and_then(|token| read_token(&self.config.jwt_secret, token))
            .ok_or(AppError::SessionExpired)?;
        let id = UserId::parse(&claims.user_id).map_err(|_| AppError::SessionExpired)?;
        let (user, revoked) = tokio::try_join!(
            self.store.users.admin_by_id(&id),
            self.store.revocations.contains(&claims.family)
        )?;
        let user = user.filter(|user| !revoked && claims.auth_time >= user.tokens_valid_from);
        let user = user.ok_or(AppError::SessionExpired)?;
        let at = now().0 / 1000;
        if at >= claims.auth_time + LOGIN {
            return Err(AppError::SessionExpired);
        }
        if at - claims.iat >= REFRESH_AFTER {
            return self.issue(&user.id, &user.username, claims.family, claims.auth_time);
        }
        Ok(Login {
            admin: Admin { csrf_token: self.csrf_token(&claims.family), username: user.username },
            id: user.id,
            token: None,
            expires_at: Timestamp(claims.exp * 1000),
            family: claims.family,
            ends: claims.auth_time + LOGIN,
        })
    }

    /// Voids a login and all tokens of it.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn log_out(&self, login: &Login) -> Result<(), AppError> {
        self.store.revocations.revoke(&login.family, Timestamp(login.ends * 1000)).await
    }

    /// Adds an admin; the password has at least ten characters.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn create_admin(&self, username: &str, password: &str) -> Result<(), ConfigError> {
        let username = username.trim();
        if username.is_empty() || username.chars().count() > 100 {
            return Err(ConfigError("The user name must have 1 to 100 characters.".into()));
        }
        long_enough(password)?;
        let failed = |error: AppError| ConfigError(format!("The admin could not be made: {error}"));
        let hash = self.passwords.hash(password.to_owned()).await.map_err(failed)?;
        match self.store.users.insert_admin(username, &hash).await {
            Err(AppError::Conflict { .. }) => {
                Err(ConfigError(format!("There is already an admin named {username}.")))
            }
            result => result.map_err(failed),
        }
    }

    /// Gives an existing admin another password and voids the old logins. False: there is none of
    /// this name.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn change_password(&self, username: &str, password: &str) -> Result<bool, ConfigError> {
        let username = username.trim();
        long_enough(password)?;
        let failed = |error: AppError| ConfigError(format!("The password could not be changed: {error}"));
        let hash = self.passwords.hash(password.to_owned()).await.map_err(failed)?;
        self.store.users.set_password(username, &hash).await.map_err(failed)
    }

    /// Ends all logins of an admin, on every device. False: there is none of this name.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn end_logins(&self, username: &str) -> Result<bool, ConfigError> {
        let ended = self.store.users.void_logins(username.trim()).await;
        ended.map_err(|error| ConfigError(format!("The logins could not be ended: {error}")))
    }

    /// All admins, by name.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn admins(&self) -> Result<Vec<AdminEntry>, ConfigError> {
        let admins = self.store.users.admins().await;
        admins.map_err(|error| ConfigError(format!("The admins could not be listed: {error}")))
    }

    /// What a try counts against. The counters need know neither names nor addresses.
    fn tries(&self, username: &str, address: &str) -> [(String, Limit); 3] {
        let key = |parts: &[&str]| format!("login:{}", self.config.session_key.mac(parts));
        [
            (key(&["login", username, address]), TRIES),
            (key(&["login of address", address]), TRIES_OF_ADDRESS),
            (key(&["login for account", username]), TRIES_FOR_ACCOUNT),
        ]
    }

    fn issue(&self, id: &UserId, username: &str, family: String, auth_time: i64) -> Result<Login, AppError> {
        let iat = now().0 / 1000;
        let exp = (iat + TOKEN).min(auth_time + LOGIN);
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            user_id: id.to_string(),
            username: username.to_owned(),
            role: "admin".into(),
            iat,
            exp,
            jti: secrets::token(),
            family,
            auth_time,
        };
        let key = EncodingKey::from_secret(self.config.jwt_secret.bytes());
        let token = encode(&Header::new(Algorithm::HS256), &claims, &key).map_err(|error| {
            tracing::error!(%error, "a token could not be signed");
            AppError::Internal
        })?;
        Ok(Login {
            admin: Admin { csrf_token: self.csrf_token(&claims.family), username: claims.username },
            id: id.clone(),
            token: Some(token),
            expires_at: Timestamp(exp * 1000),
            family: claims.family,
            ends: auth_time + LOGIN,
        })
    }

    /// Stays the same for a whole login, so that a form opened before a refresh still counts.
    fn csrf_token(&self, family: &str) -> String {
        self.config.session_key.mac(&["csrf", family])
    }
}

/// What a token says, when this key signed it for us and it has not ended.
fn read_token(key: &Secret32, token: &str) -> Option<Claims> {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE]);
    validation.set_required_spec_claims(&["exp", "iss", "aud"]);
    validation.leeway = 0;
    let key = DecodingKey::from_secret(key.bytes());
    let claims = decode::<Claims>(token, &key, &validation).ok()?.claims;
    (claims.role == "admin").then_some(claims)
}

fn long_enough(password: &str) -> Result<(), ConfigError> {
    if (10..=1000).contains(&password.chars().count()) {
        Ok(())
    } else {
        Err(ConfigError("The password must have 10 to 1000 characters.".into()))
    }
}

impl Login {
    /// Does a form of this login carry the right token?
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn check_csrf(&self, token: &str) -> Result<(), AppError> {
        if secrets::same(token, &self.admin.csrf_token) { Ok(()) } else { Err(AppError::Forbidden) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    const KEY: Secret32 = Secret32::new([7; 32]);

    fn signed(key: &Secret32, algorithm: Algorithm, role: &str, exp: i64) -> String {
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            user_id: "507f1f77bcf86cd799439011".into(),
            username: "ina".into(),
            role: role.into(),
            iat: 0,
            exp,
            jti: "x".into(),
            family: "y".into(),
            auth_time: 0,
        };
        encode(&Header::new(algorithm), &claims, &EncodingKey::from_secret(key.bytes())).unwrap()
    }

    const FAR: i64 = 1 << 40;

    proptest! {
        #[test]
        fn a_token_with_any_sign_changed_is_none(place: usize, sign in "[A-Za-z0-9_.-]") {
            let token = signed(&KEY, Algorithm::HS256, "admin", FAR);
            prop_assert!(read_token(&KEY, &token).is_some());
            let place = place % token.len();
            let forged = format!("{}{sign}{}", &token[..place], &token[place + 1..]);
            prop_assert!(forged == token || read_token(&KEY, &forged).is_none(), "{}", forged);
        }

        #[test]
        fn only_our_key_algorithm_and_role_count(other: [u8; 32], role in strange::nearly("admin|customer"), exp in 0..2_000_000i64) {
            let other = Secret32::new(other);
            prop_assume!(other.bytes() != KEY.bytes());
            prop_assert!(read_token(&KEY, &signed(&other, Algorithm::HS256, "admin", FAR)).is_none());
            for algorithm in [Algorithm::HS384, Algorithm::HS512] {
                prop_assert!(read_token(&KEY, &signed(&KEY, algorithm, "admin", FAR)).is_none());
            }
            let read = read_token(&KEY, &signed(&KEY, Algorithm::HS256, &role, FAR));
            prop_assert_eq!(read.is_some(), role == "admin");
            prop_assert!(read_token(&KEY, &signed(&KEY, Algorithm::HS256, "admin", exp)).is_none(), "ended");
        }

        #[test]
        fn any_text_is_no_token(text in strange::nearly("eyJ[A-Za-z0-9]{0,20}\\.[A-Za-z0-9_-]{0,20}\\.[A-Za-z0-9_-]{0,43}")) {
            prop_assert!(read_token(&KEY, &text).is_none());
        }
    }
}
