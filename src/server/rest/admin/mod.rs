//! `/api/admin`: the producer's part.

mod images;

use crate::server::state::AppState;
use axum::Router;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().merge(images::router())
}
