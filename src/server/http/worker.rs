//! The service worker, with what it must know of this build in front of it.

use crate::{
    app::{i18n::href, scripts::BuiltFiles},
    model::{locale::Locale, text},
};
use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, header};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::sync::OnceLock;

const SOURCE: &str = include_str!("worker.js");
/// The pages that it keeps speak these.
const TEXTS: [&str; 2] = [include_str!("../../../locales/ro.toml"), include_str!("../../../locales/en.toml")];

const KIND: HeaderValue = HeaderValue::from_static("text/javascript; charset=utf-8");
/// Browsers ask on every navigation; they must never be told of an old one.
const ASK_EACH_TIME: HeaderValue = HeaderValue::from_static("no-cache");
/// A worker's requests are under its own policy, not under its pages'.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; connect-src 'self'; frame-ancestors 'none'");

/// `/sw.js`.
pub async fn worker(State(files): State<BuiltFiles>) -> Response {
    static WRITTEN: OnceLock<String> = OnceLock::new();
    let written = WRITTEN.get_or_init(|| written(&files)).as_str();
    let headers = [
        (header::CONTENT_TYPE, KIND),
        (header::CACHE_CONTROL, ASK_EACH_TIME),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    (headers, written).into_response()
}

fn written(files: &BuiltFiles) -> String {
    let offline = Locale::ALL.map(|l| href(l, "/offline"));
    let drawings = ["/favicon.svg", "/logo.svg", "/pictures/placeholder.svg"].map(str::to_owned);
    let shell: Vec<String> = offline.into_iter().chain([files.css.clone()]).chain(drawings).collect();
    let texts: Value = Locale::ALL
        .map(|l| {
            // The place of the moment, which only the browser knows.
            let words = json!({ "copy": text::offline::copy(l, "{when}"), "again": text::offline::again(l) });
            (l.tag().to_owned(), words)
        })
        .into_iter()
        .collect();
    let lists: Value =
        Locale::ALL.map(|l| (l.tag().to_owned(), json!(href(l, "/products")))).into_iter().collect();
    let build = json!({ "version": version(files), "shell": shell, "lists": lists, "texts": texts });
    format!("const BUILD = {build};\n{SOURCE}")
}

/// Another for every build: whatever changes a kept page or a built file changes it.
fn version(files: &BuiltFiles) -> String {
    let mut all = Sha256::new();
    let built = [&*files.js, &files.wasm, &files.css];
    for part in [SOURCE, TEXTS[0], TEXTS[1], env!("CARGO_PKG_VERSION")].into_iter().chain(built) {
        all.update(part.as_bytes());
    }
    all.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
