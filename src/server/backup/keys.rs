//! Keys of age: the recipient, for whom backups are encrypted, and the identity, which opens them.

use crate::server::{clock, config::ConfigError};
use age::{Identity, IdentityFile, secrecy::ExposeSecret, x25519};
use std::{
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

/// What opens a backup. Identities cannot be handed to another thread, this can.
#[derive(Clone)]
pub enum Keys {
    /// Those of a file.
    File(PathBuf),
    /// One that was made for the moment.
    Own(x25519::Identity),
}

impl Keys {
    /// The identities.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn identities(&self) -> Result<Vec<Box<dyn Identity>>, ConfigError> {
        match self {
            Keys::File(file) => identities(file),
            Keys::Own(identity) => Ok(vec![Box::new(identity.clone())]),
        }
    }
}

/// Makes a pair; the identity goes to a new file that only its owner can read, the recipient is
/// returned.
///
/// # Errors
/// A sentence that names the file.
pub fn make(file: &Path) -> Result<String, ConfigError> {
    let identity = x25519::Identity::generate();
    let recipient = identity.to_public().to_string();
    let write = || {
        let mut out = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
        writeln!(out, "# created: {}", clock::rfc3339(clock::now()))?;
        writeln!(out, "# public key: {recipient}")?;
        writeln!(out, "{}", identity.to_string().expose_secret())?;
        out.sync_all()
    };
    match write() {
        Ok(()) => Ok(recipient),
        Err(error) => Err(ConfigError(format!("{} cannot be made: {error}.", file.display()))),
    }
}

/// The recipient of this text.
///
/// # Errors
/// A sentence.
pub fn recipient(text: &str) -> Result<x25519::Recipient, ConfigError> {
    text.trim().parse().map_err(|_| {
        ConfigError(format!(
            "The recipient {text:?} is no public key of age: it begins with age1, and vatra backup-key makes one."
        ))
    })
}

/// The identities of a file.
///
/// # Errors
/// A sentence that names the file, and never what is in it.
pub fn identities(file: &Path) -> Result<Vec<Box<dyn Identity>>, ConfigError> {
    let wrong = |why: &str| ConfigError(format!("The key file {} cannot be used: {why}.", file.display()));
    let text = fs::read(file).map_err(|error| wrong(&error.to_string()))?;
    let read = IdentityFile::from_buffer(&text[..]).map_err(|_| wrong("it holds no AGE-SECRET-KEY"))?;
    let found = read.into_identities().map_err(|_| wrong("it holds no AGE-SECRET-KEY"))?;
    if found.is_empty() { Err(wrong("it holds no AGE-SECRET-KEY")) } else { Ok(found) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_is_made_once_for_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("key");
        let public = make(&file).unwrap();
        assert_eq!(recipient(&public).unwrap().to_string(), public);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(identities(&file).unwrap().len(), 1);
        assert!(make(&file).is_err());
        assert!(recipient("age1nobody").is_err());
        fs::write(dir.path().join("other"), "secret").unwrap();
        let error = identities(&dir.path().join("other")).err().unwrap();
        assert!(!error.0.contains("secret"), "{error}");
    }
}
