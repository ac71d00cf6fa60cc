//! What happens to orders, told to whoever listens: one feed for each process, of what this instance
//! writes and of what others do. The database tells by a change stream; while it cannot, it is asked
//! every second.

mod listening;
mod watching;

pub use listening::{Listening, Told};

use super::catalog::Watch;
use crate::model::{error::AppError, news::OrderNews};
use std::sync::Arc;
use tokio::sync::{broadcast, watch};

/// How many seconds before a position is read again. A write is dated when it begins: until it is
/// seen, its transaction may be tried for twenty seconds, and the clock of another instance may be a
/// little behind. Whoever listens is told some things twice.
pub const OVERLAP: i64 = 30;

/// What is told at once and not taken by a slow listener waits here; one that falls further behind
/// is told from the database.
const WAITING: usize = 256;

/// How many may listen at once: each holds a connection for as long as a page of the dashboard is open.
const MOST: usize = 500;
/// After how many seconds somebody comes back who found no place.
const AGAIN: u32 = 5;

/// The feed of one process. Cheap to clone; all clones are the same.
#[derive(Clone)]
pub struct OrderFeed(Arc<Inner>);

struct Inner {
    news: broadcast::Sender<OrderNews>,
    watch: watch::Sender<Watch>,
    open: watch::Sender<bool>,
}

impl Default for OrderFeed {
    fn default() -> OrderFeed {
        let (watch, open) = (watch::Sender::new(Watch::Off), watch::Sender::new(true));
        OrderFeed(Arc::new(Inner { news: broadcast::Sender::new(WAITING), watch, open }))
    }
}

impl OrderFeed {
    /// Tells nobody any more: whoever listens is let go, so that the process can end.
    pub fn close(&self) {
        self.0.open.send_replace(false);
    }

    /// Is what others write told, and how?
    pub fn watch(&self) -> watch::Receiver<Watch> {
        self.0.watch.subscribe()
    }

    /// # Errors
    /// [`AppError::Busy`] when too many listen.
    fn subscribe(&self) -> Result<broadcast::Receiver<OrderNews>, AppError> {
        if self.0.news.receiver_count() >= MOST {
            return Err(AppError::Busy { retry_after: AGAIN });
        }
        Ok(self.0.news.subscribe())
    }

    /// How many listen at the moment.
    pub fn listeners(&self) -> usize {
        self.0.news.receiver_count()
    }

    fn tell(&self, news: OrderNews) {
        // Nobody may be listening.
        let _ = self.0.news.send(news);
    }

    /// Says what was so before.
    fn set_watch(&self, watch: Watch) -> Watch {
        self.0.watch.send_replace(watch)
    }
}
