//! How a failure of the database becomes an answer. What happened goes to the log; the visitor
//! learns only whether trying again can help.

use crate::model::error::{AppError, Conflict};
use mongodb::error::{Error, ErrorKind, WriteFailure};

impl From<Error> for AppError {
    fn from(error: Error) -> AppError {
        if unreachable(&error) {
            tracing::error!(%error, "the database does not answer");
            return AppError::Database;
        }
        tracing::error!(%error, "the database refused");
        AppError::Internal
    }
}

/// Could the same call succeed in a moment?
fn unreachable(error: &Error) -> bool {
    matches!(
        error.kind.as_ref(),
        ErrorKind::Io(_)
            | ErrorKind::ServerSelection { .. }
            | ErrorKind::ConnectionPoolCleared { .. }
            | ErrorKind::DnsResolve { .. }
            | ErrorKind::Authentication { .. }
    ) || error.contains_label("RetryableWriteError")
        || error.contains_label(mongodb::error::TRANSIENT_TRANSACTION_ERROR)
        || busy(error)
}

/// 50 MaxTimeMSExpired, 89 NetworkTimeout, 91 ShutdownInProgress, 189 PrimarySteppedDown,
/// 10107 NotWritablePrimary, 11600 InterruptedAtShutdown (MongoDB's error codes).
fn busy(error: &Error) -> bool {
    matches!(
        error.kind.as_ref(),
        ErrorKind::Command(command) if matches!(command.code, 50 | 89 | 91 | 189 | 10107 | 11600)
    )
}

/// Did a unique index refuse this write (error 11000), and which?
pub fn duplicate_index(error: &Error) -> Option<&str> {
    let ErrorKind::Write(WriteFailure::WriteError(write)) = error.kind.as_ref() else { return None };
    (write.code == 11_000).then_some(write.message.as_str())
}

/// A write whose unique index stands for one field of a form.
pub fn duplicate_as(field: &'static str) -> impl Fn(Error) -> AppError {
    move |error| match duplicate_index(&error) {
        Some(_) => AppError::Conflict { conflict: Conflict::Duplicate { field: field.to_owned() } },
        None => AppError::from(error),
    }
}
