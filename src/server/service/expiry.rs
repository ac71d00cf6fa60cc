//! Orders whose code was not entered in time are cancelled, and their stock goes back on the shelf.

use super::{
    Shop,
    patience::{STEP, within},
};
use crate::{
    model::{error::AppError, fault::Job, order::Actor, status::OrderStatus, time::Timestamp},
    server::clock::now,
};
use std::time::Duration;

/// How often the job looks.
const EVERY: Duration = Duration::from_secs(15);

impl Shop {
    /// Cancels what is overdue at a moment; says how many orders that were. Several instances may
    /// do it at once: only one of them finds an order still pending.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn cancel_overdue(&self, at: Timestamp) -> Result<usize, AppError> {
        let mut cancelled = 0;
        for stored in self.store.orders.overdue(at).await? {
            // Not `change_status`: an order that was confirmed meanwhile could be cancelled, too.
            match self.move_on(stored.order, OrderStatus::Cancelled, Actor::Shop, None).await {
                Ok(_) => cancelled += 1,
                Err(AppError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(cancelled)
    }

    /// By the database's clock: one that is ahead would end the time of orders that wait elsewhere.
    async fn look_for_overdue(&self) -> Result<usize, AppError> {
        self.keep_time().await?;
        self.cancel_overdue(now()).await
    }

    /// Runs the job until the process ends.
    pub async fn watch_overdue(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            let looked = within(STEP, "overdue orders", self.look_for_overdue()).await;
            match self.job_ended(Job::Overdue, looked) {
                Ok(0) => {}
                Ok(orders) => tracing::info!(orders, "not verified in time: cancelled"),
                Err(error) => tracing::warn!(%error, "overdue orders could not be looked at"),
            }
        }
    }
}
