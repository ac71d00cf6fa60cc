//! The edge: what every request passes through.

pub mod ahead;
pub mod aside;
pub mod assets;
pub mod audit;
pub mod body;
pub mod capacity;
pub mod classes;
pub mod connections;
pub mod cors;
pub mod crawlers;
pub mod desk_files;
pub mod encoding;
pub mod events;
pub mod figures_file;
pub mod first_visits;
pub mod forms;
pub mod health;
pub mod locale;
pub mod manifest;
pub mod media;
pub mod my_data;
pub mod origin;
pub mod own_scripts;
pub mod page_cache;
pub mod pages;
pub mod rate_limit;
pub mod refusal;
pub mod security;
pub mod sms_reports;
pub mod visitor;
pub mod worker;

pub use first_visits::App;

use super::{rest, state::AppState};
use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{MethodRouter, any, get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};

/// Makes the handler of a route.
type Handler = fn() -> MethodRouter<AppState>;

/// What the machinery around the shop asks: by address, how it is answered.
pub const PROBES: [(&str, Handler); 2] =
    [("/healthz", || get(health::alive)), ("/readyz", || get(health::ready))];

/// What browsers and search engines ask for by fixed names, made without the database.
pub const NAMED: [(&str, Handler); 4] = [
    ("/robots.txt", || get(crawlers::robots)),
    ("/manifest.webmanifest", || get(manifest::manifest)),
    ("/sw.js", || get(worker::worker)),
    (ahead::RULES, || get(ahead::rules)),
];

/// The shop as it is served: the routes, the language of the address, and the answers that are
/// remembered.
pub fn app(state: AppState) -> App {
    let routes = router(state.clone());
    App::new(state, routes)
}

/// All routes with all that they pass through, the outermost last.
pub fn router(state: AppState) -> Router {
    aside::start();
    let (own, listed) = (state.shop.config.public_url.as_deref(), &state.shop.config.cors_origins);
    let api = Router::new()
        .nest("/api", rest::router())
        .route("/api/", rest::nowhere())
        .layer(security::csrf(own, listed));
    let pages = Router::new()
        .route("/fn/{*path}", any(forms::handle))
        .merge(desk_files::routes())
        .route(my_data::DOWNLOAD, get(my_data::download))
        .route(my_data::EXPORT, post(my_data::export))
        .route(figures_file::DOWNLOAD, get(figures_file::download))
        .route(crawlers::SITEMAP, get(crawlers::sitemap))
        .fallback(get(pages::render))
        .layer(middleware::from_fn(ahead::tell))
        .layer(Extension(page_cache::PageCache::default()))
        .layer(security::csrf(own, &[]));
    let dynamic = api
        .merge(pages)
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), health::limit_time))
        // Neither compressed, which would hold it back, nor limited in time.
        .route(events::EVENTS, get(events::listen))
        .layer(middleware::from_fn_with_state(state.clone(), health::catch_panic))
        .layer(middleware::from_fn_with_state(state.clone(), security::tell_other_sites))
        .layer(middleware::from_fn_with_state(state.clone(), audit::record))
        .layer(middleware::from_fn_with_state(state.clone(), capacity::take_place))
        .layer(middleware::from_fn_with_state(state.clone(), rate_limit::count))
        .layer(middleware::from_fn_with_state(state.clone(), cors::answer))
        .layer(middleware::from_fn_with_state(state.clone(), visitor::read))
        .layer(DefaultBodyLimit::max(body::LIMIT));
    let named = NAMED
        .iter()
        .fold(Router::new(), |router, (path, answer)| router.route(path, answer()))
        .layer(CompressionLayer::new());
    PROBES
        .iter()
        .fold(Router::new(), |router, (path, answer)| router.route(path, answer()))
        .merge(assets::router(&state.options))
        .merge(media::router().layer(middleware::from_fn_with_state(state.clone(), capacity::take_place)))
        .merge(sms_reports::router().layer(middleware::from_fn_with_state(state.clone(), health::limit_time)))
        .merge(named)
        .merge(dynamic)
        .layer(middleware::from_fn_with_state(state.clone(), security::headers))
        .layer(CatchPanicLayer::custom(health::panicked))
        .layer(middleware::from_fn_with_state(state.clone(), health::log))
        .with_state(state)
}
