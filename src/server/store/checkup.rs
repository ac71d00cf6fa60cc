//! A look at the database from outside, for `vatra doctor`. It changes nothing.

use super::{
    connect, database_clock, migrations,
    progress::{BACKUP, Progress},
};
use crate::{model::time::Timestamp, server::config::ConfigError};
use mongodb::{
    Client, Database, IndexModel,
    bson::{Bson, Document, doc},
    error::Result,
};
use std::time::{Duration, Instant};

/// How a server stands in its deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deployment {
    /// A member of a replica set of this name.
    ReplicaSet(String),
    /// A router of a sharded cluster.
    Router,
    /// Alone, without transactions.
    Standalone,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Checkup {
    /// The server's version, as it says.
    pub version: String,
    /// How it stands.
    pub deployment: Deployment,
    /// How long one command took.
    pub took: Duration,
    /// Its clock and ours, at about the same moment.
    pub clocks: Option<(Timestamp, Timestamp)>,
    /// Indexes that should be there and are not, as `collection.index`.
    pub missing_indexes: Vec<String>,
    /// Migrations that were not run yet.
    pub waiting: Vec<i32>,
    /// Migrations that this program does not know: a newer one was here.
    pub unknown: Vec<i32>,
    /// Documents in the collection of orders, about.
    pub orders: u64,
    /// After how many seconds the database ends a transaction that nobody goes on with; unknown where this
    /// user may not ask.
    pub transaction_lifetime: Option<i64>,
    /// Up to when the last backup holds everything; unknown where there was none.
    pub backup: Option<Timestamp>,
}

/// Looks at a database.
///
/// # Errors
/// A sentence that says why it cannot be reached or read.
pub async fn look(uri: &str, database: &str) -> std::result::Result<Checkup, ConfigError> {
    let options = connect::options(uri).await?;
    let failed = |error: mongodb::error::Error| ConfigError(format!("It cannot be used: {error}"));
    let client = Client::with_options(options).map_err(failed)?;
    of(&client.database(database), &client.database("admin")).await.map_err(failed)
}

async fn of(database: &Database, admin: &Database) -> Result<Checkup> {
    // The first command also opens the connection.
    admin.run_command(doc! { "ping": 1 }).await?;
    let asked = Instant::now();
    let hello = admin.run_command(doc! { "hello": 1 }).await?;
    let took = asked.elapsed();
    let ours = crate::server::clock::of_this_machine();
    let theirs = database_clock::shown_by(&hello);
    let version = admin.run_command(doc! { "buildInfo": 1 }).await?;
    let done = steps_done(database).await?;
    let known = || migrations::STEPS.iter().map(|(number, ..)| *number);
    Ok(Checkup {
        version: version.get_str("version").unwrap_or("of an unknown version").to_owned(),
        deployment: deployment(&hello),
        took,
        clocks: theirs.map(|theirs| (theirs, ours)),
        missing_indexes: missing_indexes(database).await?,
        waiting: known().filter(|number| !done.contains(number)).collect(),
        unknown: done.iter().copied().filter(|number| known().all(|known| known != *number)).collect(),
        orders: database.collection::<Document>(super::orders::NAME).estimated_document_count().await?,
        transaction_lifetime: transaction_lifetime(admin).await,
        backup: Progress::new(database).of(BACKUP).await.ok().filter(|until| *until > Timestamp(0)),
    })
}

/// Only who may look after the whole server may ask; servers that are no MongoDB do not know it.
async fn transaction_lifetime(admin: &Database) -> Option<i64> {
    const NAME: &str = "transactionLifetimeLimitSeconds";
    let told = admin.run_command(doc! { "getParameter": 1, NAME: 1 }).await.ok()?;
    told.get_i64(NAME).ok().or_else(|| told.get_i32(NAME).ok().map(i64::from))
}

pub(super) fn deployment(hello: &Document) -> Deployment {
    match hello.get_str("setName") {
        Ok(name) => Deployment::ReplicaSet(name.to_owned()),
        Err(_) if hello.get_str("msg").is_ok_and(|message| message == "isdbgrid") => Deployment::Router,
        Err(_) => Deployment::Standalone,
    }
}

pub(super) async fn steps_done(database: &Database) -> Result<Vec<i32>> {
    let mut found = database.collection::<Document>(migrations::JOURNAL).find(doc! {}).await?;
    let mut done = Vec::new();
    while found.advance().await? {
        done.extend(found.deserialize_current()?.get_i32("_id").ok());
    }
    Ok(done)
}

async fn missing_indexes(database: &Database) -> Result<Vec<String>> {
    let there = database.list_collection_names().await?;
    let mut missing = Vec::new();
    for (collection, _, wanted) in migrations::definitions() {
        let names = match there.iter().any(|name| name == collection) {
            true => database.collection::<Document>(collection).list_index_names().await?,
            false => Vec::new(),
        };
        let lacks = wanted.iter().map(name_of).filter(|name| !names.contains(name));
        missing.extend(lacks.map(|name| format!("{collection}.{name}")));
    }
    Ok(missing)
}

/// The name that the driver gives an index that has none.
fn name_of(index: &IndexModel) -> String {
    let given = index.options.as_ref().and_then(|options| options.name.clone());
    given.unwrap_or_else(|| {
        // As it prints itself, a text stands between quotes.
        let written = |way: &Bson| way.as_str().map_or_else(|| way.to_string(), str::to_owned);
        let parts = index.keys.iter().map(|(field, way)| format!("{field}_{}", written(way)));
        parts.collect::<Vec<_>>().join("_")
    })
}
