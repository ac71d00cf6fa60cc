//! The collection `messages`: what is to be sent to customers. A message is stored in the transaction
//! of what it tells of, and claimed by one worker at a time.

mod document;
mod reports;
mod waiting;

pub use document::{Claimed, ClaimedCode};
pub(super) use document::{NAME, indexes, validator};

use super::{date, object_id, transaction::Aborted, verifications::Subject};
use crate::{
    model::{
        error::AppError,
        ids::{MessageId, OrderId},
        locale::Locale,
        message::{Channel, Message, MessageFailure, MessageKind, MessageState, Occasion},
        message_times::{HEAD_START, HOLD, lease},
        page::{Page, Paging},
        phone::Phone,
        time::Timestamp,
    },
    server::clock::now,
};
use document::MessageDoc;
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database,
    bson::{Document, doc, oid::ObjectId},
    options::ReturnDocument,
};

/// How long a message is kept, in seconds: as long as somebody may ask what was told.
const KEPT: i64 = 90 * 24 * 3600;

/// How long it is kept that a code was sent, in seconds.
const CODE_KEPT: i64 = 7 * 24 * 3600;

/// What has not come to an end.
const OPEN: [&str; 2] = [MessageState::Queued.name(), MessageState::Sending.name()];

/// A message about to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// What it tells of.
    pub occasion: Occasion,
    /// Of which order.
    pub order: OrderId,
    /// To whom.
    pub to: Phone,
    /// What it says.
    pub body: String,
}

/// A code about to be stored.
#[derive(Clone, Debug)]
pub struct NewCode {
    /// The message's id, made beforehand as its text is sealed for it.
    pub id: MessageId,
    /// What the code is bound to.
    pub subject: Subject,
    /// To whom.
    pub to: Phone,
    /// Its text, or for a call the code itself, sealed; `None` when a verifier makes it.
    pub sealed: Option<String>,
    /// How it goes.
    pub channel: Channel,
    /// In which language.
    pub l: Locale,
    /// When the code ends.
    pub ends: Timestamp,
}

impl NewCode {
    /// An id for a message.
    pub fn new_id() -> Result<MessageId, AppError> {
        MessageId::parse(&ObjectId::new().to_hex()).map_err(|_| AppError::Internal)
    }
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Handed over; with the sender's name for it, where it has one.
    Sent(Option<String>),
    /// Not sent; to be tried again at this moment.
    Again(MessageFailure, Timestamp, Option<String>),
    /// Given up.
    Failed(MessageFailure, Option<String>),
    /// Not true any more.
    Withdrawn,
}

impl Outcome {
    const fn state(&self) -> MessageState {
        match self {
            Outcome::Sent(_) => MessageState::Sent,
            Outcome::Again(..) => MessageState::Queued,
            Outcome::Failed(..) => MessageState::Failed,
            Outcome::Withdrawn => MessageState::Withdrawn,
        }
    }
}

/// Reads and writes messages.
#[derive(Clone)]
pub struct Messages {
    collection: Collection<MessageDoc>,
}

impl Messages {
    pub(super) fn new(database: &Database) -> Messages {
        Messages { collection: database.collection(NAME) }
    }

    /// Stores a message, unless the same was told of this order already or is about to be.
    ///
    /// # Errors
    /// The database's.
    pub async fn queue(&self, session: &mut ClientSession, new: &NewMessage) -> Result<(), Aborted> {
        let order = object_id(new.order.as_str());
        let told = doc! {
            "order_id": order,
            "kind": new.occasion.name(),
            "state": { "$in": [OPEN[0], OPEN[1], MessageState::Sent.name()] },
        };
        if self.collection.find_one(told).session(&mut *session).await?.is_some() {
            return Ok(());
        }
        let at = now();
        let document = MessageDoc {
            order_id: Some(order),
            body: Some(new.body.clone()),
            ..queued(ObjectId::new(), MessageKind::Told(new.occasion), &new.to, at, HOLD, KEPT)
        };
        self.collection.insert_one(&document).session(session).await?;
        Ok(())
    }

    /// Stores a code. Codes for the same subject that have not left are not sent any more.
    ///
    /// # Errors
    /// The database's.
    pub async fn queue_code(&self, session: &mut ClientSession, new: &NewCode) -> Result<(), Aborted> {
        let earlier = doc! { "subject": new.subject.key(), "state": { "$in": OPEN.to_vec() } };
        let withdrawn = doc! {
            "$set": { "state": MessageState::Withdrawn.name(), "updated_at": date(now()) },
            "$unset": { "sealed": "" },
        };
        self.collection.update_many(earlier, withdrawn).session(&mut *session).await?;
        self.begin_code(session, new).await
    }

    /// Stores the first code for a subject.
    ///
    /// # Errors
    /// The database's.
    pub async fn begin_code(&self, session: &mut ClientSession, new: &NewCode) -> Result<(), Aborted> {
        let order = match &new.subject {
            Subject::Order(order) => Some(object_id(order.as_str())),
            Subject::SignIn(_) => None,
        };
        let id = object_id(new.id.as_str());
        let document = MessageDoc {
            order_id: order,
            subject: Some(new.subject.key().to_owned()),
            sealed: new.sealed.clone(),
            channel: Some(new.channel),
            locale: Some(new.l),
            useful_until: Some(date(new.ends)),
            ..queued(id, MessageKind::Code, &new.to, now(), HEAD_START, CODE_KEPT)
        };
        self.collection.insert_one(&document).session(session).await?;
        Ok(())
    }

    /// Claims the message that is due the longest, a code before all others: one that waits, or one
    /// whose worker has not told within its lease what came of it. One operation, so that two workers
    /// never claim the same.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn claim(&self, at: Timestamp) -> Result<Option<Claimed>, AppError> {
        let code = MessageKind::Code;
        let told = MessageKind::Told(Occasion::Ready);
        for (kind, which) in [(code, doc! { "$eq": code.name() }), (told, doc! { "$ne": code.name() })] {
            let due =
                doc! { "state": { "$in": OPEN.to_vec() }, "due_at": { "$lte": date(at) }, "kind": which };
            let claimed = self.collection.find_one_and_update(due, claim(kind, at));
            let claimed = claimed.sort(doc! { "due_at": 1 }).return_document(ReturnDocument::After).await?;
            if let Some(claimed) = claimed {
                return claimed.into_claimed().map(Some);
            }
        }
        Ok(None)
    }

    /// Claims this code for the request that made it; `None` when a worker was faster.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn claim_code(&self, id: &MessageId, at: Timestamp) -> Result<Option<Claimed>, AppError> {
        let queued = doc! { "_id": object_id(id.as_str()), "state": MessageState::Queued.name() };
        let claimed = self.collection.find_one_and_update(queued, claim(MessageKind::Code, at));
        let claimed = claimed.return_document(ReturnDocument::After).await?;
        claimed.map(MessageDoc::into_claimed).transpose()
    }

    /// Notes what came of a claim; nothing when it was claimed again meanwhile. Says which.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn settle(&self, claimed: &Message, outcome: &Outcome) -> Result<bool, AppError> {
        let at = date(now());
        let mut set = doc! { "updated_at": at, "state": outcome.state().name() };
        let mut unset = Document::new();
        let (failure, detail) = match outcome {
            Outcome::Sent(sid) => {
                set.insert("sent_at", at);
                if let Some(sid) = sid {
                    set.insert("sid", sid);
                }
                (None, None)
            }
            Outcome::Again(failure, due, detail) => {
                set.insert("due_at", date(*due));
                (Some(*failure), detail.clone())
            }
            Outcome::Failed(failure, detail) => (Some(*failure), detail.clone()),
            Outcome::Withdrawn => (None, None),
        };
        super::set_or_unset(&mut set, &mut unset, "error", failure.map(MessageFailure::name));
        super::set_or_unset(&mut set, &mut unset, "detail", detail);
        if !matches!(outcome, Outcome::Again(..)) {
            // A code is kept as long as it is needed to be sent, and no longer.
            unset.insert("sealed", "");
        }
        let mine = doc! {
            "_id": object_id(claimed.id.as_str()),
            "state": MessageState::Sending.name(),
            "tries": i64::from(claimed.tries),
        };
        let result = self.collection.update_one(mine, super::update(set, unset)).await?;
        Ok(result.matched_count == 1)
    }

    /// Puts a message that failed in the queue again, to be sent at once; `None` when it has not failed,
    /// or is a code: of that nobody knows the text any more.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn again(&self, id: &MessageId) -> Result<Option<Message>, AppError> {
        let failed = doc! {
            "_id": object_id(id.as_str()),
            "state": MessageState::Failed.name(),
            "kind": { "$ne": MessageKind::Code.name() },
        };
        let at = date(now());
        let update = doc! {
            "$set": {
                "state": MessageState::Queued.name(),
                "tries": 0_i64,
                "due_at": at,
                "queued_at": at,
                "updated_at": at,
            },
        };
        let again = self.collection.find_one_and_update(failed, update);
        let again = again.return_document(ReturnDocument::After).await?;
        again.map(MessageDoc::into_model).transpose()
    }

    /// One by its id.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn by_id(&self, id: &MessageId) -> Result<Option<Message>, AppError> {
        let found = self.collection.find_one(doc! { "_id": object_id(id.as_str()) }).await?;
        found.map(MessageDoc::into_model).transpose()
    }

    /// All of an order, oldest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn of_order(&self, order: &OrderId) -> Result<Vec<Message>, AppError> {
        self.found(doc! { "order_id": object_id(order.as_str()) }).await
    }

    /// Those that were given up, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn given_up(&self, paging: Paging) -> Result<Page<Message>, AppError> {
        let failed = doc! { "state": MessageState::Failed.name() };
        let total = self.collection.count_documents(failed.clone()).await?;
        let found = self.collection.find(failed).sort(doc! { "updated_at": -1 }).skip(paging.skip());
        let found: Vec<MessageDoc> = found.limit(i64::from(paging.per_page())).await?.try_collect().await?;
        let items: Result<_, _> = found.into_iter().map(MessageDoc::into_model).collect();
        Ok(paging.of(items?, total))
    }

    /// The last message that the sender refused for a fault of ours, if none was sent after it.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn last_refused(&self) -> Result<Option<Message>, AppError> {
        let refused = doc! {
            "state": MessageState::Failed.name(),
            "error": MessageFailure::Misconfigured.name(),
        };
        let newest = doc! { "updated_at": -1 };
        let Some(refused) = self.collection.find_one(refused).sort(newest.clone()).await? else {
            return Ok(None);
        };
        let later = doc! {
            "state": MessageState::Sent.name(),
            "sent_at": { "$gt": refused.updated_at },
        };
        match self.collection.find_one(later).sort(newest).await? {
            Some(_) => Ok(None),
            None => refused.into_model().map(Some),
        }
    }

    /// All to a number, oldest first.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn to(&self, phone: &Phone) -> Result<Vec<Message>, AppError> {
        self.found(doc! { "to": phone.as_str() }).await
    }

    /// Forgets all messages to a number.
    ///
    /// # Errors
    /// The database's.
    pub async fn forget(&self, session: &mut ClientSession, phone: &Phone) -> Result<(), Aborted> {
        self.collection.delete_many(doc! { "to": phone.as_str() }).session(session).await?;
        Ok(())
    }

    async fn found(&self, filter: Document) -> Result<Vec<Message>, AppError> {
        let found: Vec<MessageDoc> =
            self.collection.find(filter).sort(doc! { "created_at": 1 }).await?.try_collect().await?;
        found.into_iter().map(MessageDoc::into_model).collect()
    }
}

/// The operation that claims a message of this kind.
fn claim(kind: MessageKind, at: Timestamp) -> Document {
    doc! {
        "$set": {
            "state": MessageState::Sending.name(),
            "due_at": date(at.plus_seconds(lease(kind))),
            "updated_at": date(now()),
        },
        "$inc": { "tries": 1_i64 },
    }
}

/// A new message, to be sent after some seconds and kept for some.
fn queued(id: ObjectId, kind: MessageKind, to: &Phone, at: Timestamp, wait: i64, kept: i64) -> MessageDoc {
    MessageDoc {
        _id: id,
        kind,
        order_id: None,
        subject: None,
        to: to.to_string(),
        body: None,
        sealed: None,
        channel: None,
        locale: None,
        state: MessageState::Queued,
        tries: 0,
        error: None,
        detail: None,
        sid: None,
        report: None,
        due_at: date(at.plus_seconds(wait)),
        useful_until: None,
        created_at: date(at),
        queued_at: date(at),
        updated_at: date(at),
        sent_at: None,
        expires_at: date(at.plus_seconds(kept)),
    }
}
