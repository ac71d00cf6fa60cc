//! Is the server alive, can it work, and what did it do?

use crate::{
    model::error::AppError,
    server::{rest::envelope, state::AppState},
};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::StatusCode;
use std::{any::Any, time::Instant};
use tracing::Instrument;

/// The process runs.
pub async fn alive() -> &'static str {
    "ok"
}

/// The database answers.
pub async fn ready(State(state): State<AppState>) -> Response {
    match state.shop.store.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}

/// One line per request, without query and body: there may be personal data in them.
pub async fn log(request: Request, next: Next) -> Response {
    let id = &crate::server::secrets::token()[..12];
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    let started = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    span.in_scope(|| {
        let elapsed_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        if status >= 500 {
            tracing::error!(status, elapsed_us, "failed");
        } else {
            tracing::debug!(status, elapsed_us, "answered");
        }
    });
    if let Ok(id) = http::HeaderValue::from_str(id) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// A panic is a bug; the visitor gets an error, the log gets the panic.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> http::Response<Body> {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(panic = text, "a request panicked");
    envelope::failure(&AppError::Internal, crate::model::locale::Locale::En)
}
