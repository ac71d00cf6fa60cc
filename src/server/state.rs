//! What every handler can reach.

use super::{built, service::Shop, visitor::Cookies};
use crate::app::scripts::BuiltFiles;
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
    /// Their addresses.
    pub files: BuiltFiles,
}

impl AppState {
    /// What handlers reach, for a shop whose built files are there.
    pub fn new(shop: Shop, options: LeptosOptions) -> AppState {
        AppState { cookies: Cookies::new(&shop.config), files: built::files(&options), shop, options }
    }
}
