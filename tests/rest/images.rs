//! Pictures of products: uploaded, shown and taken off.

use super::{api::Api, upload::Producer};
use crate::harness::pictures::{self, SECRET, encoded, jpeg, jpeg_with_gps, picture, png};
use axum::body::Body;
use http::{Request, header};
use image::{GenericImageView, ImageFormat};
use serde_json::{Value, json};
use vatra::model::image::{Format, Image};

/// What `/media` gives at this address, which must be a JPEG to keep for ever.
async fn shown(api: &Api, address: &Value) -> Vec<u8> {
    shown_as(api, address.as_str().unwrap(), "image/jpeg").await
}

async fn shown_as(api: &Api, address: &str, kind: &str) -> Vec<u8> {
    let request = Request::get(address);
    let (parts, body) = api.visitor().exchange(request, Body::empty()).await;
    assert_eq!(parts.status, 200, "{address}");
    assert_eq!(parts.headers[header::CONTENT_TYPE], kind);
    assert_eq!(parts.headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert_eq!(parts.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(parts.headers[header::CONTENT_SECURITY_POLICY], "default-src 'none'; frame-ancestors 'none'");
    assert_eq!(parts.headers.get(header::SET_COOKIE), None);
    body.to_vec()
}

#[tokio::test]
async fn good_pictures_are_shown_in_the_shop() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let files = [
        jpeg(2400, 1200),
        encoded(&picture(1700, 200, 1), ImageFormat::Png),
        encoded(&picture(300, 400, 2), ImageFormat::WebP),
    ];
    let data = ana.upload(bread.id.as_str(), &files).await.data(201);
    let images = data["images"].as_array().unwrap();
    for (address, size) in images.iter().zip([(1600, 800), (1600, 188), (300, 400)]) {
        let picture = image::load_from_memory_with_format(&shown(&api, address).await, ImageFormat::Jpeg);
        assert_eq!(picture.unwrap().dimensions(), size);
    }
    assert_eq!(data, json!({ "images": images }));
    assert_eq!(images.len(), 3);

    // Its own address, and the pages of shop and dashboard.
    let product = api.visitor().get(&format!("/api/products/{}", bread.slug)).await.data(200);
    assert_eq!(product["images"], data["images"]);
    let first = images[0].as_str().unwrap();
    for page in ["/ro/products".to_owned(), format!("/ro/products/{}", bread.slug)] {
        let text = api.visitor().get(&page).await.text;
        assert!(text.contains(&format!("src=\"{first}\"")), "{page}: {text}");
    }
    let form = ana.visitor.get(&format!("/ro/admin/products/{}", bread.id)).await.text;
    assert!(images.iter().all(|address| form.contains(address.as_str().unwrap())), "{form}");
}

#[tokio::test]
async fn a_page_names_the_variants_when_they_are_there() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let data = ana.upload(bread.id.as_str(), &[jpeg(400, 300)]).await.data(201);
    let pages = ["/ro/products".to_owned(), format!("/ro/products/{}", bread.slug)];
    for page in &pages {
        let text = api.visitor().get(page).await.text;
        assert!(!text.contains("srcset"), "{text}");
        assert!(text.contains("width=\"400\" height=\"300\""), "{text}");
    }
    assert_eq!(api.shop.make_variants().await, Ok(1));
    let image = api.shop.any_product(bread.id.as_str()).await.unwrap().images.remove(0);
    assert_eq!(image.widths, [320, 400]);
    for (format, kind) in Format::ALL.into_iter().zip(["image/avif", "image/webp", "image/jpeg"]) {
        for width in image.widths_in(format).to_vec() {
            let address = image.variant(width, format);
            let bytes = shown_as(&api, &address, kind).await;
            assert_eq!(pictures::kind(&bytes), Some(format));
            assert_eq!(pictures::size_of(&bytes).0, u32::from(width));
            for page in &pages {
                let text = api.visitor().get(page).await.text;
                assert!(text.contains(&format!("{address} {width}w")), "{text}");
            }
        }
    }
    // The style sheet alone says how things look: the colour before it is there is an attribute.
    let text = api.visitor().get(&pages[0]).await.text;
    assert!(text.contains(&format!("fill=\"#{:06x}\"", image.colour)) && !text.contains("style="), "{text}");
    // The API's addresses are those of before.
    let product = api.visitor().get(&format!("/api/products/{}", bread.slug)).await.data(200);
    assert_eq!(product["images"], data["images"]);
    // With the picture its variants go.
    let name = image.address.trim_start_matches("/media/");
    ana.take_off(bread.id.as_str(), name).await.data(200);
    let gone = api.visitor().get(&image.variant(320, Format::Avif)).await;
    assert_eq!(gone.status, 404);
    assert!(!gone.headers.contains_key(header::CACHE_CONTROL), "{:?}", gone.headers);
}

#[tokio::test]
async fn a_picture_of_the_demonstration_is_shown_beside_an_uploaded_one() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let demo = "/pictures/paine.svg".to_owned();
    api.shop.store.products.add_images(&bread.id, &[Image::at(&*demo)]).await.unwrap().unwrap();
    let ana = Producer::of(&api).await;
    let data = ana.upload(bread.id.as_str(), &[png(1)]).await.data(201);
    let form = ana.visitor.get(&format!("/ro/admin/products/{}", bread.id)).await.text;
    assert!(form.contains(&demo) && form.contains(data["images"][1].as_str().unwrap()), "{form}");
    let rest = ana.take_off(bread.id.as_str(), "paine.svg").await.data(200);
    assert_eq!(rest, json!({ "images": [data["images"][1]] }));
}

#[tokio::test]
async fn where_a_picture_was_taken_stays_private() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let data = ana.upload(bread.id.as_str(), &[jpeg_with_gps(60, 40)]).await.data(201);
    let picture = shown(&api, &data["images"][0]).await;
    for trace in [SECRET, b"Exif"] {
        assert!(!picture.windows(trace.len()).any(|window| window == trace));
    }
}

#[tokio::test]
async fn one_is_taken_off_and_its_file_is_gone() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let data = ana.upload(bread.id.as_str(), &[png(1), png(2)]).await.data(201);
    let first = data["images"][0].as_str().unwrap();
    let name = first.strip_prefix("/media/").unwrap();
    let rest = ana.take_off(bread.id.as_str(), name).await.data(200);
    assert_eq!(rest, json!({ "images": [data["images"][1]] }));
    assert_eq!(api.visitor().get(first).await.status, 404);
    let again = ana.take_off(bread.id.as_str(), name).await;
    assert_eq!(again.refused(404, "DB_002"), json!({ "what": "picture" }));
    let unknown = ana.take_off("507f1f77bcf86cd799439011", name).await;
    assert_eq!(unknown.refused(404, "DB_002"), json!({ "what": "product" }));
}

#[tokio::test]
async fn media_gives_nothing_but_pictures() {
    let api = Api::open().await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let ana = Producer::of(&api).await;
    let data = ana.upload(bread.id.as_str(), &[png(1)]).await.data(201);
    let name = data["images"][0].as_str().unwrap().strip_prefix("/media/").unwrap().to_owned();
    let visitor = api.visitor();
    assert_eq!(visitor.exchange(Request::head(format!("/media/{name}")), Body::empty()).await.0.status, 200);
    for path in [
        "",
        "x",
        "e3b0c44298fc1c149afbf4c8996fb924.jpg",
        "e3b0c44298fc1c149afbf4c8996fb924-320.avif",
        "{name}-320.avif",
        "{stem}-320.avif",
        "{stem}-040.avif",
        "{stem}-40.svg",
        "{stem}-40.avif.jpg",
        "{stem}.avif",
        "..%2fsecrets%2fjwt-secret",
        "..%2Fpictures%2F{name}",
        "../pictures/{name}",
        "%2e%2e/pictures/{name}",
        "..%5cpictures%5c{name}",
        "..%252fpictures%252f{name}",
        ".%2f{name}",
        "{name}%00",
        "%00{name}",
        "{name}/",
        "{name}%2f",
        "{name}%20",
        "%FF",
        "%2fetc%2fpasswd",
        ".new-x",
    ] {
        let path = format!("/media/{}", path.replace("{name}", &name));
        let path = path.replace("{stem}", name.trim_end_matches(".jpg"));
        let answer = visitor.get(&path).await;
        assert_eq!(answer.status, 404, "{path}");
        let kept = answer.headers.get(header::CACHE_CONTROL).and_then(|kept| kept.to_str().ok());
        assert!(!kept.unwrap_or_default().contains("immutable"), "{path}");
    }
    assert_eq!(visitor.get(&format!("/media/{}", name.to_uppercase())).await.status, 404);
    for method in ["POST", "PUT", "DELETE"] {
        let request = Request::builder().method(method).uri(format!("/media/{name}"));
        assert_eq!(visitor.exchange(request, Body::empty()).await.0.status, 405);
    }
}
