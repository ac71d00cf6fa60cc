//! What the process counts of itself, for Prometheus (docs/decisions/0042). There is one set of figures
//! for each process, as there is one log. Labels are names that stand in this program: no address, no
//! path, no id, nothing of a person.

pub mod cache;
pub mod connections;
pub mod database;
pub mod jobs;
pub mod listening;
pub mod orders;
pub mod process;
pub mod requests;
pub mod sms;
pub mod standing;

use prometheus_client::{
    encoding::text::encode,
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::sync::LazyLock;

/// So many labels: name and value.
pub type Labels<const N: usize> = [(&'static str, &'static str); N];

/// Counters that differ in so many labels.
type Counters<const N: usize> = Family<Labels<N>, Counter>;
/// The same of what goes up and down.
type Gauges<const N: usize> = Family<Labels<N>, Gauge>;
/// The same of how long something takes.
type Durations<const N: usize> = Family<Labels<N>, Histogram, fn() -> Histogram>;

/// All figures of the process.
pub struct Metrics {
    registry: Registry,
    /// Requests and refusals.
    pub requests: requests::Requests,
    /// Connections, and who waits for room.
    pub connections: connections::Connections,
    /// Orders.
    pub orders: orders::Orders,
    /// SMS, calls and codes.
    pub sms: sms::Sms,
    /// The database, as this process sees it.
    pub database: database::Database,
    /// What is kept in memory.
    pub cache: cache::Cache,
    /// What is done again and again.
    pub jobs: jobs::Jobs,
    /// How things stand.
    pub standing: standing::Standing,
}

/// The figures of this process.
pub fn metrics() -> &'static Metrics {
    static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);
    &METRICS
}

impl Metrics {
    fn new() -> Metrics {
        let mut registry = Registry::default();
        let to = &mut registry;
        let (requests, orders, sms) =
            (requests::Requests::new(to), orders::Orders::new(to), sms::Sms::new(to));
        let connections = connections::Connections::new(to);
        let (database, cache) = (database::Database::new(to), cache::Cache::new(to));
        let (jobs, standing) = (jobs::Jobs::new(to), standing::Standing::new(to));
        process::register(to);
        Metrics { registry, requests, connections, orders, sms, database, cache, jobs, standing }
    }

    /// All figures in the text format of OpenMetrics, which is Prometheus's with an end.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if let Err(error) = encode(&mut text, &self.registry) {
            tracing::error!(%error, "the figures cannot be written");
        }
        text
    }
}

/// A counter of this name, which Prometheus shows with `_total` at its end.
fn counter(to: &mut Registry, name: &str, help: &str) -> Counter {
    let counter = Counter::default();
    to.register(name, help, counter.clone());
    counter
}

/// Counters of this name.
fn counters<const N: usize>(to: &mut Registry, name: &str, help: &str) -> Counters<N> {
    let counters = Counters::default();
    to.register(name, help, counters.clone());
    counters
}

/// A figure that goes up and down.
fn gauge(to: &mut Registry, name: &str, help: &str) -> Gauge {
    let gauge = Gauge::default();
    to.register(name, help, gauge.clone());
    gauge
}

/// Several of this name.
fn gauges<const N: usize>(to: &mut Registry, name: &str, help: &str) -> Gauges<N> {
    let gauges = Gauges::default();
    to.register(name, help, gauges.clone());
    gauges
}

/// How long something of this name takes.
fn durations<const N: usize>(
    to: &mut Registry,
    name: &str,
    help: &str,
    steps: fn() -> Histogram,
) -> Durations<N> {
    let durations = Durations::new_with_constructor(steps);
    to.register(name, help, durations.clone());
    durations
}
