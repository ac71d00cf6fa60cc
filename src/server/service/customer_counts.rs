//! Counts what each customer has ordered, so that lists can be sorted by it. Whatever changes an
//! order moves its `updated_at`; a job looks at those that have moved and counts their numbers anew.
//! So nothing that writes orders must know of it, and what was missed once is right the next time.

use super::{
    Shop,
    patience::{STEP, within},
};
use crate::{
    model::{error::AppError, fault::Job, phone::Phone, time::Timestamp},
    server::{
        clock::now,
        store::{
            orders::{NO_PHONE, PhoneFigures},
            progress::CUSTOMERS,
        },
    },
};
use futures::{StreamExt, TryStreamExt, stream};
use std::time::Duration;

/// How often the job looks.
const EVERY: Duration = Duration::from_secs(15);

/// The job looks so many seconds further back than it has come: longer than a transaction may take,
/// and than clocks of two servers differ.
const OVERLAP: i64 = 300;

/// Numbers that are counted by one query, and records that are written at the same time.
const AT_ONCE: usize = 200;
const WRITES: usize = 4;

impl Shop {
    /// Counts the orders of all customers whose orders have changed since the last time; says of how
    /// many. Several instances may do it at once.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn count_customers(&self) -> Result<usize, AppError> {
        let began = now();
        // A clock that was ahead may have written a moment that has yet to come: what changes before it
        // must be seen all the same.
        let changed = async {
            let since = self.store.progress.of(CUSTOMERS).await?.min(began.plus_seconds(-OVERLAP));
            self.store.orders.phones_changed_since(since).await
        };
        let mut phones = within(STEP, "customers whose orders changed", changed).await?;
        // Nobody's orders are no customer's.
        phones.retain(|phone| phone.as_str() != NO_PHONE);
        for some in phones.chunks(AT_ONCE) {
            within(STEP, "orders of customers", self.count_some(some)).await?;
        }
        let until = Timestamp(began.plus_seconds(-OVERLAP).0.max(0));
        within(STEP, "progress", self.store.progress.reach(CUSTOMERS, until)).await?;
        Ok(phones.len())
    }

    async fn count_some(&self, phones: &[Phone]) -> Result<(), AppError> {
        let figures = self.store.orders.figures_of(phones).await?;
        let mut counts = Vec::with_capacity(phones.len());
        for phone in phones {
            let figures = figures.get(phone).copied().unwrap_or_default();
            counts.push(self.count_customer(phone.clone(), figures));
        }
        stream::iter(counts).buffer_unordered(WRITES).try_collect::<Vec<()>>().await.map(drop)
    }

    async fn count_customer(&self, phone: Phone, figures: PhoneFigures) -> Result<(), AppError> {
        if self.store.users.keep_figures(&phone, &figures).await? || figures.last.is_none() {
            return Ok(());
        }
        let Some(order) = self.store.orders.last_sold_to(&phone).await? else { return Ok(()) };
        let made = self.store.users.remember_from_orders(&phone, &order.customer_name, &figures).await?;
        // Who was forgotten while this looked must not come back.
        if made && self.store.orders.last_sold_to(&phone).await?.is_none() {
            self.store.users.drop_customer(&phone).await?;
        }
        Ok(())
    }

    /// Runs the job until the process ends.
    pub async fn watch_customers(self) {
        let mut clock = tokio::time::interval(EVERY);
        clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            if let Err(error) = self.job_ended(Job::Customers, self.count_customers().await) {
                tracing::warn!(%error, "the customers' orders could not be counted");
            }
        }
    }
}
