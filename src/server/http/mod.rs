//! The edge: what every request passes through.

pub mod assets;
pub mod cors;
pub mod encoding;
pub mod forms;
pub mod health;
pub mod locale;
pub mod media;
pub mod own_scripts;
pub mod page_cache;
pub mod pages;
pub mod rate_limit;
pub mod refusal;
pub mod security;
pub mod visitor;

use super::{rest, state::AppState};
use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, any, get},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// The most bytes of a request's body: a form with every field at its longest, in percent-encoding.
pub const BODY_LIMIT: usize = 64 * 1024;

/// Makes the handler of a route.
type Handler = fn() -> MethodRouter<AppState>;

/// What the machinery around the shop asks: by address, how it is answered.
pub const PROBES: [(&str, Handler); 2] =
    [("/healthz", || get(health::alive)), ("/readyz", || get(health::ready))];

/// All routes with all that they pass through, the outermost last.
pub fn router(state: AppState) -> Router {
    // Pages wait for their data on Tokio; a second call finds it set and does nothing.
    let _ = any_spawner::Executor::init_tokio();
    let (own, listed) = (state.shop.config.public_url.as_deref(), &state.shop.config.cors_origins);
    let api = Router::new()
        .nest("/api", rest::router())
        .route("/api/", rest::nowhere())
        .layer(security::csrf(own, listed));
    let pages = Router::new()
        .route("/fn/{*path}", any(forms::handle))
        .fallback(get(pages::render))
        .layer(Extension(page_cache::PageCache::default()))
        .layer(security::csrf(own, &[]));
    let dynamic = api
        .merge(pages)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), health::limit_time))
        .layer(middleware::from_fn_with_state(state.clone(), health::catch_panic))
        .layer(middleware::from_fn_with_state(state.clone(), security::tell_other_sites))
        .layer(middleware::from_fn_with_state(state.clone(), rate_limit::count))
        .layer(middleware::from_fn_with_state(state.clone(), cors::answer))
        .layer(middleware::from_fn_with_state(state.clone(), visitor::read))
        .layer(DefaultBodyLimit::max(BODY_LIMIT));
    PROBES
        .iter()
        .fold(Router::new(), |router, (path, answer)| router.route(path, answer()))
        .merge(assets::router(&state.options))
        .merge(media::router())
        .merge(dynamic)
        .layer(middleware::from_fn_with_state(state.clone(), security::headers))
        .layer(CatchPanicLayer::custom(health::panicked))
        .layer(middleware::from_fn(health::log))
        .with_state(state)
}
