//! The collection `verifications`: codes sent by SMS, hashed, one document per subject: an order, or a
//! visitor's try to sign in.

use super::{
    corrupt, date,
    migrations::{expiry, index, unique},
    moment, schema,
    transaction::Aborted,
};
use crate::{
    model::{
        error::{AppError, Conflict},
        ids::{OrderId, SignInId},
        phone::Phone,
        time::Timestamp,
    },
    server::clock::now,
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "verifications";

/// How often a code may be tried.
pub const MAX_TRIES: u32 = 5;

/// What a code is bound to besides its phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An order that waits for it.
    Order(OrderId),
    /// A visitor who wants to be known by phone.
    SignIn(SignInId),
}

impl Subject {
    /// As stored. The two kinds differ in length.
    pub fn key(&self) -> &str {
        match self {
            Subject::Order(order) => order.as_str(),
            Subject::SignIn(attempt) => attempt.as_str(),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct VerificationDoc {
    /// See [`Subject::key`].
    subject: String,
    phone: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    code_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    verify_sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    counted: Option<CountedDoc>,
    tries: i64,
    sends: i64,
    sent_at: DateTime,
    expires_at: DateTime,
}

#[derive(Serialize, Deserialize)]
struct CountedDoc {
    address: String,
    network: String,
    window: i64,
}

/// What a code counts against until it is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The counter of the address that asked.
    pub address: String,
    /// That of its network.
    pub network: String,
    /// The window of both, see [`super::rate_limits::Window::number`].
    pub window: i64,
}

/// A code about to be written down.
#[derive(Clone, Debug)]
pub struct NewProof {
    /// What it is bound to.
    pub subject: Subject,
    /// To whom it goes.
    pub phone: Phone,
    /// HMAC of the code; `None` when a verifier makes it.
    pub code_hash: Option<String>,
    /// What it counts against.
    pub counted: Counted,
    /// When it ends.
    pub ends: Timestamp,
}

/// A code that was sent.
pub struct SentCode {
    /// To which number.
    pub phone: Phone,
    /// HMAC of the code, where the shop has made it or has seen it be right.
    pub code_hash: Option<String>,
    /// The verifier's name for it, where one makes it and has told.
    pub verify_sid: Option<String>,
    /// What it counts against.
    pub counted: Option<Counted>,
    /// Tries so far, the one under way included.
    pub tries: u32,
    /// How often a code was sent for this subject.
    pub sends: u32,
    /// When the last one was sent.
    pub sent_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "subject": schema::text(24, 43),
            "phone": schema::text(9, 16),
            "code_hash": schema::text(43, 43),
            "verify_sid": schema::text(34, 34),
            "counted": schema::object(
                doc! {
                    "address": schema::text(1, 200),
                    "network": schema::text(1, 200),
                    "window": schema::whole(0),
                },
                &[],
            ),
            "tries": schema::whole(0),
            "sends": schema::whole(1),
            "sent_at": schema::date(),
            "expires_at": schema::date(),
        },
        &["code_hash", "verify_sid", "counted"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![unique(doc! { "subject": 1 }), index(doc! { "phone": 1 }), expiry()]
}

/// Reads and writes codes.
#[derive(Clone)]
pub struct Verifications {
    collection: Collection<VerificationDoc>,
}

impl Verifications {
    pub(super) fn new(database: &Database) -> Verifications {
        Verifications { collection: database.collection(NAME) }
    }

    /// The code of a subject, if one was sent and has not ended.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of(&self, subject: &Subject) -> Result<Option<SentCode>, AppError> {
        let filter = doc! { "subject": subject.key(), "expires_at": { "$gt": date(now()) } };
        self.collection.find_one(filter).await?.map(SentCode::of).transpose()
    }

    /// Stores the first code of a subject that is as new as the code.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin(&self, session: &mut ClientSession, new: &NewProof) -> Result<(), Aborted> {
        let mut document = doc! { "subject": new.subject.key() };
        document.extend(new.fields(0));
        document.extend(new.code_hash.iter().map(|hash| ("code_hash".to_owned(), hash.into())));
        self.collection.clone_with_type().insert_one(document).session(session).await?;
        Ok(())
    }

    /// Puts a new code in the place of the old one, if as many were sent as `sends_seen` says: two
    /// requests at once send one SMS. Says whether it did.
    ///
    /// # Errors
    /// A conflict when another request began at the same time; the database's.
    pub async fn replace(
        &self,
        session: &mut ClientSession,
        new: &NewProof,
        sends_seen: u32,
    ) -> Result<bool, Aborted> {
        let key = new.subject.key();
        let mut fields = new.fields(sends_seen);
        let mut without = doc! { "verify_sid": "" };
        super::set_or_unset(&mut fields, &mut without, "code_hash", new.code_hash.as_deref());
        if sends_seen == 0 {
            // What is left of an ended code is in the way until the TTL index takes it.
            let ended = doc! { "subject": key, "expires_at": { "$lte": date(now()) } };
            self.collection.delete_one(ended).session(&mut *session).await?;
            let update = doc! { "$setOnInsert": fields };
            let begun = self.collection.update_one(doc! { "subject": key }, update).upsert(true);
            return match begun.session(session).await {
                Ok(result) => Ok(result.upserted_id.is_some()),
                // It has ended the transaction, so there is nothing to go on with.
                Err(error) if crate::server::error::is_duplicate(&error) => {
                    let conflict = Conflict::Duplicate { field: "subject".to_owned() };
                    Err(Aborted::Refused(AppError::Conflict { conflict }))
                }
                Err(error) => Err(error.into()),
            };
        }
        let filter = doc! { "subject": key, "sends": i64::from(sends_seen) };
        let update = super::update(fields, without);
        let replaced = self.collection.update_one(filter, update).session(session).await?;
        Ok(replaced.modified_count == 1)
    }

    /// The verifier has begun, under this name.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn begun(&self, subject: &Subject, sid: &str) -> Result<(), AppError> {
        let theirs = doc! { "subject": subject.key(), "code_hash": { "$exists": false } };
        self.collection.update_one(theirs, doc! { "$set": { "verify_sid": sid } }).await?;
        Ok(())
    }

    /// The verifier has said that this code is right. It will not say so twice: what follows may.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn was_right(&self, subject: &Subject, code_hash: &str) -> Result<(), AppError> {
        let update = doc! { "$set": { "code_hash": code_hash } };
        self.collection.update_one(doc! { "subject": subject.key() }, update).await?;
        Ok(())
    }

    /// The last SMS did not leave: another may follow at once.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn not_sent(&self, subject: &Subject) -> Result<(), AppError> {
        let update = doc! { "$set": { "sent_at": date(Timestamp(0)) } };
        self.collection.update_one(doc! { "subject": subject.key() }, update).await?;
        Ok(())
    }

    /// An SMS that had not left went out after all.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn sent_late(&self, subject: &Subject) -> Result<(), AppError> {
        let failed = doc! { "subject": subject.key(), "sent_at": date(Timestamp(0)) };
        self.collection.update_one(failed, doc! { "$set": { "sent_at": date(now()) } }).await?;
        Ok(())
    }

    /// Counts a try and returns the code to compare with; `None` when it has ended or was tried
    /// too often. One operation, so that a thousand guesses at once are still at most five.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn try_once(&self, subject: &Subject, phone: &Phone) -> Result<Option<SentCode>, AppError> {
        let filter = doc! {
            "subject": subject.key(),
            "phone": phone.as_str(),
            "tries": { "$lt": i64::from(MAX_TRIES) },
            "expires_at": { "$gt": date(now()) },
        };
        let tried = self
            .collection
            .find_one_and_update(filter, doc! { "$inc": { "tries": 1_i64 } })
            .return_document(ReturnDocument::After)
            .await?;
        tried.map(SentCode::of).transpose()
    }

    /// A code serves once: says whether it was this call that used it up.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn take(&self, subject: &Subject) -> Result<bool, AppError> {
        let result = self.collection.delete_one(doc! { "subject": subject.key() }).await?;
        Ok(result.deleted_count == 1)
    }

    /// All codes sent to a number that have not ended.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of_phone(&self, phone: &Phone) -> Result<Vec<SentCode>, AppError> {
        let filter = doc! { "phone": phone.as_str(), "expires_at": { "$gt": date(now()) } };
        let found: Vec<VerificationDoc> = self.collection.find(filter).await?.try_collect().await?;
        found.into_iter().map(SentCode::of).collect()
    }

    /// Forgets all codes sent to a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, session: &mut ClientSession, phone: &Phone) -> Result<(), Aborted> {
        self.collection.delete_many(doc! { "phone": phone.as_str() }).session(session).await?;
        Ok(())
    }
}

impl NewProof {
    /// What every code has, sent once more than before.
    fn fields(&self, sends_before: u32) -> Document {
        let Counted { address, network, window } = &self.counted;
        doc! {
            "phone": self.phone.as_str(),
            "counted": { "address": address, "network": network, "window": *window },
            "tries": 0_i64,
            "sends": i64::from(sends_before) + 1,
            "sent_at": date(now()),
            "expires_at": date(self.ends),
        }
    }
}

impl SentCode {
    /// Did the last SMS not leave (see [`Verifications::not_sent`])?
    pub fn failed(&self) -> bool {
        self.sent_at == Timestamp(0)
    }

    fn of(document: VerificationDoc) -> Result<SentCode, AppError> {
        let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
        Ok(SentCode {
            phone: Phone::from_e164(&document.phone).map_err(|_| AppError::from(corrupt(NAME)))?,
            code_hash: document.code_hash,
            verify_sid: document.verify_sid,
            counted: document.counted.map(|CountedDoc { address, network, window }| Counted {
                address,
                network,
                window,
            }),
            tries: count(document.tries),
            sends: count(document.sends),
            sent_at: moment(document.sent_at),
            expires_at: moment(document.expires_at),
        })
    }
}
