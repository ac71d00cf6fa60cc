//! Twilio's Messages API.

use super::{Sms, SmsError};
use crate::{
    model::phone::Phone,
    server::config::{ConfigError, Twilio},
};
use async_trait::async_trait;

/// Sends through one account.
pub struct TwilioSms {
    account: Twilio,
}

impl TwilioSms {
    /// # Errors
    /// A sentence, when the HTTP client cannot be made.
    pub fn new(account: Twilio) -> Result<TwilioSms, ConfigError> {
        Ok(TwilioSms { account })
    }
}

#[async_trait]
impl Sms for TwilioSms {
    async fn send(&self, _to: &Phone, _body: &str) -> Result<(), SmsError> {
        Err(SmsError::Unavailable(self.account.base_url.clone()))
    }
}
