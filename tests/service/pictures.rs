//! What is kept of an uploaded file, and which files are refused.

use crate::harness::pictures::{
    SECRET, encoded, jpeg, jpeg_with_gps, picture, png, png_of, with_segment, zeros,
};
use image::{DynamicImage, GenericImageView, ImageFormat, RgbaImage};
use proptest::prelude::*;
use vatra::{model::field::FieldError, server::pictures::reencode};

/// What is kept of a file.
fn kept(file: &[u8]) -> DynamicImage {
    let kept = reencode(file).expect("a picture");
    image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).expect("a JPEG")
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn every_good_format_becomes_a_jpeg_of_at_most_1600_pixels() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        for (size, expected) in [
            ((2000, 1000), (1600, 800)),
            ((900, 1800), (800, 1600)),
            ((5000, 2500), (1600, 800)),
            ((1600, 1600), (1600, 1600)),
            ((40, 30), (40, 30)),
            ((1, 1), (1, 1)),
            ((3000, 1), (1600, 1)),
        ] {
            let original = picture(size.0, size.1, 90);
            let kept = kept(&encoded(&original, format));
            assert_eq!(kept.dimensions(), expected, "{format:?} {size:?}");
            // It still shows the same: the middle has the colour that it had.
            let middle = |picture: &DynamicImage| {
                let (width, height) = picture.dimensions();
                picture.get_pixel(width / 2, height / 2).0
            };
            for (was, is) in middle(&original).into_iter().zip(middle(&kept)) {
                assert!(was.abs_diff(is) < 12, "{format:?} {size:?}: {was} became {is}");
            }
        }
    }
}

#[test]
fn metadata_are_gone_and_the_picture_stands_upright() {
    let file = jpeg_with_gps(60, 40);
    assert!(contains(&file, SECRET));
    let picture = reencode(&file).unwrap();
    for trace in [SECRET, b"Exif", b"GPS"] {
        assert!(!contains(&picture, trace));
    }
    let upright = kept(&file);
    assert_eq!(upright.dimensions(), (40, 60));
    // Red grows to the right before it is turned to the right, and downwards after it.
    let red = |x, y| upright.get_pixel(x, y).0[0];
    assert!(red(20, 5) < 60 && red(20, 55) > 190, "{} {}", red(20, 5), red(20, 55));
}

#[test]
fn transparency_is_white_and_hides_its_colours() {
    let mut picture = RgbaImage::from_pixel(2400, 1200, image::Rgba([255, 0, 0, 0]));
    for y in 0..1200 {
        picture.put_pixel(0, y, image::Rgba([0, 0, 0, 255]));
    }
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let kept = kept(&encoded(&picture.clone().into(), format));
        for at in [(100, 400), (1599, 799)] {
            assert!(kept.get_pixel(at.0, at.1).0[..3].iter().all(|part| *part > 250), "{format:?}");
        }
    }
    let half = RgbaImage::from_pixel(8, 8, image::Rgba([0, 0, 0, 128]));
    let middle = kept(&encoded(&half.into(), ImageFormat::Png)).get_pixel(4, 4).0[0];
    assert!((120..=135).contains(&middle), "{middle}");
}

#[test]
fn sixteen_bits_and_grey_are_read() {
    let original = picture(50, 50, 7);
    for picture in [
        DynamicImage::from(original.to_luma8()),
        original.to_luma16().into(),
        original.to_rgb16().into(),
        original.to_rgba16().into(),
        original.to_luma_alpha8().into(),
    ] {
        assert_eq!(kept(&encoded(&picture, ImageFormat::Png)).dimensions(), (50, 50));
    }
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_calls_itself() {
    let signature = b"\x89PNG\r\n\x1a\n";
    let html = b"<!doctype html><script>alert(1)</script>";
    let half = |file: Vec<u8>| file[..file.len() / 2].to_vec();
    let webp = encoded(&picture(40, 30, 1), ImageFormat::WebP);
    for (what, file) in [
        ("nothing", vec![]),
        ("HTML", html.to_vec()),
        ("PHP", b"<?php system($_GET['x']); ?>".to_vec()),
        ("SVG", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec()),
        (
            "a GIF",
            b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec(),
        ),
        ("HTML with a PNG's signature", [&signature[..], html].concat()),
        ("HTML with a JPEG's signature", [&b"\xff\xd8\xff\xe0"[..], html].concat()),
        ("HTML with a WebP's signature", [&b"RIFF\x28\0\0\0WEBPVP8 "[..], html].concat()),
        ("a signature", signature.to_vec()),
        ("half a JPEG", half(jpeg(400, 300))),
        ("a JPEG without its end", {
            let file = jpeg(400, 300);
            file[..file.len() - 2].to_vec()
        }),
        ("half a phone's JPEG", half(jpeg_with_gps(400, 300))),
        ("half a PNG", half(png(1))),
        ("half a WebP", half(webp)),
        ("a PNG without pixels", png_of(10, 10, &[])),
    ] {
        assert_eq!(reencode(&file), Err(FieldError::Picture), "{what}");
    }
}

#[test]
fn a_file_that_is_two_things_stays_only_the_picture() {
    let script = b"<?php evil(); ?><script>alert(1)</script>";
    let comment = with_segment(&jpeg(40, 30), 0xFE, script);
    let behind = |file: Vec<u8>| [&file[..], script].concat();
    let webp = encoded(&picture(40, 30, 1), ImageFormat::WebP);
    for file in [comment, behind(jpeg(40, 30)), behind(png(1)), behind(webp)] {
        let picture = reencode(&file).unwrap();
        for trace in [&b"<?"[..], b"script", b"evil"] {
            assert!(!contains(&picture, trace));
        }
        assert_eq!(&picture[picture.len() - 2..], [0xFF, 0xD9]);
    }
}

#[test]
fn what_would_be_too_large_in_memory_is_refused_by_its_header() {
    let limit = Err(FieldError::Pixels { side: 12_000, megapixels: 50 });
    let bomb = png_of(11_000, 11_000, &zeros(11_000 * 44_001));
    assert!(bomb.len() < 4 << 20);
    assert_eq!(reencode(&bomb), limit, "484 MB in 3 MB");
    for (width, height) in [(50_000, 50_000), (12_001, 1), (1, 12_001), (8000, 6251), (u32::MAX >> 1, 1)] {
        assert_eq!(reencode(&png_of(width, height, &zeros(100))), limit, "{width}x{height}");
    }
    // The start of a frame says its size: two bytes each way (ITU-T T.81, B.2.2).
    let mut jpeg = jpeg(40, 30);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    assert_eq!(reencode(&jpeg), limit);
}

/// A lossy WebP within an extended one (RFC 9649, 2.7), each with a size of its own.
fn webp_of(canvas: u32, frame: u16) -> Vec<u8> {
    let side = &(canvas - 1).to_le_bytes()[..3];
    let header = [b"VP8X\x0a\0\0\0\0\0\0\0", side, side].concat();
    let size = frame.to_le_bytes();
    let lossy = [&b"VP8 \x12\0\0\0\x10\x02\0\x9d\x01\x2a"[..], &size, &size, &[0; 8]].concat();
    let length = u32::try_from(4 + header.len() + lossy.len()).unwrap().to_le_bytes();
    [&b"RIFF"[..], &length, b"WEBP", &header, &lossy].concat()
}

#[test]
fn a_webp_cannot_hide_a_larger_one() {
    let limit = Err(FieldError::Pixels { side: 12_000, megapixels: 50 });
    assert_eq!(reencode(&webp_of(10, 16_383)), limit);
    assert_eq!(reencode(&webp_of(16_000, 10)), limit);
    assert_eq!(reencode(&webp_of(10, 20)), Err(FieldError::Picture));
    // A chunk that claims to be longer than the file.
    let mut webp = encoded(&picture(40, 30, 1), ImageFormat::WebP);
    webp[16..20].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F]);
    assert_eq!(reencode(&webp), Err(FieldError::Picture));
}

proptest! {
    #[test]
    fn any_bytes_are_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..300), start in 0..4usize) {
        let starts = [&b""[..], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x40\0\0\0WEBPVP8X"];
        let _ = reencode(&[starts[start], &bytes].concat());
    }

    #[test]
    fn any_damage_is_an_answer(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        format in 0..4usize,
    ) {
        let original = picture(30, 20, 3);
        let mut file = match format {
            0 => encoded(&original, ImageFormat::Png),
            1 => encoded(&original, ImageFormat::Jpeg),
            2 => encoded(&original, ImageFormat::WebP),
            _ => jpeg_with_gps(30, 20),
        };
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(picture) = reencode(&file) {
            prop_assert!(picture.starts_with(&[0xFF, 0xD8]));
        }
    }
}
