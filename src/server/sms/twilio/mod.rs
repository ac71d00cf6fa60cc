//! Twilio: messages and calls (API of 2010-04-01), and Verify v2, each as its published OpenAPI document
//! has it.

pub mod account;
mod calls;
mod codes;
mod connection;
mod verify;

pub use codes::failure;

use super::{Handed, Outgoing, Sms, SmsError, Spoken, Verifier};
use crate::server::config::{ConfigError, Twilio, TwilioSender};
use async_trait::async_trait;
use codes::{Meaning, meaning};
use connection::{Connection, TIMEOUT, is_sid, of_account};
use reqwest::Url;
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use verify::Verify;

/// The names that reports may carry: of an SMS, an MMS and a call.
pub const REPORTED: [&str; 3] = ["SM", "MM", "CA"];

/// Is this Twilio's name of a message or a call?
pub fn is_reported(sid: &str) -> bool {
    is_sid(sid, &REPORTED)
}

/// A message or a call as Twilio took it.
#[derive(Deserialize)]
struct Accepted {
    sid: String,
    status: String,
    error_code: Option<u32>,
    error_message: Option<String>,
}

/// Sends, calls and verifies through one account.
pub struct TwilioSms {
    connection: Arc<Connection>,
    messages: Url,
    calls: Url,
    verify: Option<Verify>,
}

impl TwilioSms {
    /// Prepares the one client that all messages share; nothing is sent yet.
    ///
    /// # Errors
    /// A sentence, when the base URL is none or the HTTP client cannot be made.
    pub fn new(account: Twilio) -> Result<TwilioSms, ConfigError> {
        TwilioSms::with_timeout(account, TIMEOUT)
    }

    /// The same with another limit for the whole exchange, for tests that need not wait.
    ///
    /// # Errors
    /// As [`TwilioSms::new`].
    pub fn with_timeout(account: Twilio, timeout: Duration) -> Result<TwilioSms, ConfigError> {
        let messages = of_account(&account, &[&account.account_sid, "Messages.json"])?;
        let calls = of_account(&account, &[&account.account_sid, "Calls.json"])?;
        let connection = Arc::new(Connection::new(account, timeout)?);
        let verify = match &connection.account().verify {
            Some(service) => Some(Verify::new(connection.clone(), service)?),
            None => None,
        };
        Ok(TwilioSms { connection, messages, calls, verify })
    }

    /// What became of something that Twilio answered with yes.
    fn handed(&self, taken: Accepted, secret: &str) -> Result<Handed, SmsError> {
        if !matches!(taken.status.as_str(), "failed" | "undelivered" | "canceled") {
            tracing::info!(sid = taken.sid, "handed to Twilio");
            return Ok(Handed { sid: Some(taken.sid).filter(|sid| is_reported(sid)) });
        }
        let code = taken.error_code.unwrap_or_default();
        let meaning = meaning(code).unwrap_or(Meaning::Unavailable);
        Err(self.connection.error(code, meaning, taken.error_message.as_deref(), secret))
    }
}

#[async_trait]
impl Sms for TwilioSms {
    async fn hand_over(&self, message: &Outgoing<'_>) -> Result<Handed, SmsError> {
        let sender = match &self.connection.account().sender {
            TwilioSender::From(number) => ("From", number.as_str()),
            TwilioSender::MessagingService(sid) => ("MessagingServiceSid", sid.as_str()),
        };
        let mut form = vec![("To", message.to.as_str()), ("Body", message.body), sender];
        form.extend(message.report_to.map(|address| ("StatusCallback", address)));
        let taken = self.connection.post(&self.messages, &form, message.body).await?;
        self.handed(taken, message.body)
    }

    fn calls(&self) -> bool {
        self.verify.is_some() || self.connection.account().caller.is_some()
    }

    async fn call(&self, call: &Spoken<'_>) -> Result<Handed, SmsError> {
        let Some(caller) = &self.connection.account().caller else {
            return Err(SmsError::Misconfigured("TWILIO_CALLER is not set".into()));
        };
        let taken = calls::place(&self.connection, &self.calls, caller, call).await?;
        self.handed(taken, call.code)
    }

    fn verifier(&self) -> Option<&dyn Verifier> {
        self.verify.as_ref().map(|verify| verify as &dyn Verifier)
    }
}
