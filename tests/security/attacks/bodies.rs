//! Bodies, headers and cookies that no honest client sends.

use super::{
    targets::{Fields, Target, targets},
    world::World,
};
use crate::rest::{answer::Answer, api::json};
use futures::future::join_all;
use http::{Request, header};
use vatra::model::ids::CartId;

async fn all() -> (World, CartId, Vec<Target>) {
    let world = World::open().await;
    let cart = world.api.shop.cart_with(&[(&world.bread, 2)]).await;
    let targets = targets(&world, &cart).await;
    (world, cart, targets)
}

const fn has_body(target: &Target) -> bool {
    !matches!(target.fields, Fields::Query(_))
}

#[tokio::test]
async fn what_is_too_large_is_refused_whatever_it_says() {
    let (world, cart, targets) = all().await;
    for target in targets.iter().filter(|target| has_body(target)) {
        for size in [65 * 1024 + 512, 1 << 20] {
            let name = target.names().remove(0);
            let long = "x".repeat(size);
            let raw = if matches!(target.fields, Fields::Json(_)) { format!("\"{long}\"") } else { long };
            let answer = target.send(&world, &cart, &target.with(&name, &raw)).await;
            assert_eq!(answer.status, 413, "{} {size}", target.route);
        }
    }
}

#[tokio::test]
async fn a_name_that_comes_twice_is_refused() {
    let (world, cart, targets) = all().await;
    for target in &targets {
        for name in target.names().iter().filter(|name| !name.contains('.')) {
            let good = target.good();
            let twice = match target.fields {
                Fields::Json(_) => format!("{},\"{name}\":\"x\"}}", good.strip_suffix('}').unwrap()),
                _ => format!("{good}&{name}=x"),
            };
            let answer = target.send(&world, &cart, &twice).await;
            let page = target.route.starts_with("GET /ro/");
            assert!(!answer.status.is_server_error(), "{} {name}: {}", target.route, answer.text);
            assert!(
                page || answer.status == 400,
                "{} {name}: {} {}",
                target.route,
                answer.status,
                answer.text
            );
        }
    }
}

#[tokio::test]
async fn however_deep_it_is_the_answer_is_a_refusal() {
    let (world, cart, targets) = all().await;
    for target in &targets {
        let deep = match target.fields {
            Fields::Json(_) => {
                [format!("{}1{}", "[".repeat(30_000), "]".repeat(30_000)), "{\"a\":".repeat(12_000)]
                    .into_iter()
                    .chain([format!("{}{}", "{\"quantity\":{\"$gt\":".repeat(3_000), "}".repeat(6_000))])
                    .collect()
            }
            Fields::Form(_) => {
                vec![format!("a{}=1", "[b]".repeat(20_000)), "[".repeat(60_000), "&".repeat(60_000)]
            }
            Fields::Query(_) => {
                vec![format!("q{}=1", "[b]".repeat(2_000)), "[".repeat(5_000), "&".repeat(5_000)]
            }
        };
        for body in deep {
            let answer = target.send(&world, &cart, &body).await;
            let start: String = body.chars().take(20).collect();
            assert!(!answer.status.is_server_error(), "{} {start}: {}", target.route, answer.text);
            if matches!(target.fields, Fields::Json(_)) {
                assert_eq!(answer.status, 400, "{} {start}: {}", target.route, answer.text);
            }
        }
    }
}

/// Sends a target's good fields under another type.
async fn typed(world: &World, target: &Target, kind: Option<&str>) -> Answer {
    let (method, _) = target.route.split_once(' ').unwrap();
    let visitor = world.producer();
    let mut request = Request::builder()
        .method(method)
        .uri(&target.path)
        .header("X-CSRF-Token", &world.csrf)
        .header("Idempotency-Key", crate::harness::key().as_str());
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    visitor.send(request, &target.good()).await
}

#[tokio::test]
async fn a_body_of_another_type_is_not_read() {
    let (world, _, targets) = all().await;
    let kinds = [
        None,
        Some(""),
        Some("text/plain"),
        Some("application/xml"),
        Some("multipart/form-data"),
        Some("multipart/form-data; boundary=x"),
        Some("application/json-patch+json"),
        Some("text/html; charset=utf-7"),
        Some("a/b/c;;;=\""),
    ];
    for target in targets.iter().filter(|target| has_body(target)) {
        for kind in kinds {
            let answer = typed(&world, target, kind).await;
            assert!(!answer.status.is_server_error(), "{} {kind:?}: {}", target.route, answer.text);
            if matches!(target.fields, Fields::Json(_)) {
                assert_eq!(answer.status, 415, "{} {kind:?}: {}", target.route, answer.text);
            }
        }
        let other = match target.fields {
            Fields::Json(_) => "application/x-www-form-urlencoded",
            _ => "application/json",
        };
        let answer = typed(&world, target, Some(other)).await;
        assert!(!answer.status.is_server_error(), "{} {other}: {}", target.route, answer.text);
    }
}

#[tokio::test]
async fn bytes_that_are_no_utf_8_are_a_refusal() {
    let (world, _, targets) = all().await;
    let bytes: [&[u8]; 5] =
        [b"\xff\xfe", b"name=\xff&x=\xc0\x80", b"{\"name\":\"\xff\"}", b"\0\0\0", b"\x1f\x8b\x08\0\0\0\0\0"];
    for target in targets.iter().filter(|target| has_body(target)) {
        for body in bytes {
            let (method, _) = target.route.split_once(' ').unwrap();
            let request =
                Request::builder().method(method).uri(&target.path).header("X-CSRF-Token", &world.csrf);
            let request = match target.fields {
                Fields::Json(_) => json(request).header("Idempotency-Key", "0123456789"),
                _ => request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
            };
            let answer = world.producer().send_bytes(request, body.to_vec()).await;
            assert!(answer.status.is_client_error(), "{} {body:?}: {}", target.route, answer.status);
        }
    }
}

#[tokio::test]
async fn the_method_is_the_method() {
    let world = World::open().await;
    let (visitor, cart) = world.shopper().await;
    let item = format!("/api/cart/{cart}/items/{}", world.bread.id);
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        let overridden =
            |method: &str, path: &str| Request::builder().method(method).uri(path).header(name, "DELETE");
        assert_eq!(visitor.send(overridden("POST", &item), "").await.status, 405, "{name}");
        assert_eq!(visitor.send(overridden("GET", &item), "").await.status, 405, "{name}");
        let path = format!("/api/admin/products/{}?_method=DELETE", world.bread.id);
        assert_eq!(world.producer().send(overridden("GET", &path), "").await.status, 200, "{name}");
        let path = format!("/fn/cart/remove?product_id={}&_method=POST", world.bread.id);
        let answer = visitor.send(overridden("GET", &path), "").await;
        assert_eq!(answer.status, 404, "{name}: {}", answer.text);
    }
    assert_eq!(world.api.shop.cart_count(Some(&cart)).await, Ok(2));
    assert!(world.api.shop.any_product(world.bread.id.as_str()).await.is_ok());
    for method in ["TRACE", "CONNECT", "PROPFIND", "FOO"] {
        for path in ["/ro", "/api/products", "/fn/cart/add", "/healthz", "/pictures/placeholder.svg"] {
            let request = Request::builder().method(method).uri(path);
            let answer = visitor.send(request, "").await;
            assert!(answer.status.is_client_error(), "{method} {path}: {}", answer.status);
        }
    }
}

/// Pages and calls that look at every cookie there is.
async fn looked_at(
    world: &World,
    changed: impl Fn(&crate::rest::api::Visitor<'_>),
    header: (&str, &str),
) -> Vec<String> {
    let order = world.api.shop.raw("orders").find_one(mongodb::bson::doc! {}).await.unwrap();
    let order = order.map(|order| order.get_object_id("_id").unwrap().to_hex()).unwrap_or_default();
    let paths = [
        "/ro".to_owned(),
        "/ro/cart".into(),
        "/ro/checkout".into(),
        "/ro/orders".into(),
        format!("/ro/orders/{order}"),
        "/ro/admin/orders".into(),
        "/ro/admin/login".into(),
        format!("/api/orders/{order}"),
        "/api/auth/me".into(),
        "/api/products".into(),
        "/fn/cart/view".into(),
        "/fn/orders/mine".into(),
    ];
    let ask = async |path: String| {
        let visitor = world.api.visitor();
        changed(&visitor);
        let request = Request::get(&path).header(header::ACCEPT, "text/html").header(header.0, header.1);
        let answer = visitor.send(request, "").await;
        let wrong = answer.status.is_server_error() || answer.text.contains("evil.example");
        wrong.then(|| format!("{path}: {} {}", answer.status, answer.text))
    };
    join_all(paths.map(ask)).await.into_iter().flatten().collect()
}

#[tokio::test]
async fn any_cookie_may_be_garbage() {
    let (world, ..) = all().await;
    let garbage = [
        "",
        "x",
        "\"",
        "a;b=c",
        "%00%FF",
        "AAAA.BBBB.CCCC",
        "{\"$ne\":1}",
        "==",
        &"A".repeat(43),
        &"z".repeat(8000),
    ];
    for name in ["vatra_cart", "vatra_session", "vatra_admin", "lang", "__Host-vatra_admin", "$Version", ""] {
        for value in garbage {
            let wrong =
                looked_at(&world, |visitor| visitor.set_cookie(name, value), ("X-Nothing", "1")).await;
            assert!(wrong.is_empty(), "{name}={value}: {wrong:?}");
        }
    }
}

#[tokio::test]
async fn any_header_may_be_garbage() {
    let (world, ..) = all().await;
    for (name, value) in [
        ("Host", "evil.example"),
        ("Host", ""),
        ("Host", "a b\"<>"),
        ("Host", "[::1"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-For", "'; drop, 1.1.1.1, <script>"),
        ("X-Forwarded-Proto", "javascript"),
        ("Forwarded", "host=evil.example"),
        ("X-Original-URL", "/ro/admin"),
        ("X-Rewrite-URL", "/ro/admin"),
        ("Accept-Language", "zz;q=9,,;;=,ro-\u{2}"),
        ("Accept-Language", "*;q=NaN, {\"$gt\":\"\"}"),
        ("Referer", "https://evil.example//evil.example"),
        ("Cookie", "=;;;==; vatra_cart"),
        ("If-None-Match", "\"\"\"*"),
        ("If-Modified-Since", "yesterday"),
        ("Range", "bytes=-1--5"),
        ("Content-Length", "0"),
        ("Transfer-Encoding", "chunked, identity"),
    ] {
        if http::HeaderValue::from_str(value).is_err() {
            continue;
        }
        let wrong = looked_at(&world, |_| (), (name, value)).await;
        assert!(wrong.is_empty(), "{name}: {value}: {wrong:?}");
    }
}
