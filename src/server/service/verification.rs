//! Codes sent by SMS. A code is bound to one phone and one order, or one try to sign in; it lives ten
//! minutes, serves once and may be tried five times. Only its keyed hash is stored, as four digits alone
//! are soon guessed, and its sealed text until it was sent.

use super::{Shop, sms_budget::Allowed};
use crate::{
    model::{
        error::{AppError, Conflict},
        field::FieldError,
        ids::OrderId,
        locale::Locale,
        message::Channel,
        order::{Order, Verification},
        phone::Phone,
        session::Customer,
        status::OrderStatus,
    },
    server::{
        clock::now,
        metrics::metrics,
        sealed, secrets,
        sms::{Checked, message},
        store::{
            Store,
            messages::NewCode,
            transaction::Aborted,
            verifications::{MAX_TRIES, NewProof, SentCode, Subject},
        },
    },
};
use mongodb::ClientSession;
use std::sync::Arc;

/// How long a code lives, in seconds.
pub const LIFETIME: i64 = 600;

/// After the second SMS of an order, how many seconds must pass before another.
const WAIT: i64 = 30;

/// An order stays pending this long after its code ended, for the last try under way.
pub(super) const GRACE: i64 = 30;

/// A code about to be written down: what proves it, and the message that takes it to its phone.
#[derive(Clone)]
pub(super) struct Code {
    proof: NewProof,
    pub(super) message: NewCode,
}

impl Code {
    /// Writes the first code of an order that is stored in the same transaction.
    pub(super) async fn begin(&self, store: &Store, session: &mut ClientSession) -> Result<(), Aborted> {
        store.verifications.begin(session, &self.proof).await?;
        store.messages.begin_code(session, &self.message).await
    }

    /// Writes the code and its message, in the place of those before. Says whether it did: not when
    /// another request was faster.
    pub(super) async fn write(
        &self,
        store: &Store,
        session: &mut ClientSession,
        sends: u32,
    ) -> Result<bool, Aborted> {
        let written = store.verifications.replace(session, &self.proof, sends).await?;
        if written {
            store.messages.queue_code(session, &self.message).await?;
        }
        Ok(written)
    }
}

/// How a code is asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// In which language.
    pub l: Locale,
    /// By which address.
    pub address: &'a str,
    /// How it is to come.
    pub channel: Channel,
}

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
        self.send_code(phone, order, l, address, Channel::Sms).await
    }

    pub(super) async fn send_code(
        &self,
        phone: &str,
        order: &OrderId,
        l: Locale,
        address: &str,
        channel: Channel,
    ) -> Result<Verification, AppError> {
        let order = self.order_of_phone(phone, order).await?;
        if order.status != OrderStatus::Pending {
            return Err(AppError::Conflict { conflict: Conflict::NotPending });
        }
        let (subject, asked) = (Subject::Order(order.id), Asked { l, address, channel });
        if channel == Channel::Call {
            let sent = self.store.verifications.of(&subject).await?;
            // Whatever was sent last first gets the time to arrive.
            if let Some(retry_after) = sent.as_ref().map(wait).filter(|wait| *wait > 0) {
                return Err(AppError::RateLimited { retry_after });
            }
            if !self.sms.calls() {
                return Err(AppError::SmsUnavailable);
            }
        }
        self.send_code_for(&subject, &order.customer_phone, asked).await
    }

    /// Sends a code, or another one in the place of the last, within the budget of SMS.
    pub(super) async fn send_code_for(
        &self,
        subject: &Subject,
        phone: &Phone,
        asked: Asked<'_>,
    ) -> Result<Verification, AppError> {
        // Whoever does not stop asking costs nothing.
        self.pace.still_waits(asked.address, now())?;
        self.check_not_blocked(phone).await?;
        let last = self.store.verifications.of(subject).await?;
        if let Some(wait) = last.as_ref().map(wait).filter(|wait| *wait > 0)
            && last.as_ref().is_some_and(|last| last.sends > 1)
        {
            return Err(AppError::RateLimited { retry_after: wait });
        }
        let sends = last.map_or(0, |last| last.sends);
        let code = self.new_code(subject, phone, asked)?;
        let budget = match self.take_code(phone, asked.address, self.cost_of_code(asked.channel)).await? {
            Allowed::Yes(budget) => budget,
            Allowed::Spent(retry_after) => return Err(AppError::RateLimited { retry_after }),
        };
        match self.replace_code(&code, sends).await {
            // The request that was faster has written one.
            Ok(false) => self.give_back(&budget).await,
            Ok(true) => self.send_code_now(code.message.id, budget).await?,
            Err(error) => {
                self.give_back(&budget).await;
                return Err(error);
            }
        }
        let sent = self.store.verifications.of(subject).await?;
        sent.as_ref().map(told).ok_or(AppError::Internal)
    }

    /// Draws a code and writes its message, unless a verifier does both.
    pub(super) fn new_code(
        &self,
        subject: &Subject,
        phone: &Phone,
        Asked { l, address, channel }: Asked<'_>,
    ) -> Result<Code, AppError> {
        let (id, ends) = (NewCode::new_id()?, now().plus_seconds(LIFETIME));
        let (code_hash, sealed) = if self.sms.verifier().is_some() {
            (None, None)
        } else {
            let code = self.draw_code();
            let text = match channel {
                Channel::Sms => message::code(l, &code, self.config.public_url.as_deref()),
                Channel::Call => code.clone(),
            };
            let sealed = sealed::seal(&self.config.session_key, id.as_str(), text.as_bytes())?;
            (Some(self.code_hash(subject, phone, &code)), Some(sealed))
        };
        let (subject, phone) = (subject.clone(), phone.clone());
        let message = NewCode { id, subject: subject.clone(), to: phone.clone(), sealed, channel, l, ends };
        let proof = NewProof { subject, phone, code_hash, counted: self.counted(address), ends };
        Ok(Code { proof, message })
    }

    /// Says whether it was this request that wrote it, and not another at the same time.
    async fn replace_code(&self, code: &Code, sends: u32) -> Result<bool, AppError> {
        let (store, code) = (self.store.clone(), Arc::new(code.clone()));
        let written = self.store.transaction(move |session| {
            let (store, code) = (store.clone(), Arc::clone(&code));
            Box::pin(async move {
                let ends = code.message.ends;
                if let Subject::Order(order) = &code.message.subject {
                    // The order must outlive its code.
                    store.orders.wait_until(session, order, ends.plus_seconds(GRACE)).await?;
                }
                code.write(&store, session, sends).await
            })
        });
        match written.await {
            Err(AppError::Conflict { conflict: Conflict::Duplicate { .. } }) => Ok(false),
            written => written,
        }
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
        self.confirm_order(self.order_of_phone(phone, order).await?, code).await
    }

    /// The same for an order that its customer was shown.
    ///
    /// # Errors
    /// As [`Shop::confirm`].
    pub async fn confirm_order(&self, order: Order, code: &str) -> Result<Confirmed, AppError> {
        if order.status != OrderStatus::Pending {
            return Err(AppError::Conflict { conflict: Conflict::NotPending });
        }
        self.check_not_blocked(&order.customer_phone).await?;
        let subject = Subject::Order(order.id.clone());
        self.check_code(&subject, &order.customer_phone, code).await?;
        crate::server::failpoint::reached("confirm.code_checked");
        let order = self.confirm_verified(&order).await?;
        crate::server::failpoint::reached("confirm.committed");
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
        let checked = self.check_once(subject, phone, code).await;
        match &checked {
            Err(AppError::WrongCode { .. }) => {
                metrics().sms.wrong.inc();
            }
            Err(AppError::CodeExpired) => {
                metrics().sms.expired.inc();
            }
            _ => {}
        }
        checked
    }

    async fn check_once(&self, subject: &Subject, phone: &Phone, code: &str) -> Result<(), AppError> {
        let code = read_code(code, self.config.otp_digits)?;
        let sent = self.store.verifications.try_once(subject, phone).await?.ok_or(AppError::CodeExpired)?;
        let hash = self.code_hash(subject, phone, &code);
        let right = match (&sent.code_hash, self.sms.verifier()) {
            (Some(right), _) => secrets::same(right, &hash),
            (None, Some(verifier)) => match verifier.check(phone, sent.verify_sid.as_deref(), &code).await? {
                Checked::Right => {
                    self.store.verifications.was_right(subject, &hash).await?;
                    true
                }
                Checked::Wrong => false,
                Checked::Over => return Err(AppError::CodeExpired),
            },
            // Made by a verifier that this shop has no more.
            (None, None) => return Err(AppError::CodeExpired),
        };
        if !right {
            return Err(AppError::WrongCode { tries_left: MAX_TRIES.saturating_sub(sent.tries) });
        }
        self.code_was_entered(sent.counted.as_ref(), sent.sends).await;
        Ok(())
    }

    pub(super) async fn order_of_phone(&self, phone: &str, order: &OrderId) -> Result<Order, AppError> {
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
