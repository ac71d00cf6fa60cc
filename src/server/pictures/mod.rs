//! The pictures of products: what may come in, and where they are kept.

mod folder;
mod gridfs;
mod reading;
mod variants;
mod whole;

pub use folder::Folder;
pub use gridfs::GridFs;
pub use reading::{Kept, Limits, read, reencode};
pub use variants::{Source, widths};

use crate::model::image::{Format, Image};
use async_trait::async_trait;
use sha2::{Digest, Sha256};
use std::{fmt::Write, io};

/// The name of a kept picture: the first 32 hexadecimal digits of the SHA-256 of the whole picture,
/// `-` and the width where it is a variant of it, and the ending of its format. What stands under a
/// name never changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PictureName {
    text: String,
    format: Format,
}

const DIGITS: usize = 32;
/// Where kept pictures are served.
const PLACE: &str = "/media/";

impl PictureName {
    /// Reads a name from outside. Nothing else passes, so a name can be part of a path.
    pub fn parse(text: &str) -> Option<PictureName> {
        let (stem, format) =
            Format::ALL.into_iter().find_map(|format| Some((text.strip_suffix(format.ending())?, format)))?;
        let (digits, width) = stem.split_at_checked(DIGITS)?;
        let hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let width = match width.strip_prefix('-') {
            Some(width) => is_width(width),
            None => width.is_empty() && format == Format::Jpeg,
        };
        (width && digits.bytes().all(hex)).then(|| PictureName { text: text.to_owned(), format })
    }

    /// The name of a whole picture with these bytes.
    pub fn of(picture: &[u8]) -> PictureName {
        let mut text = String::with_capacity(DIGITS + Format::Jpeg.ending().len());
        for byte in &Sha256::digest(picture)[..DIGITS / 2] {
            let _ = write!(text, "{byte:02x}");
        }
        text.push_str(Format::Jpeg.ending());
        PictureName { text, format: Format::Jpeg }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What it is.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The address that a product's `images` hold.
    pub fn address(&self) -> String {
        format!("{PLACE}{}", self.text)
    }

    /// The picture behind an address in a product's `images`; none for the demonstration's own.
    pub fn from_address(address: &str) -> Option<PictureName> {
        PictureName::parse(address.strip_prefix(PLACE)?)
    }

    /// Every file that there may be of a picture; none for the demonstration's own.
    pub fn all(image: &Image) -> Vec<PictureName> {
        let Some(whole) = PictureName::from_address(&image.address) else { return Vec::new() };
        let mut all = vec![whole];
        let known = image.widths.iter().copied().chain(widths(image.width));
        all.extend(known.flat_map(|width| PictureName::variants(image, width)));
        all.sort();
        all.dedup();
        all
    }

    /// The files of one width.
    pub fn variants(image: &Image, width: u16) -> impl Iterator<Item = PictureName> {
        let addresses = Format::ALL.map(|format| image.variant(width, format));
        addresses.into_iter().filter_map(|address| PictureName::from_address(&address))
    }
}

/// A number of one to four digits, written in the one usual way.
fn is_width(text: &str) -> bool {
    (1..=4).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Where pictures are kept. What is got was put whole; putting the same picture again changes
/// nothing.
#[async_trait]
pub trait PictureStore: Send + Sync {
    /// Keeps a picture under its name.
    async fn put(&self, name: &PictureName, picture: &[u8]) -> io::Result<()>;

    /// The picture, if there is one of this name.
    async fn get(&self, name: &PictureName) -> io::Result<Option<Vec<u8>>>;

    /// The names of all pictures, in order.
    async fn names(&self) -> io::Result<Vec<PictureName>>;

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
            &format!("{good}.avif"),
            &format!("{good}-.avif"),
            &format!("{good}-0.avif"),
            &format!("{good}-0320.avif"),
            &format!("{good}-+320.avif"),
            &format!("{good}-32000.avif"),
            &format!("{good}-320-320.avif"),
            &format!("{good}-320.avif.jpg"),
            &format!("{good}-320.svg"),
            &format!("{}é-320.avif", &good[..31]),
        ] {
            assert_eq!(PictureName::parse(text), None, "{text:?}");
        }
        assert_eq!(PictureName::from_address("/pictures/paine.svg"), None);
    }

    #[test]
    fn a_picture_is_its_whole_and_three_files_of_each_width() {
        let image = Image { width: 600, ..Image::at(PictureName::of(b"").address()) };
        let names = PictureName::all(&image);
        assert_eq!(names.len(), 1 + 3 * 3);
        for name in &names {
            assert_eq!(PictureName::parse(name.as_str()).as_ref(), Some(name));
        }
        let older = Image { widths: vec![200, 320], ..image };
        assert_eq!(PictureName::all(&older).len(), 1 + 3 * 4);
        assert_eq!(PictureName::all(&Image::at("/pictures/paine.svg")), []);
    }

    proptest! {
        #[test]
        fn whatever_passes_is_no_path(text in "[0-9a-f]{32}[-./0-9a-f\\\\%]{0,6}\\.(jpg|avif|webp)") {
            if let Some(name) = PictureName::parse(&text) {
                prop_assert_eq!(name.as_str().find(['/', '\\', '%']), None);
                prop_assert_eq!(name.as_str().matches('.').count(), 1);
                prop_assert!(name.as_str().ends_with(name.format().ending()));
            }
        }
    }
}
