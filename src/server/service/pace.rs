//! How soon an address may ask for the next code. Kept in memory, as it must cost nothing to refuse who asks
//! a thousand times; each instance keeps its own (docs/decisions/0040).

use crate::model::{error::AppError, time::Timestamp};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How often an address may be too early before its wait begins anew: a person presses twice, a machine
/// does not stop.
const PATIENCE: u32 = 2;

/// How many addresses are remembered: about 12 MB. When there are more, all begin anew, and the limits in
/// the database remain.
const MOST_ADDRESSES: usize = 100_000;

/// When addresses asked for codes. Cheap to clone.
#[derive(Clone, Default)]
pub(super) struct Pace {
    asked: Arc<Mutex<HashMap<String, Asked>>>,
}

#[derive(Clone, Copy)]
struct Asked {
    /// Since when it waits, or when it was last let through.
    since: Timestamp,
    /// Its wait of the last time, in seconds; 0 when it was let through.
    wait: u32,
    /// How often it came too early since.
    early: u32,
}

impl Asked {
    /// Milliseconds that are left of a wait that began then.
    fn left(&self, wait: u32, at: Timestamp) -> i64 {
        self.since.0 + i64::from(wait) * 1000 - at.0
    }

    fn too_early(&mut self, at: Timestamp) -> AppError {
        self.early = self.early.saturating_add(1);
        if self.early > PATIENCE {
            self.since = at;
        }
        let seconds = self.left(self.wait, at).max(1).unsigned_abs().div_ceil(1000);
        AppError::RateLimited { retry_after: u32::try_from(seconds).unwrap_or(u32::MAX) }
    }
}

impl Pace {
    /// Refuses an address whose last wait has not ended, without asking anybody.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub fn still_waits(&self, address: &str, at: Timestamp) -> Result<(), AppError> {
        match self.lock().get_mut(address) {
            Some(asked) if asked.left(asked.wait, at) > 0 && asked.wait > 0 => Err(asked.too_early(at)),
            _ => Ok(()),
        }
    }

    /// Lets an address through that has waited so many seconds since it was let through, or since it was
    /// first told to wait.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub fn ask(&self, address: &str, wait: u32, at: Timestamp) -> Result<(), AppError> {
        let mut all = self.lock();
        if wait > 0 {
            match all.get_mut(address) {
                Some(asked) if asked.left(wait, at) > 0 => {
                    asked.wait = wait;
                    return Err(asked.too_early(at));
                }
                Some(_) => {}
                None => {
                    make_room(&mut all);
                    all.insert(address.to_owned(), Asked { since: at, wait, early: 0 });
                    return Err(AppError::RateLimited { retry_after: wait });
                }
            }
        }
        make_room(&mut all);
        all.insert(address.to_owned(), Asked { since: at, wait: 0, early: 0 });
        Ok(())
    }

    /// Whole after every step, so that of a thread that panicked serves as well.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Asked>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(all: &mut HashMap<String, Asked>) {
    if all.len() >= MOST_ADDRESSES {
        tracing::warn!(MOST_ADDRESSES, "more addresses ask for codes than can be remembered");
        all.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "192.0.2.1";
    const AT: Timestamp = Timestamp(1_736_764_200_000);

    fn wait(refused: Result<(), AppError>) -> u32 {
        let Err(AppError::RateLimited { retry_after }) = refused else { panic!("{refused:?}") };
        retry_after
    }

    #[test]
    fn who_waits_is_let_through() {
        let pace = Pace::default();
        assert_eq!(wait(pace.ask(A, 10, AT)), 10, "a stranger has not asked before");
        assert_eq!(wait(pace.still_waits(A, AT.plus_seconds(4))), 6, "once too early changes nothing");
        assert_eq!(pace.still_waits(A, AT.plus_seconds(10)), Ok(()));
        assert_eq!(pace.ask(A, 10, AT.plus_seconds(10)), Ok(()));
        assert_eq!(wait(pace.ask(A, 20, AT.plus_seconds(15))), 15, "since it was let through");
        assert_eq!(pace.ask(A, 20, AT.plus_seconds(30)), Ok(()));
    }

    #[test]
    fn who_does_not_stop_is_never_let_through() {
        let pace = Pace::default();
        assert_eq!(wait(pace.ask(A, 10, AT)), 10);
        for second in 1..600 {
            let at = AT.plus_seconds(second);
            let answer = pace.still_waits(A, at).and_then(|()| pace.ask(A, 10, at));
            assert!((1..=10).contains(&wait(answer)), "{second}");
        }
        assert_eq!(pace.ask(A, 10, AT.plus_seconds(700)), Ok(()));
    }

    #[test]
    fn without_suspicion_nobody_waits() {
        let pace = Pace::default();
        for _ in 0..5 {
            assert_eq!((pace.still_waits(A, AT), pace.ask(A, 0, AT)), (Ok(()), Ok(())));
        }
        assert_eq!(wait(pace.ask(A, 10, AT)), 10, "and another address is not concerned");
        assert_eq!(pace.ask("192.0.2.2", 0, AT), Ok(()));
    }

    #[test]
    fn it_remembers_no_more_than_it_can() {
        let pace = Pace::default();
        for number in 0..MOST_ADDRESSES + 10 {
            assert_eq!(pace.ask(&number.to_string(), 0, AT), Ok(()));
        }
        assert!(pace.lock().len() <= 10 + 1);
    }
}
