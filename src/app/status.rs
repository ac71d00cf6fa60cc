//! The HTTP status of the page being rendered.

use crate::model::error::{AppError, ErrorCode};
use leptos::prelude::use_context;
use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicU16, Ordering},
};

/// Set by a page, read by the HTTP layer when the page is whole.
#[derive(Clone, Debug)]
pub struct PageStatus(Arc<Decided>);

#[derive(Debug)]
struct Decided {
    status: AtomicU16,
    code: OnceLock<ErrorCode>,
}

impl Default for PageStatus {
    fn default() -> PageStatus {
        PageStatus(Arc::new(Decided { status: AtomicU16::new(200), code: OnceLock::new() }))
    }
}

impl PageStatus {
    /// The status that the page decided on.
    pub fn get(&self) -> u16 {
        self.0.status.load(Ordering::Relaxed)
    }

    /// Why the page could not be shown.
    pub fn code(&self) -> Option<ErrorCode> {
        self.0.code.get().copied()
    }
}

/// Decides on a status other than 200.
pub fn set_status(status: u16) {
    if let Some(page) = use_context::<PageStatus>() {
        page.0.status.store(status, Ordering::Relaxed);
    }
}

/// The page cannot be shown for this reason: the first one is remembered.
pub fn set_error(error: &AppError) {
    let code = error.code();
    set_status(code.status);
    if let Some(page) = use_context::<PageStatus>() {
        page.0.code.get_or_init(|| code);
    }
}
