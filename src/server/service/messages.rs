//! Messages to customers: which there are, and what the producer can do about them. They are sent by
//! [`super::outbox`].

use super::{Shop, sms_budget::Spent};
use crate::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::MessageId,
        message::{Message, Occasion},
        order::Order,
        page::{Page, Paging},
        sms_watch::SmsWatch,
        status::OrderStatus,
    },
    server::store::messages::NewMessage,
};

impl Shop {
    /// The message of a step that an order takes, if one is sent. An order that was not confirmed was
    /// perhaps placed with somebody else's number: that it is cancelled is told to nobody.
    pub(super) async fn message_of_step(
        &self,
        order: &Order,
        to: OrderStatus,
    ) -> Result<Option<NewMessage>, AppError> {
        match Occasion::of(to) {
            Some(Occasion::Cancelled) if order.status == OrderStatus::Pending => Ok(None),
            Some(occasion) => self.message_about(order.into(), occasion, None).await,
            None => Ok(None),
        }
    }

    /// Messages that were given up, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn given_up(&self, paging: Paging) -> Result<Page<Message>, AppError> {
        self.store.messages.given_up(paging).await
    }

    /// How it goes with SMS: does the sender refuse the shop, what was spent, which codes come back?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn sms_watch(&self) -> Result<SmsWatch, AppError> {
        let refused = self.store.messages.last_refused().await?.is_some();
        let Spent { today, conversion } = self.spent().await?;
        let (budget, price) = (self.config.sms_budget, self.config.sms_price);
        Ok(SmsWatch { refused, spent: today, budget, price, conversion })
    }

    /// Puts a message that failed in the queue again. A code is not sent again so: its customer asks for
    /// another.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or a conflict when it has not failed.
    pub async fn send_again(&self, id: &MessageId) -> Result<Message, AppError> {
        if let Some(message) = self.store.messages.again(id).await? {
            return Ok(message);
        }
        match self.store.messages.by_id(id).await? {
            Some(_) => Err(AppError::Conflict { conflict: Conflict::NotFailed }),
            None => Err(AppError::missing(Missing::Message)),
        }
    }
}
