//! Connecting: one client for the process, and a check that the server can do transactions.

use super::{
    Store,
    checkup::{self, Deployment},
    migrations, refill,
};
use crate::server::{config::ConfigError, metrics};
use mongodb::{
    Client,
    bson::{Document, doc},
    options::{Acknowledgment, ClientOptions, ReadConcern, WriteConcern},
};
use std::time::Duration;

/// Connects, checks that the server is a replica set (or sharded) and that no restore has stopped
/// half-way, and runs the migrations.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub async fn connect(uri: &str, database: &str) -> Result<Store, ConfigError> {
    let client = reach(uri).await?;
    let database = client.database(database);
    refill::refuse_half_restored(&database).await?;
    let abilities = migrations::run(&database).await.map_err(failed)?;
    Ok(Store::new(client, database, abilities))
}

/// Connects and checks that the server is a replica set (or sharded). Changes nothing.
///
/// # Errors
/// A sentence that says what is wrong and what to do.
pub async fn reach(uri: &str) -> Result<Client, ConfigError> {
    let client = Client::with_options(options(uri).await?).map_err(failed)?;
    let hello = client.database("admin").run_command(doc! { "hello": 1 }).await.map_err(failed)?;
    refuse_standalone(&hello)?;
    Ok(client)
}

fn failed(error: mongodb::error::Error) -> ConfigError {
    ConfigError(format!("The database cannot be used: {error}"))
}

pub(super) async fn options(uri: &str) -> Result<ClientOptions, ConfigError> {
    let mut options = ClientOptions::parse(uri)
        .await
        .map_err(|error| ConfigError(format!("MONGODB_URI is not a MongoDB address: {error}")))?;
    options.app_name = Some("vatra".into());
    options.retry_writes = Some(true);
    options.retry_reads = Some(true);
    // A shop on two cores: enough for hundreds of requests under way, few enough for a small server.
    options.max_pool_size.get_or_insert(64);
    options.min_pool_size.get_or_insert(4);
    options.connect_timeout.get_or_insert(Duration::from_secs(5));
    options.server_selection_timeout.get_or_insert(Duration::from_secs(5));
    options.write_concern =
        Some(WriteConcern::builder().w(Acknowledgment::Majority).w_timeout(Duration::from_secs(10)).build());
    options.read_concern.get_or_insert(ReadConcern::majority());
    metrics::database::count(&mut options);
    Ok(options)
}

/// A standalone server has neither transactions nor change streams.
fn refuse_standalone(hello: &Document) -> Result<(), ConfigError> {
    if checkup::deployment(hello) != Deployment::Standalone {
        return Ok(());
    }
    Err(ConfigError(
        "The database is a standalone server, but Vatra needs transactions: start mongod with --replSet rs0 \
         and run rs.initiate() once in mongosh; that makes it a one-member replica set."
            .into(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standalone_is_refused_with_a_way_out() {
        let error = refuse_standalone(&doc! { "isWritablePrimary": true }).unwrap_err();
        assert!(error.0.contains("rs.initiate()"));
        assert!(refuse_standalone(&doc! { "setName": "rs0" }).is_ok());
        assert!(refuse_standalone(&doc! { "msg": "isdbgrid" }).is_ok());
    }
}
