//! For development and tests: messages go to the log, and to a file when `SMS_OUTBOX` is set.

use super::{Handed, Outgoing, Sms, SmsError};
use crate::server::clock::{now, rfc3339};
use async_trait::async_trait;
use std::path::PathBuf;
use tokio::{fs::OpenOptions, io::AsyncWriteExt};

/// Writes messages instead of sending them.
pub struct Console {
    outbox: Option<PathBuf>,
}

impl Console {
    /// Appends each message to `outbox` as one JSON line `{"to","body","at"}`.
    pub const fn new(outbox: Option<PathBuf>) -> Console {
        Console { outbox }
    }
}

#[async_trait]
impl Sms for Console {
    async fn hand_over(&self, message: &Outgoing<'_>) -> Result<Handed, SmsError> {
        let (to, body) = (message.to, message.body);
        // The one place where a code may be read in the log: this sender is not for production.
        tracing::info!(to = %to, body, "SMS (not sent: console backend)");
        let Some(path) = &self.outbox else { return Ok(Handed { sid: None }) };
        let line = serde_json::json!({ "to": to.as_str(), "body": body, "at": rfc3339(now()) });
        let failed = |error: std::io::Error| SmsError::Misconfigured(format!("SMS_OUTBOX: {error}"));
        let mut file = OpenOptions::new().create(true).append(true).open(path).await.map_err(failed)?;
        // One write, so that lines of several instances do not mix.
        file.write_all(format!("{line}\n").as_bytes()).await.map_err(failed)?;
        file.flush().await.map_err(failed)?;
        Ok(Handed { sid: None })
    }
}
