//! The secrets of one installation and random values.

use super::config::ConfigError;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use std::{fs, io::Write, os::unix::fs::OpenOptionsExt, path::Path};

/// 256 secret bits. It has no `Debug` and no `Display`, so that it cannot reach a log.
#[derive(Clone)]
pub struct Secret32([u8; 32]);

impl Secret32 {
    /// Takes the bytes as they are.
    pub const fn new(bytes: [u8; 32]) -> Secret32 {
        Secret32(bytes)
    }

    /// The bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// HMAC-SHA256 of the parts under this key, in URL-safe base64. Each part is preceded by its
    /// length, so that no two lists of parts give the same input.
    pub fn mac(&self, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(self.mac_bytes(parts))
    }

    /// Another key, for this purpose alone.
    pub fn derived(&self, purpose: &str) -> Secret32 {
        Secret32(self.mac_bytes(&["key", purpose]))
    }

    /// As [`Secret32::mac`], in bytes.
    pub fn mac_bytes(&self, parts: &[&str]) -> [u8; 32] {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            unreachable!("HMAC takes a key of any length")
        };
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac.finalize().into_bytes().into()
    }
}

/// Reads 32 bytes in base64.
///
/// # Errors
/// A sentence that names the variable.
pub fn parse(name: &str, text: &str) -> Result<Secret32, ConfigError> {
    let wrong =
        || ConfigError(format!("{name} must be 32 random bytes in base64 (openssl rand -base64 32)."));
    let bytes = STANDARD.decode(text.trim()).map_err(|_| wrong())?;
    bytes.try_into().map(Secret32).map_err(|_| wrong())
}

/// The secret kept in a file of the data directory, made at the first start and readable by its
/// owner only.
///
/// # Errors
/// A sentence that names the file.
pub fn load_or_make(data_dir: &Path, file: &str) -> Result<Secret32, ConfigError> {
    let path = data_dir.join("secrets").join(file);
    let failed = |error: std::io::Error| ConfigError(format!("{} cannot be used: {error}.", path.display()));
    match fs::read_to_string(&path) {
        Ok(text) => parse(&path.display().to_string(), &text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let bytes: [u8; 32] = rand::random();
            fs::create_dir_all(data_dir.join("secrets")).map_err(failed)?;
            let mut file = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)
                .map_err(failed)?;
            file.write_all(STANDARD.encode(bytes).as_bytes()).map_err(failed)?;
            Ok(Secret32(bytes))
        }
        Err(error) => Err(failed(error)),
    }
}

/// A new token: 256 random bits in URL-safe base64 (43 signs).
pub fn token() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

/// What the database keeps of a token: its SHA-256. A token has 256 random bits, so a fast hash
/// is enough.
pub fn token_hash(token: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(token.as_bytes()))
}

/// Are two texts equal, in a time that does not tell where they differ?
pub fn same(a: &str, b: &str) -> bool {
    use subtle::ConstantTimeEq;
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn a_secret_is_made_once_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let first = load_or_make(dir.path(), "key").unwrap();
        let second = load_or_make(dir.path(), "key").unwrap();
        assert_eq!(first.bytes(), second.bytes());
    }

    #[test]
    fn macs_depend_on_every_part() {
        let key = Secret32::new([7; 32]);
        assert_eq!(key.mac(&["ab", "c"]), key.mac(&["ab", "c"]));
        assert_ne!(key.mac(&["ab", "c"]), key.mac(&["a", "bc"]));
        assert_ne!(key.mac(&["ab"]), Secret32::new([8; 32]).mac(&["ab"]));
    }

    #[test]
    fn tokens_are_cart_ids() {
        assert!(crate::model::ids::CartId::parse(&token()).is_ok());
        assert_ne!(token(), token());
    }

    proptest! {
        #[test]
        fn a_secret_reads_back(bytes: [u8; 32]) {
            let text = format!(" {}\n", STANDARD.encode(bytes));
            prop_assert_eq!(parse("KEY", &text).ok().map(|key| *key.bytes()), Some(bytes));
        }

        #[test]
        fn only_32_bytes_in_one_way_of_writing_are_a_secret(text in strange::nearly("[A-Za-z0-9+/]{42,44}={0,2}")) {
            if let Ok(key) = parse("KEY", &text) {
                prop_assert_eq!(STANDARD.encode(key.bytes()), text.trim());
            }
        }

        #[test]
        fn the_same_is_the_same(a in strange::text(6), b in strange::text(6)) {
            prop_assert_eq!(same(&a, &b), a == b);
            prop_assert!(same(&a, &a));
        }
    }
}
