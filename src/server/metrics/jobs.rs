//! What is done again and again without being asked for.

use super::{counters, gauges};
use crate::model::{fault::Job, time::Timestamp};
use prometheus_client::{
    metrics::{counter::Counter, gauge::Gauge},
    registry::Registry,
};

/// How the turns of each job end.
pub struct Jobs([OfJob; Job::ALL.len()]);

struct OfJob {
    ok: Counter,
    failed: Counter,
    last: Gauge,
}

impl Jobs {
    pub(super) fn new(to: &mut Registry) -> Jobs {
        let turns = counters::<2>(to, "vatra_job_runs", "Turns of jobs by how they ended");
        let last = gauges::<1>(
            to,
            "vatra_job_last_success_timestamp_seconds",
            "When a turn of the job last succeeded; 0: not yet",
        );
        Jobs(Job::ALL.map(|job| {
            let job = ("task", job.name());
            let turns = |outcome| turns.get_or_create(&[job, ("outcome", outcome)]).clone();
            OfJob { ok: turns("ok"), failed: turns("failed"), last: last.get_or_create(&[job]).clone() }
        }))
    }

    /// A turn has ended at a moment.
    pub fn ended(&self, job: Job, succeeded: bool, at: Timestamp) {
        let of = &self.0[job as usize];
        if succeeded {
            of.ok.inc();
            of.last.set(at.0.div_euclid(1000));
        } else {
            of.failed.inc();
        }
    }
}
