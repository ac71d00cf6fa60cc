//! Pages, as browsers ask for them.

use super::{
    routes,
    run::run,
    scene::Scene,
    table::{Columns, NOT_FOUND, Row, Then, admin_reads, all, assert_complete, get, row},
};

const OK: Columns = all(Then::Ok(200));
const GONE: Columns = all(NOT_FOUND);
const SHOWS: Then = Then::Shows(200);
const ADMIN: Columns = admin_reads(SHOWS);

/// The shop's page of an order: the browser that placed it until it is confirmed, and the session
/// of its phone. The producer has a page of their own.
const ORDER: Columns = [NOT_FOUND, NOT_FOUND, SHOWS, SHOWS, NOT_FOUND, NOT_FOUND];
const CONFIRMED: Columns = [NOT_FOUND, NOT_FOUND, NOT_FOUND, SHOWS, NOT_FOUND, NOT_FOUND];
/// Without a session it says how to get one.
const MINE: Columns = [Then::Ok(200), Then::Ok(200), Then::Ok(200), SHOWS, Then::Ok(200), Then::Ok(200)];

fn id(scene: &Scene) -> &str {
    scene.order.id.as_str()
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

fn customer(scene: &Scene) -> &str {
    scene.order.customer_name.as_str()
}

fn shop_name(scene: &Scene) -> &str {
    scene.settings.facts.name.as_deref().unwrap_or_default()
}

fn rows() -> Vec<Row> {
    let mut rows = shop();
    rows.extend(admin());
    rows
}

fn shop() -> Vec<Row> {
    let order = |scene: &Scene| get(format!("/ro/orders/{}", scene.order.id));
    let verify = |scene: &Scene| get(format!("/ro/orders/{}/verify", scene.order.id));
    vec![
        row("GET /", |_| get("/ro"), OK),
        row("GET /products", |_| get("/ro/products"), OK),
        row("GET /products", |scene| get(format!("/ro/products?category={}", scene.hidden_shelf.id)), GONE),
        row("GET /products/{slug}", |scene| get(format!("/ro/products/{}", scene.bread.slug.as_str())), OK),
        row("GET /products/{slug}", |scene| get(format!("/ro/products/{}", scene.hidden.id)), GONE),
        row("GET /cart", |_| get("/ro/cart"), OK),
        row("GET /checkout", |_| get("/ro/checkout"), OK),
        row("GET /orders", |_| get("/ro/orders"), MINE),
        row("GET /orders/{id}", order, ORDER),
        row("GET /orders/{id}", order, CONFIRMED).confirmed(),
        row("GET /orders/{id}/verify", verify, ORDER).guarding(id),
        row("GET /orders/{id}/verify", verify, CONFIRMED).confirmed(),
        row("GET /contact", |_| get("/ro/contact"), OK),
        row("GET /delivery", |_| get("/en/delivery"), OK),
        row("GET /terms", |_| get("/ro/terms"), OK),
        row("GET /privacy", |_| get("/en/privacy"), OK),
        row("GET /cookies", |_| get("/ro/cookies"), OK),
        row("GET /sign-in", |_| get("/ro/sign-in?to=my-data"), OK),
        row("GET /sign-in", |_| get(format!("/ro/sign-in?attempt={}", vatra::server::secrets::token())), OK),
        row("GET /my-data", |_| get("/ro/my-data"), OK),
        row("GET /my-data/erase", |_| get("/ro/my-data/erase"), OK),
        row("GET /offline", |_| get("/ro/offline"), OK),
        row("GET /{*any}", |_| get("/ro/nowhere"), GONE),
        row("GET /{*any}", |scene| get(format!("/ro/nowhere/{}", scene.order.id)), GONE),
    ]
}

fn admin() -> Vec<Row> {
    let order = |scene: &Scene| get(format!("/ro/admin/orders/{}", scene.order.id));
    let file = |scene: &Scene| get(format!("/ro/admin/customers/{}", scene.order.id));
    let erase = |scene: &Scene| get(format!("/ro/admin/customers/{}/erase", scene.order.id));
    let empty = admin_reads(Then::Ok(200));
    vec![
        row("GET /admin", |_| get("/ro/admin"), ADMIN),
        row("GET /admin/login", |_| get("/ro/admin/login"), OK),
        row("GET /admin/login/code", |_| get("/ro/admin/login/code"), OK),
        row("GET /admin/invite/{token}", |s| get(format!("/ro/admin/invite/{}", s.invitation_token)), OK),
        row("GET /admin/invite/{token}", |_| get("/ro/admin/invite/x"), GONE),
        row("GET /admin/account", |_| get("/ro/admin/account"), empty),
        row("GET /admin/settings/admins", |_| get("/ro/admin/settings/admins"), ADMIN)
            .guarding(|scene| scene.helper.as_str())
            .for_owners(),
        row("GET /admin/settings/log", |_| get("/ro/admin/settings/log"), empty).for_owners(),
        row("GET /admin/settings/errors", |_| get("/ro/admin/settings/errors"), empty).for_owners(),
        row("GET /admin/orders", |_| get("/ro/admin/orders"), ADMIN),
        row("GET /admin/orders", |_| get("/en/admin/orders?status=pending"), ADMIN),
        row("GET /admin/orders/new", |_| get("/ro/admin/orders/new"), empty),
        row("GET /admin/settings/messages", |_| get("/ro/admin/settings/messages"), empty),
        row("GET /admin/orders/{id}", order, ADMIN),
        row("GET /admin/orders/{id}", order, ADMIN).confirmed(),
        row("GET /admin/kitchen", |_| get("/ro/admin/kitchen"), empty).confirmed(),
        row("GET /admin/kitchen/slips", |_| get("/ro/admin/kitchen/slips"), ADMIN).confirmed(),
        row(
            "GET /admin/kitchen/slips",
            |s| get(format!("/en/admin/kitchen/slips?order={}&paper=receipt", s.order.id)),
            ADMIN,
        ),
        row("GET /admin/kitchen/pickups", |_| get("/ro/admin/kitchen/pickups"), empty).confirmed(),
        row("GET /admin/kitchen/deliveries", |_| get("/ro/admin/kitchen/deliveries"), ADMIN).confirmed(),
        row("GET /admin/figures", |_| get("/ro/admin/figures?range=7"), empty).confirmed(),
        row("GET /admin/products", |s| get(format!("/ro/admin/products?q={}", mark(s))), ADMIN)
            .guarding(product),
        row("GET /admin/products/new", |_| get("/ro/admin/products/new"), empty),
        row("GET /admin/products/import", |_| get("/ro/admin/products/import"), empty),
        row("GET /admin/products/{id}", |s| get(format!("/ro/admin/products/{}", s.hidden.id)), ADMIN)
            .guarding(product),
        row("GET /admin/categories", |_| get("/ro/admin/categories"), ADMIN).guarding(shelf),
        row("GET /admin/categories/new", |_| get("/ro/admin/categories/new"), empty),
        row(
            "GET /admin/categories/{id}",
            |s| get(format!("/ro/admin/categories/{}", s.hidden_shelf.id)),
            ADMIN,
        )
        .guarding(shelf),
        row("GET /admin/messages", |_| get("/ro/admin/messages"), empty),
        row("GET /admin/customers", |_| get("/ro/admin/customers"), empty),
        row("GET /admin/customers", |_| get("/en/admin/customers?sort=name&q=zamfira"), ADMIN)
            .confirmed()
            .guarding(customer),
        row("GET /admin/customers/blocked", |_| get("/ro/admin/customers/blocked"), empty),
        row("GET /admin/customers/{id}", file, ADMIN),
        row("GET /admin/customers/{id}", file, ADMIN).confirmed(),
        row("GET /admin/customers/{id}/erase", erase, empty),
        row("GET /admin/customers/{id}/erase", erase, ADMIN).confirmed(),
        row("GET /admin/settings", |_| get("/ro/admin/settings"), ADMIN).guarding(shop_name),
        row("GET /admin/settings/shop", |_| get("/en/admin/settings/shop"), ADMIN).guarding(shop_name),
        row("GET /admin/settings/hours", |_| get("/ro/admin/settings/hours"), empty),
        row("GET /admin/settings/rules", |_| get("/ro/admin/settings/rules"), empty),
        row("GET /admin/settings/places", |_| get("/ro/admin/settings/places"), empty),
        row("GET /admin/settings/places/{id}", |_| get("/ro/admin/settings/places/piata"), empty),
        row("GET /admin/settings/places/{id}", |_| get("/ro/admin/settings/places/new"), empty),
        row("GET /admin/settings/areas", |_| get("/ro/admin/settings/areas"), empty),
        row("GET /admin/settings/areas/{id}", |_| get("/ro/admin/settings/areas/sate"), empty),
        row("GET /admin/settings/holidays", |_| get("/ro/admin/settings/holidays"), empty),
        row("GET /admin/settings/languages", |_| get("/ro/admin/settings/languages"), empty),
    ]
}

#[test]
fn every_page_has_a_row() {
    assert_complete(&rows(), &routes::pages());
}

#[tokio::test]
async fn the_shops_pages() {
    run(&shop()).await;
}

#[tokio::test]
async fn the_producers_pages() {
    run(&admin()).await;
}
