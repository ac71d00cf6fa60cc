//! The variants of a picture: made after the upload, whatever happens in between, and gone with it.

use crate::harness::{
    TestShop,
    pictures::{SECRET, jpeg, jpeg_with_gps, kind, png, size_of},
};
use mongodb::bson::{Bson, Document, doc, oid::ObjectId};
use std::time::Duration;
use vatra::{
    model::{
        image::{Format, Image},
        product::Product,
    },
    server::{
        pictures::{GridFs, PictureName},
        store::migrations,
    },
};

const GRIDFS: [(&str, &str); 1] = [("VATRA_PICTURES", "gridfs")];

/// The first picture of a product, as it is now.
async fn image(shop: &TestShop, product: &Product) -> Image {
    shop.any_product(product.id.as_str()).await.unwrap().images.remove(0)
}

async fn file(shop: &TestShop, address: &str) -> Vec<u8> {
    shop.picture(&PictureName::from_address(address).unwrap()).await.unwrap()
}

#[tokio::test]
async fn every_width_is_there_in_every_format_and_nothing_of_the_metadata() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.add_pictures(&bread.id, vec![jpeg_with_gps(500, 400)]).await.unwrap();
    let before = image(&shop, &bread).await;
    // Turned upright, and shown as it is until its variants are there.
    assert_eq!((before.width, before.height, before.widths.len()), (400, 500, 0));
    assert_eq!(shop.kept_files().len(), 1);

    assert_eq!(shop.make_variants().await, Ok(1));
    let image = image(&shop, &bread).await;
    assert_eq!(image.widths, [320, 400]);
    assert_eq!((&image.address, image.width, image.height), (&before.address, 400, 500));
    for (width, height) in [(320, 400), (400, 500)] {
        for format in image.formats(width) {
            let bytes = file(&shop, &image.variant(width, format)).await;
            assert_eq!(kind(&bytes), Some(format), "{width} {format:?}");
            assert_eq!(size_of(&bytes), (u32::from(width), height), "{width} {format:?}");
            for trace in [SECRET, b"Exif", b"GPS"] {
                assert!(!bytes.windows(trace.len()).any(|part| part == trace), "{width} {format:?}");
            }
        }
    }
    assert_eq!(shop.kept_files().len(), 1 + 3 + 2);
    // Half of red and of green, as the picture grows from none to all of both, and no blue.
    let [_, red, green, blue] = image.colour.to_be_bytes();
    assert!(red.abs_diff(127) < 12 && green.abs_diff(127) < 12 && blue < 12, "{:06x}", image.colour);
    // The form of the producer that is open meanwhile can be saved.
    assert_eq!(shop.any_product(bread.id.as_str()).await.unwrap().updated_at, bread.updated_at);
    assert_eq!(shop.make_variants().await, Ok(0));
}

#[tokio::test]
async fn a_tiny_picture_is_not_made_larger() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.add_pictures(&bread.id, vec![png(1), jpeg(1, 1)]).await.unwrap();
    assert_eq!(shop.make_variants().await, Ok(2));
    let images = shop.any_product(bread.id.as_str()).await.unwrap().images;
    assert_eq!((&images[0].widths[..], &images[1].widths[..]), (&[40][..], &[1][..]));
    for format in Format::ALL {
        assert_eq!(size_of(&file(&shop, &images[0].variant(40, format)).await), (40, 30));
        assert_eq!(size_of(&file(&shop, &images[1].variant(1, format)).await), (1, 1));
    }
}

#[tokio::test]
async fn what_one_server_left_another_goes_on_with() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    // Uploaded, and stopped before the job came to it.
    shop.add_pictures(&bread.id, vec![png(1), png(2)]).await.unwrap();
    let restarted = shop.second_instance().await;
    assert_eq!(restarted.make_variants().await, Ok(2));
    assert_eq!(shop.make_variants().await, Ok(0));
    assert_eq!(image(&shop, &bread).await.widths, [40]);
    assert_eq!(shop.kept_files().len(), 2 + 2 * 3);
}

#[tokio::test]
async fn the_job_does_it_by_itself() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let job = tokio::spawn(shop.instance().watch_pictures());
    shop.add_pictures(&bread.id, vec![png(1)]).await.unwrap();
    let finished = async { while image(&shop, &bread).await.widths.is_empty() {} };
    // Long before the job would look by itself.
    tokio::time::timeout(Duration::from_secs(50), finished).await.unwrap();
    job.abort();
}

#[tokio::test]
async fn a_picture_on_two_products_is_finished_on_both_and_stays_until_the_last() {
    let shop = TestShop::open().await;
    let (bread, roll) = (shop.product("Pâine", 1250, 9).await, shop.product("Chiflă", 250, 9).await);
    for product in [&bread, &roll] {
        shop.add_pictures(&product.id, vec![png(1)]).await.unwrap();
    }
    assert_eq!(shop.make_variants().await, Ok(1));
    assert_eq!(image(&shop, &bread).await, image(&shop, &roll).await);
    // A third has it finished at once.
    let bun = shop.product("Covrig", 250, 9).await;
    shop.add_pictures(&bun.id, vec![png(1)]).await.unwrap();
    assert_eq!(image(&shop, &bun).await.widths, [40]);
    assert_eq!(shop.make_variants().await, Ok(0));

    let name = image(&shop, &bread).await.address.trim_start_matches("/media/").to_owned();
    shop.delete_product(&bread.id).await.unwrap();
    shop.remove_picture(&bun.id, &name).await.unwrap();
    assert_eq!(shop.kept_files().len(), 4);
    shop.delete_product(&roll.id).await.unwrap();
    assert!(shop.kept_files().is_empty());
}

#[tokio::test]
async fn what_cannot_be_read_stays_as_it_is_and_keeps_nothing_up() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.add_pictures(&bread.id, vec![png(1), png(2), png(3)]).await.unwrap();
    let images = shop.any_product(bread.id.as_str()).await.unwrap().images;
    let name = |number: usize| PictureName::from_address(&images[number].address).unwrap();
    let pictures = shop.pictures().await;
    pictures.delete(&name(0)).await.unwrap();
    pictures.delete(&name(1)).await.unwrap();
    pictures.put(&name(1), b"no picture").await.unwrap();
    // A drawing of the shop's own has no variants.
    shop.store.products.add_images(&bread.id, &[Image::at("/pictures/paine.svg")]).await.unwrap().unwrap();
    assert_eq!(shop.make_variants().await, Ok(2));
    let after = shop.any_product(bread.id.as_str()).await.unwrap().images;
    assert_eq!(
        (&after[..2], &after[2].widths[..], &after[3]),
        (&images[..2], &[40][..], &Image::at("/pictures/paine.svg"))
    );
}

#[tokio::test]
async fn a_picture_that_was_taken_off_is_not_finished() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.add_pictures(&bread.id, vec![png(1)]).await.unwrap();
    let image = image(&shop, &bread).await;
    shop.remove_picture(&bread.id, image.address.trim_start_matches("/media/")).await.unwrap();
    assert_eq!(shop.store.products.finish_image(&image).await, Ok(false));
    assert_eq!(shop.make_variants().await, Ok(0));
    assert!(shop.kept_files().is_empty());
}

#[tokio::test]
async fn in_the_database_two_servers_share_them() {
    let shop = TestShop::open_with(&GRIDFS).await;
    let (bread, roll) = (shop.product("Pâine", 1250, 9).await, shop.product("Chiflă", 250, 9).await);
    let other = shop.second_instance().await;
    shop.add_pictures(&bread.id, vec![jpeg(400, 300)]).await.unwrap();
    other.add_pictures(&roll.id, vec![png(1)]).await.unwrap();
    assert_eq!(other.make_variants().await, Ok(2));
    let image = image(&shop, &bread).await;
    assert_eq!(image.widths, [320, 400]);
    let made = |name: &PictureName| name.format() != Format::Jpeg || !name.as_str().contains("-400");
    let names: Vec<_> = PictureName::all(&image).into_iter().filter(made).collect();
    assert_eq!(names.len(), 1 + 3 + 2);
    for name in &names {
        let bytes = other.picture(name).await.unwrap();
        assert_eq!(bytes, shop.picture(name).await.unwrap());
        assert_eq!(kind(&bytes), Some(name.format()));
    }
    let whole = PictureName::from_address(&image.address).unwrap();
    assert_eq!(PictureName::of(&other.picture(&whole).await.unwrap()), whole);
    // No file on the disk of either.
    assert!(shop.kept_files().is_empty());

    other.delete_product(&bread.id).await.unwrap();
    for name in &names {
        assert!(shop.picture(name).await.is_err(), "{}", name.as_str());
    }
    shop.delete_product(&roll.id).await.unwrap();
    assert_eq!((shop.count("pictures.files").await, shop.count("pictures.chunks").await), (0, 0));
}

#[tokio::test]
async fn a_picture_given_by_one_server_while_another_takes_it_off_is_there_whole() {
    let shop = TestShop::open_with(&GRIDFS).await;
    let other = shop.second_instance().await;
    let (mut has, mut gets) = (shop.product("Pâine", 1250, 9).await, shop.product("Chiflă", 250, 9).await);
    shop.add_pictures(&has.id, vec![png(1)]).await.unwrap();
    let name = image(&shop, &has).await.address.trim_start_matches("/media/").to_owned();
    for _ in 0..12 {
        shop.make_variants().await.unwrap();
        let (taken, given) =
            tokio::join!(shop.remove_picture(&has.id, &name), other.add_pictures(&gets.id, vec![png(1)]));
        taken.unwrap();
        given.unwrap();
        let image = image(&shop, &gets).await;
        file(&shop, &image.address).await;
        for width in &image.widths {
            for format in image.formats(*width) {
                file(&shop, &image.variant(*width, format)).await;
            }
        }
        std::mem::swap(&mut has, &mut gets);
    }
}

#[tokio::test]
async fn in_the_database_a_picture_is_there_once_and_half_ones_go() {
    let shop = TestShop::open_with(&GRIDFS).await;
    let name = PictureName::of(b"picture");
    let store = shop.pictures().await;
    assert_eq!(store.get(&name).await.unwrap(), None);
    store.put(&name, b"picture").await.unwrap();
    store.put(&name, b"picture").await.unwrap();
    assert_eq!(shop.count("pictures.files").await, 1);
    // Larger than one piece, 255 kB.
    let large: Vec<u8> = (0..700_000_u32).map(|number| number.to_le_bytes()[number as usize % 3]).collect();
    let large_name = PictureName::of(&large);
    store.put(&large_name, &large).await.unwrap();
    assert!(store.get(&large_name).await.unwrap().is_some_and(|kept| kept == large));
    assert_eq!(shop.count("pictures.chunks").await, 1 + 3);
    store.delete(&large_name).await.unwrap();
    assert_eq!(shop.count("pictures.chunks").await, 1);
    // What a server that was killed has left: pieces without a file.
    let old = ObjectId::from_parts(1_700_000_000, [0; 5], [0; 3]);
    for id in [old, ObjectId::new()] {
        let piece = doc! { "files_id": id, "n": 0, "data": Bson::Binary(mongodb::bson::Binary {
            subtype: mongodb::bson::spec::BinarySubtype::Generic, bytes: vec![1],
        }) };
        shop.raw("pictures.chunks").insert_one(piece).await.unwrap();
    }
    GridFs::open(shop.store.picture_files.clone()).await;
    assert_eq!(shop.raw("pictures.chunks").count_documents(doc! { "files_id": old }).await.unwrap(), 0);
    assert_eq!(shop.count("pictures.chunks").await, 2);
    assert_eq!(store.get(&name).await.unwrap().as_deref(), Some(&b"picture"[..]));
    store.delete(&name).await.unwrap();
    store.delete(&name).await.unwrap();
    assert_eq!(store.get(&name).await.unwrap(), None);
}

#[tokio::test]
async fn a_product_of_before_keeps_its_pictures_and_gets_their_variants() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.add_pictures(&bread.id, vec![jpeg(400, 160)]).await.unwrap();
    let address = image(&shop, &bread).await.address;
    let lenient = doc! { "collMod": "products", "validator": {} };
    shop.store.database().run_command(lenient).await.unwrap();
    let old = vec!["/pictures/paine.svg".to_owned(), address.clone()];
    shop.set_product(&bread.id, doc! { "images": &old }).await;

    migrations::run_again(shop.store.database()).await.unwrap();
    let product = shop.any_product(bread.id.as_str()).await.unwrap();
    assert_eq!(product.image_addresses(), old);
    assert_eq!(product.updated_at, bread.updated_at);
    // The drawing is finished as it is.
    assert_eq!(shop.make_variants().await, Ok(2));
    let images = shop.any_product(bread.id.as_str()).await.unwrap().images;
    assert_eq!(images[0], Image::at("/pictures/paine.svg"));
    assert_eq!((images[1].width, images[1].height, &images[1].widths[..]), (400, 160, &[320, 400][..]));
    let stored: Document = shop.raw("products").find_one(doc! {}).await.unwrap().unwrap();
    assert!(stored.get_array("images").unwrap().iter().all(|image| image.as_document().is_some()));
}
