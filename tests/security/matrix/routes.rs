//! What the router itself says that it serves.

use std::collections::BTreeSet;
use vatra::{
    app::routes::Pages,
    server::http::{PROBES, assets},
};

/// `METHOD /path` of each server function.
pub fn server_functions() -> BTreeSet<String> {
    let all = leptos::server_fn::axum::server_fn_paths();
    all.map(|(path, method)| format!("{method} {path}")).collect()
}

/// `GET /path` of each page.
pub fn pages() -> BTreeSet<String> {
    let all = leptos_axum::generate_route_list(Pages);
    let path = |path: &str| if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    all.iter().map(|page| format!("GET {}", path(page.path()))).collect()
}

/// `METHOD /path` of each endpoint of the JSON API.
pub fn rest() -> BTreeSet<String> {
    let all = [
        "GET /api/products",
        "GET /api/products/{name}",
        "GET /api/categories",
        "POST /api/cart",
        "GET /api/cart/{session}",
        "PUT /api/cart/{session}/items/{product_id}",
        "DELETE /api/cart/{session}/items/{product_id}",
        "POST /api/orders",
        "GET /api/orders/{id}",
        "POST /api/sms/verify",
        "POST /api/sms/confirm",
        "POST /api/auth/login",
        "POST /api/auth/logout",
        "GET /api/auth/me",
    ];
    all.map(str::to_owned).into()
}

/// `GET /path` of probes and files.
pub fn edge() -> BTreeSet<String> {
    let probes = PROBES.iter().map(|(path, _)| *path);
    let files = assets::FILES.into_iter().chain([assets::PICTURES, "/pkg"]);
    probes.chain(files).map(|path| format!("GET {path}")).collect()
}
