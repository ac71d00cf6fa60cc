//! The JSON API. It calls the same services as the pages.

pub mod admin;
pub mod auth;
pub mod body;
pub mod caller;
pub mod cart;
pub mod categories;
pub mod document;
pub mod envelope;
pub mod fields;
mod food_json;
pub mod list;
pub mod money;
pub mod order_json;
pub mod orders;
pub mod producer;
pub mod products;
pub mod refusal;
pub mod schema;
pub mod sms;

use super::state::AppState;
use axum::{
    Router, middleware,
    routing::{MethodRouter, any},
};
use utoipa_axum::router::OpenApiRouter;

/// Everything below `/api`, with what the document says of it.
fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .merge(products::routes())
        .merge(categories::routes())
        .merge(cart::routes())
        .merge(orders::routes())
        .merge(sms::routes())
        .merge(auth::routes())
        .merge(admin::routes())
        .merge(document::routes())
}

/// All routes below `/api`.
pub fn router() -> Router<AppState> {
    let (router, _) = routes().split_for_parts();
    router
        .fallback(refusal::unknown_address)
        .method_not_allowed_fallback(refusal::wrong_method)
        .layer(middleware::from_fn(refusal::in_words))
}

/// For `/api/`, which axum does not count as below `/api`.
pub fn nowhere() -> MethodRouter<AppState> {
    any(refusal::unknown_address).layer(middleware::from_fn(refusal::in_words))
}
