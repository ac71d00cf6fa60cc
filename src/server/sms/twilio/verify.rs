//! Verify v2: Twilio makes the code, sends or tells it, and says whether one is right (operations
//! `CreateVerification` and `CreateVerificationCheck` of its OpenAPI; docs/decisions/0039).

use super::{
    super::{Checked, Handed, SmsError, Verifier},
    connection::{Answer, Connection, address, is_sid},
};
use crate::{
    model::{locale::Locale, message::Channel, phone::Phone},
    server::config::{ConfigError, VerifyService},
};
use async_trait::async_trait;
use reqwest::Url;
use serde::Deserialize;
use std::sync::Arc;

/// A verification, or the check of one.
#[derive(Deserialize)]
struct Verification {
    sid: String,
    status: String,
}

/// One service of an account.
pub(super) struct Verify {
    connection: Arc<Connection>,
    verifications: Url,
    checks: Url,
}

impl Verify {
    /// Prepares its addresses.
    ///
    /// # Errors
    /// A sentence, when `TWILIO_VERIFY_BASE_URL` is no address.
    pub fn new(connection: Arc<Connection>, service: &VerifyService) -> Result<Verify, ConfigError> {
        let of = |what| {
            let path = ["v2", "Services", &service.sid, what];
            address("TWILIO_VERIFY_BASE_URL", &service.base_url, &path)
        };
        Ok(Verify { verifications: of("Verifications")?, checks: of("VerificationCheck")?, connection })
    }
}

#[async_trait]
impl Verifier for Verify {
    async fn begin(&self, to: &Phone, channel: Channel, l: Locale) -> Result<Handed, SmsError> {
        let form = [("To", to.as_str()), ("Channel", channel.name()), ("Locale", l.tag())];
        let begun: Verification = self.connection.post(&self.verifications, &form, "").await?;
        if begun.status == "canceled" {
            return Err(SmsError::Unavailable("Twilio cancelled the verification".into()));
        }
        tracing::info!(sid = begun.sid, "verification begun at Twilio");
        Ok(Handed { sid: Some(begun.sid).filter(|sid| is_sid(sid, &["VE"])) })
    }

    async fn check(&self, to: &Phone, sid: Option<&str>, code: &str) -> Result<Checked, SmsError> {
        let which = sid.map_or(("To", to.as_str()), |sid| ("VerificationSid", sid));
        let answer = self.connection.ask(&self.checks, &[which, ("Code", code)], code).await;
        match answer {
            Ok(Answer::Done(Verification { status, .. })) => Ok(match status.as_str() {
                "approved" => Checked::Right,
                "pending" => Checked::Wrong,
                _ => Checked::Over,
            }),
            // Ended, approved before, or checked too often: another code is needed.
            Ok(Answer::NotThere) | Err(SmsError::TooOften(_)) => Ok(Checked::Over),
            Err(error) => Err(error),
        }
    }
}
