//! Instances that start at the same time migrate one after the other, and the second finds the work done.
//! Whoever migrates holds a document of the journal for a while that it prolongs; one that was killed
//! holds it no longer than that. The while goes by the database's clock, as no other is everybody's.

use super::{database_clock, date, migrations::JOURNAL};
use crate::server::{error::is_duplicate, secrets};
use mongodb::{
    Collection, Database,
    bson::{Document, doc},
    error::Result,
};
use std::{convert::Infallible, time::Duration};

/// What the document is called; migrations are called by numbers.
const TURN: &str = "turn";
/// How long others wait for one that was killed.
const LEASE: i64 = 30;
/// How often it is prolonged.
const AGAIN: Duration = Duration::from_secs(10);

/// The right to migrate a database.
pub(super) struct Turn {
    database: Database,
    journal: Collection<Document>,
    holder: String,
}

impl Turn {
    /// Takes it if nobody has it.
    ///
    /// # Errors
    /// What the driver says.
    pub(super) async fn take(database: &Database) -> Result<Option<Turn>> {
        let turn = Turn {
            database: database.clone(),
            journal: database.collection(JOURNAL),
            holder: secrets::token(),
        };
        let now = database_clock::read(database).await?;
        let ended = doc! { "_id": TURN, "until": { "$lt": date(now) } };
        let mine = doc! { "$set": { "holder": &turn.holder, "until": date(now.plus_seconds(LEASE)) } };
        match turn.journal.update_one(ended, mine).upsert(true).await {
            // There is one, and it has not ended.
            Err(error) if is_duplicate(&error) => Ok(None),
            result => result.map(|_| Some(turn)),
        }
    }

    /// Does the work, and keeps the turn meanwhile.
    pub(super) async fn during<T>(&self, work: impl Future<Output = T>) -> T {
        tokio::select! {
            done = work => done,
            never = self.prolong() => match never {},
        }
    }

    async fn prolong(&self) -> Infallible {
        loop {
            tokio::time::sleep(AGAIN).await;
            // Steps may run twice, so one that takes longer than a turn could be kept harms nobody.
            if let Err(error) = self.keep().await {
                tracing::warn!(%error, "the turn to migrate could not be kept");
            }
        }
    }

    async fn keep(&self) -> Result<()> {
        let until = database_clock::read(&self.database).await?.plus_seconds(LEASE);
        let longer = doc! { "$set": { "until": date(until) } };
        self.journal.update_one(self.mine(), longer).await.map(drop)
    }

    /// Gives it to the next. One that cannot be given ends by itself.
    pub(super) async fn end(self) {
        if let Err(error) = self.journal.delete_one(self.mine()).await {
            tracing::warn!(%error, "the turn to migrate ends by itself");
        }
    }

    fn mine(&self) -> Document {
        doc! { "_id": TURN, "holder": &self.holder }
    }
}
