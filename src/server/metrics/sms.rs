//! SMS, calls and codes in this process.

use super::{Counters, counters};
use crate::{
    model::message::{Channel, Message, MessageFailure, MessageKind},
    server::store::messages::Outcome,
};
use prometheus_client::{metrics::counter::Counter, registry::Registry};

/// What became of tries to send something, and of codes.
pub struct Sms {
    tries: Counters<4>,
    /// Codes that were asked for and paid.
    pub asked: Counter,
    /// Codes that were entered.
    pub entered: Counter,
    /// Wrong codes.
    pub wrong: Counter,
    /// Codes that came too late, or were tried too often.
    pub expired: Counter,
}

impl Sms {
    pub(super) fn new(to: &mut Registry) -> Sms {
        let tries: Counters<4> = counters(
            to,
            "vatra_messages",
            "SMS and calls by their kind, by what came of a try, and why it was not sent",
        );
        for channel in Channel::ALL {
            for kind in ["code", "told"] {
                let known =
                    |outcome, reason| drop(tries.get_or_create(&labels(channel, kind, outcome, reason)));
                known("sent", "none");
                known("withdrawn", "none");
                for failure in MessageFailure::ALL {
                    known("failed", failure.name());
                    known("again", failure.name());
                }
            }
        }
        let codes: Counters<1> = counters(to, "vatra_codes", "Codes by what was done with them");
        let of = |event| codes.get_or_create(&[("event", event)]).clone();
        Sms { asked: of("asked"), entered: of("entered"), wrong: of("wrong"), expired: of("expired"), tries }
    }

    /// A try has ended so.
    pub fn ended(&self, message: &Message, outcome: &Outcome) {
        let kind = if message.kind == MessageKind::Code { "code" } else { "told" };
        let (outcome, reason) = match outcome {
            Outcome::Sent(_) => ("sent", "none"),
            Outcome::Withdrawn => ("withdrawn", "none"),
            Outcome::Failed(failure, _) => ("failed", failure.name()),
            Outcome::Again(failure, ..) => ("again", failure.name()),
        };
        self.tries.get_or_create(&labels(message.channel, kind, outcome, reason)).inc();
    }
}

fn labels(
    channel: Channel,
    kind: &'static str,
    outcome: &'static str,
    reason: &'static str,
) -> super::Labels<4> {
    [("channel", channel.name()), ("kind", kind), ("outcome", outcome), ("reason", reason)]
}
