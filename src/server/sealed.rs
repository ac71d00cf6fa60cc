//! Secrets that the database keeps and nobody reads there: AES-256-GCM under a key of its own.

use super::secrets::Secret32;
use crate::model::error::AppError;
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// Bytes of a nonce. It is random: a key seals a handful of secrets in its life.
const NONCE: usize = 12;

/// Seals a secret. It opens only with the same key and for the same `owner`, so that a sealed text
/// that was copied into another account is worth nothing there.
///
/// # Errors
/// [`AppError::Internal`].
pub fn seal(key: &Secret32, owner: &str, secret: &[u8]) -> Result<String, AppError> {
    let nonce: [u8; NONCE] = rand::random();
    let payload = Payload { msg: secret, aad: owner.as_bytes() };
    let sealed = cipher(key).encrypt(Nonce::from_slice(&nonce), payload).map_err(|_| AppError::Internal)?;
    Ok(URL_SAFE_NO_PAD.encode([&nonce[..], &sealed].concat()))
}

/// Opens what [`seal`] made; `None` when it is not that, or the key is another.
pub fn unseal(key: &Secret32, owner: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
    let payload = Payload { msg: sealed, aad: owner.as_bytes() };
    cipher(key).decrypt(Nonce::from_slice(nonce), payload).ok()
}

fn cipher(key: &Secret32) -> Aes256Gcm {
    Aes256Gcm::new(key.derived("sealed").bytes().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: Secret32 = Secret32::new([7; 32]);

    proptest! {
        #[test]
        fn what_is_sealed_opens_for_its_owner_alone(secret: [u8; 20], place: usize) {
            let sealed = seal(&KEY, "ina", &secret).unwrap();
            prop_assert_eq!(unseal(&KEY, "ina", &sealed), Some(secret.to_vec()));
            prop_assert_eq!(unseal(&KEY, "ion", &sealed), None);
            prop_assert_eq!(unseal(&Secret32::new([8; 32]), "ina", &sealed), None);
            let mut forged = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
            let place = place % forged.len();
            forged[place] ^= 1;
            prop_assert_eq!(unseal(&KEY, "ina", &URL_SAFE_NO_PAD.encode(forged)), None);
        }

        #[test]
        fn anything_else_does_not_open(text in crate::model::strange::nearly("[A-Za-z0-9_-]{0,60}")) {
            prop_assert_eq!(unseal(&KEY, "ina", &text), None);
        }
    }

    #[test]
    fn the_same_secret_is_sealed_differently_each_time() {
        assert_ne!(seal(&KEY, "ina", b"x").unwrap(), seal(&KEY, "ina", b"x").unwrap());
    }
}
