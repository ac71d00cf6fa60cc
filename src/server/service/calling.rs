//! When no code comes, the shop calls: the order waits with a mark, and whoever works there calls the
//! number and confirms by hand (docs/decisions/0035).

use super::Shop;
use crate::{
    model::{
        error::{AppError, Conflict},
        ids::OrderId,
        message::{Message, MessageFailure, MessageKind, MessageState, Report},
        order::{CodeProgress, Order, Waiting},
        phone::Phone,
        status::OrderStatus,
    },
    server::{
        clock::now,
        store::{
            rate_limits::{Limit, Per},
            verifications::{SentCode, Subject},
        },
    },
};

/// How long an order waits for the call, in seconds: over a night.
pub const CALL_WAIT: i64 = 12 * 3600;

/// How many calls a number may ask for in a day, and an address: each holds what is ordered.
const PER_PHONE: u32 = 2;
const PER_ADDRESS: u32 = 5;

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
        Ok(Waiting {
            verification: sent.as_ref().map(super::verification::told),
            progress: code.map(progress),
            may_call: !order.call_back && may_call(sent.as_ref()),
        })
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
        if !may_call(sent.as_ref()) {
            return Err(AppError::RateLimited {
                retry_after: sent.map_or(1, |sent| super::verification::told(&sent).resend_after.max(1)),
            });
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
        let limits = [
            (key(&["call", phone.as_str()]), Limit { most: PER_PHONE, per: Per::Day }),
            (key(&["call of address", address]), Limit { most: PER_ADDRESS, per: Per::Day }),
        ];
        self.take(limits.to_vec()).await.map(drop)
    }
}

/// Not before an SMS has had its chance: the first was asked for again, or did not leave or arrive, or
/// has ended.
fn may_call(sent: Option<&SentCode>) -> bool {
    sent.is_none_or(|sent| {
        sent.failed() || sent.sends > 1 || super::verification::told(sent).resend_after == 0
    })
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
