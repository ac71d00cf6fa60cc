//! Reading the whole database as it was at one moment, for backups (docs/decisions/0037).

use super::{
    checkup, error_counts, invitations, login_steps, migrations, progress, rate_limits, sessions, sheets,
    verifications,
};
use mongodb::{
    Client, ClientSession, Database, SessionCursor,
    bson::{RawDocumentBuf, doc},
    error::Result,
    options::{CollectionOptions, ReadConcern},
};

/// Lives for minutes, or must not come to life again: a session that was ended, a link that was
/// used, a code that was sent; or tells of another server, as what went wrong there.
const LEFT_OUT: [&str; 7] = [
    error_counts::NAME,
    invitations::NAME,
    login_steps::NAME,
    rate_limits::NAME,
    sessions::NAME,
    sheets::NAME,
    verifications::NAME,
];

/// The collections of a backup, the journal of migrations first.
pub fn collections() -> Vec<&'static str> {
    let defined = migrations::definitions().into_iter().map(|(name, ..)| name);
    let kept = defined.filter(|name| !LEFT_OUT.contains(name));
    [migrations::JOURNAL].into_iter().chain(kept).collect()
}

/// Those whose documents somebody would miss: not the journals that every start writes.
pub(super) fn precious() -> impl Iterator<Item = &'static str> {
    collections().into_iter().filter(|name| ![migrations::JOURNAL, progress::NAME].contains(name))
}

/// The migrations that this database has seen.
///
/// # Errors
/// What the driver says.
pub async fn schema(database: &Database) -> Result<Vec<i32>> {
    let mut done = checkup::steps_done(database).await?;
    done.sort_unstable();
    Ok(done)
}

/// The migrations among these that this program does not know: they are of a newer one.
pub fn unknown(schema: &[i32]) -> Vec<i32> {
    let known = |number: &i32| migrations::STEPS.iter().any(|(known, ..)| known == number);
    schema.iter().copied().filter(|number| !known(number)).collect()
}

/// How a server is asked for all collections of one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// MongoDB: a snapshot session, which may last as long as the server keeps history (five
    /// minutes by default).
    Session,
    /// The embedded server takes a snapshot session and reads the newest all the same; its
    /// transactions hold what they promise, for a minute.
    Transaction,
}

/// The way for this server.
///
/// # Errors
/// What the driver says.
pub async fn way(client: &Client) -> Result<Way> {
    let built = client.database("admin").run_command(doc! { "buildInfo": 1 }).await?;
    Ok(if built.contains_key("secantusVersion") { Way::Transaction } else { Way::Session })
}

/// A database as it is at the moment of the first reading.
pub struct Snapshot {
    database: Database,
    session: ClientSession,
    way: Way,
}

impl Snapshot {
    /// Begins to look.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn begin(client: &Client, database: &Database, way: Way) -> Result<Snapshot> {
        let session = match way {
            Way::Session => client.start_session().snapshot(true).await?,
            Way::Transaction => {
                let mut session = client.start_session().await?;
                session.start_transaction().read_concern(ReadConcern::snapshot()).await?;
                session
            }
        };
        Ok(Snapshot { database: database.clone(), session, way })
    }

    /// The documents of a collection, in the order of their ids.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn read(&mut self, collection: &str) -> Result<Documents<'_>> {
        let collection = match self.way {
            // The client's own read concern would contradict the session's.
            Way::Session => {
                let options = CollectionOptions::builder().read_concern(ReadConcern::snapshot()).build();
                self.database.collection_with_options::<RawDocumentBuf>(collection, options)
            }
            Way::Transaction => self.database.collection(collection),
        };
        let found = collection.find(doc! {}).sort(doc! { "_id": 1 });
        let cursor = found.session(&mut self.session).await?;
        Ok(Documents { cursor, session: &mut self.session })
    }

    /// Has looked enough.
    pub async fn end(mut self) {
        // Nothing was written; a transaction that cannot be aborted ends by itself.
        if self.way == Way::Transaction
            && let Err(error) = self.session.abort_transaction().await
        {
            tracing::debug!(%error, "abort");
        }
    }
}

/// Documents, one after the other.
pub struct Documents<'a> {
    cursor: SessionCursor<RawDocumentBuf>,
    session: &'a mut ClientSession,
}

impl Documents<'_> {
    /// The next one.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn next(&mut self) -> Result<Option<RawDocumentBuf>> {
        self.cursor.next(self.session).await.transpose()
    }
}
