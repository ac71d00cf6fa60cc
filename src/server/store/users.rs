//! The collection `users`: customers by phone number, admins by user name.

pub mod customers;
pub mod notes;
mod owners;
mod second_factor;

pub use second_factor::{PendingFactor, SecondFactor};

use super::{
    corrupt, date,
    migrations::{expiry, index, unique_where_present},
    moment, object_id, schema,
    transaction::Aborted,
};
use crate::{
    model::{
        customer::Note,
        error::AppError,
        ids::{CustomerId, UserId},
        phone::Phone,
        session::Rights,
        time::Timestamp,
    },
    server::{
        clock::now,
        error::{duplicate_as, is_duplicate},
    },
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
};
use serde::Deserialize;

pub(super) const NAME: &str = "users";

#[derive(Deserialize)]
struct AdminDoc {
    _id: ObjectId,
    username: String,
    password_hash: String,
    /// Logins that began before this second are void: password change, "sign out everywhere".
    #[serde(default)]
    tokens_valid_from: i64,
    last_login: Option<DateTime>,
    rights: Rights,
    second_factor: Option<second_factor::FactorDoc>,
    pending_factor: Option<second_factor::PendingDoc>,
}

/// An admin, as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminEntry {
    /// Its id.
    pub id: UserId,
    /// Its name.
    pub username: String,
    /// What it may do.
    pub rights: Rights,
    /// Does a code follow the password?
    pub second_factor: bool,
    /// When its password was last typed.
    pub last_login: Option<Timestamp>,
}

/// An admin, with what is needed to check a login or a token.
pub struct AdminUser {
    /// Its id.
    pub id: UserId,
    /// Its name.
    pub username: String,
    /// argon2id, in PHC form.
    pub password_hash: String,
    /// Unix seconds: logins that began before are void, with all tokens of theirs.
    pub tokens_valid_from: i64,
    /// What it may do.
    pub rights: Rights,
    /// What follows the password.
    pub second_factor: Option<SecondFactor>,
    /// A second factor that is being set up.
    pub pending_factor: Option<PendingFactor>,
}

pub(super) fn validator() -> Document {
    let mut validator = schema::document(
        doc! {
            "phone_number": schema::text(9, 16),
            "username": schema::text(1, 100),
            "name": schema::text(0, 100),
            "sort_name": customers::sort_name(),
            "search_words": customers::search_words(),
            "orders": schema::whole(0),
            "spent": schema::whole(0),
            "last_order_at": schema::date(),
            "notes": notes::validator(),
            "role": schema::one_of(&["customer", "admin"]),
            "password_hash": schema::text(1, 300),
            "tokens_valid_from": schema::whole(0),
            "rights": schema::one_of(&Rights::ALL.map(Rights::name)),
            "revision": schema::whole(0),
            "second_factor": second_factor::factor_schema(),
            "pending_factor": second_factor::pending_schema(),
            "email": schema::text(3, 254),
            "created_at": schema::date(),
            "updated_at": schema::date(),
            "last_login": schema::date(),
            "expires_at": schema::date(),
        },
        &[
            "phone_number",
            "username",
            "name",
            "sort_name",
            "search_words",
            "orders",
            "spent",
            "last_order_at",
            "notes",
            "password_hash",
            "tokens_valid_from",
            "rights",
            "revision",
            "second_factor",
            "pending_factor",
            "email",
            "last_login",
            "expires_at",
        ],
    );
    // A customer has a phone number and an end; an admin has a name, a password and rights, and no end.
    validator.insert(
        "$or",
        vec![
            doc! {
                "role": "customer",
                "phone_number": { "$exists": true },
                "expires_at": { "$exists": true },
                "rights": { "$exists": false },
            },
            doc! {
                "role": "admin",
                "username": { "$exists": true },
                "password_hash": { "$exists": true },
                "rights": { "$exists": true },
                "expires_at": { "$exists": false },
            },
        ],
    );
    validator
}

pub(super) fn indexes() -> Vec<IndexModel> {
    let mut all = vec![
        unique_where_present("phone_number"),
        unique_where_present("username"),
        index(doc! { "role": 1 }),
        expiry(),
    ];
    all.extend(customers::indexes());
    all
}

/// How long after the last order a customer is remembered: three years, the general limitation
/// period of the Romanian Civil Code (art. 2517).
const RETENTION_SECONDS: i64 = 3 * 365 * 24 * 3600;

/// What is remembered of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRecord {
    /// The record's id.
    pub id: CustomerId,
    /// The name of the last order.
    pub name: String,
    /// When the first order was confirmed.
    pub created_at: Timestamp,
    /// When the last one was.
    pub updated_at: Timestamp,
    /// Until when this is remembered.
    pub expires_at: Timestamp,
    /// The producer's notes, the newest first.
    pub notes: Vec<Note>,
}

#[derive(Deserialize)]
struct CustomerDoc {
    _id: ObjectId,
    #[serde(default)]
    name: String,
    created_at: DateTime,
    updated_at: DateTime,
    expires_at: DateTime,
    #[serde(default)]
    notes: Vec<notes::NoteDoc>,
}

/// Reads and writes users.
#[derive(Clone)]
pub struct Users {
    customers: Collection<Document>,
    admins: Collection<AdminDoc>,
}

impl Users {
    pub(super) fn new(database: &Database) -> Users {
        Users { customers: database.collection(NAME), admins: database.collection(NAME) }
    }

    /// Remembers a customer whose number was verified; each order renews the retention period.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn remember_customer(&self, phone: &Phone, name: &str) -> Result<(), AppError> {
        let at = now();
        let mut set = doc! {
            "name": name,
            "updated_at": date(at),
            "last_login": date(at),
            "last_order_at": date(at),
            "expires_at": date(at.plus_seconds(RETENTION_SECONDS)),
        };
        set.extend(customers::of_name(name));
        let new = doc! { "role": "customer", "created_at": date(at), "orders": 0_i64, "spent": 0_i64 };
        let update = doc! { "$set": set, "$setOnInsert": new };
        self.customers.update_one(doc! { "phone_number": phone.as_str() }, update).upsert(true).await?;
        Ok(())
    }

    /// What is remembered of the customer of a number.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn customer(&self, phone: &Phone) -> Result<Option<CustomerRecord>, AppError> {
        let filter = doc! { "role": "customer", "phone_number": phone.as_str() };
        let found = self.customers.clone_with_type::<CustomerDoc>().find_one(filter).await?;
        found.map(CustomerDoc::into_model).transpose()
    }

    /// Forgets the customer of a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget_customer(&self, session: &mut ClientSession, phone: &Phone) -> Result<(), Aborted> {
        let filter = doc! { "role": "customer", "phone_number": phone.as_str() };
        self.customers.delete_many(filter).session(session).await?;
        Ok(())
    }

    /// The admin of this name.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn admin(&self, username: &str) -> Result<Option<AdminUser>, AppError> {
        let found = self.admins.find_one(doc! { "role": "admin", "username": username }).await?;
        found.map(AdminDoc::into_model).transpose()
    }

    /// The admin of this id.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn admin_by_id(&self, id: &UserId) -> Result<Option<AdminUser>, AppError> {
        let filter = doc! { "_id": object_id(id.as_str()), "role": "admin" };
        self.admins.find_one(filter).await?.map(AdminDoc::into_model).transpose()
    }

    /// Is there any admin?
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn any_admin(&self) -> Result<bool, AppError> {
        Ok(self.customers.find_one(doc! { "role": "admin" }).await?.is_some())
    }

    /// Adds an admin.
    ///
    /// # Errors
    /// A conflict when the name is taken.
    pub async fn insert_admin(
        &self,
        username: &str,
        password_hash: &str,
        rights: Rights,
    ) -> Result<(), AppError> {
        let admin = new_admin(username, password_hash, rights);
        self.customers.insert_one(admin).await.map_err(duplicate_as("username"))?;
        Ok(())
    }

    /// The same within a transaction; the id of the new account.
    ///
    /// # Errors
    /// A conflict when the name is taken.
    pub async fn insert_invited(
        &self,
        session: &mut ClientSession,
        username: &str,
        password_hash: &str,
        rights: Rights,
    ) -> Result<UserId, Aborted> {
        let admin = new_admin(username, password_hash, rights);
        let inserted = self.customers.insert_one(admin).session(session).await.map_err(|error| {
            if is_duplicate(&error) { duplicate_as("username")(error).into() } else { Aborted::Failed(error) }
        })?;
        let id = inserted.inserted_id.as_object_id().ok_or_else(|| corrupt(NAME))?;
        Ok(UserId::parse(&id.to_hex()).map_err(|_| corrupt(NAME))?)
    }

    /// Changes a password, and voids every token issued before.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn set_password(&self, username: &str, password_hash: &str) -> Result<bool, AppError> {
        let change = doc! { "password_hash": { "$literal": password_hash } };
        self.void(username, change).await
    }

    /// Voids every token issued before.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn void_logins(&self, username: &str) -> Result<bool, AppError> {
        self.void(username, doc! {}).await
    }

    async fn void(&self, username: &str, mut change: Document) -> Result<bool, AppError> {
        let at = now();
        // From the next second on, and always later than the last time: tokens know the time to the
        // second, and there may be several changes within one.
        let later = doc! { "$add": [{ "$ifNull": ["$tokens_valid_from", 0_i64] }, 1_i64] };
        change.insert("tokens_valid_from", doc! { "$max": [at.0 / 1000 + 1, later] });
        change.insert("updated_at", date(at));
        let filter = doc! { "role": "admin", "username": username };
        let result = self.customers.update_one(filter, vec![doc! { "$set": change }]).await?;
        Ok(result.matched_count == 1)
    }

    /// All admins, by name.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn admins(&self) -> Result<Vec<AdminEntry>, AppError> {
        let found = self.admins.find(doc! { "role": "admin" }).sort(doc! { "username": 1 }).await?;
        let admins: Vec<AdminDoc> = found.try_collect().await?;
        let entry = |admin: AdminDoc| {
            let last_login = admin.last_login.map(moment);
            let AdminUser { id, username, rights, second_factor, .. } = admin.into_model()?;
            Ok(AdminEntry { id, username, rights, second_factor: second_factor.is_some(), last_login })
        };
        admins.into_iter().map(entry).collect()
    }

    /// Notes a login.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn note_login(&self, id: &UserId, at: Timestamp) -> Result<(), AppError> {
        let filter = doc! { "_id": object_id(id.as_str()) };
        self.customers.update_one(filter, doc! { "$set": { "last_login": date(at) } }).await?;
        Ok(())
    }
}

impl CustomerDoc {
    fn into_model(self) -> Result<CustomerRecord, AppError> {
        Ok(CustomerRecord {
            id: CustomerId::parse(&self._id.to_hex()).map_err(|_| AppError::from(corrupt(NAME)))?,
            name: self.name,
            created_at: moment(self.created_at),
            updated_at: moment(self.updated_at),
            expires_at: moment(self.expires_at),
            notes: self.notes.into_iter().rev().filter_map(notes::NoteDoc::into_model).collect(),
        })
    }
}

fn new_admin(username: &str, password_hash: &str, rights: Rights) -> Document {
    let at = date(now());
    doc! {
        "username": username,
        "name": username,
        "role": "admin",
        "rights": rights.name(),
        "password_hash": password_hash,
        "tokens_valid_from": 0_i64,
        "created_at": at,
        "updated_at": at,
    }
}

impl AdminDoc {
    fn into_model(self) -> Result<AdminUser, AppError> {
        Ok(AdminUser {
            id: UserId::parse(&self._id.to_hex()).map_err(|_| AppError::from(corrupt(NAME)))?,
            username: self.username,
            password_hash: self.password_hash,
            tokens_valid_from: self.tokens_valid_from,
            rights: self.rights,
            second_factor: self.second_factor.map(SecondFactor::from),
            pending_factor: self.pending_factor.map(PendingFactor::from),
        })
    }
}
