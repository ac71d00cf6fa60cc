//! Probes and files, which are the same for everybody, and the files of the producer's forms.

use super::{
    routes,
    run::run,
    scene::Scene,
    table::{
        Ask, Body, EXPIRED, NO_CSRF, NOT_ALLOWED, NOT_FOUND, Row, Then, admin_does, admin_reads, all,
        assert_complete, get, row,
    },
};
use crate::harness::pictures::png;

const OK: super::table::Columns = all(Then::Ok(200));

/// The file of who has proved a number: the order stands in that of its customer.
const DATA: super::table::Columns = [EXPIRED, Then::Ok(200), EXPIRED, Then::Shows(200), EXPIRED, EXPIRED];

/// The same for the producer, who sends the token of the login along.
const EXPORT: super::table::Columns = [EXPIRED, EXPIRED, EXPIRED, EXPIRED, Then::Shows(200), NO_CSRF];

fn export(scene: &Scene) -> Ask {
    let body = Body::Form(vec![("customer", scene.order.id.to_string())]);
    Ask { path: "/ro/admin/customers/export".into(), body }
}

pub fn rows() -> Vec<Row> {
    vec![
        row("GET /healthz", |_| get("/healthz"), OK),
        row("GET /readyz", |_| get("/readyz"), OK),
        row("GET /favicon.svg", |_| get("/favicon.svg"), OK),
        row("GET /desk.css", |_| get("/desk.css"), OK),
        row("GET /logo.svg", |_| get("/logo.svg"), OK),
        row("GET /register-sw.js", |_| get("/register-sw.js"), OK),
        row("GET /robots.txt", |_| get("/robots.txt"), OK),
        row("GET /sitemap.xml", |_| get("/sitemap.xml"), OK),
        row("GET /manifest.webmanifest", |_| get("/en/manifest.webmanifest"), OK),
        row("GET /sw.js", |_| get("/sw.js"), OK),
        row("GET /speculation-rules.json", |_| get("/speculation-rules.json"), OK),
        row("GET /icons", |_| get("/icons/"), all(NOT_FOUND)),
        row("GET /pictures", |_| get("/pictures/placeholder.svg"), OK),
        row("GET /pictures", |_| get("/pictures/"), all(NOT_FOUND)),
        row("GET /swagger", |_| get("/swagger/init.js"), OK),
        row("GET /media/{name}", |s| get(&*s.picture), all(NOT_FOUND)),
        row("GET /media/{name}", |_| get("/media/..%2f..%2frobots.txt"), all(NOT_FOUND)),
        row("GET /my-data/download", |_| get("/ro/my-data/download"), DATA),
        row("GET /my-data/download", |_| get("/my-data/download"), DATA).confirmed(),
        row("POST /admin/customers/export", export, EXPORT),
        row("POST /admin/customers/export", export, EXPORT).confirmed(),
        // The feed of this shop is closed: it tells what has been, and ends.
        row("GET /admin/events", |_| get("/admin/events?since=1"), admin_reads(Then::Shows(200))),
        row("GET /admin/events", |_| get("/ro/admin/events"), admin_reads(Then::Ok(200))),
        row("GET /admin/products/sheet", |_| get("/ro/admin/products/sheet"), admin_reads(Then::Shows(200)))
            .guarding(|scene| scene.hidden.text.name.as_str()),
        row(
            "POST /admin/products/sheet",
            |_| Ask {
                path: "/ro/admin/products/sheet?page=/ro".into(),
                body: Body::File("sheet", b"nume\nx\n".to_vec()),
            },
            admin_does(303),
        ),
        row(
            "POST /admin/products/{id}/pictures",
            |scene| Ask {
                path: format!("/admin/products/{}/pictures?page=/ro", scene.hidden.id),
                body: Body::File("image", png(7)),
            },
            admin_does(303),
        ),
        row(
            "GET /admin/figures/download",
            |_| get("/ro/admin/figures/download?what=products"),
            admin_reads(Then::Ok(200)),
        )
        .confirmed(),
        row("GET /pkg", |_| get("/pkg/nothing.js"), all(NOT_FOUND)),
        // Nobody here has the provider's token.
        row(
            "POST /sms/reports/{id}",
            |_| Ask {
                path: "/sms/reports/507f1f77bcf86cd799439011".into(),
                body: Body::Form(vec![("MessageStatus", "delivered".into())]),
            },
            all(NOT_ALLOWED),
        ),
    ]
}

#[test]
fn every_edge_route_has_a_row() {
    assert_complete(&rows(), &routes::edge());
}

#[tokio::test]
async fn probes_and_files_are_for_whom_they_are() {
    run(&rows()).await;
}
