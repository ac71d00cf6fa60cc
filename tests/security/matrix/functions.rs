//! Server functions, as islands call them and as plain forms do.

use super::{
    routes,
    run::run,
    scene::Scene,
    table::{
        Ask, Columns, EXPIRED, NOT_FOUND, Row, Then, admin_does, admin_reads, all, assert_complete, form,
        get, row,
    },
};
use crate::harness::key;

const OK: Columns = all(Then::Ok(200));
const GONE: Columns = all(NOT_FOUND);
const DOES: Then = Then::Does(200);
const SHOWS: Then = Then::Shows(200);
const ADMIN: Columns = admin_reads(SHOWS);

/// Needs a cart with the order's bread in it.
const BREAD: Columns = [NOT_FOUND, NOT_FOUND, DOES, NOT_FOUND, NOT_FOUND, NOT_FOUND];
/// Needs any cart.
const CART: Columns = [NOT_FOUND, DOES, DOES, NOT_FOUND, NOT_FOUND, NOT_FOUND];
/// The browser that placed the order.
const BROWSER: Columns = [NOT_FOUND, NOT_FOUND, DOES, NOT_FOUND, NOT_FOUND, NOT_FOUND];
/// See the pages.
const ORDER: Columns = [NOT_FOUND, NOT_FOUND, SHOWS, SHOWS, NOT_FOUND, NOT_FOUND];
const CONFIRMED: Columns = [NOT_FOUND, NOT_FOUND, NOT_FOUND, SHOWS, NOT_FOUND, NOT_FOUND];
const MINE: Columns = [EXPIRED, Then::Ok(200), EXPIRED, SHOWS, EXPIRED, EXPIRED];
const AGAIN: Columns = [EXPIRED, NOT_FOUND, EXPIRED, DOES, EXPIRED, EXPIRED];
const LEAVE: Columns = [Then::Ok(200), DOES, Then::Ok(200), DOES, Then::Ok(200), Then::Ok(200)];

/// Only a session tells whose data it is.
const MY_DATA: Columns = [EXPIRED, Then::Ok(200), EXPIRED, Then::Ok(200), EXPIRED, EXPIRED];
const ERASE: Columns = [EXPIRED, DOES, EXPIRED, DOES, EXPIRED, EXPIRED];
/// The order is being worked on.
const NOT_YET: Columns = [EXPIRED, DOES, EXPIRED, Then::No(409, "CONFLICT_001"), EXPIRED, EXPIRED];
/// An attempt that nobody began.
const NO_CODE: Columns = all(Then::No(400, "SMS_003"));

/// Nothing of the customer's is taken back, and that is told on the board.
const NOTHING_TO_UNDO: Columns = [EXPIRED, EXPIRED, EXPIRED, EXPIRED, Then::Ok(200), super::table::NO_CSRF];

fn sign_in(scene: &Scene, path: &str) -> Ask {
    let attempt = vatra::server::secrets::token();
    form(
        path,
        &[("phone", &*scene.other_phone), ("attempt", &*attempt), ("code", &*scene.code), ("to", "my-data")],
    )
}

fn bread(scene: &Scene, path: &str) -> Ask {
    form(path, &[("product_id", scene.bread.id.as_str()), ("quantity", "2")])
}

fn of_order(scene: &Scene, path: &str) -> Ask {
    form(path, &[("order_id", scene.order.id.as_str()), ("code", &scene.code)])
}

fn place(scene: &Scene) -> Ask {
    let fields = [
        ("name", "Bogdan"),
        ("phone", &*scene.other_phone),
        ("delivery_type", "pickup"),
        ("key", key().as_str()),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    Ask { path: "/fn/checkout/place".into(), body: super::table::Body::Form(fields.into()) }
}

fn rows() -> Vec<Row> {
    let mut rows = shop();
    rows.extend(admin());
    rows
}

fn shop() -> Vec<Row> {
    let order = |scene: &Scene| get(format!("/fn/orders/view?id={}", scene.order.id));
    vec![
        row("GET /fn/catalog/home", |_| get("/fn/catalog/home"), OK),
        row("GET /fn/catalog/products", |_| get("/fn/catalog/products"), OK),
        row(
            "GET /fn/catalog/products",
            |s| get(format!("/fn/catalog/products?category={}", s.hidden_shelf.id)),
            GONE,
        ),
        row("GET /fn/catalog/product", |s| get(format!("/fn/catalog/product?slug={}", s.bread.id)), OK),
        row("GET /fn/catalog/product", |s| get(format!("/fn/catalog/product?slug={}", s.hidden.id)), GONE),
        row("GET /fn/cart/count", |_| get("/fn/cart/count"), OK),
        row("GET /fn/cart/view", |_| get("/fn/cart/view"), OK),
        row("POST /fn/cart/add", |s| bread(s, "/fn/cart/add"), all(DOES)),
        row("POST /fn/cart/set", |s| bread(s, "/fn/cart/set"), BREAD),
        row("POST /fn/cart/remove", |s| bread(s, "/fn/cart/remove"), CART),
        row("GET /fn/checkout/view", |_| get("/fn/checkout/view"), OK),
        row("POST /fn/checkout/place", place, CART),
        row("GET /fn/orders/view", order, ORDER),
        row("GET /fn/orders/view", order, CONFIRMED).confirmed(),
        row("POST /fn/orders/confirm", |s| of_order(s, "/fn/orders/confirm"), BROWSER),
        row("POST /fn/orders/confirm", |s| of_order(s, "/fn/orders/confirm"), GONE).confirmed(),
        row("POST /fn/orders/resend", |s| of_order(s, "/fn/orders/resend"), BROWSER),
        row("POST /fn/orders/resend", |s| of_order(s, "/fn/orders/resend"), GONE).confirmed(),
        row("GET /fn/orders/mine", |_| get("/fn/orders/mine"), MINE),
        row("POST /fn/orders/again", |s| of_order(s, "/fn/orders/again"), AGAIN),
        row("POST /fn/session/end", |_| form("/fn/session/end", &[]), LEAVE),
        row("GET /fn/shop/facts", |_| get("/fn/shop/facts"), OK),
        row("POST /fn/sign-in/begin", |s| sign_in(s, "/fn/sign-in/begin"), all(DOES)),
        row("POST /fn/sign-in/resend", |s| sign_in(s, "/fn/sign-in/resend"), NO_CODE),
        row("POST /fn/sign-in/finish", |s| sign_in(s, "/fn/sign-in/finish"), NO_CODE),
        row(
            "GET /fn/sign-in/view",
            |_| get(format!("/fn/sign-in/view?attempt={}", vatra::server::secrets::token())),
            NO_CODE,
        ),
        row("GET /fn/my-data/view", |_| get("/fn/my-data/view"), MY_DATA),
        row("POST /fn/my-data/erase", |_| form("/fn/my-data/erase", &[]), ERASE),
        row("POST /fn/my-data/erase", |_| form("/fn/my-data/erase", &[]), NOT_YET).confirmed(),
    ]
}

fn product(scene: &Scene) -> &str {
    scene.hidden.text.name.as_str()
}

/// The word that only this scene's products have.
fn mark(scene: &Scene) -> &str {
    product(scene).rsplit(' ').next().unwrap_or_default()
}

fn shelf(scene: &Scene) -> &str {
    scene.hidden_shelf.text.name.as_str()
}

fn log_in(_: &Scene) -> Ask {
    let nobody = vatra::server::secrets::token();
    form("/fn/admin/login", &[("username", &nobody), ("password", "o parolă lungă")])
}

fn save_product(scene: &Scene) -> Ask {
    let fields = [
        ("id", scene.bread.id.as_str()),
        ("name", "Altceva"),
        ("price", "1"),
        ("category_id", scene.bread.category_id.as_str()),
        ("stock_quantity", "1"),
    ];
    form("/fn/admin/products/save", &fields)
}

/// The orders of a board are named in the names of their boxes, so each scene has a name of its own.
fn ticked(scene: &Scene) -> &'static str {
    Box::leak(format!("orders[o{}]", scene.order.id).into_boxed_str())
}

fn cancel_together(scene: &Scene) -> Ask {
    form("/fn/admin/board/move", &[(ticked(scene), "on"), ("status", "cancelled")])
}

fn begin_together(scene: &Scene) -> Ask {
    form("/fn/admin/board/move", &[(ticked(scene), "on"), ("status", "processing")])
}

fn undo_together(scene: &Scene) -> Ask {
    form("/fn/admin/board/undo", &[(ticked(scene), "on")])
}

fn admin() -> Vec<Row> {
    let order = |s: &Scene| get(format!("/fn/admin/orders/view?id={}", s.order.id));
    let status = |s: &Scene| {
        form("/fn/admin/orders/status", &[("order_id", s.order.id.as_str()), ("status", "cancelled")])
    };
    vec![
        row("GET /fn/admin/me", |_| get("/fn/admin/me"), admin_reads(Then::Ok(200))),
        row("POST /fn/admin/login", log_in, all(Then::No(401, "AUTH_001"))),
        row("POST /fn/admin/logout", |_| form("/fn/admin/logout", &[]), admin_does(200)),
        row("GET /fn/admin/orders/list", |_| get("/fn/admin/orders/list"), ADMIN),
        row(
            "GET /fn/admin/orders/list",
            |s| get(format!("/fn/admin/orders/list?q={}", s.phone.trim_start_matches('+'))),
            ADMIN,
        ),
        row("GET /fn/admin/orders/view", order, ADMIN),
        row("GET /fn/admin/orders/view", order, ADMIN).confirmed(),
        row("POST /fn/admin/orders/status", status, admin_does(200)),
        row("POST /fn/admin/orders/status", status, admin_does(200)).confirmed(),
        row("GET /fn/admin/board/view", |_| get("/fn/admin/board/view"), ADMIN),
        row("GET /fn/admin/board/view", |_| get("/fn/admin/board/view"), ADMIN).confirmed(),
        row("POST /fn/admin/board/move", cancel_together, admin_does(200)),
        row("POST /fn/admin/board/move", begin_together, admin_does(200)).confirmed(),
        row("POST /fn/admin/board/undo", undo_together, NOTHING_TO_UNDO).confirmed(),
        row("GET /fn/admin/products/list", |s| get(format!("/fn/admin/products/list?q={}", mark(s))), ADMIN)
            .guarding(product),
        row(
            "GET /fn/admin/products/view",
            |s| get(format!("/fn/admin/products/view?id={}", s.hidden.id)),
            ADMIN,
        )
        .guarding(product),
        row("POST /fn/admin/products/save", save_product, admin_does(200)),
        row(
            "POST /fn/admin/products/active",
            |s| {
                form("/fn/admin/products/active", &[("product_id", s.hidden.id.as_str()), ("active", "true")])
            },
            admin_does(200),
        ),
        row("GET /fn/admin/categories/list", |_| get("/fn/admin/categories/list"), ADMIN).guarding(shelf),
        row(
            "GET /fn/admin/categories/view",
            |s| get(format!("/fn/admin/categories/view?id={}", s.hidden_shelf.id)),
            ADMIN,
        )
        .guarding(shelf),
        row(
            "POST /fn/admin/categories/save",
            |s| form("/fn/admin/categories/save", &[("id", s.hidden_shelf.id.as_str()), ("name", &s.phone)]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/categories/active",
            |s| {
                form(
                    "/fn/admin/categories/active",
                    &[("category_id", s.hidden_shelf.id.as_str()), ("active", "true")],
                )
            },
            admin_does(200),
        ),
    ]
}

#[test]
fn every_server_function_has_a_row() {
    assert_complete(&rows(), &routes::server_functions());
}

#[tokio::test]
async fn the_shops_functions() {
    run(&shop()).await;
}

#[tokio::test]
async fn the_producers_functions() {
    run(&admin()).await;
}
