//! Is the server alive, can it work, and what did it do?

use super::{capacity::NoRoom, classes::class_of, refusal::Asked};
use crate::{
    model::{
        error::{AppError, ErrorCode},
        fault::{Class, OTHER, PANIC, Place},
    },
    server::{leaving, metrics::metrics, rest::envelope, state::AppState},
};
use axum::{
    body::Body,
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::FutureExt;
use http::{Method, StatusCode};
use std::{
    any::Any,
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};
use tracing::Instrument;

/// How long the database may take to say that it is there.
const READY: Duration = Duration::from_secs(5);

/// The process runs, and goes on running.
pub async fn alive() -> (StatusCode, &'static str) {
    if leaving::begun() { (StatusCode::SERVICE_UNAVAILABLE, "leaving") } else { (StatusCode::OK, "ok") }
}

/// The database answers within a few seconds, and the catalogue was read.
pub async fn ready(State(state): State<AppState>) -> Response {
    let work = async {
        state.shop.store.ping().await?;
        state.shop.catalogue().await.map(drop)
    };
    match tokio::time::timeout(READY, work).await {
        Ok(Ok(())) => "ready".into_response(),
        failed => {
            tracing::warn!(?failed, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer").into_response()
        }
    }
}

/// What the log calls a request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// One line per request, without query and body: there may be personal data in them. How it ended is
/// counted, and what failed is noted with the request's id.
pub async fn log(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let id = &new_id();
    request.extensions_mut().insert(RequestId(id.clone()));
    let path = without_secrets(request.uri().path());
    // Also in a log of errors alone each line says of which request it is.
    let span = tracing::error_span!("request", id, method = %request.method(), path);
    let class = class_of(&request);
    let (started, running) = (Instant::now(), metrics().requests.begin(class));
    let mut response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    // Who asks how it is and hears "not now" was answered well.
    let failed = status >= 500 && !(class == Class::Probe && status == 503);
    span.in_scope(|| {
        let elapsed_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        if failed && response.extensions().get::<NoRoom>().is_none() {
            tracing::error!(status, elapsed_us, "failed");
        } else {
            tracing::debug!(status, elapsed_us, "answered");
        }
    });
    running.end(status);
    let code = response.extensions().get::<ErrorCode>().copied();
    if let Some(code) = code.or(failed.then_some(OTHER)) {
        metrics().requests.refused(code);
        if failed {
            state.shop.note_fault(code.name, Place::Request(class), Some(id));
        }
    }
    put_id(&mut response, id);
    response
}

/// Gives an answer that nothing is logged of a name of its own.
pub fn name(response: &mut Response) {
    put_id(response, &new_id());
}

fn new_id() -> String {
    let mut id = crate::server::secrets::token();
    id.truncate(12);
    id
}

fn put_id(response: &mut Response, id: &str) {
    if let Ok(id) = http::HeaderValue::from_str(id) {
        response.headers_mut().insert("x-request-id", id);
    }
}

/// A path without what opens something for whoever knows it: an invitation, or somebody's cart.
fn without_secrets(path: &str) -> &str {
    const BEFORE: [&str; 2] = ["/admin/invite/", "/api/cart/"];
    let ends = BEFORE.iter().find_map(|before| Some(path.find(before)? + before.len()));
    ends.map_or(path, |end| &path[..end])
}

/// The longest that a request may wait. The driver waits for an answer of the database as long as
/// the connection stands, also when the database is frozen.
const PATIENCE: Duration = Duration::from_secs(25);

/// The same for pictures: 16 MB take two minutes from a phone in the countryside (1 Mbit/s).
const PATIENCE_WITH_PICTURES: Duration = Duration::from_secs(180);

/// Answers 503 for a request that takes too long, instead of letting it hang.
pub async fn limit_time(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let patience = if brings_pictures(&request) { PATIENCE_WITH_PICTURES } else { PATIENCE };
    let asked = Asked::of(&request);
    within(patience, next.run(request)).await.unwrap_or_else(|error| asked.refused(&state, &error))
}

/// # Errors
/// [`AppError::Database`] for an answer that does not come in time: nothing else here can wait so long.
pub async fn within(
    patience: Duration,
    answer: impl Future<Output = Response>,
) -> Result<Response, AppError> {
    tokio::time::timeout(patience, answer).await.map_err(|_| {
        tracing::error!("a request took too long");
        AppError::Database
    })
}

fn brings_pictures(request: &Request) -> bool {
    let path = request.uri().path();
    let uploads = [("/api/admin/", "/images"), ("/admin/products/", "/pictures")];
    let is_upload = uploads.iter().any(|(start, end)| path.starts_with(start) && path.ends_with(end));
    request.method() == Method::POST && is_upload
}

/// A panic is a bug; the visitor gets an error in the form and the language of the request, the log
/// gets the panic.
pub async fn catch_panic(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            note(&*panic);
            let mut response = asked.refused(&state, &AppError::Internal);
            response.extensions_mut().insert(PANIC);
            response
        }
    }
}

/// The same for a panic before it is known who asks.
pub fn panicked(panic: Box<dyn Any + Send + 'static>) -> http::Response<Body> {
    note(&*panic);
    let mut response = envelope::failure(&AppError::Internal, crate::model::locale::Locale::En);
    response.extensions_mut().insert(PANIC);
    response
}

fn note(panic: &(dyn Any + Send)) {
    let text = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(panic = text, "a request panicked");
}
