//! What is kept in memory: pages as they were rendered, and the catalogue.

use super::{Counters, counters, gauge};
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::Registry,
};

/// Kept pages, and readings of the catalogue.
pub struct Cache {
    /// Pages that were answered as they went out before.
    pub remembered: Counter,
    /// Pages that were kept.
    pub hit: Counter,
    /// Pages that had to be rendered.
    pub miss: Counter,
    pages: Gauge,
    bytes: Gauge,
    /// The catalogue was read.
    pub read: Counter,
    /// It could not be read.
    pub unread: Counter,
}

impl Cache {
    pub(super) fn new(to: &mut Registry) -> Cache {
        let asked: Counters<1> = counters(
            to,
            "vatra_page_cache",
            "Pages that are the same for all: remembered as they went out (remembered), kept (hit), rendered (miss)",
        );
        let asked = |result| asked.get_or_create(&[("result", result)]).clone();
        let (remembered, hit, miss) = (asked("remembered"), asked("hit"), asked("miss"));
        let read: Counters<1> =
            counters(to, "vatra_catalogue_reads", "How often the catalogue was read from the database");
        let read = |outcome| read.get_or_create(&[("outcome", outcome)]).clone();
        Cache {
            remembered,
            hit,
            miss,
            pages: gauge(to, "vatra_page_cache_pages", "Pages that are kept"),
            bytes: gauge(to, "vatra_page_cache_bytes", "Memory that they are reckoned at"),
            read: read("ok"),
            unread: read("failed"),
        }
    }

    /// So many pages of so many bytes are kept now.
    pub fn holds(&self, pages: usize, bytes: usize) {
        self.pages.set(i64::try_from(pages).unwrap_or(i64::MAX));
        self.bytes.set(i64::try_from(bytes).unwrap_or(i64::MAX));
    }
}
