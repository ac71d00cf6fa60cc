//! Sending SMS: one trait, one file per way.

pub mod console;
pub mod message;
pub mod signature;
pub mod twilio;

use crate::{
    model::{error::AppError, field::FieldError, locale::Locale, message::Channel, phone::Phone},
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
    /// For now this number gets no more of them.
    TooOften(String),
}

/// How long a number waits that was sent as many as it may, in seconds: a verification of Twilio's lives ten
/// minutes, and so do its limits.
pub const TOO_OFTEN: u32 = 600;

impl From<SmsError> for AppError {
    fn from(error: SmsError) -> AppError {
        match error {
            SmsError::BadNumber => AppError::field("phone", FieldError::Phone),
            SmsError::TooOften(_) => AppError::RateLimited { retry_after: TOO_OFTEN },
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

/// A code about to be told by a call.
#[derive(Clone, Copy)]
pub struct Spoken<'a> {
    /// Who is called.
    pub to: &'a Phone,
    /// The code, of digits.
    pub code: &'a str,
    /// In which language.
    pub l: Locale,
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

    /// Can it call?
    fn calls(&self) -> bool {
        false
    }

    /// Calls a number and tells it a code.
    ///
    /// # Errors
    /// [`SmsError`]: nobody is called.
    async fn call(&self, call: &Spoken<'_>) -> Result<Handed, SmsError> {
        let _ = call;
        Err(SmsError::Misconfigured("this sender cannot call".into()))
    }

    /// Who makes codes and checks them in the shop's place, where somebody does.
    fn verifier(&self) -> Option<&dyn Verifier> {
        None
    }

    /// The same without asking what becomes of it.
    ///
    /// # Errors
    /// As [`Sms::hand_over`].
    async fn send(&self, to: &Phone, body: &str) -> Result<(), SmsError> {
        self.hand_over(&Outgoing { to, body, report_to: None }).await.map(drop)
    }
}

/// What a verifier says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It is the one, and serves no second time.
    Right,
    /// It is another.
    Wrong,
    /// There is none any more that could be right.
    Over,
}

/// Something that makes codes, takes them to phones and checks them.
#[async_trait]
pub trait Verifier: Send + Sync {
    /// Makes a code and takes it to a number. While one is alive, the same goes out again.
    ///
    /// # Errors
    /// [`SmsError`]: nothing was sent.
    async fn begin(&self, to: &Phone, channel: Channel, l: Locale) -> Result<Handed, SmsError>;

    /// Is this the code of a number? `sid` is the verifier's name for what [`Verifier::begin`] began,
    /// where it is known.
    ///
    /// # Errors
    /// [`SmsError`]: nobody knows.
    async fn check(&self, to: &Phone, sid: Option<&str>, code: &str) -> Result<Checked, SmsError>;
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
