//! How a failure of the database becomes an answer. What happened goes to the log; the visitor
//! learns only whether trying again can help.

use crate::model::error::{AppError, Conflict};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use mongodb::error::{Error, ErrorKind, WriteFailure};
use std::io;

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
        let why = without_values(&error);
        if unreachable(&error) {
            tracing::error!(why, "the database does not answer");
            return AppError::Database;
        }
        tracing::error!(why, "the database refused");
        AppError::Internal
    }
}

/// What the log may know of an error. A server that refuses a document, or a second one like it, quotes
/// what is in it; so do the errors of reading one: names and numbers of customers.
pub fn without_values(error: &Error) -> String {
    match error.kind.as_ref() {
        ErrorKind::Command(refused) => format!("command refused: {} {}", refused.code, refused.code_name),
        ErrorKind::Write(WriteFailure::WriteError(refused)) => format!("write refused: {}", refused.code),
        ErrorKind::Write(WriteFailure::WriteConcernError(failed)) => {
            format!("write not confirmed: {} {}", failed.code, failed.code_name)
        }
        ErrorKind::Io(_)
        | ErrorKind::ServerSelection { .. }
        | ErrorKind::ConnectionPoolCleared { .. }
        | ErrorKind::DnsResolve { .. }
        | ErrorKind::Transaction { .. }
        | ErrorKind::IncompatibleServer { .. }
        | ErrorKind::InvalidTlsConfig { .. } => error.kind.to_string(),
        ErrorKind::Authentication { .. } => "the database does not let the shop in".into(),
        ErrorKind::BsonDeserialization(_) | ErrorKind::BsonSerialization(_) => {
            "a document does not fit its type".into()
        }
        _ => error.get_custom::<String>().cloned().unwrap_or_else(|| "an error of the driver".into()),
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

/// What a failure of the store of pictures is told as.
pub fn of_pictures(error: io::Error) -> AppError {
    if is_full(&error) {
        tracing::error!(%error, "there is no room for pictures: make some, or give them a larger disk");
        return AppError::NoRoom;
    }
    match error.downcast::<Error>() {
        Ok(error) => error.into(),
        Err(error) => {
            tracing::error!(%error, "the store of pictures failed");
            AppError::Internal
        }
    }
}

/// Is the disk full, or what this user may have of it? That of the database tells it by its own code.
fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
        || error.get_ref().and_then(|inner| inner.downcast_ref::<Error>()).is_some_and(database_is_full)
}

/// 14031 OutOfDiskSpace (MongoDB's error codes); Atlas says 8000 for many things, this one by its words.
fn database_is_full(error: &Error) -> bool {
    let full = |code: i32, message: &str| code == 14_031 || (code == 8000 && message.contains("space quota"));
    match error.kind.as_ref() {
        ErrorKind::Command(command) => full(command.code, &command.message),
        ErrorKind::Write(WriteFailure::WriteError(write)) => full(write.code, &write.message),
        ErrorKind::InsertMany(many) => {
            many.write_errors.iter().flatten().any(|write| full(write.code, &write.message))
        }
        // The pieces of a file are written through a stream.
        ErrorKind::Io(error) => is_full(error),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_full_disk_is_told_and_a_database_that_is_away_is_not_a_fault_of_ours() {
        for kind in [io::ErrorKind::StorageFull, io::ErrorKind::QuotaExceeded, io::ErrorKind::FileTooLarge] {
            assert_eq!(of_pictures(kind.into()), AppError::NoRoom);
            let wrapped = io::Error::other(Error::from(io::Error::from(kind)));
            assert_eq!(of_pictures(wrapped), AppError::NoRoom);
        }
        let away = Error::from(io::Error::from(io::ErrorKind::ConnectionReset));
        assert_eq!(of_pictures(io::Error::other(away)), AppError::Database);
        assert_eq!(of_pictures(io::ErrorKind::PermissionDenied.into()), AppError::Internal);
    }

    #[test]
    fn the_log_is_told_no_value_of_a_document() {
        let refused = json!({
            "code": 11000, "codeName": "DuplicateKey",
            "errmsg": "E11000 duplicate key error dup key: { phone_number: \"+40722123456\" }",
        });
        let error = Error::from(ErrorKind::Command(serde_json::from_value(refused).unwrap()));
        assert!(error.to_string().contains("722123456"), "the driver tells it");
        assert_eq!(without_values(&error), "command refused: 11000 DuplicateKey");
        let broken = Error::custom("a document of orders does not fit its type".to_owned());
        assert_eq!(without_values(&broken), "a document of orders does not fit its type");
    }
}
