//! A picture of a product, with what its page must know of it: how large it is, which colour
//! stands in its place until it is there, and in which widths it can be had.

use serde::{Deserialize, Serialize};

/// A picture. Its address is that of the whole picture, which is there at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// The address of the whole picture: a JPEG, or a drawing of the shop's own.
    pub address: String,
    /// Pixels from left to right.
    pub width: u16,
    /// Pixels from top to bottom.
    pub height: u16,
    /// Its mean colour, 0xRRGGBB.
    pub colour: u32,
    /// The widths in which it can be had, in pixels, the smallest first; see [`Image::widths_in`].
    /// None until they are made, and for drawings.
    pub widths: Vec<u16>,
}

/// What a picture is encoded as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// The smallest, for browsers since 2020 to 2024.
    Avif,
    /// For those since 2018 to 2020.
    WebP,
    /// For all.
    Jpeg,
}

impl Format {
    /// All, those that a browser should prefer first.
    pub const ALL: [Format; 3] = [Format::Avif, Format::WebP, Format::Jpeg];

    /// The ending of a file's name.
    pub const fn ending(self) -> &'static str {
        match self {
            Format::Avif => ".avif",
            Format::WebP => ".webp",
            Format::Jpeg => ".jpg",
        }
    }

    /// The media type (RFC 9649, RFC 2046; AVIF at IANA).
    pub const fn media_type(self) -> &'static str {
        match self {
            Format::Avif => "image/avif",
            Format::WebP => "image/webp",
            Format::Jpeg => "image/jpeg",
        }
    }
}

impl Image {
    /// The linen of the shop's paper.
    pub const LINEN: u32 = 0x00F1_E7D8;

    /// A picture of which nothing but the address is known.
    pub fn at(address: impl Into<String>) -> Image {
        Image { address: address.into(), width: 800, height: 600, colour: Image::LINEN, widths: Vec::new() }
    }

    /// The address of this width, one of [`Image::widths`].
    pub fn variant(&self, width: u16, format: Format) -> String {
        let stem = self.address.strip_suffix(Format::Jpeg.ending()).unwrap_or(&self.address);
        format!("{stem}-{width}{}", format.ending())
    }

    /// The widths in which it can be had in a format besides the whole: of JPEG, which few browsers
    /// still need, the smallest alone.
    pub fn widths_in(&self, format: Format) -> &[u16] {
        match format {
            Format::Jpeg => self.widths.get(..1).unwrap_or_default(),
            Format::Avif | Format::WebP => &self.widths,
        }
    }

    /// The formats in which it can be had in a width.
    pub fn formats(&self, width: u16) -> Vec<Format> {
        let has = |format: &Format| self.widths_in(*format).contains(&width);
        Format::ALL.into_iter().filter(has).collect()
    }

    /// A small JPEG of it, or the whole where there is none.
    pub fn thumb(&self) -> String {
        self.widths.first().map_or_else(|| self.address.clone(), |width| self.variant(*width, Format::Jpeg))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variant_is_named_after_the_whole() {
        let whole = Image::at("/media/a.jpg");
        assert_eq!(whole.thumb(), "/media/a.jpg");
        let image = Image { widths: vec![320, 480], ..whole };
        assert_eq!(image.thumb(), "/media/a-320.jpg");
        assert_eq!(image.variant(480, Format::Avif), "/media/a-480.avif");
    }
}
