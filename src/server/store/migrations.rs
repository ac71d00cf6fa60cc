//! Numbered migrations. When several instances start at once, one of them runs what is to be run and the
//! others wait for it ([`Turn`]). Each may still run twice: one whose server was killed is begun again, and
//! a step that finds its work done does nothing.

use super::{
    Abilities, audit_log, blocks, carts, categories, checkup, error_counts, figures, invitations,
    login_steps, messages, migration_turn::Turn, orders, products, progress, rate_limits, revocations,
    sessions, settings, sheets, users, verifications,
};
use crate::model::{session::Rights, vat::VatRate};
use futures::future::BoxFuture;
use mongodb::{
    Database, IndexModel,
    bson::{Document, doc},
    error::{Error, ErrorKind, Result},
    options::IndexOptions,
};
use std::time::Duration;

/// What a migration does.
pub type Step = fn(&Database) -> BoxFuture<'_, Result<()>>;

/// Which migrations were run.
pub const JOURNAL: &str = "migrations";

/// Never change a step that was released: add one.
pub const STEPS: &[(i32, &str, Step)] = &[
    (1, "collections with their validators and indexes", |database| Box::pin(collections(database))),
    (2, "facts of food in products and orders", |database| Box::pin(facts_of_food(database))),
    (3, "settings, and codes that are bound to no order", |database| Box::pin(codes_by_subject(database))),
    (4, "pictures say their size", |database| Box::pin(products::describe(database))),
    (5, "orders know their day, place, language and fee", |database| Box::pin(collections(database))),
    (16, "customers are listed, and numbers can be blocked", |database| Box::pin(listed_customers(database))),
    (10, "orders are found by their own index, and by when they changed", |database| {
        Box::pin(orders_to_find(database))
    }),
    (11, "messages to customers, and what the desk keeps of an order", |database| {
        Box::pin(collections(database))
    }),
    (12, "products say when they run out, categories are held, sheets wait for a check", |database| {
        Box::pin(collections(database))
    }),
    (13, "figures of each day", |database| Box::pin(collections(database))),
    (14, "settings: rules, days, places, areas, languages", |database| Box::pin(collections(database))),
    (17, "codes wait with the messages to customers; customers may be called", |database| {
        Box::pin(collections(database))
    }),
    (18, "codes may come by a call or from Verify, and count until they are entered", |database| {
        Box::pin(collections(database))
    }),
    (15, "admins have rights, and what they do is recorded", |database| Box::pin(rights(database))),
    (38, "shelves count what orders hold of them", |database| Box::pin(counted_shelves(database))),
    (42, "what goes wrong is counted by hour", |database| Box::pin(collections(database))),
];

/// How often an instance looks whether another has migrated.
const LOOK: Duration = Duration::from_millis(200);

/// Brings the database to the newest state: alone, or by waiting for an instance that does it.
///
/// # Errors
/// What the driver says; the steps that were done stay done.
pub async fn run(database: &Database) -> Result<Abilities> {
    let mut told = false;
    while !waiting(database).await?.is_empty() {
        match Turn::take(database).await? {
            Some(turn) => {
                let done = turn.during(run_waiting(database)).await;
                turn.end().await;
                done?;
            }
            None => {
                if !std::mem::replace(&mut told, true) {
                    tracing::info!("another instance migrates the database");
                }
                tokio::time::sleep(LOOK).await;
            }
        }
    }
    Ok(Abilities { text_index: products::ensure_text_index(database).await })
}

/// The steps that were not run yet.
async fn waiting(database: &Database) -> Result<Vec<&'static (i32, &'static str, Step)>> {
    let done = checkup::steps_done(database).await?;
    Ok(STEPS.iter().filter(|(number, ..)| !done.contains(number)).collect())
}

async fn run_waiting(database: &Database) -> Result<()> {
    let journal = database.collection::<Document>(JOURNAL);
    // Asked again: another may have had the turn before.
    for (number, name, step) in waiting(database).await? {
        tracing::info!(number, name, "migration");
        step(database).await?;
        let entry = doc! { "name": *name, "at": super::date(crate::server::clock::now()) };
        journal.update_one(doc! { "_id": *number }, doc! { "$setOnInsert": entry }).upsert(true).await?;
        crate::server::failpoint::reached("migration.noted");
    }
    Ok(())
}

/// Applies every step once more, whatever the journal says: after a restore, and in the tests.
///
/// # Errors
/// What the driver says.
pub async fn run_again(database: &Database) -> Result<()> {
    for (.., step) in STEPS {
        step(database).await?;
    }
    Ok(())
}

/// A collection's name, its validator and its indexes.
pub type Definition = (&'static str, Document, Vec<IndexModel>);

/// All collections as they are to be.
pub fn definitions() -> Vec<Definition> {
    vec![
        (products::NAME, products::validator(), products::indexes()),
        (categories::NAME, categories::validator(), categories::indexes()),
        (sheets::NAME, sheets::validator(), sheets::indexes()),
        (carts::NAME, carts::validator(), carts::indexes()),
        (orders::NAME, orders::validator(), orders::indexes()),
        (messages::NAME, messages::validator(), messages::indexes()),
        (figures::NAME, figures::validator(), figures::indexes()),
        (users::NAME, users::validator(), users::indexes()),
        (sessions::NAME, sessions::validator(), sessions::indexes()),
        (settings::NAME, settings::validator(), settings::indexes()),
        (verifications::NAME, verifications::validator(), verifications::indexes()),
        (rate_limits::NAME, rate_limits::validator(), rate_limits::indexes()),
        (revocations::NAME, revocations::validator(), revocations::indexes()),
        (blocks::NAME, blocks::validator(), blocks::indexes()),
        (progress::NAME, progress::validator(), progress::indexes()),
        (login_steps::NAME, login_steps::validator(), login_steps::indexes()),
        (invitations::NAME, invitations::validator(), invitations::indexes()),
        (audit_log::NAME, audit_log::validator(), audit_log::indexes()),
        (error_counts::NAME, error_counts::validator(), error_counts::indexes()),
    ]
}

async fn collections(database: &Database) -> Result<()> {
    for (name, validator, indexes) in definitions() {
        match database.create_collection(name).validator(validator.clone()).await {
            Err(error) if already_exists(&error) => {
                database.run_command(doc! { "collMod": name, "validator": validator }).await?;
            }
            result => result?,
        }
        // A command without an index is an error.
        if !indexes.is_empty() {
            database.collection::<Document>(name).create_indexes(indexes).await?;
        }
    }
    Ok(())
}

/// Products and lines of orders may hold how much they are, their allergens and their VAT. A product
/// of before is food (0018). Its allergens stay undeclared, and old orders stay as they were.
async fn facts_of_food(database: &Database) -> Result<()> {
    for (name, validator) in [(products::NAME, products::validator()), (orders::NAME, orders::validator())] {
        database.run_command(doc! { "collMod": name, "validator": validator }).await?;
    }
    let without = doc! { "vat_rate": { "$exists": false } };
    let rate = i32::from(VatRate::default().percent());
    let products = database.collection::<Document>(products::NAME);
    products.update_many(without, doc! { "$set": { "vat_rate": rate } }).await?;
    Ok(())
}

/// Codes live ten minutes, and another one can be asked for: those of before are not worth a rewrite.
async fn codes_by_subject(database: &Database) -> Result<()> {
    let codes = database.collection::<Document>(verifications::NAME);
    codes.delete_many(doc! { "subject": { "$exists": false } }).await?;
    if codes.list_index_names().await?.iter().any(|name| name == "order_id_1") {
        codes.drop_index("order_id_1").await?;
    }
    collections(database).await
}

/// Customers of before get what they are listed by. Their orders are counted by the job.
async fn listed_customers(database: &Database) -> Result<()> {
    collections(database).await?;
    users::customers::describe(database).await
}

/// Orders keep what they are found by, and lists are read from indexes in their order.
async fn orders_to_find(database: &Database) -> Result<()> {
    collections(database).await?;
    let stored = database.collection::<Document>(orders::NAME);
    let names = stored.list_index_names().await?;
    for old in ["status_1_created_at_-1", "created_at_-1"] {
        if names.iter().any(|name| name == old)
            && let Err(error) = stored.drop_index(old).await
            && !is_gone(&error)
        {
            return Err(error);
        }
    }
    orders::make_findable(database).await
}

/// Whoever was an admin before there were rights could do everything, and still can.
async fn rights(database: &Database) -> Result<()> {
    collections(database).await?;
    let without = doc! { "role": "admin", "rights": { "$exists": false } };
    let users = database.collection::<Document>(users::NAME);
    users.update_many(without, doc! { "$set": { "rights": Rights::Owner.name() } }).await?;
    Ok(())
}

/// What the orders of before hold of each shelf is counted once; from now on each order counts itself.
async fn counted_shelves(database: &Database) -> Result<()> {
    collections(database).await?;
    products::count_taken(database).await
}

/// 48 NamespaceExists (MongoDB's error codes).
fn already_exists(error: &Error) -> bool {
    matches!(error.kind.as_ref(), ErrorKind::Command(command) if command.code == 48)
}

/// 27 IndexNotFound: another instance was faster.
fn is_gone(error: &Error) -> bool {
    matches!(error.kind.as_ref(), ErrorKind::Command(command) if command.code == 27)
}

/// A plain index.
pub(super) fn index(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).build()
}

/// A unique index.
pub(super) fn unique(keys: Document) -> IndexModel {
    IndexModel::builder().keys(keys).options(IndexOptions::builder().unique(true).build()).build()
}

/// A unique index over the documents that have the field.
pub(super) fn unique_where_present(field: &str) -> IndexModel {
    let options = IndexOptions::builder()
        .unique(true)
        .partial_filter_expression(doc! { field: { "$exists": true } })
        .build();
    IndexModel::builder().keys(doc! { field: 1 }).options(options).build()
}

/// Deletes each document at the moment in its `expires_at`. A TTL index deletes whole documents,
/// so never on orders.
pub(super) fn expiry() -> IndexModel {
    let options = IndexOptions::builder().expire_after(Duration::ZERO).build();
    IndexModel::builder().keys(doc! { "expires_at": 1 }).options(options).build()
}
