//! Connections, and requests for which there is no room at once.

use super::{counter, gauge};
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::Registry,
};

/// What comes in.
pub struct Connections {
    open: Gauge,
    /// Connections that were refused because there were too many.
    pub refused: Counter,
    line: Gauge,
}

/// Counts one for as long as it is there.
pub struct Present(&'static Gauge);

impl Connections {
    pub(super) fn new(to: &mut Registry) -> Connections {
        Connections {
            open: gauge(to, "vatra_connections_open", "Connections of visitors or of the proxy"),
            refused: counter(to, "vatra_connections_refused", "Connections that there was no room for"),
            line: gauge(to, "vatra_requests_in_line", "Requests that wait until they are worked on"),
        }
    }

    /// A connection is there.
    pub fn opened(&'static self) -> Present {
        Present::new(&self.open)
    }

    /// A request stands in line.
    pub fn in_line(&'static self) -> Present {
        Present::new(&self.line)
    }
}

impl Present {
    fn new(of: &'static Gauge) -> Present {
        of.inc();
        Present(of)
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.dec();
    }
}
