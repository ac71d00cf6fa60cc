//! The JSON API. It calls the same services as the pages.

pub mod envelope;
pub mod money;

use super::state::AppState;
use axum::Router;

/// All routes below `/api`.
pub fn router() -> Router<AppState> {
    Router::new()
}
