//! What every answer says to the browser, and which requests from elsewhere are refused.

use super::refusal::Asked;
use crate::{
    model::error::AppError,
    server::{origin::Origin, state::AppState},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};
use tower_http::csrf::{CsrfLayer, ProtectionError};

const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// For answers that are no page and name no policy of their own: nothing in them may run.
const NOTHING: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// The policy of a page that says only why another is not shown: no scripts.
pub const BRIEF: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'none'",
);

/// The policy of a page: only its own files, and the scripts inside it whose contents have these
/// hashes (`own_scripts`). WASM needs its own permission.
pub fn page_policy(hashes: &[String]) -> String {
    let own: String = hashes.iter().map(|hash| format!(" '{hash}'")).collect();
    format!(
        "default-src 'none'; script-src 'self'{own} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The middleware.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(NOTHING);
    if state.shop.config.secure() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}

/// Refuses unsafe requests that another site made a browser send (`Sec-Fetch-Site`, `Origin`),
/// except from the shop's own address and the origins listed. Requests that are not a browser's have
/// neither header and pass. What is refused has no words yet: [`tell_other_sites`] finds them.
pub fn csrf(public_url: Option<&str>, listed: &[Origin]) -> CsrfLayer {
    let trusted = public_url.into_iter().chain(listed.iter().map(Origin::as_str));
    trusted.fold(CsrfLayer::new(), |layer, origin| match layer.clone().add_trusted_origin(origin) {
        Ok(trusting) => trusting,
        Err(error) => {
            tracing::warn!(%error, "PUBLIC_URL is no origin; requests must come to the host they name");
            layer
        }
    })
}

/// Middleware: gives the refusals of [`csrf`] their words.
pub async fn tell_other_sites(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if response.extensions().get::<ProtectionError>().is_some() {
        return asked.refused(&state, &AppError::Forbidden);
    }
    response
}
