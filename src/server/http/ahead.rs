//! What a browser may do on its own with a page: fetch the next one ahead, and keep this one for
//! reading without a network (docs/decisions/0022). Also tells the language of an answer.

use crate::{
    app::seo::public::{OWN, is_public},
    model::locale::Locale,
    server::visitor::{AddressLocale, Visitor},
};
use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use serde_json::json;

/// Where the rules are.
pub const RULES: &str = "/speculation-rules.json";

const KIND: HeaderValue = HeaderValue::from_static("application/speculationrules+json");
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

const SPECULATION_RULES: HeaderName = HeaderName::from_static("speculation-rules");
const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");
/// Read by the service worker.
const OFFLINE: HeaderName = HeaderName::from_static("x-offline");

/// `/speculation-rules.json`: which links are fetched when a finger or pointer rests on them. What
/// is a visitor's own is not, nor the other language, whose page would be remembered as chosen.
pub async fn rules() -> Response {
    let own = OWN.iter().flat_map(|path| [format!("/:language{path}"), format!("/:language{path}/*")]);
    let rules = json!({
        "prefetch": [{
            "where": { "and": [
                { "href_matches": Locale::ALL.map(|l| format!("/{}", l.tag())).into_iter()
                    .chain(Locale::ALL.map(|l| format!("/{}/*", l.tag()))).collect::<Vec<_>>() },
                { "not": { "href_matches": own.collect::<Vec<_>>() } },
                { "not": { "selector_matches": "[hreflang], [download], [rel~=nofollow]" } },
            ] },
            "eagerness": "moderate",
        }],
    });
    ([(header::CONTENT_TYPE, KIND), (header::CACHE_CONTROL, A_DAY)], rules.to_string()).into_response()
}

/// Does an address of the products name a search?
fn searched(uri: &Uri) -> bool {
    uri.query().is_some_and(|query| query.split('&').any(|part| part.starts_with("q=")))
}

/// Middleware around pages and server functions.
pub async fn tell(request: Request, next: Next) -> Response {
    // What somebody searched for is their own, and there is no end of it.
    let public = is_public(request.uri().path()) && !searched(request.uri());
    let named = request.extensions().get::<AddressLocale>().is_some();
    let l = request.extensions().get::<Visitor>().map(|visitor| visitor.locale);
    let changes = request.method() == Method::POST;
    let mut response = next.run(request).await;
    let status = response.status();
    let headers = response.headers_mut();
    if changes {
        if !status.is_client_error() && !status.is_server_error() {
            // Pages that were fetched ahead show what was before.
            headers.insert(CLEAR_SITE_DATA, HeaderValue::from_static("\"prefetchCache\""));
        }
        return response;
    }
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if !kind.is_some_and(|kind| kind.starts_with(b"text/html")) {
        return response;
    }
    if let Some(l) = l {
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(l.tag()));
    }
    headers.insert(SPECULATION_RULES, HeaderValue::from_static("\"/speculation-rules.json\""));
    if public && named && status == StatusCode::OK {
        headers.insert(OFFLINE, HeaderValue::from_static("keep"));
    }
    response
}
