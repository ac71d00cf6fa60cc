//! The pictures of the demonstration are made once, as an uploaded one is, and kept in the
//! repository: `public/pictures` and `demo/pictures.json`.

use crate::harness::pictures::{kind, size_of};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use vatra::{
    app::shop::hero::hero,
    model::image::{Format, Image},
    server::pictures::{Kept, PictureName, Source, read, widths},
};

const FOLDER: &str = "public/pictures";
const MANIFEST: &str = "demo/pictures.json";
/// The most bytes of all of them.
const MOST: u64 = 5_000_000;

fn manifest() -> BTreeMap<String, Image> {
    serde_json::from_str(&fs::read_to_string(MANIFEST).unwrap()).unwrap()
}

/// The file of an address.
fn file(address: &str) -> PathBuf {
    Path::new("public").join(address.trim_start_matches('/'))
}

/// The files that are no drawings.
fn made() -> Vec<PathBuf> {
    let entries = fs::read_dir(FOLDER).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|ending| ending != "svg")).collect()
}

#[test]
fn every_picture_is_there_in_every_width_and_format_and_no_other() {
    let manifest = manifest();
    let mut expected = Vec::new();
    for image in manifest.values() {
        for (address, format, width) in image
            .widths
            .iter()
            .flat_map(|width| {
                image
                    .formats(*width)
                    .into_iter()
                    .map(|format| (image.variant(*width, format), format, *width))
            })
            .chain([(image.address.clone(), Format::Jpeg, image.width)])
        {
            let path = file(&address);
            let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{address}: {error}"));
            assert_eq!(kind(&bytes), Some(format), "{address}");
            assert_eq!(size_of(&bytes).0, u32::from(width), "{address}");
            expected.push(path);
        }
    }
    let mut there = made();
    there.sort();
    expected.sort();
    assert_eq!(there, expected);
    let total: u64 = there.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
    assert!(total <= MOST, "{total} bytes");
}

#[test]
fn every_drawing_of_the_catalogue_has_its_picture() {
    let manifest = manifest();
    let catalogue: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("demo/catalogue.json").unwrap()).unwrap();
    for product in catalogue["products"].as_array().unwrap() {
        let drawing = product["picture"].as_str().unwrap();
        assert!(Path::new(FOLDER).join(drawing).exists(), "{drawing}");
        assert!(manifest.contains_key(drawing.trim_end_matches(".svg")), "{drawing}");
    }
    assert_eq!(manifest["hero"], hero());
}

#[test]
fn the_first_page_of_a_phone_is_light() {
    let length = |address: String| fs::metadata(file(&address)).unwrap().len();
    let hero = hero();
    assert!(length(hero.variant(720, Format::Avif)) < 25_000);
    for (name, image) in manifest().into_iter().filter(|(name, _)| name != "hero") {
        assert!(length(image.variant(480, Format::Avif)) < 15_000, "{name}");
    }
}

/// Not a test: makes the files. See `demo/make-pictures`.
#[test]
#[ignore = "writes into the repository"]
fn makes_the_pictures() {
    let masters = std::env::var("VATRA_MASTERS").expect("a folder with PNG");
    made().into_iter().for_each(|path| fs::remove_file(path).unwrap());
    let mut images = BTreeMap::new();
    for entry in fs::read_dir(masters).unwrap() {
        let master = entry.unwrap().path();
        let name = master.file_stem().unwrap().to_str().unwrap().to_owned();
        let started = std::time::Instant::now();
        let Kept { jpeg, width, height, colour } = read(&fs::read(&master).unwrap()).unwrap();
        let digits = PictureName::of(&jpeg).as_str()[..8].to_owned();
        let address = format!("/pictures/{name}-{digits}.jpg");
        let image = Image { address, width, height, colour, widths: widths(width) };
        fs::write(file(&image.address), &jpeg).unwrap();
        let source = Source::read(&jpeg).unwrap();
        let mut sizes = String::new();
        for width in &image.widths {
            for (format, bytes) in source.variants(*width, &image.formats(*width)).unwrap() {
                fs::write(file(&image.variant(*width, format)), &bytes).unwrap();
                sizes.push_str(&format!(" {width}{} {}", format.ending(), bytes.len()));
            }
        }
        println!("{name}: whole {}{sizes}, {} ms", jpeg.len(), started.elapsed().as_millis());
        images.insert(name, image);
    }
    fs::write(MANIFEST, serde_json::to_string_pretty(&images).unwrap() + "\n").unwrap();
}
