//! From a kept picture to its variants: smaller ones, each in every format.

use crate::model::image::Format;
use image::{DynamicImage, ImageError, ImageFormat, Rgb, codecs::jpeg::JpegEncoder, imageops::FilterType};
use ravif::{AlphaColorMode, Img, RGBA8};
use std::io;

/// The widths of variants, in pixels: a card on a phone has some 175 of CSS at 2 to 3 to each, the
/// page of a product on a phone some 400, on a desktop some 540. Names with other widths stay valid.
const LADDER: [u16; 4] = [320, 480, 720, 1080];

/// Between the formats the same loss is to be seen, so each has its own number.
const AVIF_QUALITY: f32 = 60.0;
const WEBP_QUALITY: f32 = 76.0;
const JPEG_QUALITY: u8 = 78;
/// 1 (small files) to 10 (quick).
const AVIF_SPEED: u8 = 8;

/// The widths that a picture of this width gets: never wider than it is; a small one gets
/// its own, too.
pub fn widths(width: u16) -> Vec<u16> {
    let mut widths: Vec<u16> = LADDER.into_iter().filter(|step| *step < width).collect();
    if LADDER.iter().any(|step| width <= *step) {
        widths.push(width);
    }
    widths
}

/// A kept picture, decoded.
pub struct Source {
    picture: DynamicImage,
}

impl Source {
    /// Reads a kept JPEG.
    ///
    /// # Errors
    /// What the decoder says: the file was changed by other hands.
    pub fn read(jpeg: &[u8]) -> io::Result<Source> {
        let picture = image::load_from_memory_with_format(jpeg, ImageFormat::Jpeg).map_err(unreadable)?;
        Ok(Source { picture: picture.into_rgb8().into() })
    }

    /// Width and height.
    ///
    /// # Errors
    /// It is larger than any picture that is kept.
    pub fn size(&self) -> io::Result<(u16, u16)> {
        let side = |side: u32| u16::try_from(side).map_err(io::Error::other);
        Ok((side(self.picture.width())?, side(self.picture.height())?))
    }

    /// See [`super::Kept::colour`].
    pub fn colour(&self) -> u32 {
        mean_colour(&self.picture)
    }

    /// One width of it in some formats.
    ///
    /// # Errors
    /// What an encoder says.
    pub fn variants(&self, width: u16, formats: &[Format]) -> io::Result<Vec<(Format, Vec<u8>)>> {
        let (of_width, of_height) = (self.picture.width(), self.picture.height());
        // Rounded to the nearest; the quotient of two sides below 65,536 cannot overflow.
        let height = (of_height * u32::from(width) + of_width / 2) / of_width.max(1);
        let small = if u32::from(width) == of_width {
            self.picture.clone()
        } else {
            self.picture.resize_exact(width.into(), height.max(1), FilterType::CatmullRom)
        };
        formats.iter().map(|format| Ok((*format, encode(&small, *format)?))).collect()
    }
}

/// The mean colour of a picture, 0xRRGGBB.
pub(super) fn mean_colour(picture: &DynamicImage) -> u32 {
    let [red, green, blue] = picture.thumbnail_exact(1, 1).into_rgb8().get_pixel(0, 0).0;
    u32::from_be_bytes([0, red, green, blue])
}

fn encode(picture: &DynamicImage, format: Format) -> io::Result<Vec<u8>> {
    let pixels = picture.as_rgb8().ok_or_else(|| io::Error::other("not three colours of 8 bits"))?;
    match format {
        Format::Avif => {
            let colours: Vec<RGBA8> = pixels.pixels().map(opaque).collect();
            let (width, height) = (size(pixels.width())?, size(pixels.height())?);
            let encoder = ravif::Encoder::new()
                .with_quality(AVIF_QUALITY)
                .with_speed(AVIF_SPEED)
                .with_alpha_color_mode(AlphaColorMode::UnassociatedDirty)
                .with_num_threads(Some(1));
            // Not `encode_rgb`: that is compiled into the caller, with the whole encoder, and in a
            // test is then without optimisation. Where all is opaque both write the same.
            let encoded = encoder.encode_rgba(Img::new(&colours, width, height)).map_err(io::Error::other)?;
            Ok(encoded.avif_file)
        }
        Format::WebP => {
            let encoder = webp::Encoder::from_rgb(pixels.as_raw(), pixels.width(), pixels.height());
            let encoded = encoder.encode_simple(false, WEBP_QUALITY);
            Ok(encoded.map_err(|error| io::Error::other(format!("{error:?}")))?.to_vec())
        }
        Format::Jpeg => {
            let mut encoded = Vec::new();
            let mut encoder = JpegEncoder::new_with_quality(&mut encoded, JPEG_QUALITY);
            encoder.encode_image(pixels).map_err(unreadable)?;
            Ok(encoded)
        }
    }
}

fn opaque(pixel: &Rgb<u8>) -> RGBA8 {
    RGBA8::new(pixel.0[0], pixel.0[1], pixel.0[2], u8::MAX)
}

fn size(side: u32) -> io::Result<usize> {
    usize::try_from(side).map_err(io::Error::other)
}

fn unreadable(error: ImageError) -> io::Error {
    io::Error::other(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_variant_is_wider_than_the_picture() {
        for (width, expected) in [
            (1, &[1][..]),
            (300, &[300]),
            (320, &[320]),
            (600, &[320, 480, 600]),
            (1080, &[320, 480, 720, 1080]),
            (1600, &[320, 480, 720, 1080]),
        ] {
            assert_eq!(widths(width), expected);
        }
    }
}
