//! The server was asked to stop, and answers on for a while: so long `/healthz` says that it leaves, and a
//! proxy that asks there sends what comes next to another instance. A proxy that must find out by being
//! refused has a request in its hands, and may send it again only when nothing can come of it twice.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

static LEAVING: AtomicBool = AtomicBool::new(false);

/// Is this process about to end?
pub fn begun() -> bool {
    LEAVING.load(Ordering::Relaxed)
}

/// Begins, and returns when nobody sends anything any more.
pub async fn begin(lasts: Duration) {
    LEAVING.store(true, Ordering::Relaxed);
    tokio::time::sleep(lasts).await;
}
