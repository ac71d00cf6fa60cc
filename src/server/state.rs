//! What every handler can reach.

use super::{service::Shop, visitor::Cookies};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;

/// Cheap to clone.
#[derive(Clone, FromRef)]
pub struct AppState {
    /// The rules of the shop.
    pub shop: Shop,
    /// Its cookies.
    pub cookies: Cookies,
    /// Where the built pages' parts are.
    pub options: LeptosOptions,
}
