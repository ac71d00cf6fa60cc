//! Sending SMS: one trait, one file per way.

pub mod console;
pub mod message;
pub mod twilio;
pub mod twilio_account;

use crate::{
    model::{error::AppError, field::FieldError, phone::Phone},
    server::config::{Config, SmsBackend},
};
use async_trait::async_trait;
use std::sync::Arc;

/// Why a message was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SmsError {
    /// This number cannot receive an SMS: the customer must give another.
    BadNumber,
    /// Trying again later can help: overload, time-out, fault at the other end.
    Unavailable(String),
    /// Our own fault: credentials, sender, permissions. Trying again does not help; the producer
    /// must act.
    Misconfigured(String),
}

impl From<SmsError> for AppError {
    fn from(error: SmsError) -> AppError {
        match error {
            SmsError::BadNumber => AppError::field("phone", FieldError::Phone),
            SmsError::Unavailable(_) | SmsError::Misconfigured(_) => AppError::SmsUnavailable,
        }
    }
}

/// Something that sends text messages.
#[async_trait]
pub trait Sms: Send + Sync {
    /// Hands one message over to be sent.
    ///
    /// # Errors
    /// [`SmsError`]: nothing was sent.
    async fn send(&self, to: &Phone, body: &str) -> Result<(), SmsError>;
}

/// The sender that the configuration asks for.
///
/// # Errors
/// A sentence, when the HTTP client cannot be made.
pub fn sender(config: &Config) -> Result<Arc<dyn Sms>, crate::server::config::ConfigError> {
    Ok(match &config.sms {
        SmsBackend::Console { outbox } => Arc::new(console::Console::new(outbox.clone())),
        SmsBackend::Twilio(account) => Arc::new(twilio::TwilioSms::new(account.clone())?),
    })
}
