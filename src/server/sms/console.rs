//! For development and tests: messages go to the log, and to a file when `SMS_OUTBOX` is set.

use super::{Handed, Outgoing, Sms, SmsError, Spoken};
use crate::model::phone::Phone;
use crate::server::clock::{now, rfc3339};
use async_trait::async_trait;
use std::path::PathBuf;
use tokio::{fs::OpenOptions, io::AsyncWriteExt};

/// Writes messages instead of sending them.
pub struct Console {
    outbox: Option<PathBuf>,
}

impl Console {
    /// Appends each message to `outbox` as one JSON line `{"to","at","body"}`, and each call with `call`,
    /// its code, in the place of `body`.
    pub const fn new(outbox: Option<PathBuf>) -> Console {
        Console { outbox }
    }
}

impl Console {
    async fn write(&self, to: &Phone, told: serde_json::Value) -> Result<Handed, SmsError> {
        let Some(path) = &self.outbox else { return Ok(Handed { sid: None }) };
        let mut line = serde_json::json!({ "to": to.as_str(), "at": rfc3339(now()) });
        if let (Some(line), serde_json::Value::Object(told)) = (line.as_object_mut(), told) {
            line.extend(told);
        }
        let failed = |error: std::io::Error| SmsError::Misconfigured(format!("SMS_OUTBOX: {error}"));
        let mut file = OpenOptions::new().create(true).append(true).open(path).await.map_err(failed)?;
        // One write, so that lines of several instances do not mix.
        file.write_all(format!("{line}\n").as_bytes()).await.map_err(failed)?;
        file.flush().await.map_err(failed)?;
        Ok(Handed { sid: None })
    }
}

#[async_trait]
impl Sms for Console {
    // The two places where a code may be read in the log: this sender is not for production.

    async fn hand_over(&self, message: &Outgoing<'_>) -> Result<Handed, SmsError> {
        let (to, body) = (message.to, message.body);
        tracing::info!(to = %to, body, "SMS (not sent: console backend)");
        self.write(to, serde_json::json!({ "body": body })).await
    }

    fn calls(&self) -> bool {
        true
    }

    async fn call(&self, call: &Spoken<'_>) -> Result<Handed, SmsError> {
        let (to, code) = (call.to, call.code);
        tracing::info!(to = %to, code, "call (nobody is called: console backend)");
        self.write(to, serde_json::json!({ "call": code })).await
    }
}
