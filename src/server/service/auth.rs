//! Logging in as the producer: a password once, then a signed token in a cookie. What may follow
//! the password stands in `login`.

use super::Shop;
use crate::{
    model::{
        account::long_enough as checked,
        error::AppError,
        ids::UserId,
        session::{Admin, Rights},
        time::Timestamp,
    },
    server::{
        clock::now,
        config::ConfigError,
        secrets::{self, Secret32},
        store::{
            rate_limits::{Limit, Per},
            users::{AdminEntry, AdminUser},
        },
        trail::{self, Who},
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
/// What a wrong password leaves in the audit log.
const FAILED: &str = "login.failed";
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
    /// Checks a password.
    ///
    /// # Errors
    /// [`AppError::InvalidCredentials`], the same and after the same time for unknown users;
    /// [`AppError::RateLimited`].
    pub(super) async fn check_password(
        &self,
        username: &str,
        password: &str,
        address: &str,
    ) -> Result<AdminUser, AppError> {
        let username = username.trim();
        let tries = self.tries(username, address);
        // The narrowest first: what it refuses does not count against the account, or one address
        // could shut it for all.
        for (key, limit) in &tries {
            self.store.rate_limits.count(key, *limit).await?;
        }
        if password.len() > 1000 || username.len() > 400 {
            trail::open(Who::nobody(), FAILED);
            return Err(AppError::InvalidCredentials);
        }
        let user = self.store.users.admin(username).await?;
        let hash = user.as_ref().map(|user| user.password_hash.clone());
        let fits = self.passwords.verify(password.to_owned(), hash).await?;
        // Of a name that nobody has nothing is noted: it may be a password in the wrong field.
        let who = user.as_ref().map_or_else(Who::nobody, |user| Who::admin(&user.id, &user.username));
        let Some(user) = user.filter(|_| fits) else {
            trail::open(who, FAILED);
            return Err(AppError::InvalidCredentials);
        };
        // Counted before the check, so that guesses at once cannot slip through; a right password
        // was no guess.
        for (key, limit) in &tries {
            self.store.rate_limits.forgive(key, *limit).await?;
        }
        Ok(user)
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
            return self.issue(&user, claims.family, claims.auth_time);
        }
        let (csrf_token, rights) = (self.csrf_token(&claims.family), user.rights);
        Ok(Login {
            admin: Admin { csrf_token, username: user.username, rights },
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

    /// Adds an owner; the password has at least ten characters.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn create_admin(&self, username: &str, password: &str) -> Result<(), ConfigError> {
        self.add_admin(username, password, Rights::Owner).await
    }

    /// Adds an admin with these rights.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn add_admin(&self, username: &str, password: &str, rights: Rights) -> Result<(), ConfigError> {
        let username = username.trim();
        if username.is_empty() || username.chars().count() > 100 {
            return Err(ConfigError("The user name must have 1 to 100 characters.".into()));
        }
        long_enough(password)?;
        let failed = |error: AppError| ConfigError(format!("The admin could not be made: {error}"));
        let hash = self.passwords.hash(password.to_owned()).await.map_err(failed)?;
        match self.store.users.insert_admin(username, &hash, rights).await {
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

    /// Takes off the second factor of an admin whose phone is lost, and ends their logins. False:
    /// there is no such admin, or no second factor.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn reset_factor(&self, username: &str) -> Result<bool, ConfigError> {
        let failed = |error: AppError| ConfigError(format!("The second factor could not be reset: {error}"));
        let Some(user) = self.store.users.admin(username.trim()).await.map_err(failed)? else {
            return Ok(false);
        };
        let removed = self.store.users.remove_factor(&user.id).await.map_err(failed)?;
        if removed {
            self.store.users.void_logins(&user.username).await.map_err(failed)?;
        }
        Ok(removed)
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
    pub(super) fn tries(&self, username: &str, address: &str) -> [(String, Limit); 3] {
        let key = |parts: &[&str]| format!("login:{}", self.config.session_key.mac(parts));
        [
            (key(&["login", username, address]), TRIES),
            (key(&["login of address", address]), TRIES_OF_ADDRESS),
            (key(&["login for account", username]), TRIES_FOR_ACCOUNT),
        ]
    }

    /// A new token for a login.
    pub(super) fn issue(&self, user: &AdminUser, family: String, auth_time: i64) -> Result<Login, AppError> {
        let iat = now().0 / 1000;
        let exp = (iat + TOKEN).min(auth_time + LOGIN);
        let claims = Claims {
            iss: ISSUER.into(),
            aud: AUDIENCE.into(),
            user_id: user.id.to_string(),
            username: user.username.clone(),
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
        let csrf_token = self.csrf_token(&claims.family);
        Ok(Login {
            admin: Admin { csrf_token, username: claims.username, rights: user.rights },
            id: user.id.clone(),
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
    checked(password).map_err(|_| ConfigError("The password must have 10 to 1000 characters.".into()))
}

impl Login {
    /// Does a form of this login carry the right token?
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn check_csrf(&self, token: &str) -> Result<(), AppError> {
        if secrets::same(token, &self.admin.csrf_token) { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Is it an owner's?
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub const fn check_owner(&self) -> Result<(), AppError> {
        if self.admin.rights.is_owner() { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Whose login it is, for the audit log.
    pub fn who(&self) -> Who {
        Who::admin(&self.id, &self.admin.username)
    }

    /// What all tokens of it have in common.
    pub(super) fn family(&self) -> &str {
        &self.family
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
