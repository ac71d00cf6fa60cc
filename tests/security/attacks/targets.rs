//! Every place where something can be typed or sent, each in its good form.

use super::world::World;
use crate::{
    harness::{ADDRESS, TestShop, key, phone},
    rest::{answer::Answer, api::json},
};
use http::{Request, header};
use serde_json::{Value, json};
use vatra::{
    app::forms::escape,
    model::{ids::CartId, locale::Locale, settings::Section},
    server::service::phone::read,
};

/// How the fields travel.
#[derive(Clone)]
pub enum Fields {
    Form(Vec<(&'static str, String)>),
    Query(Vec<(&'static str, String)>),
    Json(Value),
}

pub struct Target {
    pub route: &'static str,
    /// The same with its variable parts filled in.
    pub path: String,
    pub fields: Fields,
}

/// A number of somebody else each time.
const PHONE: &str = "@phone";
/// An id that nothing has.
const NOBODY: &str = "507f1f77bcf86cd799439011";
/// Another idempotency key each time.
const KEY: &str = "@key";

impl Target {
    pub fn names(&self) -> Vec<String> {
        match &self.fields {
            Fields::Form(fields) | Fields::Query(fields) => {
                fields.iter().map(|(name, _)| (*name).to_owned()).collect()
            }
            Fields::Json(body) => json_names(body),
        }
    }

    /// One field's value replaced by text that is percent-encoded already, or, in JSON, by JSON.
    pub fn with(&self, name: &str, raw: &str) -> String {
        match &self.fields {
            Fields::Form(fields) | Fields::Query(fields) => {
                let pair = |(field, value): &(&str, String)| match *field == name {
                    true => format!("{field}={raw}"),
                    false => format!("{field}={}", escape(&fresh(value))),
                };
                fields.iter().map(pair).collect::<Vec<_>>().join("&")
            }
            Fields::Json(body) if name.is_empty() => fresh(&body.to_string()),
            Fields::Json(body) => {
                let mark = "\"@here\"";
                let mut body = body.clone();
                *body.pointer_mut(&format!("/{}", name.replace('.', "/"))).expect("the field") =
                    json!("@here");
                fresh(&body.to_string()).replace(mark, raw)
            }
        }
    }

    /// One field renamed, its value kept. Not for JSON.
    pub fn renamed(&self, name: &str, to: &str) -> String {
        let (Fields::Form(fields) | Fields::Query(fields)) = &self.fields else { panic!("no form") };
        let pair = |(field, value): &(&str, String)| {
            format!("{}={}", if *field == name { to } else { field }, escape(&fresh(value)))
        };
        fields.iter().map(pair).collect::<Vec<_>>().join("&")
    }

    /// Everything as it should be.
    pub fn good(&self) -> String {
        self.with("", "")
    }

    /// Sends these fields with all rights there are: the producer's and a cart's.
    pub async fn send(&self, world: &World, cart: &CartId, fields: &str) -> Answer {
        let visitor = world.holder(cart);
        visitor.set_cookie("vatra_admin", &world.producer().cookie("vatra_admin").unwrap());
        let (method, _) = self.route.split_once(' ').expect("a method and a path");
        let request = Request::builder()
            .method(method)
            .header(header::ACCEPT, "application/json")
            .header("X-CSRF-Token", &world.csrf)
            .header("Idempotency-Key", key().as_str());
        match &self.fields {
            Fields::Query(_) => visitor.send(request.uri(format!("{}?{fields}", self.path)), "").await,
            Fields::Json(_) => visitor.send(json(request.uri(&self.path)), fields).await,
            Fields::Form(_) => {
                let form = "application/x-www-form-urlencoded";
                visitor.send(request.uri(&self.path).header(header::CONTENT_TYPE, form), fields).await
            }
        }
    }
}

fn fresh(text: &str) -> String {
    text.replace(PHONE, &phone()).replace(KEY, key().as_str())
}

/// The names of a body's fields, those of an object within behind a dot.
fn json_names(body: &Value) -> Vec<String> {
    let mut names = Vec::new();
    for (name, value) in body.as_object().unwrap() {
        names.push(name.clone());
        names.extend(value.as_object().into_iter().flat_map(|o| o.keys()).map(|n| format!("{name}.{n}")));
    }
    names
}

/// All targets of a world, with an order that waits for its code.
pub async fn targets(world: &World, cart: &CartId) -> Vec<Target> {
    let shop = &world.api.shop;
    let order = shop.place(cart, &phone()).await.order;
    // Not the one in the cart, which the tests count on.
    let changed = shop.product("Cozonac", 4500, 9).await.id;
    let shelf = shop.category("Raftul de încercat").await;
    let (product, order, shelf) = (world.bread.id.as_str(), order.id.as_str(), shelf.as_str());
    let changed = changed.as_str();
    let mut all = forms(world, product, changed, order, shelf);
    all.extend(desk(world, changed, shelf).await);
    all.extend(order_desk(world, changed, order));
    all.extend(sign_in(shop).await);
    all.extend(customers(shop, &world.csrf).await);
    all.extend(settings(world).await);
    all.extend(queries(product, order, shelf));
    all.extend(bodies(cart, product, changed, order, shelf));
    all
}

fn forms(world: &World, product: &str, changed: &str, order: &str, shelf: &str) -> Vec<Target> {
    let csrf = world.csrf.as_str();
    let form = |route: &'static str, fields: &[(&'static str, &str)]| Target {
        route,
        path: route[5..].to_owned(),
        fields: Fields::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()),
    };
    let texts = [("name", "Ceva @key"), ("description", "x"), ("name_en", ""), ("description_en", "")];
    let sold = [
        ("price", "1,50"),
        ("category_id", shelf),
        ("stock_quantity", "9"),
        ("low_stock_at", "3"),
        ("active", "on"),
        ("featured", "on"),
        ("net_amount", "500"),
        ("net_unit", "g"),
        ("ingredients", "x"),
        ("ingredients_en", "x"),
        ("allergens_declared", "on"),
        ("allergens[gluten]", "contains"),
        ("vat_rate", "11"),
        ("csrf", csrf),
    ];
    let shown = [("active", "on"), ("csrf", csrf)];
    vec![
        form("POST /fn/cart/add", &[("product_id", product), ("quantity", "1")]),
        form("POST /fn/cart/set", &[("product_id", product), ("quantity", "2")]),
        form("POST /fn/cart/remove", &[("product_id", "507f1f77bcf86cd799439011")]),
        form(
            "POST /fn/checkout/place",
            &[
                ("name", "Ana Pop"),
                ("phone", PHONE),
                ("delivery_type", "delivery"),
                ("street", "Str. Mare 1"),
                ("city", "Cluj"),
                ("postal_code", "400001"),
                ("address_notes", "x"),
                ("preferred_time", "joi"),
                ("special_instructions", "x"),
                ("day", ""),
                ("pickup_place", ""),
                ("delivery_area", ""),
                ("expected_total", ""),
                ("key", KEY),
            ],
        ),
        form("POST /fn/orders/confirm", &[("order_id", order), ("code", "0000")]),
        form("POST /fn/orders/resend", &[("order_id", order)]),
        form("POST /fn/orders/ring", &[("order_id", order)]),
        form("POST /fn/orders/call", &[("order_id", order)]),
        form("POST /fn/orders/again", &[("order_id", order)]),
        form("POST /fn/admin/login", &[("username", "x"), ("password", "y"), ("next", "/ro/admin/orders")]),
        form("POST /fn/admin/login/code", &[("code", "123456"), ("next", "/ro/admin/orders")]),
        form("POST /fn/admin/invite/accept", &[("token", "x"), ("password", "y"), ("again", "y")]),
        form(
            "POST /fn/admin/admins/invite",
            &[("username", "Ceva @key"), ("rights", "staff"), ("csrf", csrf)],
        ),
        form("POST /fn/admin/admins/withdraw", &[("invitation_id", NOBODY), ("csrf", csrf)]),
        form("POST /fn/admin/admins/rights", &[("admin_id", NOBODY), ("rights", "staff"), ("csrf", csrf)]),
        form("POST /fn/admin/admins/remove", &[("admin_id", NOBODY), ("csrf", csrf)]),
        form("POST /fn/admin/admins/factor", &[("admin_id", NOBODY), ("csrf", csrf)]),
        form(
            "POST /fn/admin/account/password",
            &[("old", "x"), ("password", "y"), ("again", "y"), ("csrf", csrf)],
        ),
        form("POST /fn/admin/account/factor/begin", &[("current", "x"), ("csrf", csrf)]),
        form("POST /fn/admin/account/factor/confirm", &[("code", "123456"), ("csrf", csrf)]),
        form("POST /fn/admin/account/factor/off", &[("current", "x"), ("code", "123456"), ("csrf", csrf)]),
        form("POST /fn/admin/products/save", &[&texts[..], &sold[..]].concat()),
        form(
            "POST /fn/admin/products/save",
            &[&[("id", changed), ("version", "0"), ("shown_stock", "1")], &texts[..], &sold[..]].concat(),
        ),
        form(
            "POST /fn/admin/products/active",
            &[("product_id", changed), ("active", "true"), ("next", "/ro/admin/products"), ("csrf", csrf)],
        ),
        form(
            "POST /fn/admin/categories/save",
            &[&[("id", shelf), ("version", "0")], &texts[..], &shown[..]].concat(),
        ),
        form(
            "POST /fn/admin/categories/active",
            &[("category_id", shelf), ("active", "true"), ("next", "/ro/admin/categories"), ("csrf", csrf)],
        ),
        form(
            "POST /fn/admin/board/move",
            &[(boxed(order), "on"), ("status", "ready"), ("next", "/ro/admin?q=x"), ("csrf", csrf)],
        ),
        form("POST /fn/admin/board/undo", &[(boxed(order), "on"), ("next", "/ro/admin"), ("csrf", csrf)]),
        form(
            "POST /fn/admin/orders/status",
            &[("order_id", order), ("status", "ready"), ("note", "x"), ("csrf", csrf)],
        ),
    ]
}

/// The name of an order's box on the board.
fn boxed(order: &str) -> &'static str {
    Box::leak(format!("orders[o{order}]").into_boxed_str())
}

/// The list of products, their pictures, their table, and the order of shelves.
async fn desk(world: &World, changed: &str, shelf: &str) -> Vec<Target> {
    let (csrf, shop) = (world.csrf.as_str(), &world.api.shop);
    let ended = shop.category("Raftul de șters").await;
    let sheet = shop.keep_sheet(b"nume\nx\n").await.expect("kept");
    // The name of a row's box holds the id of its product.
    let picked: &'static str = Box::leak(format!("picked[p{changed}]").into_boxed_str());
    let (ended, next) = (ended.as_str(), "/ro/admin/products");
    let form = |route: &'static str, fields: &[(&'static str, &str)]| {
        let fields = [fields, &[("csrf", csrf)]].concat();
        Target {
            route,
            path: route[5..].to_owned(),
            fields: Fields::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()),
        }
    };
    let query = |route: &'static str, fields: &[(&'static str, &str)]| Target {
        route,
        path: route[4..].to_owned(),
        fields: Fields::Query(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()),
    };
    let row = [("product_id", changed), ("version", "0"), ("shown_stock", "1"), ("price", "1,50")];
    let many = [("change", "percent"), ("category_id", shelf), ("value", "10"), (picked, "v0-1")];
    vec![
        form(
            "POST /fn/admin/products/inline",
            &[&row[..], &[("stock_quantity", "9"), ("next", next)]].concat(),
        ),
        form("POST /fn/admin/products/bulk", &[&many[..], &[("next", next)]].concat()),
        form(
            "POST /fn/admin/products/pictures/order",
            &[("product_id", changed), ("shown", "a.jpg,b.jpg"), ("order", "b.jpg,a.jpg")],
        ),
        form("POST /fn/admin/products/pictures/remove", &[("product_id", changed), ("picture", "a.jpg")]),
        form("POST /fn/admin/products/sheet/import", &[("sheet", &sheet), ("outcome", "x")]),
        form("POST /fn/admin/categories/order", &[("shown", shelf), ("order", shelf)]),
        form("POST /fn/admin/categories/delete", &[("category_id", ended), ("to", shelf)]),
        query("GET /fn/admin/products/sheet/check", &[("sheet", &sheet)]),
        query("GET /ro/admin/products/import", &[("sheet", &sheet)]),
    ]
}

/// The page of an order, orders by phone, and what messages say.
fn order_desk(world: &World, product: &str, order: &str) -> Vec<Target> {
    let csrf = ("csrf", world.csrf.as_str());
    let form = |route: &'static str, fields: &[(&'static str, &str)]| Target {
        route,
        path: route[5..].to_owned(),
        fields: Fields::Form(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()),
    };
    // The name of a field holds the product's id.
    let pieces: &'static str = format!("quantities[p{product}]").leak();
    let shown: &'static str = format!("shown[p{product}]").leak();
    let texts = [
        ("confirmed_on", "on"),
        ("confirmed_ro", "{number}"),
        ("confirmed_en", "{number}"),
        ("ready_on", "on"),
        ("ready_ro", "{number} {name} {shop} {day} {place}"),
        ("ready_en", "{number}"),
        ("cancelled_on", "on"),
        ("cancelled_ro", "{reason}"),
        ("cancelled_en", "{reason}"),
        ("plain", "on"),
        csrf,
    ];
    vec![
        form("POST /fn/admin/orders/note", &[("order_id", order), ("text", "x"), csrf]),
        form(
            "POST /fn/admin/orders/items",
            &[
                ("order_id", order),
                ("version", "0"),
                (pieces, "1"),
                (shown, "1"),
                ("add", product),
                ("add_quantity", "1"),
                csrf,
            ],
        ),
        form(
            "POST /fn/admin/orders/place",
            &[
                ("key", KEY),
                (pieces, "1"),
                ("name", "Ana Pop"),
                ("phone", PHONE),
                ("delivery_type", "delivery"),
                ("street", "Str. Mare 1"),
                ("city", "Cluj"),
                ("postal_code", "400001"),
                ("address_notes", "x"),
                ("preferred_time", "joi"),
                ("special_instructions", "x"),
                ("day", "2999-12-31"),
                ("place", "x"),
                ("delivery_fee", "15"),
                ("language", "en"),
                ("note", "x"),
                csrf,
            ],
        ),
        form("POST /fn/admin/messages/save", &texts),
        form("POST /fn/admin/messages/again", &[("message_id", "507f1f77bcf86cd799439011"), csrf]),
        form(
            "POST /fn/admin/orders/cancel",
            &[("order_id", order), ("reason", "asked"), ("words", "x"), ("tell", "on"), csrf],
        ),
    ]
}

/// The settings. Those that would close the shop or change its languages are always too late.
async fn settings(world: &World) -> Vec<Target> {
    let settings = world.api.shop.settings().await.expect("settings");
    let form = |route: &'static str, section: Option<Section>, fields: &[(&'static str, &str)]| {
        let mark = section.map_or_else(|| "x".to_owned(), |section| settings.mark(section));
        let own = [("mark", mark), ("csrf", world.csrf.clone())];
        let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned()));
        Target { route, path: route[5..].to_owned(), fields: Fields::Form(fields.chain(own).collect()) }
    };
    let address = [
        ("address_street", "Str. Morii 4"),
        ("address_city", "Cluj"),
        ("address_county", "Cluj"),
        ("address_postal_code", "400001"),
        ("coordinates_latitude", "46.77"),
        ("coordinates_longitude", "23.6"),
    ];
    let firm = [
        ("name", "Vatra"),
        ("legal_name", "x"),
        ("tax_id", "RO 12345678"),
        ("trade_register", "J12/345/2020"),
        ("phone", "0722 123 456"),
        ("email", "a@example.com"),
    ];
    let texts = [
        ("pickup_ro", "x"),
        ("pickup_en", "x"),
        ("delivery_area_ro", "x"),
        ("delivery_area_en", "x"),
        ("delivery_fee_ro", "x"),
        ("delivery_fee_en", "x"),
        ("cut_off_ro", "x"),
        ("cut_off_en", "x"),
    ];
    let turn = [("id", "piata"), ("turn", "up")];
    let named = [("id", ""), ("name_ro", "Gara"), ("name_en", "x")];
    // Nobody can choose the area: deliveries to anywhere stay good.
    let place = [("active", "on"), ("address", "x"), ("hint_ro", "x"), ("hint_en", "x")];
    let area = [("fee", "15"), ("minimum", "50"), ("free_from", "150"), ("towns_ro", "x"), ("towns_en", "x")];
    let rules = [("lead_days", "1"), ("lead_hours", "2"), ("cut_off", "18:00"), ("days_ahead", "14")];
    let holiday = [("from", "2999-12-24"), ("to", "2999-12-26"), ("text_ro", "x"), ("text_en", "x")];
    let closed =
        [("closed", "on"), ("closed_until", "2999-12-24"), ("closed_text_ro", "x"), ("closed_text_en", "x")];
    let hours = [("hours[monday_0_opens]", "08:00"), ("hours[monday_0_closes]", "13:00")];
    let firm = [&firm[..], &address[..], &texts[..]].concat();
    let (place, area) = ([&named[..], &place[..]].concat(), [&named[..], &area[..]].concat());
    vec![
        form("POST /fn/admin/settings/shop", Some(Section::Shop), &firm),
        form("POST /fn/admin/settings/hours", Some(Section::Hours), &hours),
        form("POST /fn/admin/settings/places/save", Some(Section::Places), &place),
        form("POST /fn/admin/settings/places/turn", Some(Section::Places), &turn),
        form("POST /fn/admin/settings/areas/save", Some(Section::Areas), &area),
        form("POST /fn/admin/settings/areas/turn", Some(Section::Areas), &turn),
        form("POST /fn/admin/settings/rules", Some(Section::Rules), &rules),
        form("POST /fn/admin/settings/holidays/add", Some(Section::Holidays), &holiday),
        form("POST /fn/admin/settings/holidays/remove", Some(Section::Holidays), &[("number", "0")]),
        form("POST /fn/admin/settings/closed", None, &closed),
        form("POST /fn/admin/settings/languages", None, &[("ro", "on"), ("en", "on"), ("default", "ro")]),
    ]
}

/// One try to sign in that gets another code, and one that has its code.
async fn sign_in(shop: &TestShop) -> Vec<Target> {
    let (asking, entering) = (phone(), phone());
    let begin = async |phone: &str| shop.begin_sign_in(phone, Locale::Ro, ADDRESS).await.expect("sent");
    let (asked, entered) = (begin(&asking).await.to_string(), begin(&entering).await.to_string());
    let code = shop.code_for(&entering);
    let target = |route: &'static str, fields: Fields| Target {
        route,
        path: route.split_once(' ').expect("a method and a path").1.to_owned(),
        fields,
    };
    let to = ("to", "orders".to_owned());
    vec![
        target("POST /fn/sign-in/begin", Fields::Form(vec![("phone", PHONE.to_owned()), to.clone()])),
        target("GET /fn/sign-in/view", Fields::Query(vec![("attempt", asked.clone())])),
        target("POST /fn/sign-in/resend", Fields::Form(vec![("attempt", asked.clone()), to.clone()])),
        target(
            "POST /fn/sign-in/finish",
            Fields::Form(vec![("attempt", entered), ("code", code), to.clone()]),
        ),
        target("GET /ro/sign-in", Fields::Query(vec![("attempt", asked), to, ("sms", "again".to_owned())])),
        target("GET /ro/my-data", Fields::Query(vec![("erased", "1".to_owned())])),
    ]
}

/// The record of a customer, in which there is room for notes.
async fn remembered(shop: &TestShop) -> String {
    let phone = read(&phone()).expect("a number");
    shop.store.users.remember_customer(&phone, "Ana").await.expect("remembered");
    shop.store.users.customer(&phone).await.expect("an answer").expect("a record").id.to_string()
}

/// What the producer does with customers: with one, and with another who is forgotten.
async fn customers(shop: &TestShop, csrf: &str) -> Vec<Target> {
    let (kept, forgotten) = (remembered(shop).await, remembered(shop).await);
    let (id, block) = (kept.as_str(), vatra::server::secrets::token());
    let target = |route: &'static str, fields: &[(&'static str, &str)]| {
        let fields = fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        let (method, path) = route.split_once(' ').expect("a method and a path");
        let fields = if method == "GET" { Fields::Query(fields) } else { Fields::Form(fields) };
        Target { route, path: path.to_owned(), fields }
    };
    let note = "507f1f77bcf86cd799439011";
    let mut all = vec![
        target("GET /fn/admin/customers/list", &[("q", "x"), ("sort", "name"), ("page", "1")]),
        target("GET /fn/admin/customers/view", &[("id", id), ("page", "1")]),
        target("GET /fn/admin/customers/erasure", &[("id", id)]),
        target("GET /fn/admin/customers/blocked", &[("page", "1")]),
        target("POST /fn/admin/customers/note", &[("customer", id), ("note", "x"), ("csrf", csrf)]),
        target("POST /fn/admin/customers/note/remove", &[("customer", id), ("note", note), ("csrf", csrf)]),
        target("POST /fn/admin/customers/block", &[("customer", id), ("reason", "x"), ("csrf", csrf)]),
        target("POST /fn/admin/customers/block-number", &[("phone", PHONE), ("reason", "x"), ("csrf", csrf)]),
        target("POST /fn/admin/customers/unblock", &[("block", &block), ("customer", id), ("csrf", csrf)]),
        target("POST /fn/admin/customers/unblock-number", &[("number", PHONE), ("csrf", csrf)]),
        target("POST /fn/admin/customers/erase", &[("customer", &forgotten), ("csrf", csrf)]),
        target("POST /admin/customers/export", &[("customer", id), ("csrf", csrf)]),
    ];
    for route in ["GET /ro/admin/customers", "GET /ro/admin/customers/blocked"] {
        all.push(target(route, &[("q", "x"), ("sort", "spent"), ("page", "1"), ("saved", "erased")]));
    }
    all
}

fn queries(product: &str, order: &str, shelf: &str) -> Vec<Target> {
    let query = |route: &'static str, fields: &[(&'static str, &str)]| Target {
        route,
        path: route[4..].to_owned(),
        fields: Fields::Query(fields.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()),
    };
    let list = [("category", shelf), ("q", "x"), ("sort", "name"), ("without", "milk"), ("page", "1")];
    let board = [
        ("delivery", "pickup"),
        ("day", "2025-01-13"),
        ("q", "x"),
        ("moved", order),
        ("refused", order),
        ("to", "ready"),
    ];
    let shelves = [("category", shelf), ("q", "x"), ("standing", "low"), ("sort", "stock"), ("page", "1")];
    let api = [&list[..], &[("featured", "true"), ("per_page", "5")]].concat();
    let figures = [("range", "own"), ("from", "2026-01-01"), ("to", "2026-02-01"), ("step", "week")];
    let file = [&figures[..], &[("what", "products")]].concat();
    let kitchen = [("day", "2026-01-01"), ("paper", "receipt")];
    let slips = [&kitchen[..], &[("order", order)]].concat();
    let log = [("admin", "ana"), ("action", "orders"), ("day", "2025-01-13"), ("page", "1")];
    vec![
        query("GET /fn/catalog/products", &list),
        query("GET /fn/catalog/product", &[("slug", product)]),
        query("GET /fn/orders/view", &[("id", order)]),
        query("GET /fn/admin/board/view", &board),
        query("GET /ro/admin", &board),
        query(
            "GET /fn/admin/orders/list",
            &[
                ("status", "ready"),
                ("q", "x"),
                ("from", "2025-01-01"),
                ("to", "2025-02-01"),
                ("delivery", "pickup"),
                ("page", "1"),
            ],
        ),
        query("GET /fn/admin/orders/view", &[("id", order)]),
        query("GET /fn/admin/products/list", &shelves),
        query("GET /fn/admin/products/view", &[("id", product)]),
        query("GET /fn/admin/categories/view", &[("id", shelf)]),
        query("GET /fn/admin/kitchen/list", &kitchen[..1]),
        query("GET /fn/admin/kitchen/slips", &[("day", "2026-01-01"), ("order", order)]),
        query("GET /fn/admin/kitchen/pickups", &kitchen[..1]),
        query("GET /fn/admin/kitchen/deliveries", &kitchen[..1]),
        query("GET /fn/admin/figures/view", &figures),
        query("GET /ro/admin/kitchen", &kitchen),
        query("GET /ro/admin/kitchen/slips", &slips),
        query("GET /ro/admin/kitchen/pickups", &kitchen),
        query("GET /ro/admin/kitchen/deliveries", &kitchen),
        query("GET /ro/admin/figures", &figures),
        query("GET /ro/admin/figures/download", &file),
        query("GET /fn/admin/invite/view", &[("token", "x")]),
        query("GET /fn/admin/log/list", &log),
        query("GET /ro/admin/settings/log", &log),
        query("GET /ro/admin/login/code", &[("next", "/ro/admin/orders")]),
        query("GET /api/products", &api),
        query("GET /api/admin/products", &api),
        query(
            "GET /api/admin/orders",
            &[
                ("status", "ready"),
                ("from", "2025-01-01"),
                ("to", "2025-02-01"),
                ("q", "x"),
                ("page", "1"),
                ("per_page", "5"),
            ],
        ),
        query("GET /ro/products", &list),
        query(
            "GET /ro/admin/orders",
            &[
                ("status", "ready"),
                ("q", "x"),
                ("from", "2025-01-01"),
                ("to", "2025-02-01"),
                ("page", "1"),
                ("saved", "1"),
            ],
        ),
        query("GET /ro/admin/products", &shelves),
    ]
}

fn bodies(cart: &CartId, product: &str, changed: &str, order: &str, shelf: &str) -> Vec<Target> {
    let body = |route, path: &str, body| Target { route, path: path.to_owned(), fields: Fields::Json(body) };
    let item = format!("/api/cart/{cart}/items/{product}");
    let address = json!({ "street": "Str. Mare 1", "city": "Cluj", "postal_code": "400001", "notes": "x" });
    let order_body = json!({
        "session_id": cart, "customer_name": "Ana Pop", "customer_phone": PHONE,
        "delivery_type": "delivery", "delivery_address": address, "preferred_time": "joi",
        "special_instructions": "x", "day": null, "pickup_place": null, "delivery_area": null,
    });
    let code = json!({ "phone_number": "+40722000001", "order_id": order, "code": "0000" });
    let add = json!({ "session_id": cart, "product_id": product, "quantity": 1 });
    let sold = json!({
        "name": "Ceva @key", "description": "x", "name_en": "x", "description_en": "x", "price": 1.5,
        "category_id": shelf, "stock_quantity": 5, "active": true, "featured": false,
        "net_content": { "amount": 500, "unit": "g" }, "ingredients": "x", "ingredients_en": "x",
        "allergens": { "declared": true, "contains": ["gluten"], "may_contain": ["milk"] },
        "vat_rate": 11,
    });
    let mut resold = sold.clone();
    resold["version"] = json!(0);
    let shown = json!({
        "name": "Alt raft @key", "description": "x", "name_en": "x", "description_en": "x", "display_order": 1,
        "active": true,
    });
    let moved = json!({ "status": "ready", "note": "x" });
    let admin = |part: &str, id: &str| format!("/api/admin/{part}/{id}");
    vec![
        body("POST /api/admin/products", "/api/admin/products", sold),
        body("PUT /api/admin/products/{id}", &admin("products", changed), resold),
        body("POST /api/admin/categories", "/api/admin/categories", shown.clone()),
        body("PUT /api/admin/categories/{id}", &admin("categories", shelf), shown),
        body("PUT /api/admin/orders/{id}", &admin("orders", order), moved),
        body("POST /api/cart", "/api/cart", add),
        body("PUT /api/cart/{session}/items/{product_id}", &item, json!({ "quantity": 2 })),
        body("POST /api/orders", "/api/orders", order_body),
        body("POST /api/sms/verify", "/api/sms/verify", json!({ "phone_number": PHONE, "order_id": order })),
        body("POST /api/sms/call", "/api/sms/call", json!({ "phone_number": PHONE, "order_id": order })),
        body("POST /api/sms/confirm", "/api/sms/confirm", code),
        body(
            "POST /api/auth/login",
            "/api/auth/login",
            json!({ "username": "x", "password": "y", "code": "z" }),
        ),
    ]
}
