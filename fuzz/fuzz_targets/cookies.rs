//! `Cookies::visitor`: no `Cookie` header makes a session, or a cart whose id it does not hold; a
//! cookie of ours is still found among whatever else is sent.
#![no_main]
use http::{HeaderMap, HeaderValue, header};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use vatra::{
    model::ids::CartId,
    server::{config::Config, visitor::Cookies},
};

static COOKIES: LazyLock<[Cookies; 2]> = LazyLock::new(|| {
    ["https://shop.example", "http://shop.example"].map(|url| {
        let config = Config::read(|name| match name {
            "MONGODB_URI" => Some("mongodb://localhost".into()),
            "JWT_SECRET" | "SESSION_KEY" => Some("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".into()),
            "PUBLIC_URL" => Some(url.into()),
            _ => None,
        });
        Cookies::new(&config.expect("a good configuration"))
    })
});

const CART: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

fuzz_target!(|bytes: &[u8]| {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let text = String::from_utf8_lossy(bytes);
    let cart = CartId::parse(CART).expect("43 signs");
    for cookies in COOKIES.iter() {
        let mut headers = HeaderMap::from_iter([(header::COOKIE, value.clone())]);
        let visitor = cookies.visitor(&headers, None, String::new(), String::new());
        assert_eq!(visitor.customer_token, None);
        assert!(visitor.cart.is_none_or(|cart| text.contains(cart.as_str()) || text.contains('%')));
        let set = cookies.cart(&cart, 60);
        let ours = set.to_str().expect("ASCII").split(';').next().expect("a pair");
        let name = ours.split('=').next().expect("a name");
        headers.append(header::COOKIE, HeaderValue::from_str(ours).expect("ASCII"));
        let visitor = cookies.visitor(&headers, None, String::new(), String::new());
        assert!(visitor.cart == Some(cart.clone()) || text.contains(name) || text.contains('%'));
    }
});
