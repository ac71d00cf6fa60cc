//! Where Prometheus asks: an address of its own, which visitors cannot reach.

use super::metrics;
use crate::server::{
    config::{Config, ConfigError},
    service::Shop,
};
use axum::{Router, extract::State, response::IntoResponse, routing::get};
use http::header;
use std::{sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Mutex, time::Instant};

/// The text format of OpenMetrics.
const FORMAT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// However often it is asked, the database is not asked more often than this.
const FRESH: Duration = Duration::from_secs(5);

/// A shop that is looked at, and when it last was.
#[derive(Clone)]
struct Looked {
    shop: Shop,
    at: Arc<Mutex<Option<Instant>>>,
}

/// Listens where `METRICS_ADDR` says, if it does. To be called before the database is opened, as from now
/// on its commands are counted.
///
/// # Errors
/// A sentence for the terminal, when something else listens there.
pub async fn listen(config: &Config) -> Result<Option<TcpListener>, ConfigError> {
    let Some(address) = config.metrics_addr else { return Ok(None) };
    super::database::watch();
    let listener = TcpListener::bind(address)
        .await
        .map_err(|error| ConfigError(format!("METRICS_ADDR: {address} cannot be listened on: {error}.")))?;
    Ok(Some(listener))
}

/// Answers there until the process ends.
pub async fn answer(listener: Option<TcpListener>, shop: Shop) {
    // Also without a listener, so that what was counted begins at the start.
    metrics();
    let Some(listener) = listener else { return };
    if let Err(error) = axum::serve(listener, router(shop)).await {
        tracing::error!(%error, "figures are not told any more");
    }
}

/// The one route there is.
pub fn router(shop: Shop) -> Router {
    Router::new().route("/metrics", get(tell)).with_state(Looked { shop, at: Arc::default() })
}

async fn tell(State(looked): State<Looked>) -> impl IntoResponse {
    let mut at = looked.at.lock().await;
    if at.is_none_or(|at| at.elapsed() > FRESH) {
        metrics().standing.look(&looked.shop).await;
        *at = Some(Instant::now());
    }
    ([(header::CONTENT_TYPE, FORMAT)], metrics().text())
}
