//! Signing in by phone, without an order: a code by SMS, and then the same session that a confirmed
//! order opens. The shop answers the same whether it knows the number or not.

use super::{Shop, customers::SESSION, phone, verification::Asked};
use crate::{
    model::{
        error::AppError,
        field::FieldError,
        ids::SignInId,
        locale::Locale,
        message::Channel,
        order::Verification,
        session::{Customer, SignIn},
    },
    server::{clock::now, secrets, store::verifications::Subject},
};

impl Shop {
    /// Sends a code to a number. It works only with the id that is returned, so nobody else can use
    /// up its tries or put another in its place.
    ///
    /// # Errors
    /// A field error for the number, [`AppError::RateLimited`], [`AppError::SmsUnavailable`].
    pub async fn begin_sign_in(&self, phone: &str, l: Locale, address: &str) -> Result<SignInId, AppError> {
        if phone.trim().is_empty() {
            return Err(AppError::field("phone", FieldError::Required));
        }
        let phone = phone::read_for_code(phone, &self.config.sms_countries)
            .map_err(|error| AppError::field("phone", error))?;
        let attempt = SignInId::parse(&secrets::token()).map_err(|_| AppError::Internal)?;
        let asked = Asked { l, address, channel: Channel::Sms };
        self.send_code_for(&Subject::SignIn(attempt.clone()), &phone, asked).await?;
        Ok(attempt)
    }

    /// Sends another code in the place of the last.
    ///
    /// # Errors
    /// [`AppError::CodeExpired`] when there is none any more, [`AppError::RateLimited`],
    /// [`AppError::SmsUnavailable`].
    pub async fn send_sign_in_again(
        &self,
        attempt: &SignInId,
        l: Locale,
        address: &str,
    ) -> Result<Verification, AppError> {
        let subject = Subject::SignIn(attempt.clone());
        let sent = self.store.verifications.of(&subject).await?.ok_or(AppError::CodeExpired)?;
        self.send_code_for(&subject, &sent.phone, Asked { l, address, channel: Channel::Sms }).await
    }

    /// What whoever began to sign in may know of it.
    ///
    /// # Errors
    /// [`AppError::CodeExpired`].
    pub async fn sign_in(&self, attempt: &SignInId) -> Result<SignIn, AppError> {
        let sent = self.store.verifications.of(&Subject::SignIn(attempt.clone())).await?;
        let sent = sent.ok_or(AppError::CodeExpired)?;
        Ok(SignIn {
            phone: sent.phone.masked(),
            digits: self.config.otp_digits,
            resend_after: super::verification::told(&sent).resend_after,
        })
    }

    /// Opens a session for the number to which the code was sent; returns its token.
    ///
    /// # Errors
    /// [`AppError::WrongCode`], [`AppError::CodeExpired`], a field error for what can be no code.
    pub async fn finish_sign_in(&self, attempt: &SignInId, code: &str) -> Result<String, AppError> {
        let subject = Subject::SignIn(attempt.clone());
        let sent = self.store.verifications.of(&subject).await?.ok_or(AppError::CodeExpired)?;
        self.check_code(&subject, &sent.phone, code).await?;
        // Of two right tries at once one opens a session.
        if !self.store.verifications.take(&subject).await? {
            return Err(AppError::CodeExpired);
        }
        let known = self.store.users.customer(&sent.phone).await?;
        let customer =
            Customer { phone: sent.phone, name: known.map(|known| known.name).unwrap_or_default() };
        let token = secrets::token();
        // Only an order makes the shop remember somebody.
        let until = now().plus_seconds(SESSION);
        self.store.sessions.insert(secrets::token_hash(&token), &customer, until).await?;
        Ok(token)
    }
}
