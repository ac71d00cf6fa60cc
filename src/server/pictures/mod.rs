//! The pictures of products: what may come in, and where they are kept.

mod folder;
mod reading;
mod whole;

pub use folder::Folder;
pub use reading::{Limits, reencode};

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use std::{fmt::Write, io};

/// The name of a kept picture: the first 32 hexadecimal digits of the SHA-256 of its bytes, and
/// `.jpg`. The same picture has the same name, and what stands under a name never changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PictureName(String);

const DIGITS: usize = 32;
const ENDING: &str = ".jpg";
/// Where kept pictures are served.
const PLACE: &str = "/media/";

impl PictureName {
    /// Reads a name from outside. Nothing else passes, so a name can be part of a path.
    pub fn parse(text: &str) -> Option<PictureName> {
        let digits = text.strip_suffix(ENDING)?;
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (digits.len() == DIGITS && digits.bytes().all(hex)).then(|| PictureName(text.to_owned()))
    }

    /// The name of a picture with these bytes.
    pub fn of(picture: &[u8]) -> PictureName {
        let mut name = String::with_capacity(DIGITS + ENDING.len());
        for byte in &Sha256::digest(picture)[..DIGITS / 2] {
            let _ = write!(name, "{byte:02x}");
        }
        name.push_str(ENDING);
        PictureName(name)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that a product's `images` hold.
    pub fn address(&self) -> String {
        format!("{PLACE}{}", self.0)
    }

    /// The picture behind an address in a product's `images`; none for the demonstration's own.
    pub fn from_address(address: &str) -> Option<PictureName> {
        PictureName::parse(address.strip_prefix(PLACE)?)
    }
}

/// Where pictures are kept. What is got was put whole; putting the same picture again changes
/// nothing.
#[async_trait]
pub trait PictureStore: Send + Sync {
    /// Keeps a picture under its name.
    async fn put(&self, name: &PictureName, picture: &[u8]) -> io::Result<()>;

    /// The picture, if there is one of this name.
    async fn get(&self, name: &PictureName) -> io::Result<Option<Vec<u8>>>;

    /// Removes a picture; one that is not there is no error.
    async fn delete(&self, name: &PictureName) -> io::Result<()>;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_own_names_are_names() {
        let name = PictureName::of(b"");
        assert_eq!(name.as_str(), "e3b0c44298fc1c149afbf4c8996fb924.jpg");
        assert_eq!(PictureName::parse(name.as_str()), Some(name.clone()));
        assert_eq!(PictureName::from_address(&name.address()), Some(name));
        let good = "e3b0c44298fc1c149afbf4c8996fb924";
        for text in [
            "",
            ".jpg",
            good,
            &format!("{good}.png"),
            &format!("{good}.jpg\0"),
            &format!("{good}0.jpg"),
            &format!("../{good}.jpg"),
            &format!("{}.jpg", good.to_uppercase()),
            &format!("{}/{}.jpg", &good[..15], &good[..16]),
        ] {
            assert_eq!(PictureName::parse(text), None, "{text:?}");
        }
        assert_eq!(PictureName::from_address("/pictures/paine.svg"), None);
    }

    proptest! {
        #[test]
        fn whatever_passes_is_no_path(text in "[./0-9a-f\\\\%]{0,40}(\\.jpg)?") {
            if let Some(name) = PictureName::parse(&text) {
                prop_assert_eq!(name.as_str().len(), 36);
                prop_assert_eq!(name.as_str().find(['/', '\\', '%']), None);
                prop_assert_eq!(name.as_str().find('.'), Some(32));
            }
        }
    }
}
