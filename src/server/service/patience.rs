//! Jobs wait for no answer for ever. The driver waits as long as a connection stands, and one that a firewall
//! has forgotten stands for ever; a request is given up by its own limit of time, and a job by this one.
//! What is given up is tried again in the job's next turn, on another connection. (Dropping the work is
//! what ends the connection: the driver does not use it again.)

use crate::model::error::AppError;
use std::time::Duration;

/// The longest that a step of a job takes which works: its queries are small, or come in parts.
pub(super) const STEP: Duration = Duration::from_secs(30);
/// The same where a step sends something: longer than Twilio may take (10 s). Nobody's claim of a message is
/// longer, so whoever is given up here had lost it already.
pub(super) const SENDING: Duration = Duration::from_secs(60);
/// The same where files are kept: some megabytes, on a slow way to a distant database.
pub(super) const FILES: Duration = Duration::from_secs(120);
/// The same where all orders are read.
pub(super) const EVERYTHING: Duration = Duration::from_secs(600);

/// Does a step of some work, and gives it up when it takes too long.
///
/// # Errors
/// What the step says; [`AppError::Database`] when it says nothing in time, as nothing else waits so long.
pub(super) async fn within<T>(
    limit: Duration,
    what: &'static str,
    step: impl Future<Output = Result<T, AppError>>,
) -> Result<T, AppError> {
    match tokio::time::timeout(limit, step).await {
        Ok(done) => done,
        Err(_) => {
            tracing::warn!(what, seconds = limit.as_secs(), "no answer in time: given up");
            Err(AppError::Database)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_never_answers_is_given_up_and_what_answers_is_not() {
        let never = std::future::pending::<Result<(), AppError>>();
        assert_eq!(within(Duration::from_millis(1), "never", never).await, Err(AppError::Database));
        assert_eq!(within(STEP, "at once", async { Ok(7) }).await, Ok(7));
        let refused = async { Err::<(), _>(AppError::Forbidden) };
        assert_eq!(within(STEP, "refused", refused).await, Err(AppError::Forbidden));
    }
}
