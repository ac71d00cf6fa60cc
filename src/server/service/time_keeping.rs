//! The shop goes by the database's clock where this machine's is wrong (`clock/apart.rs`).

use super::{
    Shop,
    patience::{STEP, within},
};
use crate::{model::error::AppError, server::clock};

impl Shop {
    /// At the start; that it fails harms nobody, as it is done again before anything is judged by time.
    pub async fn begin_to_keep_time(&self) {
        if let Err(error) = within(STEP, "the database's clock", self.keep_time()).await {
            tracing::warn!(%error, "the clock cannot be compared with the database's");
        }
    }

    /// Compares the clocks, and goes by the database's; the log tells when it begins or ends to differ.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn keep_time(&self) -> Result<(), AppError> {
        let apart = self.store.clock_apart().await?;
        match clock::go_by(apart) {
            Some(_) if apart.noticed() => tracing::warn!(
                "this machine's clock is {apart} the database's, by which the shop goes now: synchronise both \
                 (systemd-timesyncd or chrony)"
            ),
            Some(before) => {
                tracing::info!("this machine's clock was {before} the database's, and is right again")
            }
            None => {}
        }
        Ok(())
    }
}
