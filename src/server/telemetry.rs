//! The log: one line per event, on standard error; `RUST_LOG` says how much, `LOG_FORMAT=json` in
//! which form.

use super::metrics::metrics;
use std::panic;
use tracing_subscriber::EnvFilter;

/// Starts it. A second call changes nothing.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,mongodb=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if std::env::var("LOG_FORMAT").is_ok_and(|format| format == "json") {
        log.json().try_init()
    } else {
        log.with_target(false).compact().try_init()
    };
    if let Err(error) = started {
        tracing::debug!(%error, "the log was started before");
        return;
    }
    panic::set_hook(Box::new(tell));
}

/// A panic is counted, and is a line of the log like any other, with the request in which it happened.
fn tell(panicked: &panic::PanicHookInfo<'_>) {
    metrics().requests.panics.inc();
    let text = panicked.payload_as_str().unwrap_or("unknown");
    let place = panicked.location().map(ToString::to_string);
    tracing::error!(panic = text, place, "a fault of the program");
}
