//! Files as a producer, or somebody else, may upload them.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use vatra::model::image::Format;

/// A picture of this size with something to see in it; another `seed` shows something else.
pub fn picture(width: u32, height: u32, seed: u8) -> DynamicImage {
    let pixel = |x: u32, y: u32| Rgb([part(x, width), part(y, height), seed]);
    RgbImage::from_fn(width, height, pixel).into()
}

fn part(at: u32, of: u32) -> u8 {
    u8::try_from(at * 255 / of).unwrap()
}

/// The file of a picture.
pub fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("encoded");
    file.into_inner()
}

/// A small PNG that no other seed gives.
pub fn png(seed: u8) -> Vec<u8> {
    encoded(&picture(40, 30, seed), ImageFormat::Png)
}

/// A JPEG.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encoded(&picture(width, height, 0), ImageFormat::Jpeg)
}

/// The place where `jpeg_with_gps` was taken, and who took it.
pub const SECRET: &[u8] = b"44.4268 N, 26.1025 E, Ana Pop";

/// A JPEG as a phone makes it: Exif metadata say where it was taken and that it is to be turned by
/// a quarter to the right (JEITA CP-3451, orientation 6).
pub fn jpeg_with_gps(width: u32, height: u32) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value.to_le_bytes()].concat()
    };
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    exif.extend([2, 0]);
    exif.extend(entry(0x0112, 3, 1, 6));
    exif.extend(entry(0x8825, 4, 1, 38));
    exif.extend([0; 4]);
    // The GPS part: one text, the processing method, which may hold anything.
    exif.extend([1, 0]);
    exif.extend(entry(0x001B, 7, u32::try_from(SECRET.len()).unwrap(), 56));
    exif.extend([0; 4]);
    exif.extend(SECRET);
    with_segment(&jpeg(width, height), 0xE1, &exif)
}

/// A JPEG with one more segment at its beginning.
pub fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// A PNG with a header of this size (8 bits, RGB and alpha) and this zlib stream.
pub fn png_of(width: u32, height: u32, stream: &[u8]) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in [(b"IHDR", &header[..]), (b"IDAT", stream), (b"IEND", &[])] {
        file.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
        let named = [&kind[..], content].concat();
        file.extend(&named);
        file.extend(crc(&named).to_be_bytes());
    }
    file
}

/// A zlib stream that inflates to more than this many zeros: a fixed block (RFC 1951, 3.2.6) of one
/// zero and then nothing but "258 times the byte before", in 13 bits each.
pub fn zeros(count: usize) -> Vec<u8> {
    let mut bits = vec![1, 1, 0];
    bits.extend([0, 0, 1, 1, 0, 0, 0, 0]);
    // Whole groups of eight, which are thirteen bytes.
    for _ in 0..(count / 258 / 8 + 1) * 8 {
        bits.extend([1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0]);
    }
    bits.extend([0; 7]);
    let byte =
        |bits: &[u8]| (0..).zip(bits).fold(0, |byte: u8, (place, bit): (u32, _)| byte | (bit << place));
    [&[0x78, 0x01][..], &bits.chunks(8).map(byte).collect::<Vec<_>>(), &[0; 4]].concat()
}

/// The checksum of a PNG's chunk (ISO 3309).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// What a file is, by its first bytes.
pub fn kind(file: &[u8]) -> Option<Format> {
    match file {
        [0xFF, 0xD8, 0xFF, ..] => Some(Format::Jpeg),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', b'a', b'v', b'i', b'f', ..] => Some(Format::Avif),
        _ => None,
    }
}

/// Width and height of a file, decoded; of an AVIF the container and the header of its one still
/// frame are read (the browser tests show such files).
pub fn size_of(file: &[u8]) -> (u32, u32) {
    if kind(file) == Some(Format::Avif) {
        let avif = avif_parse::read_avif(&mut &*file).expect("an AVIF");
        assert_eq!(avif.alpha_item.as_deref().map(<[u8]>::len), None);
        let frame = avif.primary_item_metadata().expect("a frame");
        assert!(frame.still_picture);
        return (frame.max_frame_width.get(), frame.max_frame_height.get());
    }
    let picture = image::load_from_memory(file).expect("a picture");
    (picture.width(), picture.height())
}
