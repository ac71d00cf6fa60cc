//! How a failure of the database becomes an answer. What happened goes to the log; the visitor
//! learns only whether trying again can help.

use crate::model::error::{AppError, Conflict};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use mongodb::error::{Error, ErrorKind, WriteFailure};

/// The HTTP status of an error.
pub fn status(error: &AppError) -> StatusCode {
    StatusCode::from_u16(error.code().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Tells when the same may succeed, where that is known.
pub fn add_retry_after(headers: &mut HeaderMap, error: &AppError) {
    if let Some(seconds) = error.retry_after() {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
}

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

/// 11000 DuplicateKey (MongoDB's error codes).
pub const DUPLICATE_KEY: i32 = 11_000;

/// Did a unique index refuse this write? A find-and-modify reports it as a command's error.
pub fn is_duplicate(error: &Error) -> bool {
    match error.kind.as_ref() {
        ErrorKind::Write(WriteFailure::WriteError(write)) => write.code == DUPLICATE_KEY,
        ErrorKind::Command(command) => command.code == DUPLICATE_KEY,
        _ => false,
    }
}

/// A write whose unique index stands for one field of a form.
pub fn duplicate_as(field: &'static str) -> impl Fn(Error) -> AppError {
    move |error| {
        if is_duplicate(&error) {
            AppError::Conflict { conflict: Conflict::Duplicate { field: field.to_owned() } }
        } else {
            AppError::from(error)
        }
    }
}
