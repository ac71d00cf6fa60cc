//! Listening to what others change in the catalogue.

use super::memory::{Memory, Watch};
use crate::{
    model::error::AppError,
    server::{
        service::{
            Shop,
            patience::{STEP, within},
        },
        store::changes::Marks,
    },
};
use std::time::Duration;

/// How long is waited before listening again: at first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(5));

impl Shop {
    /// Listens for as long as it is polled, and reads the catalogue when it begins.
    pub async fn watch_catalogue(self) {
        let _end = End(self.memory.clone());
        let mut pause = PAUSE.0;
        loop {
            if self.listen().await {
                pause = PAUSE.0;
            }
            if self.memory.set_watch(Watch::Lost) != Watch::Lost {
                tracing::warn!("changes of the catalogue are not told; it is read every few seconds");
            }
            tokio::time::sleep(pause).await;
            pause = PAUSE.1.min(pause * 2);
        }
    }

    /// Listens until nothing more is told; says whether anything could be.
    async fn listen(&self) -> bool {
        let follow = async {
            self.store.follow().await.map_err(|error| {
                tracing::debug!(%error, "listening to the catalogue");
                AppError::Database
            })
        };
        let Ok(mut following) = within(STEP, "changes of the catalogue", follow).await else {
            return false;
        };
        // What changed before, nobody told.
        self.store.changes.mark(Marks::all());
        if self.memory.set_watch(Watch::Told) == Watch::Lost {
            tracing::info!("changes of the catalogue are told again");
        }
        if let Err(error) = within(STEP, "the catalogue", self.catalogue()).await {
            tracing::debug!(?error, "reading the catalogue");
        }
        loop {
            match following.next().await {
                Ok(Some(marks)) => self.store.changes.mark(marks),
                Ok(None) => return true,
                Err(error) => {
                    tracing::debug!(%error, "listening to the catalogue");
                    return true;
                }
            }
        }
    }
}

/// Nobody listens any more.
struct End(Memory);

impl Drop for End {
    fn drop(&mut self) {
        self.0.set_watch(Watch::Off);
    }
}
