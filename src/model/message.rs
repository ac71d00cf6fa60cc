//! Messages to customers: what they are about, and how far each has come. A message is stored with
//! the change that it tells of, and a worker sends it (docs/decisions/0025).

mod report;

pub use report::{MessageFailure, Report};

use super::{
    ids::{MessageId, OrderId},
    locale::Locale,
    phone::Phone,
    status::OrderStatus,
    text,
    time::{Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};

/// What a message tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Occasion {
    /// The shop counts on the order.
    Confirmed,
    /// It can be picked up, or is on its way.
    Ready,
    /// It was given up.
    Cancelled,
}

impl Occasion {
    /// All, in the order of an order's life.
    pub const ALL: [Occasion; 3] = [Occasion::Confirmed, Occasion::Ready, Occasion::Cancelled];

    /// The name in the database and in forms.
    pub const fn name(self) -> &'static str {
        match self {
            Occasion::Confirmed => "confirmed",
            Occasion::Ready => "ready",
            Occasion::Cancelled => "cancelled",
        }
    }

    /// The occasion of exactly this name.
    pub fn from_name(name: &str) -> Option<Occasion> {
        Occasion::ALL.into_iter().find(|occasion| occasion.name() == name)
    }

    /// What reaching this status is an occasion for.
    pub const fn of(status: OrderStatus) -> Option<Occasion> {
        match status {
            OrderStatus::Confirmed => Some(Occasion::Confirmed),
            OrderStatus::Ready => Some(Occasion::Ready),
            OrderStatus::Cancelled => Some(Occasion::Cancelled),
            OrderStatus::Pending | OrderStatus::Processing | OrderStatus::Completed => None,
        }
    }

    /// Is the message still true of an order in this status? A step that was taken back, or that
    /// others followed before it was sent, is not told.
    pub const fn holds(self, status: OrderStatus) -> bool {
        match self {
            Occasion::Confirmed => matches!(status, OrderStatus::Confirmed | OrderStatus::Processing),
            Occasion::Ready => matches!(status, OrderStatus::Ready),
            Occasion::Cancelled => matches!(status, OrderStatus::Cancelled),
        }
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Occasion::Confirmed => text::order_desk::occasion_confirmed(l),
            Occasion::Ready => text::order_desk::occasion_ready(l),
            Occasion::Cancelled => text::order_desk::occasion_cancelled(l),
        }
    }
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum MessageKind {
    /// A code that proves a number. Its text is sealed, and forgotten when it was sent.
    Code,
    /// What an order's customer is told.
    Told(Occasion),
}

impl MessageKind {
    /// All.
    pub const ALL: [MessageKind; 4] = [
        MessageKind::Code,
        MessageKind::Told(Occasion::Confirmed),
        MessageKind::Told(Occasion::Ready),
        MessageKind::Told(Occasion::Cancelled),
    ];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            MessageKind::Code => "code",
            MessageKind::Told(occasion) => occasion.name(),
        }
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            MessageKind::Code => text::order_desk::kind_code(l),
            MessageKind::Told(occasion) => occasion.label(l),
        }
    }
}

impl TryFrom<String> for MessageKind {
    type Error = &'static str;
    fn try_from(name: String) -> Result<MessageKind, &'static str> {
        MessageKind::ALL.into_iter().find(|kind| kind.name() == name).ok_or("no kind of message")
    }
}

impl From<MessageKind> for String {
    fn from(kind: MessageKind) -> String {
        kind.name().to_owned()
    }
}

/// How a code comes to its phone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Channel {
    /// As a text.
    #[default]
    Sms,
    /// A voice tells it.
    Call,
}

impl Channel {
    /// All.
    pub const ALL: [Channel; 2] = [Channel::Sms, Channel::Call];

    /// The name in the database, in the API, and at Twilio's Verify.
    pub const fn name(self) -> &'static str {
        match self {
            Channel::Sms => "sms",
            Channel::Call => "call",
        }
    }

    /// The channel of exactly this name.
    pub fn from_name(name: &str) -> Option<Channel> {
        Channel::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MessageState {
    /// Waits to be sent, for the first time or again.
    Queued,
    /// A worker has claimed it. When its lease ends without an outcome, another may claim it.
    Sending,
    /// Handed over.
    Sent,
    /// Given up.
    Failed,
    /// Not true any more before it was sent.
    Withdrawn,
}

impl MessageState {
    /// All.
    pub const ALL: [MessageState; 5] = [
        MessageState::Queued,
        MessageState::Sending,
        MessageState::Sent,
        MessageState::Failed,
        MessageState::Withdrawn,
    ];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            MessageState::Queued => "queued",
            MessageState::Sending => "sending",
            MessageState::Sent => "sent",
            MessageState::Failed => "failed",
            MessageState::Withdrawn => "withdrawn",
        }
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            MessageState::Queued => text::order_desk::state_queued(l),
            MessageState::Sending => text::order_desk::state_sending(l),
            MessageState::Sent => text::order_desk::state_sent(l),
            MessageState::Failed => text::order_desk::state_failed(l),
            MessageState::Withdrawn => text::order_desk::state_withdrawn(l),
        }
    }
}

/// A message to a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// What it is.
    pub kind: MessageKind,
    /// About which order; a code to sign in is about none.
    pub order: Option<OrderId>,
    /// To whom.
    pub to: Phone,
    /// What it says; of a code nobody is told.
    pub body: Option<String>,
    /// Of a code: how it goes.
    pub channel: Channel,
    /// How far it has come.
    pub state: MessageState,
    /// How often it was claimed to be sent. It is also the mark of the claim: who has claimed it as
    /// the third may not settle what somebody else has claimed as the fourth.
    pub tries: u32,
    /// Why the last try did not send it.
    pub failure: Option<MessageFailure>,
    /// What the sender said of it, for whoever must act.
    pub detail: Option<String>,
    /// What the sender has told since it took it.
    pub report: Option<Report>,
    /// After this it is of no use.
    pub useful_until: Timestamp,
    /// When it was written down, or was asked for again.
    pub queued_at: Timestamp,
    /// When it was handed over.
    pub sent_at: Option<Timestamp>,
    /// When it came to where it is, on the shop's clock.
    pub since: WallTime,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for occasion in Occasion::ALL {
            assert_eq!(Occasion::from_name(occasion.name()), Some(occasion));
            assert_eq!(serde_json::to_value(occasion).unwrap(), occasion.name());
        }
        for kind in MessageKind::ALL {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
            assert_eq!(MessageKind::try_from(kind.name().to_owned()), Ok(kind));
        }
        for channel in Channel::ALL {
            assert_eq!(Channel::from_name(channel.name()), Some(channel));
            assert_eq!(serde_json::to_value(channel).unwrap(), channel.name());
        }
        for state in MessageState::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.name());
        }
    }

    #[test]
    fn a_message_is_true_of_the_status_it_tells_of_and_not_of_a_later_end() {
        for status in OrderStatus::ALL {
            assert!(Occasion::of(status).is_none_or(|occasion| occasion.holds(status)));
        }
        assert!(Occasion::Confirmed.holds(OrderStatus::Processing));
        assert!(!Occasion::Confirmed.holds(OrderStatus::Cancelled));
        assert!(!Occasion::Ready.holds(OrderStatus::Processing), "taken back");
        assert!(!Occasion::Ready.holds(OrderStatus::Completed), "it is with the customer");
    }
}
