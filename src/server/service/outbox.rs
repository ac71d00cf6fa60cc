//! What is to be sent to customers is sent by a worker, after the transaction that it stands in. Several
//! instances may work at once: a message is claimed by one of them. A new code is claimed by the request
//! that made it, so that its customer has it at once and hears what is wrong with the number; the workers
//! take up what such a request has left (docs/decisions/0033).

use super::{
    Shop,
    patience::{SENDING, STEP, within},
    sms_budget::Budget,
};
use crate::{
    model::{
        error::AppError,
        fault::{Job, Place, code_of},
        field::FieldError,
        ids::MessageId,
        message::{Channel, Message, MessageFailure, MessageKind},
        message_times::pause_after,
        status::OrderStatus,
        time::Timestamp,
    },
    server::{
        clock::now,
        metrics::metrics,
        sealed,
        sms::{Handed, Outgoing, SmsError, Spoken, TOO_OFTEN},
        store::{
            messages::{Claimed, ClaimedCode, Outcome},
            verifications::Subject,
        },
    },
};
use std::time::Duration;
use tracing::Instrument;

/// How often the worker looks.
const EVERY: Duration = Duration::from_secs(3);

/// When the budget of SMS is used up, it is asked again after this many seconds at the latest: a
/// customer who needs a code goes first.
const BUDGET_AGAIN: i64 = 3600;

/// How long a customer waits to hear that the code has left. What takes longer goes on without them.
const PATIENCE: Duration = Duration::from_secs(6);

impl Shop {
    /// Sends all messages that are due; says how many were sent. The clock is asked for each message,
    /// as sending one may take a while.
    ///
    /// # Errors
    /// [`AppError::Database`]. A message that was claimed then waits for the end of its lease.
    pub async fn send_due(&self, clock: impl Fn() -> Timestamp) -> Result<usize, AppError> {
        let mut sent = 0;
        while let Some(claimed) = within(STEP, "messages", self.store.messages.claim(clock())).await? {
            let outcome = within(SENDING, "a message", self.send_claimed(&claimed, &clock)).await?;
            sent += usize::from(matches!(outcome, Outcome::Sent(_)));
        }
        Ok(sent)
    }

    async fn send_claimed(
        &self,
        claimed: &Claimed,
        clock: impl Fn() -> Timestamp,
    ) -> Result<Outcome, AppError> {
        let outcome = match self.why_not_now(claimed, clock()).await? {
            Some(outcome) => outcome,
            None => self.try_to_send(claimed, clock()).await?,
        };
        self.settle_message(claimed, &outcome).await?;
        Ok(outcome)
    }

    /// Sends a code that was just written, and is paid for. Whoever waits for it may leave: it is sent
    /// all the same.
    ///
    /// # Errors
    /// A field error when the number can receive none, [`AppError::RateLimited`] when it was sent as many as it
    /// may, [`AppError::SmsUnavailable`] when the code has not left; where that helps, it is tried again.
    pub(super) async fn send_code_now(&self, code: MessageId, paid: Budget) -> Result<(), AppError> {
        let shop = self.clone();
        let trying = async move { shop.claim_and_send(&code, paid).await };
        let trying = tokio::spawn(trying.in_current_span());
        let Ok(ended) = tokio::time::timeout(PATIENCE, trying).await else { return Ok(()) };
        match ended.map_err(|_| AppError::Internal)?? {
            Some(Outcome::Failed(MessageFailure::BadNumber, _)) => {
                Err(AppError::field("phone", FieldError::Phone))
            }
            Some(Outcome::Failed(MessageFailure::TooOften, _)) => {
                Err(AppError::RateLimited { retry_after: TOO_OFTEN })
            }
            Some(Outcome::Failed(..) | Outcome::Again(..)) => Err(AppError::SmsUnavailable),
            Some(Outcome::Sent(_) | Outcome::Withdrawn) | None => Ok(()),
        }
    }

    /// `None` when a worker has it, or another code came in its place.
    async fn claim_and_send(&self, code: &MessageId, paid: Budget) -> Result<Option<Outcome>, AppError> {
        let at = now();
        let Some(claimed) = self.store.messages.claim_code(code, at).await? else {
            self.give_back(&paid).await;
            return Ok(None);
        };
        let outcome = self.send_paid(&claimed, paid, at).await;
        self.settle_message(&claimed, &outcome).await?;
        Ok(Some(outcome))
    }

    /// Is a message not to be sent any more?
    async fn why_not_now(&self, claimed: &Claimed, at: Timestamp) -> Result<Option<Outcome>, AppError> {
        let message = &claimed.message;
        let wanted = match message.kind {
            MessageKind::Told(occasion) => {
                let status = match &message.order {
                    Some(order) => self.store.orders.status_of(order).await?,
                    None => None,
                };
                status.is_some_and(|status| occasion.holds(status))
            }
            MessageKind::Code => self.code_is_wanted(claimed).await?,
        };
        if at > message.useful_until {
            let failure = message.failure.unwrap_or(MessageFailure::TooLate);
            return Ok(Some(Outcome::Failed(failure, message.detail.clone())));
        }
        Ok((!wanted).then_some(Outcome::Withdrawn))
    }

    async fn code_is_wanted(&self, claimed: &Claimed) -> Result<bool, AppError> {
        let Some(code) = &claimed.code else { return Ok(false) };
        if let Subject::Order(order) = &code.subject
            && self.store.orders.status_of(order).await? != Some(OrderStatus::Pending)
        {
            return Ok(false);
        }
        Ok(self.store.verifications.of(&code.subject).await?.is_some())
    }

    async fn try_to_send(&self, claimed: &Claimed, at: Timestamp) -> Result<Outcome, AppError> {
        let message = &claimed.message;
        let cost = match &message.body {
            Some(text) => self.cost_of(text),
            None => self.cost_of_code(message.channel),
        };
        match self.take_message(&message.to, cost).await {
            Ok(budget) => Ok(self.send_paid(claimed, budget, at).await),
            Err(AppError::RateLimited { retry_after }) => {
                let pause = i64::from(retry_after).min(BUDGET_AGAIN);
                Ok(Outcome::Again(MessageFailure::Budget, at.plus_seconds(pause), None))
            }
            Err(error) => Err(error),
        }
    }

    async fn send_paid(&self, claimed: &Claimed, paid: Budget, at: Timestamp) -> Outcome {
        let message = &claimed.message;
        let error = match self.hand_over(claimed).await {
            Ok(handed) => return Outcome::Sent(handed.sid),
            Err(error) => error,
        };
        // What did not go out costs nothing.
        self.give_back(&paid).await;
        match error {
            SmsError::BadNumber => Outcome::Failed(MessageFailure::BadNumber, None),
            SmsError::TooOften(detail) => Outcome::Failed(MessageFailure::TooOften, Some(detail)),
            SmsError::Misconfigured(detail) => Outcome::Failed(MessageFailure::Misconfigured, Some(detail)),
            SmsError::Unavailable(detail) => {
                match pause_after(message.kind, message.tries, rand::random_range(0..=1000)) {
                    Some(pause) => {
                        Outcome::Again(MessageFailure::Unavailable, Timestamp(at.0 + pause), Some(detail))
                    }
                    None => Outcome::Failed(MessageFailure::Unavailable, Some(detail)),
                }
            }
        }
    }

    async fn hand_over(&self, claimed: &Claimed) -> Result<Handed, SmsError> {
        let message = &claimed.message;
        let address = self.report_address(&message.id);
        let (to, report_to) = (&message.to, address.as_deref());
        let missing = || SmsError::Misconfigured("a message without its text".into());
        let Some(code) = &claimed.code else {
            let body = message.body.as_deref().ok_or_else(missing)?;
            return self.sms.hand_over(&Outgoing { to, body, report_to }).await;
        };
        let Some(sealed) = &code.sealed else {
            let verifier = self.sms.verifier().ok_or_else(missing)?;
            return verifier.begin(to, message.channel, code.l).await;
        };
        // Sealed under a key that this shop has no more?
        let text =
            sealed::unseal(&self.config.session_key, message.id.as_str(), sealed).ok_or_else(missing)?;
        let text = String::from_utf8(text).map_err(|_| missing())?;
        match message.channel {
            Channel::Sms => self.sms.hand_over(&Outgoing { to, body: &text, report_to }).await,
            Channel::Call => self.sms.call(&Spoken { to, code: &text, l: code.l, report_to }).await,
        }
    }

    /// Notes what came of a try, also for whoever looks at the page where a code is entered.
    async fn settle_message(&self, claimed: &Claimed, outcome: &Outcome) -> Result<(), AppError> {
        crate::server::failpoint::reached("sms.handed_over");
        let mine = self.store.messages.settle(&claimed.message, outcome).await?;
        log(&claimed.message, outcome);
        metrics().sms.ended(&claimed.message, outcome);
        if let Outcome::Failed(failure, _) = outcome {
            self.note_fault(code_of(*failure), Place::Message, None);
        }
        if let Some(ClaimedCode { subject, sealed, .. }) = claimed.code.as_ref().filter(|_| mine) {
            if let (Outcome::Sent(Some(sid)), None) = (outcome, sealed) {
                self.store.verifications.begun(subject, sid).await?;
            }
            match outcome {
                Outcome::Sent(_) if claimed.message.tries > 1 => {
                    self.store.verifications.sent_late(subject).await?;
                }
                Outcome::Again(..) | Outcome::Failed(..) => {
                    self.store.verifications.not_sent(subject).await?;
                }
                Outcome::Sent(_) | Outcome::Withdrawn => {}
            }
        }
        Ok(())
    }

    /// Runs the worker until the process ends.
    pub async fn watch_messages(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            match self.job_ended(Job::Messages, self.send_due(now).await) {
                Ok(0) => {}
                Ok(messages) => tracing::info!(messages, "messages to customers sent"),
                Err(error) => tracing::warn!(%error, "messages to customers could not be looked at"),
            }
        }
    }
}

/// Neither the number nor the text, as a log is read by many.
fn log(message: &Message, outcome: &Outcome) {
    let (id, kind) = (&message.id, message.kind.name());
    match outcome {
        Outcome::Failed(failure @ MessageFailure::Misconfigured, detail) => {
            tracing::error!(message = %id, kind, ?failure, detail, "a message was given up: the sender refuses us");
        }
        Outcome::Failed(failure, detail) => {
            tracing::warn!(message = %id, kind, ?failure, detail, "a message to a customer was given up");
        }
        Outcome::Again(failure, _, detail) => {
            tracing::info!(message = %id, kind, ?failure, detail, "a message is tried again later");
        }
        Outcome::Sent(_) | Outcome::Withdrawn => {}
    }
}
