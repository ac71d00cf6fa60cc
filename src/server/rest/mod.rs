//! The JSON API. It calls the same services as the pages.

pub mod admin;
pub mod auth;
pub mod body;
pub mod caller;
pub mod cart;
pub mod categories;
pub mod envelope;
pub mod fields;
pub mod money;
pub mod order_json;
pub mod orders;
pub mod products;
pub mod refusal;
pub mod sms;

use super::state::AppState;
use axum::{
    Router, middleware,
    routing::{MethodRouter, any},
};

/// All routes below `/api`.
pub fn router() -> Router<AppState> {
    Router::new()
        .merge(products::router())
        .merge(categories::router())
        .merge(cart::router())
        .merge(orders::router())
        .merge(sms::router())
        .merge(auth::router())
        .nest("/admin", admin::router())
        .fallback(refusal::unknown_address)
        .method_not_allowed_fallback(refusal::wrong_method)
        .layer(middleware::from_fn(refusal::in_words))
}

/// For `/api/`, which axum does not count as below `/api`.
pub fn nowhere() -> MethodRouter<AppState> {
    any(refusal::unknown_address).layer(middleware::from_fn(refusal::in_words))
}
