//! The HTTP status of the page being rendered.

use leptos::prelude::use_context;
use std::sync::{
    Arc,
    atomic::{AtomicU16, Ordering},
};

/// Set by a page, read by the HTTP layer when the page is whole.
#[derive(Clone, Debug)]
pub struct PageStatus(Arc<AtomicU16>);

impl Default for PageStatus {
    fn default() -> PageStatus {
        PageStatus(Arc::new(AtomicU16::new(200)))
    }
}

impl PageStatus {
    /// The status that the page decided on.
    pub fn get(&self) -> u16 {
        self.0.load(Ordering::Relaxed)
    }
}

/// Decides on a status other than 200.
pub fn set_status(status: u16) {
    if let Some(page) = use_context::<PageStatus>() {
        page.0.store(status, Ordering::Relaxed);
    }
}
