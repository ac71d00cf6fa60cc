//! What kind of thing a request asks for.

use super::{PROBES, assets, events::EVENTS, refusal::is_api};
use crate::{model::fault::Class, server::service::reports::REPORTS};
use axum::extract::Request;
use http::Method;

/// The class of a request. Its path is without the language.
pub fn class_of(request: &Request) -> Class {
    of(request.method(), request.uri().path())
}

fn of(method: &Method, path: &str) -> Class {
    let begins = |with: &str| path.strip_prefix(with).is_some_and(|rest| rest.starts_with('/'));
    // What has an ending is no page: /sw.js.
    let ending = || path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if path == EVENTS {
        Class::Events
    } else if PROBES.iter().any(|(probe, _)| *probe == path) {
        Class::Probe
    } else if is_api(path) || path.starts_with(REPORTS) {
        Class::Api
    } else if path.starts_with("/fn/") || !matches!(*method, Method::GET | Method::HEAD) {
        Class::Form
    } else if [assets::PICTURES, assets::SWAGGER, assets::ICONS, "/pkg"].into_iter().any(begins) || ending() {
        Class::File
    } else {
        Class::Page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_belongs_to_one_class() {
        for (method, path, class) in [
            (Method::GET, "/", Class::Page),
            (Method::HEAD, "/products/paine", Class::Page),
            (Method::GET, "/nowhere/at/all", Class::Page),
            (Method::GET, "/pkg/vatra.abc.wasm", Class::File),
            (Method::GET, "/pictures/a", Class::File),
            (Method::GET, "/sw.js", Class::File),
            (Method::GET, "/healthz", Class::Probe),
            (Method::GET, "/readyz", Class::Probe),
            (Method::GET, "/admin/events", Class::Events),
            (Method::POST, "/api/orders", Class::Api),
            (Method::GET, "/api", Class::Api),
            (Method::GET, "/fn/admin/board/view", Class::Form),
            (Method::POST, "/admin/customers/export", Class::Form),
            (Method::POST, "/sms/reports/507f1f77bcf86cd799439011", Class::Api),
        ] {
            assert_eq!(of(&method, path), class, "{method} {path}");
        }
    }
}
