//! The database: one file per collection. Whatever is a query stands here and nowhere else.

pub mod audit_log;
pub mod blocks;
pub mod carts;
pub mod categories;
pub mod changes;
pub mod checkup;
pub mod connect;
pub mod database_clock;
pub mod deep;
pub mod dump;
pub mod embedded;
pub mod error_counts;
pub mod figures;
pub mod fold;
pub mod following;
pub mod following_orders;
mod food;
pub mod invitations;
pub mod login_steps;
pub mod messages;
mod migration_turn;
pub mod migrations;
pub mod orders;
pub mod picture_files;
pub mod products;
pub mod progress;
pub mod rate_limits;
pub mod refill;
pub mod revocations;
pub mod schema;
pub mod sessions;
pub mod settings;
pub mod sheets;
pub mod transaction;
pub mod users;
pub mod verifications;

use crate::model::time::Timestamp;
use mongodb::{
    Client, Database,
    bson::{Bson, DateTime, Document, doc, oid::ObjectId},
};

/// What this database server can do beyond the common ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Abilities {
    /// Does it have text indexes?
    pub text_index: bool,
}

/// All collections of the shop. Cheap to clone: there is one client for the whole process.
#[derive(Clone)]
pub struct Store {
    client: Client,
    database: Database,
    /// What has changed in the catalogue.
    pub changes: changes::Changes,
    /// Products.
    pub products: products::Products,
    /// Categories.
    pub categories: categories::Categories,
    /// Carts.
    pub carts: carts::Carts,
    /// Orders.
    pub orders: orders::Orders,
    /// Messages to customers.
    pub messages: messages::Messages,
    /// Orders summed up by day.
    pub figures: figures::Figures,
    /// Customers and admins.
    pub users: users::Users,
    /// Sessions of customers.
    pub sessions: sessions::Sessions,
    /// Numbers that the shop takes no orders from.
    pub blocks: blocks::Blocks,
    /// How far jobs have come.
    pub progress: progress::Progress,
    /// What the shop says of itself.
    pub settings: settings::Settings,
    /// Tables of products that wait for their import.
    pub sheets: sheets::Sheets,
    /// Codes sent by SMS.
    pub verifications: verifications::Verifications,
    /// Counters of requests and SMS.
    pub rate_limits: rate_limits::RateLimits,
    /// Files of pictures, where they are kept in the database.
    pub picture_files: picture_files::PictureFiles,
    /// Tokens of admins that were given up before their end.
    pub revocations: revocations::Revocations,
    /// Logins that wait for their code.
    pub login_steps: login_steps::LoginSteps,
    /// Who may become an admin.
    pub invitations: invitations::Invitations,
    /// What admins did.
    pub audit_log: audit_log::AuditLog,
    /// What went wrong, by hour.
    pub error_counts: error_counts::ErrorCounts,
}

impl Store {
    fn new(client: Client, database: Database, abilities: Abilities) -> Store {
        let changes = changes::Changes::default();
        Store {
            products: products::Products::new(&database, abilities, changes.clone()),
            categories: categories::Categories::new(&database, changes.clone()),
            carts: carts::Carts::new(&database),
            orders: orders::Orders::new(&database),
            messages: messages::Messages::new(&database),
            figures: figures::Figures::new(&database),
            users: users::Users::new(&database),
            sessions: sessions::Sessions::new(&database),
            blocks: blocks::Blocks::new(&database),
            progress: progress::Progress::new(&database),
            settings: settings::Settings::new(&database),
            sheets: sheets::Sheets::new(&database),
            verifications: verifications::Verifications::new(&database),
            rate_limits: rate_limits::RateLimits::new(&database),
            picture_files: picture_files::PictureFiles::of(&database),
            revocations: revocations::Revocations::new(&database),
            login_steps: login_steps::LoginSteps::new(&database),
            invitations: invitations::Invitations::new(&database),
            audit_log: audit_log::AuditLog::new(&database),
            error_counts: error_counts::ErrorCounts::new(&database),
            changes,
            client,
            database,
        }
    }

    /// The database itself, for migrations and tests.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Does the database answer?
    ///
    /// # Errors
    /// What the driver says.
    pub async fn ping(&self) -> mongodb::error::Result<()> {
        self.database.run_command(doc! { "ping": 1 }).await.map(drop)
    }
}

/// A moment as the database keeps it.
pub(crate) fn date(moment: Timestamp) -> DateTime {
    DateTime::from_millis(moment.0)
}

/// A moment as the model knows it.
pub(crate) fn moment(date: DateTime) -> Timestamp {
    Timestamp(date.timestamp_millis())
}

/// An id as the database keeps it. Ids of the model are 24 hexadecimal digits, so this always
/// succeeds; a nil id, which matches nothing, stands for the impossible rest.
pub(crate) fn object_id(hex: &str) -> ObjectId {
    ObjectId::parse_str(hex).unwrap_or_else(|_| ObjectId::from_bytes([0; 12]))
}

/// A document that does not fit its type: the database was changed by other hands.
pub(crate) fn corrupt(what: &str) -> mongodb::error::Error {
    mongodb::error::Error::custom(format!("a document of {what} does not fit its type"))
}

/// Sets an optional field, or removes it.
fn set_or_unset(set: &mut Document, unset: &mut Document, field: &str, value: Option<impl Into<Bson>>) {
    match value {
        Some(value) => set.insert(field, value),
        None => unset.insert(field, ""),
    };
}

/// An update of these two parts; an empty part is left out, as older servers refuse it.
fn update(set: Document, unset: Document) -> Document {
    if unset.is_empty() {
        doc! { "$set": set }
    } else {
        doc! { "$set": set, "$unset": unset }
    }
}
