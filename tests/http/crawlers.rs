use super::tags::links;
use crate::rest::api::Api;
use http::Request;
use vatra::{app::seo::public::PAGES, model::ids::CategoryId};

const ORIGIN: &str = "https://shop.example";

async fn shop() -> Api {
    Api::open_with(&[("PUBLIC_URL", ORIGIN)]).await
}

/// The addresses of a sitemap, in order.
fn addresses(xml: &str) -> Vec<&str> {
    xml.split("<loc>").skip(1).map(|rest| rest.split("</loc>").next().unwrap()).collect()
}

#[tokio::test]
async fn the_sitemap_lists_every_public_page_in_each_language() {
    let api = shop().await;
    let bread = api.shop.product("Pâine", 1250, 0).await;
    let hidden = api.shop.product("Ascuns", 1250, 5).await;
    api.shop.set_product_active(&hidden.id, false).await.unwrap();
    api.shop.category("Raft gol").await;
    let answer = api.visitor().get("/sitemap.xml").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "application/xml; charset=utf-8");
    let fixed = PAGES.map(|path| if path == "/" { "" } else { path });
    let paths: Vec<_> = fixed.into_iter().chain(["/products?category=raft", "/products/paine"]).collect();
    let romanian = |path: &str| {
        let words = [("products", "produse"), ("delivery", "livrare"), ("terms", "termeni")];
        let words = words.into_iter().chain([("privacy", "confidentialitate"), ("cookies", "cookie-uri")]);
        words.fold(path.to_owned(), |path, (en, ro)| path.replace(en, ro))
    };
    let both = |path: &&str| [format!("{ORIGIN}/ro{}", romanian(path)), format!("{ORIGIN}/en{path}")];
    let expected: Vec<_> = paths.iter().flat_map(both).collect();
    assert_eq!(addresses(&answer.text), expected);
    let of_bread = answer.text.lines().find(|line| line.contains("/en/products/paine</loc>")).unwrap();
    let changed = vatra::server::clock::rfc3339(bread.updated_at);
    assert!(of_bread.contains(&format!("<lastmod>{changed}</lastmod>")), "{of_bread}");
    for (language, path) in [("ro", "/ro/produse"), ("en", "/en/products"), ("x-default", "/products")] {
        let link =
            format!("<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{ORIGIN}{path}/paine\"/>");
        assert!(of_bread.contains(&link), "{of_bread}");
    }
}

#[tokio::test]
async fn every_address_of_the_sitemap_is_that_page_and_may_be_listed() {
    let api = shop().await;
    let first = api.shop.product("Pâine", 1250, 3).await;
    assert!(CategoryId::parse(first.category_id.as_str()).is_ok());
    let xml = api.visitor().get("/sitemap.xml").await.text;
    assert!(addresses(&xml).len() >= 8);
    for address in addresses(&xml) {
        let path = address.strip_prefix(ORIGIN).unwrap();
        let page = api.visitor().send(Request::get(path).header("Accept", "text/html"), "").await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(links(&page.text, "canonical")[""], address);
        assert!(!page.text.contains("noindex"), "{path}");
    }
}

#[tokio::test]
async fn robots_find_the_sitemap_and_stay_out_of_what_is_ones_own() {
    let api = shop().await;
    let answer = api.visitor().get("/robots.txt").await;
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    let lines: Vec<_> = answer.text.lines().collect();
    assert_eq!(lines[0], "User-agent: *");
    assert!(lines.contains(&"Sitemap: https://shop.example/sitemap.xml"));
    let kept_out = |path: &str| {
        lines.iter().any(|line| line.strip_prefix("Disallow: ").is_some_and(|start| path.starts_with(start)))
    };
    for path in [
        "/cart",
        "/ro/cart",
        "/en/checkout",
        "/ro/orders/1",
        "/en/admin/orders",
        "/fn/cart/add",
        "/api/products",
        "/ro/offline",
    ] {
        assert!(kept_out(path), "{path}");
    }
    for path in [
        "/",
        "/ro",
        "/en/products",
        "/ro/products/paine",
        "/sitemap.xml",
        "/pkg/vatra.css",
        "/pictures/hero.svg",
    ] {
        assert!(!kept_out(path), "{path}");
    }
}
