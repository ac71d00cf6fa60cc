//! Requests by what was asked for and how it was answered. Each figure is looked up once, at the start:
//! a page that is kept is answered so fast that a look into a table would be seen.

use super::{Counters, counter, counters, durations, gauges};
use crate::model::{
    error::{CODES, ErrorCode},
    fault::{Class, OTHER, PANIC},
};
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::time::{Duration, Instant};

/// How requests end: by the first digit of the status, or when their sender has left.
const ENDS: [&str; 5] = ["2xx", "3xx", "4xx", "5xx", "gone"];
const GONE: usize = 4;

/// Requests and refusals.
pub struct Requests {
    classes: [OfClass; Class::ALL.len()],
    refusals: Vec<(&'static str, Counter)>,
    /// Panics, wherever they happened.
    pub panics: Counter,
}

struct OfClass {
    ends: [Counter; ENDS.len()],
    seconds: Histogram,
    running: Gauge,
}

impl Requests {
    pub(super) fn new(to: &mut Registry) -> Requests {
        let ends: Counters<2> =
            counters(to, "vatra_requests", "Requests by what was asked for and the answer");
        let seconds =
            durations::<1>(to, "vatra_request_duration_seconds", "Time until the answer began", steps);
        let running = gauges::<1>(to, "vatra_requests_in_flight", "Requests that wait for their answer");
        let of = |class: Class| {
            let class = ("class", class.name());
            OfClass {
                ends: ENDS.map(|end| ends.get_or_create(&[class, ("status", end)]).clone()),
                seconds: seconds.get_or_create(&[class]).clone(),
                running: running.get_or_create(&[class]).clone(),
            }
        };
        let refused = counters::<1>(to, "vatra_refusals", "Refusals by the code of the error");
        let codes = CODES.into_iter().chain([PANIC.name, OTHER.name]);
        let refusals = codes.map(|code| (code, refused.get_or_create(&[("code", code)]).clone()));
        Requests {
            classes: Class::ALL.map(of),
            refusals: refusals.collect(),
            panics: counter(to, "vatra_panics", "Panics: faults of the program"),
        }
    }

    /// A request for this begins.
    pub fn begin(&'static self, class: Class) -> Running {
        let of = self.of(class);
        of.running.inc();
        Running { of, began: Instant::now(), ended: false }
    }

    /// A page that was remembered as it went out is answered, since a moment.
    pub fn remembered(&self, began: Instant) {
        self.of(Class::Page).end(0, began.elapsed());
    }

    /// A refusal was answered.
    pub fn refused(&self, code: ErrorCode) {
        let found = self.refusals.iter().find(|(name, _)| *name == code.name);
        if let Some((_, counter)) = found {
            counter.inc();
        }
    }

    fn of(&self, class: Class) -> &OfClass {
        &self.classes[class as usize]
    }
}

impl OfClass {
    fn end(&self, end: usize, took: Duration) {
        if let Some(counter) = self.ends.get(end) {
            counter.inc();
        }
        self.seconds.observe(took.as_secs_f64());
    }
}

/// A request under way. Dropped before its end, its sender has left.
pub struct Running {
    of: &'static OfClass,
    began: Instant,
    ended: bool,
}

impl Running {
    /// It is answered with this status.
    pub fn end(mut self, status: u16) {
        self.ended = true;
        self.of.end(usize::from(status / 100).clamp(2, 5) - 2, self.began.elapsed());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.of.running.dec();
        if !self.ended {
            self.of.ends[GONE].inc();
        }
    }
}

/// From what a kept page takes to what nobody waits for.
fn steps() -> Histogram {
    Histogram::new([
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0,
    ])
}
