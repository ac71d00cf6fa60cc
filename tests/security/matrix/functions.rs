//! Server functions, as islands call them and as plain forms do.

use super::{
    routes,
    run::run,
    scene::Scene,
    table::{
        Ask, Columns, EXPIRED, NO_CSRF, NOT_FOUND, Row, Then, admin_does, admin_may, admin_reads, all,
        assert_complete, form, get, row,
    },
};
use crate::harness::key;
use vatra::model::settings::Section;

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
/// The same, whose code has only just left: no call yet.
const NO_CALL: Columns = [NOT_FOUND, NOT_FOUND, Then::No(429, "RATE_001"), NOT_FOUND, NOT_FOUND, NOT_FOUND];
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
    rows.extend(customers());
    rows.extend(order_desk());
    rows.extend(settings());
    rows.extend(accounts());
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
        row("POST /fn/orders/ring", |s| of_order(s, "/fn/orders/ring"), NO_CALL),
        row("POST /fn/orders/ring", |s| of_order(s, "/fn/orders/ring"), GONE).confirmed(),
        row("POST /fn/orders/call", |s| of_order(s, "/fn/orders/call"), NO_CALL),
        row("POST /fn/orders/call", |s| of_order(s, "/fn/orders/call"), GONE).confirmed(),
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

/// The name of a row's box holds the id of its product.
fn bulk(scene: &Scene) -> Ask {
    let picked: &'static str = Box::leak(format!("picked[p{}]", scene.hidden.id).into_boxed_str());
    let shown = scene.hidden.shown_as().word();
    form("/fn/admin/products/bulk", &[("change", "on_sale"), (picked, &shown)])
}

/// There is only one picture to put in order.
fn order_pictures(scene: &Scene) -> Ask {
    let picture = scene.picture.trim_start_matches("/media/");
    let fields = [("product_id", scene.bread.id.as_str()), ("shown", picture), ("order", picture)];
    form("/fn/admin/products/pictures/order", &fields)
}

/// There are more categories than these two.
fn order_categories(scene: &Scene) -> Ask {
    let ids = [scene.hidden_shelf.id.as_str(), scene.empty_shelf.id.as_str()];
    let (shown, order) = (ids.join(","), [ids[1], ids[0]].join(","));
    form("/fn/admin/categories/order", &[("shown", &*shown), ("order", &*order)])
}

fn note(scene: &Scene) -> Ask {
    form("/fn/admin/orders/note", &[("order_id", scene.order.id.as_str()), ("text", "sună la poartă")])
}

fn one_more(scene: &Scene) -> Ask {
    let version = scene.order.updated_at.0.to_string();
    let (order, bread) = (scene.order.id.as_str(), scene.bread.id.as_str());
    let fields = [("order_id", order), ("version", &*version), ("add", bread), ("add_quantity", "1")];
    form("/fn/admin/orders/items", &fields)
}

fn give_up(scene: &Scene) -> Ask {
    let order = scene.order.id.as_str();
    form("/fn/admin/orders/cancel", &[("order_id", order), ("reason", "asked"), ("tell", "on")])
}

fn by_phone(scene: &Scene) -> Ask {
    // The name of a field holds the product's id.
    let bread: &'static str = format!("quantities[p{}]", scene.bread.id).leak();
    let key = key();
    let fields = [
        ("key", key.as_str()),
        (bread, "1"),
        ("name", "Bogdan"),
        ("phone", &*scene.other_phone),
        ("delivery_type", "pickup"),
    ];
    form("/fn/admin/orders/place", &fields)
}

fn say(_: &Scene) -> Ask {
    let said = [
        ("confirmed_ro", "{number}"),
        ("confirmed_en", "{number}"),
        ("ready_ro", "{number}"),
        ("ready_en", "{number}"),
        ("cancelled_ro", "{reason}"),
        ("cancelled_en", "{reason}"),
    ];
    form("/fn/admin/messages/save", &said)
}

/// No message of this id has failed.
const NO_MESSAGE: Columns = [EXPIRED, EXPIRED, EXPIRED, EXPIRED, NOT_FOUND, NO_CSRF];

pub fn order_desk() -> Vec<Row> {
    let again = |_: &Scene| form("/fn/admin/messages/again", &[("message_id", "507f1f77bcf86cd799439011")]);
    vec![
        row("POST /fn/admin/orders/note", note, admin_does(200)),
        row("POST /fn/admin/orders/note", note, admin_does(200)).confirmed(),
        row("POST /fn/admin/orders/items", one_more, admin_does(200)).confirmed(),
        row("POST /fn/admin/orders/cancel", give_up, admin_does(200)),
        row("POST /fn/admin/orders/cancel", give_up, admin_does(200)).confirmed(),
        row("POST /fn/admin/messages/again", again, NO_MESSAGE),
        row(
            "GET /fn/admin/messages/failed",
            |_| get("/fn/admin/messages/failed"),
            admin_reads(Then::Ok(200)),
        ),
        row("GET /fn/admin/orders/start", |_| get("/fn/admin/orders/start"), admin_reads(Then::Ok(200))),
        row("POST /fn/admin/orders/place", by_phone, admin_does(200)),
        row("GET /fn/admin/messages/texts", |_| get("/fn/admin/messages/texts"), admin_reads(Then::Ok(200))),
        row("POST /fn/admin/messages/save", say, admin_does(200)),
    ]
}

/// A change of a part of the settings, as a form that shows it sends it.
fn change(scene: &Scene, path: &str, section: Section, fields: &[(&'static str, &str)]) -> Ask {
    let mark = scene.settings.mark(section);
    form(path, &[fields, &[("mark", mark.as_str())]].concat())
}

fn shop_name(scene: &Scene) -> &str {
    scene.settings.facts.name.as_deref().unwrap_or_default()
}

pub fn settings() -> Vec<Row> {
    vec![
        row("GET /fn/admin/settings/view", |_| get("/fn/admin/settings/view"), ADMIN).guarding(shop_name),
        row(
            "POST /fn/admin/settings/shop",
            |s| change(s, "/fn/admin/settings/shop", Section::Shop, &[("name", "Alta")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/hours",
            |s| {
                let hours = [("hours[monday_0_opens]", "08:00"), ("hours[monday_0_closes]", "13:00")];
                change(s, "/fn/admin/settings/hours", Section::Hours, &hours)
            },
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/places/save",
            |s| change(s, "/fn/admin/settings/places/save", Section::Places, &[("name_ro", "Gara")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/places/turn",
            |s| {
                let turn = [("id", "piata"), ("turn", "show")];
                change(s, "/fn/admin/settings/places/turn", Section::Places, &turn)
            },
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/areas/save",
            |s| change(s, "/fn/admin/settings/areas/save", Section::Areas, &[("name_ro", "Oraș")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/areas/turn",
            |s| {
                let turn = [("id", "sate"), ("turn", "remove")];
                change(s, "/fn/admin/settings/areas/turn", Section::Areas, &turn)
            },
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/rules",
            |s| change(s, "/fn/admin/settings/rules", Section::Rules, &[("lead_days", "1")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/holidays/add",
            |s| change(s, "/fn/admin/settings/holidays/add", Section::Holidays, &[("from", "2999-01-01")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/holidays/remove",
            |s| change(s, "/fn/admin/settings/holidays/remove", Section::Holidays, &[("number", "0")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/closed",
            |s| change(s, "/fn/admin/settings/closed", Section::Closed, &[("closed", "on")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/settings/languages",
            |s| change(s, "/fn/admin/settings/languages", Section::Languages, &[("en", "on")]),
            admin_does(200),
        ),
    ]
}

/// With all that a form of one's own account asks for, none of it right.
fn of_account(_: &Scene, path: &str) -> Ask {
    let new = "altă parolă lungă";
    form(path, &[("old", "x"), ("current", "x"), ("password", new), ("again", new), ("code", "000000")])
}

fn of_helper(scene: &Scene, path: &str) -> Ask {
    form(path, &[("admin_id", scene.helper.as_str()), ("rights", "owner")])
}

fn accept(scene: &Scene) -> Ask {
    let new = "altă parolă lungă";
    form(
        "/fn/admin/invite/accept",
        &[("token", scene.invitation_token.as_str()), ("password", new), ("again", new)],
    )
}

/// Who works there, for owners.
pub fn accounts() -> Vec<Row> {
    let wrong = |then| [EXPIRED, EXPIRED, EXPIRED, EXPIRED, then, NO_CSRF];
    let field = wrong(Then::No(400, "VAL_002"));
    let nothing = wrong(Then::No(409, "CONFLICT_001"));
    let invite = |_: &Scene| {
        let name = vatra::server::secrets::token();
        form("/fn/admin/admins/invite", &[("username", &name), ("rights", "staff")])
    };
    let invitation = |s: &Scene| get(format!("/fn/admin/invite/view?token={}", s.invitation_token));
    vec![
        row("GET /fn/admin/account/view", |_| get("/fn/admin/account/view"), admin_reads(Then::Ok(200))),
        row("POST /fn/admin/account/password", |s| of_account(s, "/fn/admin/account/password"), field),
        row(
            "POST /fn/admin/account/factor/begin",
            |s| of_account(s, "/fn/admin/account/factor/begin"),
            field,
        ),
        row(
            "POST /fn/admin/account/factor/confirm",
            |s| of_account(s, "/fn/admin/account/factor/confirm"),
            nothing,
        ),
        row("POST /fn/admin/account/factor/off", |s| of_account(s, "/fn/admin/account/factor/off"), field),
        row("GET /fn/admin/login/step", |_| get("/fn/admin/login/step"), OK),
        row("POST /fn/admin/login/code", |s| of_account(s, "/fn/admin/login/code"), all(EXPIRED)),
        row("GET /fn/admin/invite/view", invitation, OK),
        row("GET /fn/admin/invite/view", |_| get("/fn/admin/invite/view?token=x"), GONE),
        row("POST /fn/admin/invite/accept", accept, all(DOES)),
        row("GET /fn/admin/admins/list", |_| get("/fn/admin/admins/list"), ADMIN)
            .guarding(helper)
            .for_owners(),
        row("POST /fn/admin/admins/invite", invite, admin_does(200)).for_owners(),
        row(
            "POST /fn/admin/admins/withdraw",
            |s| form("/fn/admin/admins/withdraw", &[("invitation_id", s.invitation.as_str())]),
            admin_does(200),
        )
        .for_owners(),
        row("POST /fn/admin/admins/rights", |s| of_helper(s, "/fn/admin/admins/rights"), admin_does(200))
            .for_owners(),
        row("POST /fn/admin/admins/remove", |s| of_helper(s, "/fn/admin/admins/remove"), admin_does(200))
            .for_owners(),
        row("POST /fn/admin/admins/factor", |s| of_helper(s, "/fn/admin/admins/factor"), admin_does(200))
            .for_owners(),
        row("GET /fn/admin/log/list", |_| get("/fn/admin/log/list"), admin_reads(Then::Ok(200))).for_owners(),
        row("GET /fn/admin/errors/list", |_| get("/fn/admin/errors/list"), admin_reads(Then::Ok(200)))
            .for_owners(),
    ]
}

fn helper(scene: &Scene) -> &str {
    scene.helper.as_str()
}

pub fn admin() -> Vec<Row> {
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
        row("GET /fn/admin/kitchen/list", |_| get("/fn/admin/kitchen/list"), admin_reads(Then::Ok(200))),
        row("GET /fn/admin/kitchen/slips", |_| get("/fn/admin/kitchen/slips"), ADMIN).confirmed(),
        row(
            "GET /fn/admin/kitchen/slips",
            |s| get(format!("/fn/admin/kitchen/slips?order={}", s.order.id)),
            ADMIN,
        ),
        row(
            "GET /fn/admin/kitchen/pickups",
            |_| get("/fn/admin/kitchen/pickups"),
            admin_reads(Then::Ok(200)),
        ),
        row("GET /fn/admin/kitchen/deliveries", |_| get("/fn/admin/kitchen/deliveries"), ADMIN).confirmed(),
        row("GET /fn/admin/figures/view", |_| get("/fn/admin/figures/view"), admin_reads(Then::Ok(200))),
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
        row(
            "POST /fn/admin/products/inline",
            |s| {
                let fields =
                    [("product_id", s.hidden.id.as_str()), ("price", "2,50"), ("stock_quantity", "3")];
                form("/fn/admin/products/inline", &fields)
            },
            admin_does(200),
        ),
        row("POST /fn/admin/products/bulk", bulk, admin_does(200)),
        row(
            "POST /fn/admin/products/pictures/remove",
            |s| {
                let picture = s.picture.trim_start_matches("/media/");
                let fields = [("product_id", s.bread.id.as_str()), ("picture", picture)];
                form("/fn/admin/products/pictures/remove", &fields)
            },
            admin_does(200),
        ),
        row("POST /fn/admin/products/pictures/order", order_pictures, admin_may(Then::Ok(200))),
        row(
            "GET /fn/admin/products/sheet/check",
            |_| get("/fn/admin/products/sheet/check?sheet=x"),
            admin_reads(Then::Ok(200)),
        ),
        row(
            "POST /fn/admin/products/sheet/import",
            |_| form("/fn/admin/products/sheet/import", &[("sheet", "x"), ("outcome", "x")]),
            admin_may(Then::No(400, "VAL_001")),
        ),
        row("POST /fn/admin/categories/order", order_categories, admin_may(Then::No(409, "CONFLICT_001"))),
        row(
            "POST /fn/admin/categories/delete",
            |s| form("/fn/admin/categories/delete", &[("category_id", s.empty_shelf.id.as_str())]),
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

/// A customer by the id of the order, with what a form says besides.
fn of_customer(scene: &Scene, path: &str, fields: &[(&'static str, &str)]) -> Ask {
    form(path, &[&[("customer", scene.order.id.as_str())], fields].concat())
}

pub fn customers() -> Vec<Row> {
    /// Needs what is not there: nothing changes.
    const IDLE: Columns = [EXPIRED, EXPIRED, EXPIRED, EXPIRED, Then::Ok(200), NO_CSRF];
    const OPEN: Columns = [EXPIRED, EXPIRED, EXPIRED, EXPIRED, Then::No(409, "CONFLICT_001"), NO_CSRF];
    const UNKNOWN: Columns = [EXPIRED, EXPIRED, EXPIRED, EXPIRED, NOT_FOUND, NO_CSRF];
    let view = |s: &Scene| get(format!("/fn/admin/customers/view?id={}", s.order.id));
    let erasure = |s: &Scene| get(format!("/fn/admin/customers/erasure?id={}", s.order.id));
    let note = |s: &Scene| of_customer(s, "/fn/admin/customers/note", &[("note", "Sună la poartă.")]);
    let erase = |s: &Scene| of_customer(s, "/fn/admin/customers/erase", &[]);
    let removed = |s: &Scene| {
        of_customer(s, "/fn/admin/customers/note/remove", &[("note", "507f1f77bcf86cd799439011")])
    };
    vec![
        row("GET /fn/admin/customers/list", |_| get("/fn/admin/customers/list"), admin_reads(Then::Ok(200))),
        row("GET /fn/admin/customers/list", |_| get("/fn/admin/customers/list?q=zamfira"), ADMIN)
            .confirmed()
            .guarding(|scene| scene.phone.as_str()),
        row("GET /fn/admin/customers/view", view, ADMIN),
        row("GET /fn/admin/customers/view", view, ADMIN).confirmed(),
        row("GET /fn/admin/customers/erasure", erasure, admin_reads(Then::Ok(200))),
        row("GET /fn/admin/customers/erasure", erasure, ADMIN).confirmed(),
        row(
            "GET /fn/admin/customers/blocked",
            |_| get("/fn/admin/customers/blocked"),
            admin_reads(Then::Ok(200)),
        ),
        row("POST /fn/admin/customers/note", note, UNKNOWN),
        row("POST /fn/admin/customers/note", note, admin_does(200)).confirmed(),
        row("POST /fn/admin/customers/note/remove", removed, IDLE).confirmed(),
        row(
            "POST /fn/admin/customers/block",
            |s| of_customer(s, "/fn/admin/customers/block", &[("reason", "Glumește")]),
            admin_does(200),
        ),
        row(
            "POST /fn/admin/customers/block-number",
            |s| {
                form("/fn/admin/customers/block-number", &[("phone", &s.other_phone), ("reason", "Glumește")])
            },
            admin_does(200),
        ),
        row(
            "POST /fn/admin/customers/unblock",
            |_| form("/fn/admin/customers/unblock", &[("block", &vatra::server::secrets::token())]),
            IDLE,
        ),
        row(
            "POST /fn/admin/customers/unblock-number",
            |s| form("/fn/admin/customers/unblock-number", &[("number", &s.other_phone)]),
            IDLE,
        ),
        row("POST /fn/admin/customers/erase", erase, admin_does(200)),
        row("POST /fn/admin/customers/erase", erase, OPEN).confirmed(),
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
async fn the_accounts_of_who_works_there() {
    run(&accounts()).await;
}

#[tokio::test]
async fn the_producers_functions() {
    run(&admin()).await;
}

#[tokio::test]
async fn the_producers_functions_of_customers() {
    run(&customers()).await;
}

#[tokio::test]
async fn the_order_pages_functions() {
    run(&order_desk()).await;
}

#[tokio::test]
async fn the_settings_functions() {
    run(&settings()).await;
}
