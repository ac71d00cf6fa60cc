//! What a page waits for is done by tasks of their own. Each works in the span of the request that began
//! it, so that what it logs can be found by the request's id.

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use tracing::Instrument;

struct InSpan;

impl CustomExecutor for InSpan {
    fn spawn(&self, work: PinnedFuture<()>) {
        tokio::spawn(work.in_current_span());
    }

    fn spawn_local(&self, work: PinnedLocalFuture<()>) {
        tokio::task::spawn_local(work.in_current_span());
    }

    /// Tokio goes on by itself.
    fn poll_local(&self) {}
}

/// Lets pages wait for their data on Tokio. A second call finds it set and does nothing.
pub fn start() {
    if Executor::init_custom_executor(InSpan).is_err() {
        tracing::trace!("pages have their tasks already");
    }
}
