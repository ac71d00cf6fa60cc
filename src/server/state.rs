//! What every handler can reach.

use super::{built, http::capacity::Capacity, service::Shop, visitor::Cookies};
use crate::app::scripts::BuiltFiles;
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use std::{ops::Deref, sync::Arc};

/// Behind one counter: every layer that a request passes through clones it, and the counters of
/// all its parts cost more than the page did.
#[derive(Clone)]
pub struct AppState(Arc<Parts>);

/// See [`AppState`].
pub struct Parts {
    /// The rules of the shop.
    pub shop: Shop,
    /// Its cookies.
    pub cookies: Cookies,
    /// Where the built pages' parts are.
    pub options: LeptosOptions,
    /// Their addresses.
    pub files: BuiltFiles,
    /// How much is worked on at once.
    pub capacity: Capacity,
}

impl AppState {
    /// What handlers reach, for a shop whose built files are there.
    pub fn new(shop: Shop, options: LeptosOptions) -> AppState {
        let (cookies, files) = (Cookies::new(&shop.config), built::files(&options));
        let capacity = Capacity::new(shop.config.max_requests);
        AppState(Arc::new(Parts { shop, cookies, options, files, capacity }))
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl FromRef<AppState> for Shop {
    fn from_ref(state: &AppState) -> Shop {
        state.shop.clone()
    }
}

impl FromRef<AppState> for BuiltFiles {
    fn from_ref(state: &AppState) -> BuiltFiles {
        state.files.clone()
    }
}
