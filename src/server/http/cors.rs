//! The JSON API for pages of other origins (`CORS_ORIGINS`). To those that are not listed nothing
//! is said, so that their browsers keep the answers from them.

use super::refusal::is_api;
use crate::server::state::AppState;
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, Method, header};
use std::time::Duration;
use tower::{Layer, Service};
use tower_http::cors::{AllowOrigin, CorsLayer};

const METHODS: [Method; 5] = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE];
/// What a page may send beyond what every page may.
const SENT: [HeaderName; 3] = [
    header::CONTENT_TYPE,
    HeaderName::from_static("idempotency-key"),
    HeaderName::from_static("x-csrf-token"),
];
/// How long a browser may remember the answer to a preflight.
const REMEMBERED: Duration = Duration::from_secs(600);

/// The middleware. A preflight is answered here and counts as no request.
pub async fn answer(State(state): State<AppState>, request: Request, mut next: Next) -> Response {
    let listed = &state.shop.config.cors_origins;
    if listed.is_empty() || !is_api(request.uri().path()) {
        return next.run(request).await;
    }
    let origin = request.headers().get(header::ORIGIN);
    let origin = origin.filter(|origin| listed.iter().any(|listed| listed.is(origin))).cloned();
    let preflight = request.method() == Method::OPTIONS;
    let asks = request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = match origin {
        // An `OPTIONS` that is no preflight asks for the address's methods.
        Some(origin) if !preflight || asks => {
            let Ok(response) = layer(origin).layer(&mut next).call(request).await;
            response
        }
        _ => next.run(request).await,
    };
    // Whoever keeps answers must not give one origin's to another.
    response.headers_mut().append(header::VARY, HeaderValue::from_static("origin"));
    response
}

/// What is said to a listed origin.
fn layer(origin: HeaderValue) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::exact(origin))
        .allow_credentials(true)
        .allow_methods(METHODS)
        .allow_headers(SENT)
        .expose_headers([header::RETRY_AFTER])
        .max_age(REMEMBERED)
        .vary([])
}
