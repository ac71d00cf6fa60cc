//! Codes sent by SMS. A code is bound to one phone and one order, or one
//! try to sign in; it lives ten minutes, serves once
//! and may be tried five times. Only its keyed hash is stored: four digits alone are soon guessed.

use super::Shop;
use crate::{
    model::{
        error::{AppError, Conflict},
        field::FieldError,
        ids::OrderId,
        locale::Locale,
        order::{Order, Verification},
        phone::Phone,
        session::Customer,
        status::OrderStatus,
    },
    server::{
        clock::now,
        secrets,
        sms::message,
        store::verifications::{MAX_TRIES, SentCode, Subject},
    },
};

/// How long a code lives, in seconds.
pub const LIFETIME: i64 = 600;

/// After the second SMS of an order, how many seconds must pass before another.
const WAIT: i64 = 30;

/// An order stays pending this long after its code ended, for the last try under way.
pub(super) const GRACE: i64 = 30;

/// An order that its customer has confirmed, and the token of the session that this opens.
pub struct Confirmed {
    /// The order.
    pub order: Order,
    /// The session's secret; only its hash is stored.
    pub token: String,
}

impl Shop {
    /// Sends the code of a pending order, or sends a new one: then the old one ends.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the phone is not the order's, a conflict when the order is not
    /// pending, [`AppError::RateLimited`], [`AppError::SmsUnavailable`].
    pub async fn send_code_again(
        &self,
        phone: &str,
        order: &OrderId,
        l: Locale,
        address: &str,
    ) -> Result<Verification, AppError> {
        let order = self.order_of_phone(phone, order).await?;
        self.send_code(&order, l, address).await
    }

    pub(super) async fn send_code(
        &self,
        order: &Order,
        l: Locale,
        address: &str,
    ) -> Result<Verification, AppError> {
        if order.status != OrderStatus::Pending {
            return Err(AppError::Conflict { conflict: Conflict::NotPending });
        }
        self.send_code_for(&Subject::Order(order.id.clone()), &order.customer_phone, l, address).await
    }

    /// Sends a code, or another one in the place of the last, within the budget of SMS.
    pub(super) async fn send_code_for(
        &self,
        subject: &Subject,
        phone: &Phone,
        l: Locale,
        address: &str,
    ) -> Result<Verification, AppError> {
        let last = self.store.verifications.of(subject).await?;
        if let Some(wait) = last.as_ref().map(wait).filter(|wait| *wait > 0)
            && last.as_ref().is_some_and(|last| last.sends > 1)
        {
            return Err(AppError::RateLimited { retry_after: wait });
        }
        let sends = last.map_or(0, |last| last.sends);
        let budget = self.take_sms(phone, address).await?;
        // What did not go out costs nothing.
        match self.send_new_code(subject, phone, l, sends).await {
            Ok(true) => {}
            Ok(false) => self.give_back(&budget).await,
            Err(error) => {
                self.give_back(&budget).await;
                return Err(error);
            }
        }
        let sent = self.store.verifications.of(subject).await?;
        sent.as_ref().map(told).ok_or(AppError::Internal)
    }

    /// Says whether it was this request that sent it, and not another at the same time.
    async fn send_new_code(
        &self,
        subject: &Subject,
        phone: &Phone,
        l: Locale,
        sends: u32,
    ) -> Result<bool, AppError> {
        let code = self.draw_code();
        let expires_at = now().plus_seconds(LIFETIME);
        let hash = self.code_hash(subject, phone, &code);
        if let Subject::Order(order) = subject {
            // The order must outlive its code, so it is told first.
            self.store.orders.wait_until(order, expires_at.plus_seconds(GRACE)).await?;
        }
        if !self.store.verifications.replace(subject, phone, &hash, sends, expires_at).await? {
            return Ok(false);
        }
        let text = message::code(l, &code, self.config.public_url.as_deref());
        if let Err(error) = self.sms.send(phone, &text).await {
            // A try to sign in is itself a secret.
            let order = matches!(subject, Subject::Order(_)).then(|| subject.key());
            tracing::error!(order, ?error, "the code could not be sent");
            self.store.verifications.not_sent(subject).await?;
            return Err(error.into());
        }
        Ok(true)
    }

    /// What the customer may know about the code of an order.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn verification(&self, order: &OrderId) -> Result<Option<Verification>, AppError> {
        let sent = self.store.verifications.of(&Subject::Order(order.clone())).await?;
        Ok(sent.as_ref().map(told))
    }

    /// Confirms an order with its code, empties the cart, and opens a session for the phone.
    ///
    /// # Errors
    /// [`AppError::WrongCode`], [`AppError::CodeExpired`], [`AppError::NotFound`] when the phone is
    /// not the order's, a conflict when the order is not pending.
    pub async fn confirm(&self, phone: &str, order: &OrderId, code: &str) -> Result<Confirmed, AppError> {
        let order = self.order_of_phone(phone, order).await?;
        if order.status != OrderStatus::Pending {
            return Err(AppError::Conflict { conflict: Conflict::NotPending });
        }
        let subject = Subject::Order(order.id.clone());
        self.check_code(&subject, &order.customer_phone, code).await?;
        let order = self.confirm_verified(&order).await?;
        self.store.verifications.take(&subject).await?;
        let customer = Customer { phone: order.customer_phone.clone(), name: order.customer_name.clone() };
        let token = self.open_session(&customer).await?;
        Ok(Confirmed { order, token })
    }

    /// Is this the code of a subject? Counts a try.
    pub(super) async fn check_code(
        &self,
        subject: &Subject,
        phone: &Phone,
        code: &str,
    ) -> Result<(), AppError> {
        let code = read_code(code, self.config.otp_digits)?;
        let sent = self.store.verifications.try_once(subject, phone).await?.ok_or(AppError::CodeExpired)?;
        if secrets::same(&sent.code_hash, &self.code_hash(subject, phone, &code)) {
            Ok(())
        } else {
            Err(AppError::WrongCode { tries_left: MAX_TRIES.saturating_sub(sent.tries) })
        }
    }

    async fn order_of_phone(&self, phone: &str, order: &OrderId) -> Result<Order, AppError> {
        let phone = super::phone::read(phone).ok_or(AppError::field("phone_number", FieldError::Phone))?;
        let stored = self.store.orders.by_id(order).await?;
        if stored.order.customer_phone == phone {
            Ok(stored.order)
        } else {
            Err(AppError::missing(crate::model::error::Missing::Order))
        }
    }

    fn draw_code(&self) -> String {
        let digits = self.config.otp_digits;
        let number = rand::random_range(0..10_u32.pow(digits));
        format!("{number:0width$}", width = digits as usize)
    }

    fn code_hash(&self, subject: &Subject, phone: &Phone, code: &str) -> String {
        self.config.session_key.mac(&["code", subject.key(), phone.as_str(), code])
    }
}

/// What the customer may know of a code.
pub(super) fn told(sent: &SentCode) -> Verification {
    Verification { resend_after: wait(sent), expires_at: sent.expires_at }
}

/// Seconds until another code may be asked for.
fn wait(sent: &SentCode) -> u32 {
    let passed = now().seconds_since(sent.sent_at);
    u32::try_from((WAIT - passed).max(0)).unwrap_or(0)
}

/// A code as people type it from a message: so many digits, with any spaces between them.
fn read_code(code: &str, digits: u32) -> Result<String, AppError> {
    let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
    match code.len() {
        0 => Err(AppError::field("code", FieldError::Required)),
        length if length == digits as usize && code.bytes().all(|b| b.is_ascii_digit()) => Ok(code),
        _ => Err(AppError::field("code", FieldError::Format)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn only_digits_pass(text in strange::nearly("[0-9 ]{3,9}"), digits in 4..=8u32) {
            if let Ok(code) = read_code(&text, digits) {
                prop_assert!(code.len() == digits as usize && code.bytes().all(|b| b.is_ascii_digit()));
                prop_assert_eq!(read_code(&code, digits), Ok(code.clone()));
                prop_assert_eq!(text.split_whitespace().collect::<String>(), code);
            }
        }

        #[test]
        fn spaces_do_not_matter(code in "[0-9]{4}", place in 0..=4usize) {
            let (begin, end) = code.split_at(place);
            prop_assert_eq!(read_code(&format!(" {begin}\u{a0}{end}\n"), 4), Ok(code));
        }
    }
}
