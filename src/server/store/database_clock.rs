//! The database's clock, which all instances share.

use super::{Store, moment};
use crate::{
    model::time::Timestamp,
    server::clock::{self, Apart},
};
use mongodb::{
    Database,
    bson::{Document, doc},
    error::{Error, Result},
};

/// What it shows.
///
/// # Errors
/// What the driver says; a database that does not tell.
pub async fn read(database: &Database) -> Result<Timestamp> {
    shown_by(&database.run_command(doc! { "hello": 1 }).await?)
        .ok_or_else(|| Error::custom("the database does not say what time it is"))
}

impl Store {
    /// How far this machine's clock is ahead of it.
    ///
    /// # Errors
    /// As [`read`].
    pub async fn clock_apart(&self) -> Result<Apart> {
        let asked = clock::of_this_machine();
        let theirs = read(&self.database).await?;
        Ok(Apart::between(asked, theirs, clock::of_this_machine()))
    }
}

/// What its answer to `hello` says.
pub(super) fn shown_by(hello: &Document) -> Option<Timestamp> {
    hello.get_datetime("localTime").ok().map(|at| moment(*at))
}
