//! Sending SMS: one trait, one file per way.

pub mod console;
pub mod message;
pub mod signature;
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

/// A message about to be sent.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// To whom.
    pub to: &'a Phone,
    /// What it says.
    pub body: &'a str,
    /// The address of ours to which the sender tells what becomes of it.
    pub report_to: Option<&'a str>,
}

/// What the sender said to a message that it took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Its name for the message, where it has one: its reports name it.
    pub sid: Option<String>,
}

/// Something that sends text messages.
#[async_trait]
pub trait Sms: Send + Sync {
    /// Hands one message over to be sent.
    ///
    /// # Errors
    /// [`SmsError`]: nothing was sent.
    async fn hand_over(&self, message: &Outgoing<'_>) -> Result<Handed, SmsError>;

    /// The same without asking what becomes of it.
    ///
    /// # Errors
    /// As [`Sms::hand_over`].
    async fn send(&self, to: &Phone, body: &str) -> Result<(), SmsError> {
        self.hand_over(&Outgoing { to, body, report_to: None }).await.map(drop)
    }
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
