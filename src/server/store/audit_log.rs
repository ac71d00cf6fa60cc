//! The collection `audit_log`: what admins did. Entries are added and read, never changed; the
//! database forgets them after [`RETENTION_DAYS`].

use super::{
    corrupt, date,
    migrations::{expiry, index},
    moment, schema,
};
use crate::{
    model::{
        audit::{AuditEntry, By, Change, Outcome, Thing},
        error::AppError,
        page::{Page, Paging},
        time::Timestamp,
    },
    server::{
        clock::{now, wall},
        trail::{Draft, MAX_VALUE},
    },
};
use futures::TryStreamExt;
use mongodb::{
    Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "audit_log";

/// How long an entry is kept: a year, and some weeks to look at it.
pub const RETENTION_DAYS: i64 = 400;

#[derive(Serialize, Deserialize)]
struct EntryDoc {
    at: DateTime,
    /// `admin`, `terminal` or `nobody`.
    by: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    admin: Option<String>,
    action: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    thing: Option<ThingDoc>,
    changes: Vec<ChangeDoc>,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    expires_at: DateTime,
}

#[derive(Serialize, Deserialize)]
struct ThingDoc {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct ChangeDoc {
    field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

pub(super) fn validator() -> Document {
    let value = || schema::text(1, i32::try_from(MAX_VALUE).unwrap_or(i32::MAX));
    let thing = schema::object(
        doc! { "kind": schema::text(1, 40), "id": schema::text(1, 60), "name": value() },
        &["id", "name"],
    );
    let change = schema::object(
        doc! { "field": schema::text(1, 60), "from": value(), "to": value() },
        &["from", "to"],
    );
    let outcomes = [Outcome::Done, Outcome::Refused, Outcome::Failed, Outcome::Unknown].map(Outcome::name);
    schema::document(
        doc! {
            "at": schema::date(),
            "by": schema::one_of(&["admin", "terminal", "nobody"]),
            "admin_id": schema::text(24, 24),
            "admin": schema::text(1, 100),
            "action": schema::text(1, 80),
            "thing": thing,
            "changes": schema::list(change, 50),
            "outcome": schema::one_of(&outcomes),
            "address": schema::text(1, 60),
            "request_id": schema::text(1, 60),
            "expires_at": schema::date(),
        },
        &["admin_id", "admin", "thing", "address", "request_id"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![
        index(doc! { "at": -1 }),
        index(doc! { "admin": 1, "at": -1 }),
        index(doc! { "action": 1, "at": -1 }),
        expiry(),
    ]
}

/// From where a request came, and what the server's log calls it.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The address, masked.
    pub address: Option<String>,
    /// The request's id.
    pub request_id: Option<String>,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Of the admin of this name.
    pub admin: Option<String>,
    /// Of this part of the shop: `orders`.
    pub area: Option<String>,
    /// At or after this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub to: Option<Timestamp>,
}

/// Adds to the log and reads it. There is nothing here that changes or removes an entry.
#[derive(Clone)]
pub struct AuditLog {
    collection: Collection<EntryDoc>,
}

impl AuditLog {
    pub(super) fn new(database: &Database) -> AuditLog {
        AuditLog { collection: database.collection(NAME) }
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn add(&self, draft: Draft, outcome: Outcome, origin: Origin) -> Result<(), AppError> {
        let at = now();
        let (by, admin) = match draft.who.by {
            By::Admin { name } => ("admin", Some(name)),
            By::Terminal => ("terminal", None),
            By::Nobody => ("nobody", None),
        };
        let change = |Change { field, from, to }| ChangeDoc { field, from, to };
        let entry = EntryDoc {
            at: date(at),
            by: by.to_owned(),
            admin_id: draft.who.id.map(String::from),
            admin,
            action: draft.action,
            thing: draft.thing.map(|Thing { kind, id, name }| ThingDoc { kind, id, name }),
            changes: draft.changes.into_iter().map(change).collect(),
            outcome,
            address: origin.address,
            request_id: origin.request_id,
            expires_at: date(at.plus_seconds(RETENTION_DAYS * 24 * 3600)),
        };
        self.collection.insert_one(entry).await?;
        Ok(())
    }

    /// One page of the log, the newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn page(&self, filter: &AuditFilter, paging: Paging) -> Result<Page<AuditEntry>, AppError> {
        let query = query(filter);
        let found = self.collection.find(query.clone()).sort(doc! { "at": -1, "_id": -1 });
        let found = found.skip(paging.skip()).limit(i64::from(paging.per_page()));
        let (entries, total) =
            tokio::try_join!(async { found.await?.try_collect::<Vec<EntryDoc>>().await }, async {
                self.collection.count_documents(query).await
            })?;
        let entries: Result<Vec<AuditEntry>, AppError> =
            entries.into_iter().map(EntryDoc::into_model).collect();
        Ok(paging.of(entries?, total))
    }
}

fn query(filter: &AuditFilter) -> Document {
    let mut query = Document::new();
    if let Some(admin) = &filter.admin {
        query.insert("admin", admin);
    }
    if let Some(area) = &filter.area {
        // What comes after the area's name and its point; or the name alone, as `logout`.
        let (from, to) = (format!("{area}."), format!("{area}/"));
        query.insert("$or", vec![doc! { "action": area }, doc! { "action": { "$gte": from, "$lt": to } }]);
    }
    let mut at = Document::new();
    if let Some(from) = filter.from {
        at.insert("$gte", date(from));
    }
    if let Some(to) = filter.to {
        at.insert("$lt", date(to));
    }
    if !at.is_empty() {
        query.insert("at", at);
    }
    query
}

impl EntryDoc {
    fn into_model(self) -> Result<AuditEntry, AppError> {
        let by = match (self.by.as_str(), self.admin) {
            ("admin", Some(name)) => By::Admin { name },
            ("terminal", _) => By::Terminal,
            ("nobody", _) => By::Nobody,
            _ => return Err(corrupt(NAME).into()),
        };
        let change = |ChangeDoc { field, from, to }| Change { field, from, to };
        Ok(AuditEntry {
            at: wall(moment(self.at)),
            by,
            action: self.action,
            thing: self.thing.map(|ThingDoc { kind, id, name }| Thing { kind, id, name }),
            changes: self.changes.into_iter().map(change).collect(),
            outcome: self.outcome,
            address: self.address,
            request_id: self.request_id,
        })
    }
}
