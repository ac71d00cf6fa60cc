//! Addresses and headers of the attacker's making.

use super::world::{World, encoded, page, send_form};
use crate::rest::answer::Answer;
use http::{Request, header};
use vatra::app::forms::escape;

/// Places that are not ours, however browsers read them.
const ELSEWHERE: [&str; 24] = [
    "//evil.example",
    "https://evil.example",
    "https:evil.example",
    "http://evil.example/ro/admin",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "/ro/admin/../../evil",
    "/ro/admin\r\nSet-Cookie: evil=1",
    "/ro/admin\r\n\r\n<script>",
    "/ro/admin/\u{2028}evil",
    "/ro/adminevil",
    "//evil.example/ro/admin",
    "/ro/admin@evil.example",
    "@evil.example",
    "/%0d%0aSet-Cookie:evil=1",
    "/ro/admin/%0d%0aSet-Cookie:evil=1",
];

/// Leads to a page of this shop and sets no cookie of anybody else's.
#[track_caller]
fn assert_ours(answer: &Answer, about: &str) {
    assert!(!answer.status.is_server_error(), "{about}: {}", answer.status);
    for (name, value) in &answer.headers {
        assert_ne!(name, "evil", "{about}");
        let value = String::from_utf8_lossy(value.as_bytes());
        assert!(!value.contains(['\r', '\n']), "{about}: {name}: {value}");
        if name == header::SET_COOKIE {
            assert!(value.starts_with("vatra_") || value.starts_with("lang="), "{about}: {value}");
        }
    }
    if let Some(location) = answer.headers.get(header::LOCATION) {
        let location = location.to_str().expect("ASCII");
        let ours = location.starts_with("/ro") || location.starts_with("/en");
        let after = location.get(3..).unwrap_or_default();
        let whole = after.is_empty() || after.starts_with(['/', '?', '#']);
        assert!(ours && whole && !location.contains(['\\', '\t', ' ']), "{about}: {location}");
    }
}

#[tokio::test]
async fn logging_in_leads_to_the_producers_pages_only() {
    let world = World::open().await;
    for next in ELSEWHERE {
        let visitor = world.api.visitor();
        let fields = [("username", "ana"), ("password", "o parolă lungă"), ("next", next)];
        let answer = send_form(&visitor, "/fn/admin/login", "text/html", &encoded(&fields)).await;
        assert_eq!(answer.status, 303, "{next:?}: {}", answer.text);
        assert_ours(&answer, next);
        let location = answer.headers[header::LOCATION].to_str().unwrap();
        assert!(
            ["/ro/admin", "/ro/admin/", "/ro/admin?"].iter().any(|ours| location.starts_with(ours)),
            "{location}"
        );
        assert!(!location.contains("evil.example/") && !location.contains(".."), "{location}");
        let island = send_form(&visitor, "/fn/admin/login", "application/json", &encoded(&fields)).await;
        let told: serde_json::Value = serde_json::from_str(&island.text).unwrap();
        assert_eq!(told["next"], location, "an island goes where a form goes");
    }
}

#[tokio::test]
async fn a_form_comes_back_to_a_page_of_ours() {
    let world = World::open().await;
    let (visitor, _) = world.shopper().await;
    let fields = encoded(&[("product_id", world.bread.id.as_str()), ("quantity", "1")]);
    for page in ELSEWHERE {
        for path in [format!("/fn/cart/add?page={}", escape(page)), format!("/fn/cart/add?page={page}")] {
            let Ok(request) = Request::post(&path).body(()) else { continue };
            let path = request.uri().to_string();
            let done = send_form(&visitor, &path, "text/html", &fields).await;
            assert_came_back(&done, &path);
            let refused = send_form(&visitor, &path, "text/html", "product_id=x").await;
            assert!(!refused.status.is_server_error(), "{path}: {}", refused.status);
        }
        let Ok(referrer) = http::HeaderValue::from_bytes(page.as_bytes()) else { continue };
        let request = Request::post("/fn/cart/add")
            .header(header::REFERER, referrer)
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        assert_came_back(&visitor.send(request, &fields).await, page);
    }
}

/// A path of this host, whatever it is called: no host, no scheme, nothing that browsers make one of.
#[track_caller]
fn assert_came_back(answer: &Answer, about: &str) {
    assert_eq!(answer.status, 303, "{about}: {}", answer.text);
    let location = answer.headers[header::LOCATION].to_str().expect("ASCII");
    assert!(location.starts_with('/') && !location.starts_with("//"), "{about}: {location}");
    assert!(!location.contains(['\\', '\t', '\r', '\n']), "{about}: {location}");
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("vatra_cart=") || cookie.starts_with("lang="), "{about}: {cookie}");
    }
}

#[tokio::test]
async fn the_producers_buttons_lead_back_to_their_list() {
    let world = World::open().await;
    let producer = world.producer();
    for next in ELSEWHERE {
        let fields = [
            ("product_id", world.bread.id.as_str()),
            ("active", "true"),
            ("next", next),
            ("csrf", &world.csrf),
        ];
        let answer = send_form(&producer, "/fn/admin/products/active", "text/html", &encoded(&fields)).await;
        assert_eq!(answer.status, 303, "{next:?}: {}", answer.text);
        assert_ours(&answer, next);
    }
}

#[tokio::test]
async fn a_line_break_in_an_address_breaks_no_header() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    let bread = &world.bread.id;
    for broken in [
        "%0d%0aSet-Cookie:%20evil=1",
        "%0aSet-Cookie:evil=1",
        "%0d%0a%0d%0a<script>",
        "%E5%98%8A%E5%98%8DSet-Cookie:evil=1",
    ] {
        for path in [
            format!("/ro/products?q={broken}"),
            format!("/ro/products?category={broken}"),
            format!("/ro/products/{broken}"),
            format!("/ro/{broken}"),
            format!("/{broken}"),
            format!("/ro{broken}"),
            format!("/ro/orders/{broken}"),
            format!("/ro/orders/{broken}/verify"),
            format!("/ro/admin/orders/{broken}"),
            format!("/api/cart/{broken}"),
            format!("/api/cart/{cart}{broken}/items/{bread}"),
            format!("/api/orders/{broken}"),
            format!("/api/products/{broken}"),
            format!("/api/products?{broken}=1"),
            format!("/fn/catalog/product?slug={broken}"),
            format!("/fn/{broken}"),
            format!("/pictures/{broken}"),
        ] {
            let Ok(request) = Request::get(&path).body(()) else { continue };
            let path = request.uri().to_string();
            assert_ours(&page(&visitor, &path).await, &path);
        }
    }
    for (name, value) in [("name", "a\r\nSet-Cookie: evil=1"), ("username", "a\r\nLocation: //evil.example")]
    {
        for path in ["/fn/checkout/place", "/fn/admin/login"] {
            assert_ours(&send_form(&visitor, path, "text/html", &encoded(&[(name, value)])).await, path);
        }
    }
}
