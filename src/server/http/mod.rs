//! The edge: what every request passes through.

pub mod assets;
pub mod forms;
pub mod health;
pub mod locale;
pub mod media;
pub mod pages;
pub mod security;
pub mod visitor;

use super::{rest, state::AppState};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// The most bytes of a request's body: a form with every field at its longest, in percent-encoding.
pub const BODY_LIMIT: usize = 64 * 1024;

/// All routes with all that they pass through, the outermost last.
pub fn router(state: AppState) -> Router {
    // Pages wait for their data on Tokio; a second call finds it set and does nothing.
    let _ = any_spawner::Executor::init_tokio();
    let dynamic = Router::new()
        .nest("/api", rest::router())
        .route("/api/", rest::nowhere())
        .route("/fn/{*path}", any(forms::handle))
        .fallback(get(pages::render))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(health::limit_time))
        .layer(middleware::from_fn_with_state(state.clone(), visitor::read))
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(assets::router(&state.options))
        .merge(media::router())
        .merge(dynamic)
        .layer(security::csrf(state.shop.config.public_url.as_deref()))
        .layer(middleware::from_fn_with_state(state.clone(), security::headers))
        .layer(CatchPanicLayer::custom(health::panicked))
        .layer(middleware::from_fn(health::log))
        .with_state(state)
}
