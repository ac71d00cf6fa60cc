//! What Twilio tells of messages that it took. Anybody can call the address; only what is signed with
//! the account's token counts (docs/decisions/0034).

use super::Shop;
use crate::{
    model::{
        error::AppError,
        ids::MessageId,
        message::{MessageFailure, Report},
    },
    server::{
        config::SmsBackend,
        sms::{signature, twilio},
    },
};

/// Where reports come in; the message's id follows.
pub const REPORTS: &str = "/sms/reports";

impl Shop {
    /// The address to which what becomes of a message is told. A shop that has no public address
    /// cannot be told.
    pub(super) fn report_address(&self, message: &MessageId) -> Option<String> {
        let url = self.config.public_url.as_deref()?;
        Some(format!("{url}{REPORTS}/{message}"))
    }

    /// Takes a report, however often and in whatever order it comes.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] when it is not signed, [`AppError::Database`].
    pub async fn take_report(
        &self,
        message: &MessageId,
        fields: &[(String, String)],
        signed: &str,
    ) -> Result<(), AppError> {
        let (SmsBackend::Twilio(account), Some(address)) = (&self.config.sms, self.report_address(message))
        else {
            return Err(AppError::Forbidden);
        };
        if !signature::is_signed(&account.auth_token, &address, fields, signed) {
            return Err(AppError::Forbidden);
        }
        let field = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| &**value);
        let (sid, report) = match field("CallSid") {
            Some(call) => (Some(call), field("CallStatus").and_then(Report::of_call)),
            None => (field("MessageSid"), field("MessageStatus").and_then(Report::of_status)),
        };
        // What is signed and not understood is no reason for Twilio to say it again.
        let (Some(sid), Some(report)) = (sid.filter(|sid| twilio::is_reported(sid)), report) else {
            return Ok(());
        };
        let failure = (report == Report::Undelivered).then(|| {
            let code = field("ErrorCode").and_then(|code| code.parse().ok());
            code.map_or(MessageFailure::Unavailable, twilio::failure)
        });
        let code = self.store.messages.report(message, sid, report, failure).await?;
        if let (Some(subject), Some(failure)) = (code, failure) {
            tracing::warn!(%message, ?failure, "a code did not arrive");
            // Another may be asked for at once.
            self.store.verifications.not_sent(&subject).await?;
        }
        Ok(())
    }
}
