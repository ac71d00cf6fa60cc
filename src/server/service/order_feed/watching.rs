//! Where the feed hears of what is written to orders.

use super::{OVERLAP, OrderFeed};
use crate::{
    model::{error::AppError, ids::OrderId, news::OrderNews, time::Timestamp},
    server::{
        clock::now,
        service::{
            Shop,
            catalog::Watch,
            patience::{STEP, within},
        },
    },
};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// How long is waited before listening again: at first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));
/// How often the database is asked while it does not tell.
const ASKING: Duration = Duration::from_secs(1);
/// The most that is read at once. What lies further back is on the board, which shows everything.
const MOST: i64 = 1000;

impl Shop {
    /// Listens for as long as it is polled.
    pub async fn watch_orders(self) {
        let _end = End(self.feed.clone());
        let mut known = Known::since(now());
        let mut pause = PAUSE.0;
        loop {
            if self.tell_as_told(&mut known).await {
                pause = PAUSE.0;
            }
            if self.feed.set_watch(Watch::Lost) != Watch::Lost {
                tracing::warn!("changes of orders are not told; the database is asked every second");
            }
            let until = Instant::now() + pause;
            while Instant::now() < until {
                if let Err(error) = self.tell_what_changed(&mut known).await {
                    tracing::debug!(?error, "asking for changes of orders");
                }
                tokio::time::sleep(ASKING.min(pause)).await;
            }
            pause = PAUSE.1.min(pause * 2);
        }
    }

    /// Tells what the database tells; says whether it told at all.
    async fn tell_as_told(&self, known: &mut Known) -> bool {
        let follow = async {
            self.store.follow_orders().await.map_err(|error| {
                tracing::debug!(%error, "listening to orders");
                AppError::Database
            })
        };
        let Ok(mut following) = within(STEP, "changes of orders", follow).await else { return false };
        // What was written before, nobody told.
        if let Err(error) = self.tell_what_changed(known).await {
            tracing::debug!(?error, "asking for changes of orders");
            return false;
        }
        if self.feed.set_watch(Watch::Told) == Watch::Lost {
            tracing::info!("changes of orders are told again");
        }
        loop {
            let id = match following.next().await {
                Ok(Some(id)) => id,
                Ok(None) => return true,
                Err(error) => {
                    tracing::debug!(%error, "listening to orders");
                    return true;
                }
            };
            match within(STEP, "an order that changed", self.store.orders.news_of(id)).await {
                Ok(Some(news)) => self.tell(known, news),
                // Gone again, or by other hands what is no order.
                Ok(None) | Err(AppError::Internal) => {}
                // It will be found by its date.
                Err(error) => {
                    tracing::debug!(?error, "reading an order that changed");
                    return true;
                }
            }
        }
    }

    /// Tells what the database has that was not told yet.
    async fn tell_what_changed(&self, known: &mut Known) -> Result<(), AppError> {
        let at = now();
        let changed = self.store.orders.changed_since(known.read_at.plus_seconds(-OVERLAP), MOST);
        let changed = within(STEP, "orders that changed", changed).await?;
        for news in changed {
            self.tell(known, news);
        }
        known.read_at = at;
        known.forget_before(at.plus_seconds(-2 * OVERLAP));
        Ok(())
    }

    fn tell(&self, known: &mut Known, news: OrderNews) {
        if known.is_news(&news) {
            self.feed.tell(news);
        }
    }
}

/// What was told already.
struct Known {
    /// When the database was last asked for all that had changed.
    read_at: Timestamp,
    told: HashMap<OrderId, OrderNews>,
}

impl Known {
    fn since(read_at: Timestamp) -> Known {
        Known { read_at, told: HashMap::new() }
    }

    fn is_news(&mut self, news: &OrderNews) -> bool {
        if self.told.len() > 10_000 {
            self.told.clear();
        }
        self.told.insert(news.id.clone(), news.clone()).as_ref() != Some(news)
    }

    fn forget_before(&mut self, at: Timestamp) {
        self.told.retain(|_, news| news.at >= at);
    }
}

/// Nobody listens any more.
struct End(OrderFeed);

impl Drop for End {
    fn drop(&mut self) {
        self.0.set_watch(Watch::Off);
    }
}
