//! Messages to customers are sent by a worker, after the transaction that they stand in. Several
//! instances may work at once: a message is claimed by one of them.

use super::Shop;
use crate::{
    model::{
        error::{AppError, Conflict, Missing},
        ids::MessageId,
        message::{Message, MessageFailure, Occasion, USEFUL, pause_after},
        order::Order,
        status::OrderStatus,
        time::Timestamp,
    },
    server::{
        clock::now,
        sms::SmsError,
        store::messages::{NewMessage, Outcome},
    },
};
use std::time::Duration;

/// How often the worker looks.
const EVERY: Duration = Duration::from_secs(3);

/// When the budget of SMS is used up, it is asked again after this many seconds at the latest: a
/// customer who needs a code goes first.
const BUDGET_AGAIN: i64 = 3600;

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

    /// Sends all messages that are due; says how many were sent. The clock is asked for each message,
    /// as sending one may take a while.
    ///
    /// # Errors
    /// [`AppError::Database`]. A message that was claimed then waits for the end of its lease.
    pub async fn send_due(&self, clock: impl Fn() -> Timestamp) -> Result<usize, AppError> {
        let mut sent = 0;
        while let Some(message) = self.store.messages.claim(clock()).await? {
            let outcome = self.try_to_send(&message, clock()).await?;
            self.store.messages.settle(&message, outcome).await?;
            sent += usize::from(outcome == Outcome::Sent);
            if let Outcome::Failed(failure) = outcome {
                // Neither the number nor the text: a log is read by many.
                tracing::warn!(message = %message.id, ?failure, "a message to a customer was given up");
            }
        }
        Ok(sent)
    }

    async fn try_to_send(&self, message: &Message, at: Timestamp) -> Result<Outcome, AppError> {
        let status = self.store.orders.status_of(&message.order).await?;
        if !status.is_some_and(|status| message.occasion.holds(status)) {
            return Ok(Outcome::Withdrawn);
        }
        if at.seconds_since(message.queued_at) > USEFUL {
            return Ok(Outcome::Failed(message.failure.unwrap_or(MessageFailure::TooLate)));
        }
        let budget = match self.take_message(&message.to).await {
            Ok(budget) => budget,
            Err(AppError::RateLimited { retry_after }) => {
                let pause = i64::from(retry_after).min(BUDGET_AGAIN);
                return Ok(Outcome::Again(MessageFailure::Budget, at.plus_seconds(pause)));
            }
            Err(error) => return Err(error),
        };
        let Err(error) = self.sms.send(&message.to, &message.body).await else { return Ok(Outcome::Sent) };
        // What did not go out costs nothing.
        self.give_back(&budget).await;
        Ok(match error {
            SmsError::BadNumber => Outcome::Failed(MessageFailure::BadNumber),
            SmsError::Misconfigured(_) => Outcome::Failed(MessageFailure::Misconfigured),
            SmsError::Unavailable(_) => match pause_after(message.tries) {
                Some(pause) => Outcome::Again(MessageFailure::Unavailable, at.plus_seconds(pause)),
                None => Outcome::Failed(MessageFailure::Unavailable),
            },
        })
    }

    /// Puts a message that failed in the queue again.
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

    /// Runs the worker until the process ends.
    pub async fn watch_messages(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            match self.send_due(now).await {
                Ok(0) => {}
                Ok(messages) => tracing::info!(messages, "messages to customers sent"),
                Err(error) => tracing::warn!(%error, "messages to customers could not be looked at"),
            }
        }
    }
}
