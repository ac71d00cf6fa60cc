//! What goes wrong on the server is counted in memory by hour, code and place, and written down every
//! few seconds: a storm of errors makes no storm of writes, and what happens while the database is away
//! is written afterwards (docs/decisions/0042).

use super::{
    Shop,
    patience::{STEP, within},
};
use crate::{
    model::{
        error::AppError,
        fault::{Fault, Faults, Job, Place},
        time::Timestamp,
    },
    server::{
        clock::{now, wall},
        metrics::metrics,
        store::error_counts::{Counted, RETENTION_DAYS},
    },
};
use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// How often the counts are written.
const EVERY: Duration = Duration::from_secs(10);

/// How many counts are kept while they cannot be written: days of an outage, each hour with what
/// happens then.
const MOST: usize = 500;

const HOUR: i64 = 3600;

/// The counts of one process that are not written yet. Clones are the same.
#[derive(Clone, Default)]
pub struct Unwritten(Arc<Mutex<HashMap<Key, Tally>>>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    hour: i64,
    code: String,
    place: String,
}

#[derive(Clone, Debug)]
struct Tally {
    count: u64,
    last: Timestamp,
    request_id: Option<String>,
}

impl Shop {
    /// Something went wrong: this code, in this place, in this request.
    pub fn note_fault(&self, code: &str, place: Place, request_id: Option<&str>) {
        let at = now();
        self.unwritten.add(Counted {
            hour: hour_of(at),
            code: code.to_owned(),
            place: place.name().to_owned(),
            count: 1,
            last: at,
            request_id: request_id.map(str::to_owned),
        });
    }

    /// A turn of a job has ended so. Hands the outcome on.
    pub(super) fn job_ended<T>(&self, job: Job, outcome: Result<T, AppError>) -> Result<T, AppError> {
        metrics().jobs.ended(job, outcome.is_ok(), now());
        if let Err(error) = &outcome {
            self.note_fault(error.code().name, Place::Job(job), None);
        }
        outcome
    }

    /// Writes what was counted since the last time; says how many counts that were. What cannot be
    /// written is kept for the next time.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn write_faults(&self) -> Result<usize, AppError> {
        let taken = self.unwritten.take();
        for (place, counted) in taken.iter().enumerate() {
            if let Err(error) = within(STEP, "counted errors", self.store.error_counts.add(counted)).await {
                taken[place..].iter().for_each(|counted| self.unwritten.add(counted.clone()));
                return Err(error);
            }
        }
        Ok(taken.len())
    }

    /// Writes them again and again until the process ends.
    pub async fn watch_faults(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            let written = self.write_faults().await;
            metrics().jobs.ended(Job::Faults, written.is_ok(), now());
            if let Err(error) = written {
                // Not counted as one more: it would be one each time, for as long as this lasts.
                tracing::warn!(%error, "what went wrong could not be written down yet");
            }
        }
    }

    /// What went wrong lately, of all instances.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn fault_report(&self) -> Result<Faults, AppError> {
        let at = now();
        let month = self.store.error_counts.since(at.plus_seconds(-RETENTION_DAYS * 24 * HOUR)).await?;
        let since = at.plus_seconds(-24 * HOUR);
        let day = summed(month.iter().filter(|counted| counted.last >= since));
        Ok(Faults { day, month: summed(month.iter()) })
    }

    /// Did an answer or a job fail within the last hour? Messages that were given up are told elsewhere.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn failed_lately(&self) -> Result<bool, AppError> {
        let lately = self.store.error_counts.since(now().plus_seconds(-HOUR)).await?;
        Ok(lately.iter().any(|counted| counted.place != Place::Message.name()))
    }
}

impl Unwritten {
    fn add(&self, counted: Counted) {
        let Counted { hour, code, place, count, last, request_id } = counted;
        let key = Key { hour: hour.0, code, place };
        let mut counts = self.lock();
        let key = if counts.contains_key(&key) || counts.len() < MOST {
            key
        } else {
            // There is no room for another hour: it counts for the last one of its kind, if there is one.
            let alike = |one: &&Key| (&one.code, &one.place) == (&key.code, &key.place);
            match counts.keys().filter(alike).max_by_key(|one| one.hour) {
                Some(alike) => alike.clone(),
                None => return,
            }
        };
        let tally = counts.entry(key).or_insert(Tally { count: 0, last, request_id: None });
        tally.count = tally.count.saturating_add(count);
        if last >= tally.last {
            tally.last = last;
            tally.request_id = request_id.or(tally.request_id.take());
        }
    }

    fn take(&self) -> Vec<Counted> {
        let counts = mem::take(&mut *self.lock());
        let counted = |(Key { hour, code, place }, Tally { count, last, request_id })| Counted {
            hour: Timestamp(hour),
            code,
            place,
            count,
            last,
            request_id,
        };
        counts.into_iter().map(counted).collect()
    }

    /// Counts are whole after every step, so those of a thread that panicked serve as well.
    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Tally>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn hour_of(at: Timestamp) -> Timestamp {
    let length = HOUR * 1000;
    Timestamp(at.0.div_euclid(length) * length)
}

/// Counts of one code and place together, the most frequent first. They come the latest first.
fn summed<'a>(counts: impl Iterator<Item = &'a Counted>) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for counted in counts {
        let known =
            faults.iter_mut().find(|fault| fault.code == counted.code && fault.place == counted.place);
        match known {
            Some(fault) => {
                fault.count = fault.count.saturating_add(counted.count);
                fault.request_id = fault.request_id.take().or_else(|| counted.request_id.clone());
            }
            None => faults.push(Fault {
                code: counted.code.clone(),
                place: counted.place.clone(),
                count: counted.count,
                last: wall(counted.last),
                request_id: counted.request_id.clone(),
            }),
        }
    }
    // Of the same number the latest stays first.
    faults.sort_by_key(|fault| std::cmp::Reverse(fault.count));
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(hour: i64, code: &str, last: i64, request: Option<&str>) -> Counted {
        Counted {
            hour: Timestamp(hour * HOUR * 1000),
            code: code.into(),
            place: "page".into(),
            count: 1,
            last: Timestamp(last),
            request_id: request.map(str::to_owned),
        }
    }

    #[test]
    fn what_is_alike_adds_up_and_the_latest_request_is_remembered() {
        let unwritten = Unwritten::default();
        for (last, request) in [(2, Some("b")), (1, Some("a")), (3, None)] {
            unwritten.add(counted(0, "DB_001", last, request));
        }
        unwritten.add(counted(1, "DB_001", 4, Some("c")));
        let mut taken = unwritten.take();
        taken.sort_by_key(|counted| counted.hour);
        let told: Vec<_> =
            taken.iter().map(|one| (one.count, one.last.0, one.request_id.as_deref())).collect();
        assert_eq!(told, [(3, 3, Some("b")), (1, 4, Some("c"))]);
        assert!(unwritten.take().is_empty());
    }

    #[test]
    fn an_outage_of_weeks_takes_no_more_memory_and_loses_no_count() {
        let unwritten = Unwritten::default();
        let hours = i64::try_from(MOST).unwrap() * 3;
        for hour in 0..hours {
            unwritten.add(counted(hour, "DB_001", hour, None));
        }
        let taken = unwritten.take();
        assert_eq!(taken.len(), MOST);
        let all: u64 = taken.iter().map(|counted| counted.count).sum();
        assert_eq!(all, u64::try_from(hours).unwrap());
    }

    #[test]
    fn hours_are_summed_up_the_most_frequent_first() {
        let mut second = counted(1, "INTERNAL", 5, Some("x"));
        second.count = 7;
        let all = [counted(2, "DB_001", 9, None), second, counted(0, "DB_001", 1, Some("old"))];
        let told: Vec<_> =
            summed(all.iter()).into_iter().map(|fault| (fault.code, fault.count, fault.request_id)).collect();
        let expected = [("INTERNAL", 7, "x"), ("DB_001", 2, "old")];
        assert_eq!(told, expected.map(|(code, count, id)| (code.to_owned(), count, Some(id.to_owned()))));
    }
}
