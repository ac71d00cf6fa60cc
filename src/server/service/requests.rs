//! How many requests an address may make in a minute. Counted in memory and settled with the
//! database in the background, so that no request waits for it; what another instance has counted
//! is known about a second later (docs/decisions/0012).

use super::{
    Shop,
    patience::{STEP, within},
};
use crate::{
    model::{error::AppError, fault::Job, time::Timestamp},
    server::{
        clock::now,
        store::rate_limits::{BATCH, Per, Window},
    },
};
use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// What the limit counts in.
const MINUTE: Per = Per::Seconds(60);
/// How often the counts are settled.
const EVERY: Duration = Duration::from_secs(1);
/// How many addresses of one minute are remembered: about 15 MB. Those that come after them are let
/// through uncounted; to refuse them would shut out everybody while somebody plays with addresses.
const MOST_ADDRESSES: usize = 100_000;

/// The counts of this instance. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Requests {
    counts: Arc<Mutex<Counts>>,
    /// Held while settling: two at once would add the same counts twice.
    settling: Arc<tokio::sync::Mutex<()>>,
}

/// The counts of the running minute; those of the one before are dropped when it begins.
#[derive(Default)]
struct Counts {
    window: Option<Window>,
    addresses: HashMap<String, Count>,
    /// Whose counts are to be settled, each once.
    unsettled: Vec<String>,
}

#[derive(Clone, Copy, Default)]
struct Count {
    /// What the database said of all instances when it was last asked.
    settled: u32,
    /// Counted here since.
    new: u32,
    /// Is it among those to be settled?
    listed: bool,
}

impl Shop {
    /// Counts a request of an address at a moment. Answers from memory. A refused one counts no
    /// more, so that refusing costs nothing.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub fn admit(&self, address: &str, at: Timestamp) -> Result<(), AppError> {
        if !self.counts_requests() {
            return Ok(());
        }
        self.requests.lock().admit(address, self.config.rate_limit_per_minute, at)
    }

    /// Is there a limit at all?
    pub fn counts_requests(&self) -> bool {
        self.config.rate_limit_per_minute > 0
    }

    /// Tells the database what was counted since the last time, and learns what all instances have
    /// counted for these addresses. Says how many addresses that were. When the database does not
    /// answer, the counts are kept for the next time.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn settle_requests(&self) -> Result<usize, AppError> {
        let _turn = self.requests.settling.lock().await;
        let (window, counted) = self.requests.lock().take();
        let Some(window) = window else { return Ok(0) };
        for (done, batch) in counted.chunks(BATCH).enumerate() {
            if let Err(error) = within(STEP, "counts of requests", self.settle(window, batch)).await {
                let left = &counted[done * BATCH..];
                self.requests.lock().keep(window, left);
                return Err(error);
            }
        }
        Ok(counted.len())
    }

    async fn settle(&self, window: Window, batch: &[(String, u32)]) -> Result<(), AppError> {
        // The counters need not know the addresses.
        let key = |address: &String| {
            format!("requests:{}", self.config.session_key.mac(&["requests", address.as_str()]))
        };
        let keyed: Vec<(String, u32)> = batch.iter().map(|(address, count)| (key(address), *count)).collect();
        self.store.rate_limits.add(window, &keyed).await?;
        self.requests.lock().settled(window, batch);
        let keys: Vec<String> = keyed.into_iter().map(|(key, _)| key).collect();
        let totals = self.store.rate_limits.totals(window, &keys).await?;
        let known = batch
            .iter()
            .zip(&keys)
            .filter_map(|((address, _), key)| totals.get(key).map(|total| (address.as_str(), *total)));
        self.requests.lock().learn(window, known);
        Ok(())
    }

    /// Settles again and again until the process ends.
    pub async fn watch_requests(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            if let Err(error) = self.job_ended(Job::Requests, self.settle_requests().await) {
                tracing::warn!(%error, "requests are counted by this instance alone");
            }
        }
    }
}

impl Requests {
    /// Counts are whole after every step, so those of a thread that panicked serve as well.
    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Counts {
    fn admit(&mut self, address: &str, most: u32, at: Timestamp) -> Result<(), AppError> {
        let window = self.begin(MINUTE.window(at));
        if let Some(count) = self.addresses.get_mut(address) {
            if count.settled.saturating_add(count.new) >= most {
                return Err(window.too_many(at));
            }
            count.new += 1;
        } else if self.addresses.len() < MOST_ADDRESSES {
            self.addresses.insert(address.to_owned(), Count { new: 1, ..Count::default() });
            if self.addresses.len() == MOST_ADDRESSES {
                tracing::warn!(MOST_ADDRESSES, "more addresses in a minute than can be counted");
            }
        }
        self.list(address);
        Ok(())
    }

    /// Notes that an address is to be settled, when there is something to settle.
    fn list(&mut self, address: &str) {
        if let Some(count) = self.addresses.get_mut(address)
            && count.new > 0
            && !mem::replace(&mut count.listed, true)
        {
            self.unsettled.push(address.to_owned());
        }
    }

    /// A new minute begins with nothing, and gives the memory of the old one back.
    fn begin(&mut self, window: Window) -> Window {
        if self.window != Some(window) {
            *self = Counts { window: Some(window), ..Counts::default() };
        }
        window
    }

    /// What is to be settled.
    fn take(&mut self) -> (Option<Window>, Vec<(String, u32)>) {
        // Of a minute that is over nobody asks any more.
        if self.window.is_some_and(|window| window != MINUTE.window(now())) {
            *self = Counts::default();
        }
        let taken = mem::take(&mut self.unsettled).into_iter().filter_map(|address| {
            let count = self.addresses.get_mut(&address)?;
            count.listed = false;
            Some((address, count.new))
        });
        (self.window, taken.collect())
    }

    /// These are still to be settled.
    fn keep(&mut self, window: Window, counted: &[(String, u32)]) {
        if self.window == Some(window) {
            counted.iter().for_each(|(address, _)| self.list(address));
        }
    }

    /// The database has these now. What was counted meanwhile is still to be settled.
    fn settled(&mut self, window: Window, counted: &[(String, u32)]) {
        if self.window != Some(window) {
            return;
        }
        for (address, told) in counted {
            if let Some(count) = self.addresses.get_mut(address) {
                count.new = count.new.saturating_sub(*told);
                count.settled = count.settled.saturating_add(*told);
            }
            self.list(address);
        }
    }

    /// The database knows these totals.
    fn learn<'a>(&mut self, window: Window, totals: impl Iterator<Item = (&'a str, u32)>) {
        if self.window != Some(window) {
            return;
        }
        for (address, total) in totals {
            if let Some(count) = self.addresses.get_mut(address) {
                count.settled = total;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2025-01-13T10:30:00Z, the first second of a minute.
    const AT: Timestamp = Timestamp(1_736_764_200_000);

    #[test]
    fn the_minute_ends_for_all() {
        let mut counts = Counts::default();
        for address in ["192.0.2.1", "192.0.2.2"] {
            for _ in 0..3 {
                assert_eq!(counts.admit(address, 3, AT), Ok(()));
            }
        }
        let late = Timestamp(AT.0 + 59_999);
        assert_eq!(counts.admit("192.0.2.1", 3, late), Err(AppError::RateLimited { retry_after: 1 }));
        assert_eq!(counts.admit("192.0.2.1", 3, AT), Err(AppError::RateLimited { retry_after: 60 }));
        assert_eq!(counts.admit("192.0.2.1", 3, AT.plus_seconds(60)), Ok(()));
        assert_eq!((counts.addresses.len(), counts.unsettled.len()), (1, 1), "the old minute is dropped");
    }

    #[test]
    fn addresses_beyond_the_most_are_let_through_and_not_kept() {
        let mut counts = Counts::default();
        for number in 0..MOST_ADDRESSES + 10 {
            assert_eq!(counts.admit(&number.to_string(), 1, AT), Ok(()));
        }
        assert_eq!((counts.addresses.len(), counts.unsettled.len()), (MOST_ADDRESSES, MOST_ADDRESSES));
        assert!(counts.admit("7", 1, AT).is_err(), "those that are known are still counted");
        assert_eq!(counts.admit("another", 1, AT), Ok(()));
    }

    #[test]
    fn what_is_counted_while_settling_is_settled_next() {
        let mut counts = Counts::default();
        let window = counts.begin(MINUTE.window(AT));
        let address = "192.0.2.1";
        counts.admit(address, 10, AT).unwrap();
        let told = [(address.to_owned(), 1)];
        counts.unsettled.clear();
        counts.addresses.get_mut(address).unwrap().listed = false;
        counts.admit(address, 10, AT).unwrap();
        counts.settled(window, &told);
        counts.learn(window, [(address, 8)].into_iter());
        assert_eq!(counts.unsettled, [address]);
        assert_eq!(counts.admit(address, 10, AT), Ok(()));
        assert!(counts.admit(address, 10, AT).is_err(), "8 of all instances and 2 of this one");
        assert_eq!(counts.unsettled, [address], "once");
    }
}
