//! How a message is stored.

use super::super::{
    corrupt,
    migrations::{expiry, index},
    moment, schema,
    verifications::Subject,
};
use crate::{
    model::{
        error::AppError,
        ids::{MessageId, OrderId, SignInId},
        locale::Locale,
        message::{Channel, Message, MessageFailure, MessageKind, MessageState, Report},
        message_times::USEFUL,
        phone::Phone,
    },
    server::clock::wall,
};
use mongodb::{
    IndexModel,
    bson::{DateTime, Document, doc, oid::ObjectId},
};
use serde::{Deserialize, Serialize};

pub(in crate::server::store) const NAME: &str = "messages";

#[derive(Clone, Serialize, Deserialize)]
pub(super) struct MessageDoc {
    pub _id: ObjectId,
    pub kind: MessageKind,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub order_id: Option<ObjectId>,
    /// What a code is bound to, see [`Subject::key`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    pub to: String,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub body: Option<String>,
    /// The text of a code, until it was sent or given up.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sealed: Option<String>,
    /// Of a code: how it goes, and in which language it was asked for.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub channel: Option<Channel>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub locale: Option<Locale>,
    pub state: MessageState,
    pub tries: i64,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub error: Option<MessageFailure>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub detail: Option<String>,
    /// The sender's name for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub report: Option<Report>,
    /// When it may be claimed: of one that is being sent, when its lease ends.
    pub due_at: DateTime,
    /// Of a code: when it ends.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub useful_until: Option<DateTime>,
    pub created_at: DateTime,
    pub queued_at: DateTime,
    pub updated_at: DateTime,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sent_at: Option<DateTime>,
    pub expires_at: DateTime,
}

pub(in crate::server::store) fn validator() -> Document {
    schema::document(
        doc! {
            "kind": schema::one_of(&MessageKind::ALL.map(MessageKind::name)),
            "order_id": schema::id(),
            "subject": schema::text(24, 43),
            "to": schema::text(9, 16),
            "body": schema::text(1, 1600),
            "sealed": schema::text(40, 4000),
            "channel": schema::one_of(&Channel::ALL.map(Channel::name)),
            "locale": schema::one_of(&Locale::ALL.map(Locale::tag)),
            "state": schema::one_of(&MessageState::ALL.map(MessageState::name)),
            "tries": schema::whole(0),
            "error": schema::one_of(&MessageFailure::ALL.map(MessageFailure::name)),
            "detail": schema::text(1, 300),
            "sid": schema::text(34, 34),
            "report": schema::one_of(&Report::ALL.map(Report::name)),
            "due_at": schema::date(),
            "useful_until": schema::date(),
            "created_at": schema::date(),
            "queued_at": schema::date(),
            "updated_at": schema::date(),
            "sent_at": schema::date(),
            "expires_at": schema::date(),
        },
        OPTIONAL,
    )
}

const OPTIONAL: &[&str] = &[
    "order_id",
    "subject",
    "body",
    "sealed",
    "channel",
    "locale",
    "error",
    "detail",
    "sid",
    "report",
    "useful_until",
    "sent_at",
];

pub(in crate::server::store) fn indexes() -> Vec<IndexModel> {
    vec![
        index(doc! { "state": 1, "due_at": 1 }),
        index(doc! { "state": 1, "updated_at": -1 }),
        index(doc! { "order_id": 1, "created_at": 1 }),
        index(doc! { "subject": 1 }),
        index(doc! { "to": 1 }),
        expiry(),
    ]
}

/// A message that one worker has in its hands.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// The message.
    pub message: Message,
    /// What only a code has.
    pub code: Option<ClaimedCode>,
}

/// A code that one worker has in its hands.
#[derive(Clone, Debug)]
pub struct ClaimedCode {
    /// What it is bound to.
    pub subject: Subject,
    /// Its text, or for a call the code itself, sealed; `None` when a verifier makes it.
    pub sealed: Option<String>,
    /// In which language it was asked for.
    pub l: Locale,
}

impl MessageDoc {
    pub fn into_model(self) -> Result<Message, AppError> {
        self.parse().ok_or_else(|| corrupt(NAME).into())
    }

    pub fn into_claimed(self) -> Result<Claimed, AppError> {
        let code = self.code();
        Ok(Claimed { code, message: self.into_model()? })
    }

    fn code(&self) -> Option<ClaimedCode> {
        let subject = self.subject()?;
        Some(ClaimedCode { subject, sealed: self.sealed.clone(), l: self.locale.unwrap_or_default() })
    }

    /// Of a code: what it is bound to.
    pub fn subject(&self) -> Option<Subject> {
        let subject = self.subject.as_deref()?;
        match self.order_id {
            Some(_) => Some(Subject::Order(OrderId::parse(subject).ok()?)),
            None => Some(Subject::SignIn(SignInId::parse(subject).ok()?)),
        }
    }

    fn parse(self) -> Option<Message> {
        let queued_at = moment(self.queued_at);
        let order = self.order_id.map(|order| OrderId::parse(&order.to_hex()));
        Some(Message {
            id: MessageId::parse(&self._id.to_hex()).ok()?,
            kind: self.kind,
            order: order.transpose().ok()?,
            to: Phone::from_e164(&self.to).ok()?,
            body: self.body,
            channel: self.channel.unwrap_or_default(),
            state: self.state,
            tries: u32::try_from(self.tries).ok()?,
            failure: self.error,
            detail: self.detail,
            report: self.report,
            useful_until: self.useful_until.map_or_else(|| queued_at.plus_seconds(USEFUL), moment),
            queued_at,
            sent_at: self.sent_at.map(moment),
            since: wall(moment(self.updated_at)),
        })
    }
}
