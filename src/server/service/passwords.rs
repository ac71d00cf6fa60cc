//! Passwords of admins: argon2id, at most as many hashes at once as there are cores.

use crate::model::error::AppError;
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The parameters of the OWASP Password Storage Cheat Sheet: 46 MiB, one pass, one lane.
const MEMORY_KIB: u32 = 46 * 1024;

/// A hash of a password that nobody has, so that an unknown user costs the same time as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$dmF0cmEtbm9ib2R5LTE2Yg$EWIyHL5bzHGaYVVN6aCX1PzXLsh4w8uYj3KLJJ0r0y4";

/// Hashes and checks passwords off the threads that serve requests.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    /// One hash at a time for each core.
    pub fn new() -> Passwords {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Passwords { turns: Arc::new(Semaphore::new(cores)) }
    }

    /// The hash to store, in PHC form.
    ///
    /// # Errors
    /// [`AppError::Internal`].
    pub async fn hash(&self, password: String) -> Result<String, AppError> {
        self.run(move || argon2()?.hash_password(password.as_bytes()).ok().map(|hash| hash.to_string()))
            .await?
            .ok_or(AppError::Internal)
    }

    /// Does the password fit the hash? Without a hash: no, after the same time.
    ///
    /// # Errors
    /// [`AppError::Internal`].
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, AppError> {
        self.run(move || {
            let stored = hash.as_deref().unwrap_or(NOBODY);
            let fits = argon2()?.verify_password(password.as_bytes(), stored).is_ok();
            Some(fits && hash.is_some())
        })
        .await
        .map(|fits| fits == Some(true))
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Option<T> + Send + 'static,
    ) -> Result<Option<T>, AppError> {
        let _turn = self.turns.acquire().await.map_err(|_| AppError::Internal)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| AppError::Internal)
    }
}

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords::new()
    }
}

fn argon2() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, 1, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let passwords = Passwords::new();
        let hash = passwords.hash("vatra și pâine".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"));
        assert!(passwords.verify("vatra și pâine".into(), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify("vatra si paine".into(), Some(hash)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_the_hash_of_nobody() {
        assert!(!Passwords::new().verify(String::new(), None).await.unwrap());
        // The stand-in must parse, or an unknown user would be answered faster.
        let outcome = argon2().unwrap().verify_password(b"x", NOBODY);
        assert_eq!(outcome, Err(argon2::password_hash::Error::PasswordInvalid));
    }
}
