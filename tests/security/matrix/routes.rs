//! What the router itself says that it serves.

use serde_json::Value;
use std::collections::BTreeSet;
use vatra::{
    app::routes::Pages,
    server::{
        http::{
            NAMED, PROBES, assets, crawlers, desk_files, events, figures_file, media, my_data, sms_reports,
        },
        rest::document::document,
    },
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

/// `METHOD /path` of each endpoint of the JSON API, as its document lists them. The document is
/// made from the same list as the router.
pub fn rest() -> BTreeSet<String> {
    let paths = document()["paths"].as_object().expect("paths");
    let methods = |(path, all): (&String, &Value)| {
        let methods = all.as_object().expect("methods").keys();
        methods.map(|method| format!("{} {path}", method.to_uppercase())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(methods).collect()
}

/// `GET /path` of probes and files, and `POST /path` of the forms that bring or ask for files.
pub fn edge() -> BTreeSet<String> {
    let probes = PROBES.iter().chain(&NAMED).map(|(path, _)| *path).chain([
        crawlers::SITEMAP,
        my_data::DOWNLOAD,
        events::EVENTS,
        desk_files::SHEET,
        figures_file::DOWNLOAD,
    ]);
    let folders = [assets::PICTURES, assets::ICONS, assets::SWAGGER, media::PICTURE, "/pkg"];
    let files = assets::FILES.into_iter().chain(folders);
    let forms = [my_data::EXPORT, desk_files::PICTURES, desk_files::SHEET, sms_reports::REPORT]
        .map(|path| format!("POST {path}"));
    probes.chain(files).map(|path| format!("GET {path}")).chain(forms).collect()
}
