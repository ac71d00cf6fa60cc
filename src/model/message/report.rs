//! What is told of a message after it was handed over, and why one was not.

use crate::model::{locale::Locale, text};
use serde::{Deserialize, Serialize};

/// What the sender has told of a message that it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Report {
    /// It is in the sender's hands.
    Accepted,
    /// It was passed on to the network.
    Sent,
    /// It did not arrive.
    Undelivered,
    /// The phone has it.
    Delivered,
}

impl Report {
    /// All. Reports come twice and in any order; of two the later in this list stands.
    pub const ALL: [Report; 4] = [Report::Accepted, Report::Sent, Report::Undelivered, Report::Delivered];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Report::Accepted => "accepted",
            Report::Sent => "sent",
            Report::Undelivered => "undelivered",
            Report::Delivered => "delivered",
        }
    }

    /// What a status of a call at Twilio tells; `None` for one that is none.
    pub fn of_call(status: &str) -> Option<Report> {
        match status {
            "queued" => Some(Report::Accepted),
            "initiated" | "ringing" | "in-progress" => Some(Report::Sent),
            "busy" | "no-answer" | "failed" | "canceled" => Some(Report::Undelivered),
            "completed" => Some(Report::Delivered),
            _ => None,
        }
    }

    /// What a status of a message at Twilio tells; `None` for one that is none.
    pub fn of_status(status: &str) -> Option<Report> {
        match status {
            "accepted" | "scheduled" | "queued" | "sending" => Some(Report::Accepted),
            "sent" => Some(Report::Sent),
            "undelivered" | "failed" | "canceled" => Some(Report::Undelivered),
            "delivered" | "read" => Some(Report::Delivered),
            _ => None,
        }
    }

    /// Those that this one takes the place of.
    pub fn earlier(self) -> impl Iterator<Item = Report> {
        Report::ALL.into_iter().filter(move |report| *report < self)
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Report::Accepted => text::outbox::report_accepted(l),
            Report::Sent => text::outbox::report_sent(l),
            Report::Undelivered => text::outbox::report_undelivered(l),
            Report::Delivered => text::outbox::report_delivered(l),
        }
    }
}

/// Why the last try did not send a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageFailure {
    /// The number cannot receive an SMS.
    BadNumber,
    /// The sender did not answer, or was overloaded.
    Unavailable,
    /// The sender refuses us; the producer must act.
    Misconfigured,
    /// The budget of SMS was used up.
    Budget,
    /// It waited until it was of no use.
    TooLate,
    /// The sender takes no more for this number for now.
    TooOften,
}

impl MessageFailure {
    /// All.
    pub const ALL: [MessageFailure; 6] = [
        MessageFailure::BadNumber,
        MessageFailure::Unavailable,
        MessageFailure::Misconfigured,
        MessageFailure::Budget,
        MessageFailure::TooLate,
        MessageFailure::TooOften,
    ];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            MessageFailure::BadNumber => "bad_number",
            MessageFailure::Unavailable => "unavailable",
            MessageFailure::Misconfigured => "misconfigured",
            MessageFailure::Budget => "budget",
            MessageFailure::TooLate => "too_late",
            MessageFailure::TooOften => "too_often",
        }
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            MessageFailure::BadNumber => text::order_desk::failure_bad_number(l),
            MessageFailure::Unavailable => text::order_desk::failure_unavailable(l),
            MessageFailure::Misconfigured => text::order_desk::failure_misconfigured(l),
            MessageFailure::Budget => text::order_desk::failure_budget(l),
            MessageFailure::TooLate => text::order_desk::failure_too_late(l),
            MessageFailure::TooOften => text::outbox::failure_too_often(l),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for report in Report::ALL {
            assert_eq!(serde_json::to_value(report).unwrap(), report.name());
        }
        for failure in MessageFailure::ALL {
            assert_eq!(serde_json::to_value(failure).unwrap(), failure.name());
        }
    }

    #[test]
    fn the_last_word_stands_whatever_comes_after_it() {
        let all: Vec<_> = Report::Delivered.earlier().collect();
        assert_eq!(all, [Report::Accepted, Report::Sent, Report::Undelivered]);
        assert_eq!(Report::Accepted.earlier().count(), 0);
        for (status, report) in [("queued", Report::Accepted), ("failed", Report::Undelivered)] {
            assert_eq!(Report::of_status(status), Some(report));
        }
        assert_eq!(Report::of_status("ringing"), None);
        for (status, report) in [("no-answer", Report::Undelivered), ("completed", Report::Delivered)] {
            assert_eq!(Report::of_call(status), Some(report));
        }
        assert_eq!(Report::of_call("sending"), None);
    }
}
