//! `/api/admin`: the producer's work. Every handler takes a [`Producer`](super::producer::Producer).

pub mod categories;
pub mod images;
pub mod orders;
pub mod products;

use crate::server::state::AppState;
use utoipa_axum::router::OpenApiRouter;

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(products::routes())
        .merge(images::routes())
        .merge(categories::routes())
        .merge(orders::routes())
}
