//! Somebody who is told what happens to orders.

use super::OVERLAP;
use crate::{
    model::{
        error::AppError,
        news::{OrderNews, Position},
        time::Timestamp,
    },
    server::{clock::now, service::Shop},
};
use std::collections::VecDeque;
use tokio::sync::{broadcast, watch};

/// More than this is not told one by one: the board shows everything.
const MOST: usize = 200;

/// What somebody is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// From here on everything is told.
    Listening(Position),
    /// An order was placed or has changed.
    News(Position, OrderNews),
    /// So much has changed that it is better to look at everything.
    Everything(Position),
}

/// The ear of one listener.
pub struct Listening {
    shop: Shop,
    live: broadcast::Receiver<OrderNews>,
    open: watch::Receiver<bool>,
    waiting: VecDeque<Told>,
    /// How far it has been told.
    at: Timestamp,
    /// Has it missed something since?
    behind: bool,
}

impl Shop {
    /// Listens to orders from now on, and first to what has changed since a position.
    ///
    /// # Errors
    /// [`AppError::Database`], [`AppError::Busy`].
    pub async fn listen_to_orders(&self, since: Option<Position>) -> Result<Listening, AppError> {
        // In this order, so that nothing falls between.
        let live = self.feed.subscribe()?;
        let (open, at) = (self.feed.0.open.subscribe(), now());
        let mut listening =
            Listening { shop: self.clone(), live, open, waiting: VecDeque::new(), at, behind: false };
        if let Some(since) = since {
            listening.catch_up(since.at).await?;
        }
        let here = Position { at: listening.at, order: None };
        listening.waiting.push_front(Told::Listening(here));
        Ok(listening)
    }
}

impl Listening {
    /// What is told next; `None` when nothing will be. Nothing is lost when nobody waits for it.
    pub async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(told) = self.waiting.pop_front() {
                return Some(told);
            }
            if self.behind {
                // Without the database the listener is let go, and comes back later.
                self.catch_up(self.at).await.ok()?;
                self.behind = false;
                continue;
            }
            let told = tokio::select! {
                _ = self.open.wait_for(|open| !open) => return None,
                told = self.live.recv() => told,
            };
            match told {
                Ok(news) => self.take(news),
                Err(broadcast::error::RecvError::Closed) => return None,
                // Too slow; the database has it all.
                Err(broadcast::error::RecvError::Lagged(_)) => self.behind = true,
            }
        }
    }

    /// Takes what has changed since a moment, and a little of what was before.
    async fn catch_up(&mut self, since: Timestamp) -> Result<(), AppError> {
        let at = now();
        let from = since.min(at).plus_seconds(-OVERLAP);
        let most = i64::try_from(MOST).unwrap_or(i64::MAX) + 1;
        let changed = self.shop.store.orders.changed_since(from, most).await?;
        if changed.len() > MOST {
            self.waiting.push_back(Told::Everything(Position { at, order: None }));
        } else {
            changed.into_iter().for_each(|news| self.take(news));
        }
        self.at = at;
        Ok(())
    }

    fn take(&mut self, news: OrderNews) {
        // Never ahead of the own clock: an order of an instance whose clock is fast would hide those
        // of the others.
        let position = Position { at: news.at.min(now()), order: Some(news.id.clone()) };
        self.at = self.at.max(position.at);
        self.waiting.push_back(Told::News(position, news));
    }
}
