use super::{
    sender::browser,
    structured::assert_valid,
    tags::{data, links, meta, metas, title},
};
use crate::rest::{answer::Answer, api::Api};
use http::Request;
use serde_json::Value;
use std::collections::BTreeSet;
use vatra::{
    app::seo::public::PAGES,
    model::{category::CategoryForm, product::ProductForm, shop_facts::ShopFacts},
    server::settings::read,
};

const ORIGIN: &str = "https://shop.example";

async fn shop() -> Api {
    let api = Api::open_at("public", &[("PUBLIC_URL", ORIGIN)]).await;
    let facts = read(include_str!("../../demo/shop.toml"), false).unwrap();
    api.shop.set_facts(facts).await.expect("facts");
    api
}

async fn page(api: &Api, path: &str) -> Answer {
    api.visitor().send(browser(Request::get(path)).header("Host", "127.0.0.1:4000"), "").await
}

fn thing<'a>(all: &'a [Value], kind: &str) -> &'a Value {
    all.iter().find(|thing| thing["@type"] == kind).unwrap_or_else(|| panic!("no {kind} in {all:?}"))
}

/// A shelf with thirteen products, so that there is a second page.
async fn stocked(api: &Api) {
    let shelf = CategoryForm {
        name: "Pâine & covrigi".into(),
        name_en: "Bread".into(),
        description: "Coaptă pe vatră.".into(),
        active: true,
        ..CategoryForm::default()
    };
    let shelf = api.shop.create_category(&shelf).await.unwrap();
    for number in 1..=13 {
        let form = ProductForm {
            name: format!("Pâine {number}"),
            description: if number == 1 { "Cu maia „veche” & sare.".into() } else { String::new() },
            price: "12.50".into(),
            category_id: shelf.id.to_string(),
            stock_quantity: if number == 2 { "0".into() } else { "5".into() },
            active: true,
            ..ProductForm::default()
        };
        api.shop.create_product(&form).await.unwrap();
    }
}

#[tokio::test]
async fn every_public_page_has_one_address_in_all_languages() {
    let api = shop().await;
    stocked(&api).await;
    for (asked, path) in [
        ("", ""),
        ("/products", "/products"),
        ("/products?sort=price_asc", "/products"),
        ("/products?page=2&sort=newest", "/products?page=2"),
        ("/products?category=paine-covrigi", "/products?category=paine-covrigi"),
        ("/products?sort=name&page=2&category=paine-covrigi", "/products?category=paine-covrigi&page=2"),
        ("/products/paine-1", "/products/paine-1"),
    ] {
        for l in ["ro", "en"] {
            let answer = page(&api, &format!("/{l}{asked}")).await;
            assert_eq!(answer.status, 200, "{asked}");
            let in_romanian = path.replace("/products", "/produse");
            let own = format!("{ORIGIN}/{l}{}", if l == "ro" { &in_romanian } else { path });
            assert_eq!(links(&answer.text, "canonical")[""], own);
            assert_eq!(meta(&answer.text, "og:url"), own);
            let languages = links(&answer.text, "alternate");
            assert_eq!(languages.len(), 3, "{asked}");
            assert_eq!(languages["ro"], format!("{ORIGIN}/ro{in_romanian}"));
            assert_eq!(languages["en"], format!("{ORIGIN}/en{path}"));
            assert_eq!(
                languages["x-default"],
                format!("{ORIGIN}{}", if path.is_empty() { "/" } else { path })
            );
            assert!(metas(&answer.text, "robots").is_empty(), "{asked}");
            assert_eq!(answer.headers["content-language"], l);
            assert!(answer.text.contains(&format!("<html lang=\"{l}\"")));
        }
    }
}

#[tokio::test]
async fn without_a_public_address_the_host_that_was_asked_counts() {
    let api = Api::open().await;
    api.shop.product("Pâine", 1250, 3).await;
    let answer = page(&api, "/en/products").await;
    assert_eq!(links(&answer.text, "alternate")["ro"], "http://127.0.0.1:4000/ro/produse");
    let request = browser(Request::get("/en")).header("Host", "a\"><script>");
    let answer = api.visitor().send(request, "").await;
    assert_eq!(links(&answer.text, "alternate")["ro"], "/ro");
}

#[tokio::test]
async fn titles_and_descriptions_are_distinct_and_of_a_length_that_is_shown() {
    let api = shop().await;
    stocked(&api).await;
    let (mut titles, mut about) = (BTreeSet::new(), BTreeSet::new());
    let paths =
        ["/products?page=2", "/products?category=paine-covrigi", "/products/paine-1", "/products/paine-2"];
    let all: Vec<String> = PAGES.into_iter().chain(paths).map(str::to_owned).collect();
    for path in &all {
        for l in ["ro", "en"] {
            let path = if path == "/" { format!("/{l}") } else { format!("/{l}{path}") };
            let text = page(&api, &path).await.text;
            let (title, description) = (title(&text), meta(&text, "description"));
            assert!((10..=80).contains(&title.chars().count()), "{path}: {title}");
            assert!((20..=160).contains(&description.chars().count()), "{path}: {description}");
            assert_eq!(
                (meta(&text, "og:title"), meta(&text, "og:description")),
                (title.clone(), description.clone())
            );
            // A name that has no translation is the same in both languages.
            titles.insert((l, title));
            about.insert((l, description));
        }
    }
    assert_eq!((titles.len(), about.len()), (all.len() * 2, all.len() * 2), "{titles:?} {about:?}");
}

#[tokio::test]
async fn a_link_has_a_picture_and_words_where_it_is_shared() {
    let api = shop().await;
    stocked(&api).await;
    for (path, kind) in [("/ro", "website"), ("/en/products", "website"), ("/ro/products/paine-1", "product")]
    {
        let text = page(&api, path).await.text;
        assert_eq!(meta(&text, "og:type"), kind);
        assert_eq!(meta(&text, "og:site_name"), "Vatra");
        assert_eq!(
            meta(&text, "og:image"),
            format!("{ORIGIN}/icons/og.jpg"),
            "a drawing is no picture for chats"
        );
        assert_eq!(
            (meta(&text, "og:image:width"), meta(&text, "og:image:height")),
            ("1200".into(), "630".into())
        );
        assert!(!meta(&text, "og:image:alt").is_empty());
        assert_eq!(meta(&text, "twitter:card"), "summary_large_image");
        let other = if path.starts_with("/ro") { ["ro_RO", "en_GB"] } else { ["en_GB", "ro_RO"] };
        assert_eq!([meta(&text, "og:locale"), meta(&text, "og:locale:alternate")], other);
    }
    let picture = std::fs::read("public/icons/og.jpg").unwrap();
    assert!(picture.len() < 80_000);
    // JPEG: height and width stand in the frame header, whose marker is FF C0 or FF C2.
    let frame =
        picture.windows(2).position(|two| two == [0xFF, 0xC0] || two == [0xFF, 0xC2]).expect("a frame");
    assert_eq!(
        picture[frame + 5..frame + 9],
        [(630 >> 8) as u8, 630_u16 as u8, (1200 >> 8) as u8, 1200_u16 as u8]
    );
}

#[tokio::test]
async fn what_is_ones_own_or_searched_for_is_not_listed() {
    let api = shop().await;
    stocked(&api).await;
    for path in [
        "/ro/cart",
        "/en/checkout",
        "/ro/orders",
        "/en/offline",
        "/ro/products?q=paine",
        "/ro/products?q=zzz",
        "/ro/admin/login",
    ] {
        let text = page(&api, path).await.text;
        assert!(meta(&text, "robots").contains("noindex"), "{path}");
        assert_eq!((links(&text, "canonical").len(), links(&text, "alternate").len()), (0, 0), "{path}");
        assert!(data(&text).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn structured_data_is_whole_on_every_page() {
    let api = shop().await;
    stocked(&api).await;
    for l in ["ro", "en"] {
        for (path, kinds) in [
            ("", &["Bakery", "WebSite"][..]),
            ("/products", &["BreadcrumbList", "ItemList"]),
            ("/products?page=2", &["BreadcrumbList", "ItemList"]),
            ("/products?category=paine-covrigi", &["BreadcrumbList", "ItemList"]),
            ("/products/paine-1", &["BreadcrumbList", "Product"]),
            ("/products/paine-2", &["BreadcrumbList", "Product"]),
            ("/contact", &["Bakery", "BreadcrumbList"]),
            ("/delivery", &["BreadcrumbList"]),
            ("/privacy", &["BreadcrumbList"]),
        ] {
            let path = format!("/{l}{path}");
            let all = data(&page(&api, &path).await.text);
            let found: BTreeSet<_> = all.iter().map(|thing| thing["@type"].as_str().unwrap()).collect();
            assert_eq!(found, kinds.iter().copied().collect(), "{path}");
            all.iter().for_each(|thing| assert_valid(thing, &path));
        }
    }
}

#[tokio::test]
async fn structured_data_says_what_the_page_shows() {
    let api = shop().await;
    stocked(&api).await;
    let first = data(&page(&api, "/ro/products/paine-1").await.text);
    let bread = thing(&first, "Product");
    let id = api.shop.any_product("paine-1").await.unwrap().id;
    assert_eq!(bread["sku"], id.as_str());
    assert_eq!(
        (bread["name"].as_str(), bread["description"].as_str()),
        (Some("Pâine 1"), Some("Cu maia „veche” & sare."))
    );
    assert_eq!(
        (bread["offers"]["price"].as_str(), bread["offers"]["priceCurrency"].as_str()),
        (Some("12.50"), Some("RON"))
    );
    assert_eq!(bread["offers"]["availability"], "https://schema.org/InStock");
    let second = data(&page(&api, "/en/products/paine-2").await.text);
    assert_eq!(thing(&second, "Product")["offers"]["availability"], "https://schema.org/OutOfStock");
    let way = &thing(&second, "BreadcrumbList")["itemListElement"];
    assert_eq!(
        (way[2]["position"].as_u64(), way[2]["item"].as_str()),
        (Some(3), Some("https://shop.example/en/products/paine-2"))
    );
    let later = data(&page(&api, "/ro/products?page=2").await.text);
    let items = thing(&later, "ItemList")["itemListElement"].as_array().unwrap();
    assert_eq!((items.len(), items[0]["position"].as_u64()), (1, Some(13)));
}

#[tokio::test]
async fn the_shop_tells_what_is_known_of_it_and_nothing_else() {
    let api = shop().await;
    let told = data(&page(&api, "/ro/contact").await.text);
    let bakery = thing(&told, "Bakery");
    assert_eq!(
        (bakery["telephone"].as_str(), bakery["email"].as_str()),
        (Some("+40700000000"), Some("comenzi@example.com"))
    );
    assert_eq!(
        (bakery["geo"]["latitude"].as_str(), bakery["geo"]["longitude"].as_str()),
        (Some("46.790000"), Some("23.700000"))
    );
    let hours = bakery["openingHoursSpecification"].as_array().unwrap();
    assert_eq!((hours.len(), hours[8]["dayOfWeek"].as_str()), (9, Some("https://schema.org/Saturday")));
    assert_eq!((hours[8]["opens"].as_str(), hours[8]["closes"].as_str()), (Some("08:00"), Some("14:00")));
    assert_eq!(thing(&data(&page(&api, "/en").await.text), "Bakery")["@id"], bakery["@id"]);

    api.shop.set_facts(ShopFacts::default()).await.expect("no facts");
    for path in ["/ro/contact", "/en"] {
        let told = data(&page(&api, path).await.text);
        assert!(told.iter().all(|thing| thing["@type"] != "Bakery"), "{path}: also a page that was kept");
    }
}

#[tokio::test]
async fn no_name_ends_the_element_of_the_data() {
    let api = shop().await;
    let name = "</script><script>alert(1)</script><!-- \"'>";
    let product = api.shop.product(name, 100, 1).await;
    for path in ["/ro/products".to_owned(), format!("/ro/products/{}", product.slug)] {
        let text = page(&api, &path).await.text;
        assert!(!text.contains("<script>alert"), "{path}");
        let told = data(&text).iter().any(|thing| thing.to_string().contains("</script><script>alert(1)"));
        assert!(told, "{path}: the data still says what it is called");
    }
}
