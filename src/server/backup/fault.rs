//! Why a file cannot be restored.

use age::DecryptError;
use std::{io, path::Path};

/// What is wrong with a file.
#[derive(Debug)]
pub enum Fault {
    /// It is no backup of a shop.
    Foreign,
    /// The key is another's.
    WrongKey,
    /// Something in it is not as it was written, or missing.
    Damaged,
    /// A newer program wrote it, as this says.
    Newer(String),
    /// The disk's.
    Io(io::Error),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        // Decryption and decompression tell of what they find in the same type; only the system's
        // own errors have a number.
        if error.raw_os_error().is_some() { Fault::Io(error) } else { Fault::Damaged }
    }
}

impl From<DecryptError> for Fault {
    fn from(error: DecryptError) -> Fault {
        match error {
            DecryptError::NoMatchingKeys => Fault::WrongKey,
            DecryptError::UnknownFormat => Fault::Foreign,
            DecryptError::Io(error) => error.into(),
            _ => Fault::Damaged,
        }
    }
}

impl Fault {
    /// The sentence for the terminal.
    pub fn sentence(&self, file: &Path) -> String {
        let file = file.display();
        match self {
            Fault::Foreign => format!("{file} is no backup of a shop."),
            Fault::WrongKey => {
                format!(
                    "This key does not open {file}: it was made for another, or its beginning is damaged."
                )
            }
            Fault::Damaged => {
                format!("{file} is damaged or not all there: nothing of it was used; take another backup.")
            }
            Fault::Newer(why) => format!("{file} was made by a newer Vatra: {why}."),
            Fault::Io(error) => format!("{file} cannot be read: {error}."),
        }
    }
}
