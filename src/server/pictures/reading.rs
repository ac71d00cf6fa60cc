//! From an uploaded file to the picture that is kept: what it is is decided by its content, and
//! nothing of the file remains but its pixels.

use super::{variants::mean_colour, whole};
use crate::model::field::FieldError;
use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, codecs::jpeg::JpegEncoder, guess_format,
    imageops::FilterType, metadata::Orientation,
};
use std::io::Cursor;

/// What an uploaded picture may be.
pub struct Limits;

impl Limits {
    /// The most pixels of a side.
    pub const SIDE: u32 = 12_000;
    /// The most pixels, in millions.
    pub const MEGAPIXELS: u32 = 50;
    /// The most bytes of the decoded picture: 50 million pixels of four bytes, and less than 50
    /// million of those with 16 bits a colour.
    const DECODED: u64 = 256 << 20;
    /// The most bytes that a decoder may take beside that, for metadata that is compressed.
    const ASIDE: u64 = 32 << 20;

    fn allow(width: u32, height: u32) -> bool {
        let pixels = u64::from(width) * u64::from(height);
        width.max(height) <= Limits::SIDE && pixels <= u64::from(Limits::MEGAPIXELS) * 1_000_000
    }

    const fn exceeded() -> FieldError {
        FieldError::Pixels { side: Limits::SIDE, megapixels: Limits::MEGAPIXELS }
    }
}

/// The longer side of a kept picture, in pixels.
const KEPT_SIDE: u32 = 1600;
const QUALITY: u8 = 82;

/// What is kept of a file.
pub struct Kept {
    /// The picture, a JPEG.
    pub jpeg: Vec<u8>,
    /// Pixels from left to right.
    pub width: u16,
    /// Pixels from top to bottom.
    pub height: u16,
    /// Its mean colour, 0xRRGGBB.
    pub colour: u32,
}

/// The picture to keep, a JPEG: turned as its metadata say, at most 1600 pixels on its longer side,
/// transparency on white, without any metadata.
///
/// # Errors
/// [`FieldError::Picture`] for what is no JPEG, PNG or WebP, or is damaged;
/// [`FieldError::Pixels`], told by the header alone, for what would be too large in memory.
pub fn read(file: &[u8]) -> Result<Kept, FieldError> {
    let decoder = decoder(file)?;
    let (picture, orientation) = decode(decoder)?;
    let mut picture = shrink(on_white(picture));
    picture.apply_orientation(orientation);
    let picture = DynamicImage::from(picture.into_rgb8());
    let side = |side: u32| u16::try_from(side).map_err(|_| Limits::exceeded());
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
    encoder.encode_image(&picture).map_err(damaged)?;
    Ok(Kept {
        width: side(picture.width())?,
        height: side(picture.height())?,
        colour: mean_colour(&picture),
        jpeg,
    })
}

/// The bytes alone of what [`read`] keeps.
///
/// # Errors
/// As [`read`].
pub fn reencode(file: &[u8]) -> Result<Vec<u8>, FieldError> {
    read(file).map(|kept| kept.jpeg)
}

fn damaged(error: image::ImageError) -> FieldError {
    tracing::debug!(%error, "a picture cannot be read");
    match error {
        image::ImageError::Limits(_) => Limits::exceeded(),
        _ => FieldError::Picture,
    }
}

/// A decoder that has read the header and nothing else.
fn decoder(file: &[u8]) -> Result<impl ImageDecoder, FieldError> {
    let format = guess_format(file).map_err(|_| FieldError::Picture)?;
    match format {
        ImageFormat::Png => {}
        ImageFormat::Jpeg if whole::jpeg(file) => {}
        ImageFormat::WebP if whole::webp(file) => {
            if whole::webp_frames(file).any(|(width, height)| !Limits::allow(width, height)) {
                return Err(Limits::exceeded());
            }
        }
        _ => return Err(FieldError::Picture),
    }
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(Limits::SIDE);
    limits.max_image_height = Some(Limits::SIDE);
    limits.max_alloc = Some(Limits::ASIDE);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    if !Limits::allow(width, height) || decoder.total_bytes() > Limits::DECODED {
        return Err(Limits::exceeded());
    }
    Ok(decoder)
}

fn decode(mut decoder: impl ImageDecoder) -> Result<(DynamicImage, Orientation), FieldError> {
    // Metadata that cannot be read are no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(damaged)?, orientation))
}

/// Before it is shrunk, or the hidden colours of transparent pixels would bleed into their
/// neighbours.
fn on_white(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture;
    }
    let mut picture = picture.into_rgba8();
    for pixel in picture.pixels_mut() {
        let alpha = u16::from(pixel.0[3]);
        for colour in &mut pixel.0[..3] {
            let mixed = (u16::from(*colour) * alpha + 255 * (255 - alpha) + 127) / 255;
            *colour = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
        pixel.0[3] = u8::MAX;
    }
    DynamicImage::ImageRgba8(picture)
}

fn shrink(picture: DynamicImage) -> DynamicImage {
    let longer = |picture: &DynamicImage| picture.width().max(picture.height());
    // The good filter keeps 16 bytes for each pixel of a half-shrunk picture: a large one is first
    // averaged down in whole numbers.
    let picture = if longer(&picture) > 3 * KEPT_SIDE {
        picture.thumbnail(2 * KEPT_SIDE, 2 * KEPT_SIDE)
    } else {
        picture
    };
    if longer(&picture) > KEPT_SIDE {
        picture.resize(KEPT_SIDE, KEPT_SIDE, FilterType::CatmullRom)
    } else {
        picture
    }
}
