//! Transactions that are tried again when the database says that this can help.

use super::Store;
use crate::{
    model::error::AppError,
    server::{error::without_values, metrics::metrics},
};
use futures::future::BoxFuture;
use mongodb::{
    ClientSession,
    error::{Error, TRANSIENT_TRANSACTION_ERROR, UNKNOWN_TRANSACTION_COMMIT_RESULT},
};
use std::time::{Duration, Instant};

/// Why a transaction ended without effect.
#[derive(Debug)]
pub enum Aborted {
    /// A rule said no.
    Refused(AppError),
    /// The database failed.
    Failed(Error),
}

impl From<Error> for Aborted {
    fn from(error: Error) -> Aborted {
        Aborted::Failed(error)
    }
}

impl From<AppError> for Aborted {
    fn from(error: AppError) -> Aborted {
        Aborted::Refused(error)
    }
}

/// How long conflicting transactions are tried again before the visitor is told.
const PATIENCE: Duration = Duration::from_secs(20);

impl Store {
    /// Runs `work` in a transaction. It may run several times, so it must have no effect outside
    /// the database.
    ///
    /// # Errors
    /// What `work` refused with, or the database's failure.
    pub async fn transaction<T, F>(&self, mut work: F) -> Result<T, AppError>
    where
        F: for<'a> FnMut(&'a mut ClientSession) -> BoxFuture<'a, Result<T, Aborted>>,
    {
        let (started, figures) = (Instant::now(), &metrics().database);
        let mut session = self.client.start_session().await?;
        // Also when the outcome is unknown, and when nobody waits for it any more.
        let _marked = self.changes.after_transaction(&session);
        for attempt in 0.. {
            let error = match attempt_once(&mut session, &mut work).await {
                Ok(value) => {
                    figures.committed.inc();
                    return Ok(value);
                }
                Err(Aborted::Refused(error)) => {
                    figures.refused.inc();
                    return Err(error);
                }
                Err(Aborted::Failed(error)) => error,
            };
            if !error.contains_label(TRANSIENT_TRANSACTION_ERROR) || started.elapsed() > PATIENCE {
                figures.failed.inc();
                return Err(error.into());
            }
            figures.again.inc();
            tokio::time::sleep(pause(attempt)).await;
        }
        Err(AppError::Internal)
    }
}

async fn attempt_once<T, F>(session: &mut ClientSession, work: &mut F) -> Result<T, Aborted>
where
    F: for<'a> FnMut(&'a mut ClientSession) -> BoxFuture<'a, Result<T, Aborted>>,
{
    session.start_transaction().await?;
    match work(session).await {
        Ok(value) => {
            commit(session).await?;
            Ok(value)
        }
        Err(aborted) => {
            // The reason for aborting is the one to report; an unaborted transaction times out.
            if let Err(error) = session.abort_transaction().await {
                tracing::debug!(why = without_values(&error), "abort");
            }
            Err(aborted)
        }
    }
}

async fn commit(session: &mut ClientSession) -> Result<(), Error> {
    let started = Instant::now();
    loop {
        match session.commit_transaction().await {
            Err(error)
                if error.contains_label(UNKNOWN_TRANSACTION_COMMIT_RESULT)
                    && started.elapsed() < PATIENCE => {}
            result => return result,
        }
    }
}

/// Grows from about 2 to about 100 ms, with jitter, so that those who collided do not meet again.
fn pause(attempt: u32) -> Duration {
    let ceiling = 4_u64 << attempt.min(5);
    Duration::from_millis(1 + rand::random_range(0..ceiling))
}
