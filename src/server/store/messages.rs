//! The collection `messages`: what is to be told to customers. A message is stored in the transaction
//! of what it tells of, and claimed by one worker at a time.

use super::{
    corrupt, date,
    migrations::{expiry, index},
    moment, object_id, schema,
    transaction::Aborted,
};
use crate::{
    model::{
        error::AppError,
        ids::{MessageId, OrderId},
        message::{HOLD, LEASE, Message, MessageFailure, MessageState, Occasion},
        phone::Phone,
        time::Timestamp,
    },
    server::clock::{now, wall},
};
use futures::TryStreamExt;
use mongodb::{
    ClientSession, Collection, Database, IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
    options::ReturnDocument,
};
use serde::{Deserialize, Serialize};

pub(super) const NAME: &str = "messages";

/// How long a message is kept, in seconds: as long as somebody may ask what was told.
const KEPT: i64 = 90 * 24 * 3600;

#[derive(Clone, Serialize, Deserialize)]
struct MessageDoc {
    _id: ObjectId,
    kind: Occasion,
    order_id: ObjectId,
    to: String,
    body: String,
    state: MessageState,
    tries: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    error: Option<MessageFailure>,
    /// When it may be claimed: of one that is being sent, when its lease ends.
    due_at: DateTime,
    created_at: DateTime,
    queued_at: DateTime,
    updated_at: DateTime,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    sent_at: Option<DateTime>,
    expires_at: DateTime,
}

pub(super) fn validator() -> Document {
    schema::document(
        doc! {
            "kind": schema::one_of(&Occasion::ALL.map(Occasion::name)),
            "order_id": schema::id(),
            "to": schema::text(9, 16),
            "body": schema::text(1, 1600),
            "state": schema::one_of(&MessageState::ALL.map(MessageState::name)),
            "tries": schema::whole(0),
            "error": schema::one_of(&MessageFailure::ALL.map(MessageFailure::name)),
            "due_at": schema::date(),
            "created_at": schema::date(),
            "queued_at": schema::date(),
            "updated_at": schema::date(),
            "sent_at": schema::date(),
            "expires_at": schema::date(),
        },
        &["error", "sent_at"],
    )
}

pub(super) fn indexes() -> Vec<IndexModel> {
    vec![
        index(doc! { "state": 1, "due_at": 1 }),
        index(doc! { "order_id": 1, "created_at": 1 }),
        index(doc! { "to": 1 }),
        expiry(),
    ]
}

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

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Handed over.
    Sent,
    /// Not sent; to be tried again at this moment.
    Again(MessageFailure, Timestamp),
    /// Given up.
    Failed(MessageFailure),
    /// Not true any more.
    Withdrawn,
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
            "state": { "$in": [
                MessageState::Queued.name(), MessageState::Sending.name(), MessageState::Sent.name(),
            ] },
        };
        if self.collection.find_one(told).session(&mut *session).await?.is_some() {
            return Ok(());
        }
        let at = now();
        let document = MessageDoc {
            _id: ObjectId::new(),
            kind: new.occasion,
            order_id: order,
            to: new.to.to_string(),
            body: new.body.clone(),
            state: MessageState::Queued,
            tries: 0,
            error: None,
            due_at: date(at.plus_seconds(HOLD)),
            created_at: date(at),
            queued_at: date(at),
            updated_at: date(at),
            sent_at: None,
            expires_at: date(at.plus_seconds(KEPT)),
        };
        self.collection.insert_one(&document).session(session).await?;
        Ok(())
    }

    /// Claims the message that is due the longest: one that waits, or one whose worker has not told
    /// within its lease what came of it. One operation, so that two workers never claim the same.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn claim(&self, at: Timestamp) -> Result<Option<Message>, AppError> {
        let open = [MessageState::Queued.name(), MessageState::Sending.name()];
        let due = doc! { "state": { "$in": open.to_vec() }, "due_at": { "$lte": date(at) } };
        let claim = doc! {
            "$set": {
                "state": MessageState::Sending.name(),
                "due_at": date(at.plus_seconds(LEASE)),
                "updated_at": date(now()),
            },
            "$inc": { "tries": 1_i64 },
        };
        let claimed = self.collection.find_one_and_update(due, claim);
        let claimed = claimed.sort(doc! { "due_at": 1 }).return_document(ReturnDocument::After).await?;
        claimed.map(MessageDoc::into_model).transpose()
    }

    /// Notes what came of a claim; nothing when it was claimed again meanwhile.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn settle(&self, claimed: &Message, outcome: Outcome) -> Result<(), AppError> {
        let at = date(now());
        let mut set = doc! { "updated_at": at };
        let (state, failure) = match outcome {
            Outcome::Sent => {
                set.insert("sent_at", at);
                (MessageState::Sent, None)
            }
            Outcome::Again(failure, due) => {
                set.insert("due_at", date(due));
                (MessageState::Queued, Some(failure))
            }
            Outcome::Failed(failure) => (MessageState::Failed, Some(failure)),
            Outcome::Withdrawn => (MessageState::Withdrawn, None),
        };
        set.insert("state", state.name());
        let mut unset = Document::new();
        super::set_or_unset(&mut set, &mut unset, "error", failure.map(MessageFailure::name));
        let mine = doc! {
            "_id": object_id(claimed.id.as_str()),
            "state": MessageState::Sending.name(),
            "tries": i64::from(claimed.tries),
        };
        self.collection.update_one(mine, super::update(set, unset)).await?;
        Ok(())
    }

    /// Puts a message that failed in the queue again, to be sent at once; `None` when it has not failed.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn again(&self, id: &MessageId) -> Result<Option<Message>, AppError> {
        let failed = doc! { "_id": object_id(id.as_str()), "state": MessageState::Failed.name() };
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

impl MessageDoc {
    fn into_model(self) -> Result<Message, AppError> {
        self.parse().ok_or_else(|| corrupt(NAME).into())
    }

    fn parse(self) -> Option<Message> {
        Some(Message {
            id: MessageId::parse(&self._id.to_hex()).ok()?,
            occasion: self.kind,
            order: OrderId::parse(&self.order_id.to_hex()).ok()?,
            to: Phone::from_e164(&self.to).ok()?,
            body: self.body,
            state: self.state,
            tries: u32::try_from(self.tries).ok()?,
            failure: self.error,
            queued_at: moment(self.queued_at),
            sent_at: self.sent_at.map(moment),
            since: wall(moment(self.updated_at)),
        })
    }
}
