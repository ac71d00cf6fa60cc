//! When no code comes by SMS: first a call that tells one (docs/decisions/0039), then the shop calls. Then the
//! order waits with a mark, and whoever works there calls the number and confirms by hand
//! (docs/decisions/0035).

use super::Shop;
use crate::{
    model::{
        error::{AppError, Conflict},
        ids::OrderId,
        locale::Locale,
        message::{Channel, Message, MessageFailure, MessageKind, MessageState, Report},
        order::{CodeProgress, Order, Verification, Waiting},
        phone::Phone,
        status::OrderStatus,
    },
    server::{
        clock::now,
        store::{
            rate_limits::{Limit, Per, Share},
            verifications::{SentCode, Subject},
        },
    },
};

/// How long an order waits for the call, in seconds: over a night.
pub const CALL_WAIT: i64 = 12 * 3600;

/// How many calls a number may ask for in a day, and an address: each holds what is ordered.
const PER_PHONE: u32 = 2;
const PER_ADDRESS: u32 = 5;
const PER_NETWORK: u32 = 20;

/// After so many codes nobody has to be told one by a call before a person calls.
const ENOUGH_CODES: u32 = 3;

impl Shop {
    /// What the customer of an order that waits for its code may know.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn waiting(&self, order: &Order) -> Result<Waiting, AppError> {
        if order.status != OrderStatus::Pending {
            return Ok(Waiting::default());
        }
        let sent = self.store.verifications.of(&Subject::Order(order.id.clone())).await?;
        let messages = self.store.messages.of_order(&order.id).await?;
        let code = messages.iter().rev().find(|message| message.kind == MessageKind::Code);
        let chance = had_its_chance(sent.as_ref()).is_ok();
        Ok(Waiting {
            verification: sent.as_ref().map(super::verification::told),
            progress: code.map(progress),
            channel: code.map(|code| code.channel).unwrap_or_default(),
            may_ring: !order.call_back && self.sms.calls(),
            may_call: chance && !order.call_back && self.may_call(sent.as_ref(), &messages).await?,
        })
    }

    /// Has everything been tried that does without a person?
    async fn may_call(&self, sent: Option<&SentCode>, messages: &[Message]) -> Result<bool, AppError> {
        let rung = messages.iter().any(|message| message.channel == Channel::Call);
        let enough = sent.is_some_and(|sent| sent.sends >= ENOUGH_CODES);
        Ok(rung || enough || !self.sms.calls() || self.nothing_left().await?)
    }

    /// Has a call tell a new code, in the place of the last.
    ///
    /// # Errors
    /// As [`Shop::send_code_again`]; [`AppError::RateLimited`] also when an SMS has hardly had the time to
    /// arrive.
    pub async fn ring_with_code(
        &self,
        phone: &str,
        order: &OrderId,
        l: Locale,
        address: &str,
    ) -> Result<Verification, AppError> {
        self.send_code(phone, order, l, address, Channel::Call).await
    }

    /// Asks to be called in the place of a code.
    ///
    /// # Errors
    /// [`AppError::NotFound`] when the phone is not the order's, a conflict when the order is not pending,
    /// [`AppError::RateLimited`] when an SMS has hardly had the time to arrive, or too many calls were
    /// asked for.
    pub async fn ask_for_call(&self, phone: &str, order: &OrderId, address: &str) -> Result<Order, AppError> {
        let order = self.order_of_phone(phone, order).await?;
        let over = || AppError::Conflict { conflict: Conflict::NotPending };
        if order.status != OrderStatus::Pending {
            return Err(over());
        }
        if order.call_back {
            return Ok(order);
        }
        self.check_not_blocked(&order.customer_phone).await?;
        let sent = self.store.verifications.of(&Subject::Order(order.id.clone())).await?;
        had_its_chance(sent.as_ref())?;
        let messages = self.store.messages.of_order(&order.id).await?;
        if !self.may_call(sent.as_ref(), &messages).await? {
            return Err(AppError::Conflict { conflict: Conflict::RingFirst });
        }
        self.take_call(&order.customer_phone, address).await?;
        let marked = self.store.orders.ask_for_call(&order.id, now().plus_seconds(CALL_WAIT)).await?;
        tracing::info!(order = %order.number, "a customer waits to be called");
        marked.ok_or_else(over)
    }

    /// Counts a call that is asked for.
    ///
    /// # Errors
    /// [`AppError::RateLimited`].
    pub(super) async fn take_call(&self, phone: &Phone, address: &str) -> Result<(), AppError> {
        let key = |parts: &[&str]| format!("call:{}", self.config.session_key.mac(parts));
        let day = |most| Limit { most, per: Per::Day };
        let network = super::sms_budget::network(address);
        let limits = [
            Share::one(key(&["call", phone.as_str()]), day(PER_PHONE)),
            Share::one(key(&["call of address", address]), day(PER_ADDRESS)),
            Share::one(key(&["call of network", &network]), day(PER_NETWORK)),
        ];
        self.take(&limits).await
    }
}

/// Nothing else before an SMS has had its chance: the first was asked for again, or did not leave or arrive,
/// or has ended.
///
/// # Errors
/// [`AppError::RateLimited`] until then.
fn had_its_chance(sent: Option<&SentCode>) -> Result<(), AppError> {
    let Some(sent) = sent else { return Ok(()) };
    match super::verification::told(sent).resend_after {
        retry_after @ 1.. if !sent.failed() && sent.sends < 2 => Err(AppError::RateLimited { retry_after }),
        _ => Ok(()),
    }
}

fn progress(code: &Message) -> CodeProgress {
    match (code.state, code.report, code.failure) {
        (MessageState::Failed, _, Some(MessageFailure::BadNumber))
        | (MessageState::Sent, Some(Report::Undelivered), Some(MessageFailure::BadNumber)) => {
            CodeProgress::BadNumber
        }
        (MessageState::Sent, Some(Report::Undelivered), _) => CodeProgress::NotArrived,
        (MessageState::Sent, Some(Report::Delivered), _) => CodeProgress::Delivered,
        (MessageState::Failed, ..) => CodeProgress::Failed,
        (MessageState::Queued, _, Some(_)) => CodeProgress::TryingAgain,
        _ => CodeProgress::OnItsWay,
    }
}
