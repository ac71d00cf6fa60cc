//! What went wrong on the server, counted: for whoever owns the shop (docs/decisions/0042).

use super::{error::ErrorCode, locale::Locale, message::MessageFailure, text, time::WallTime};
use serde::{Deserialize, Serialize};

/// A request that ended in a panic.
pub const PANIC: ErrorCode = ErrorCode { name: "PANIC", status: 500 };

/// An answer of 500 or more that does not say why.
pub const OTHER: ErrorCode = ErrorCode { name: "OTHER", status: 500 };

/// What kind of thing was asked for. There are few, whatever addresses visitors think of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// A page.
    Page,
    /// A form, or what `app/live` sends in its place.
    Form,
    /// The JSON API, and the reports of the SMS provider.
    Api,
    /// A file.
    File,
    /// The checks of health.
    Probe,
    /// The stream of what happens to orders.
    Events,
}

impl Class {
    /// All.
    pub const ALL: [Class; 6] =
        [Class::Page, Class::Form, Class::Api, Class::File, Class::Probe, Class::Events];

    /// The name in the figures and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Class::Page => "page",
            Class::Form => "form",
            Class::Api => "api",
            Class::File => "file",
            Class::Probe => "probe",
            Class::Events => "events",
        }
    }

    const fn label(self, l: Locale) -> &'static str {
        match self {
            Class::Page => text::faults::page(l),
            Class::Form => text::faults::form(l),
            Class::Api => text::faults::api(l),
            Class::File => text::faults::file(l),
            Class::Probe => text::faults::probe(l),
            Class::Events => text::faults::events(l),
        }
    }
}

/// What is done again and again without being asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Job {
    /// Orders that were not confirmed in time are cancelled.
    Overdue,
    /// Customers' orders are counted.
    Customers,
    /// Variants of pictures are made.
    Pictures,
    /// Messages to customers are sent.
    Messages,
    /// Figures are summed up.
    Figures,
    /// Requests are counted with the other instances.
    Requests,
    /// What went wrong is written down.
    Faults,
}

impl Job {
    /// All.
    pub const ALL: [Job; 7] = [
        Job::Overdue,
        Job::Customers,
        Job::Pictures,
        Job::Messages,
        Job::Figures,
        Job::Requests,
        Job::Faults,
    ];

    /// The name in the figures and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Job::Overdue => "job_overdue",
            Job::Customers => "job_customers",
            Job::Pictures => "job_pictures",
            Job::Messages => "job_messages",
            Job::Figures => "job_figures",
            Job::Requests => "job_requests",
            Job::Faults => "job_faults",
        }
    }

    const fn label(self, l: Locale) -> &'static str {
        match self {
            Job::Overdue => text::faults::job_overdue(l),
            Job::Customers => text::faults::job_customers(l),
            Job::Pictures => text::faults::job_pictures(l),
            Job::Messages => text::faults::job_messages(l),
            Job::Figures => text::faults::job_figures(l),
            Job::Requests => text::faults::job_requests(l),
            Job::Faults => text::faults::job_faults(l),
        }
    }
}

/// Where something went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    /// In an answer.
    Request(Class),
    /// In what is done without being asked for.
    Job(Job),
    /// In sending a message to a customer.
    Message,
}

impl Place {
    /// All.
    pub fn all() -> impl Iterator<Item = Place> {
        let requests = Class::ALL.into_iter().map(Place::Request);
        requests.chain(Job::ALL.into_iter().map(Place::Job)).chain([Place::Message])
    }

    /// The name in the figures and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Place::Request(class) => class.name(),
            Place::Job(job) => job.name(),
            Place::Message => "message",
        }
    }

    /// The place of exactly this name.
    pub fn from_name(name: &str) -> Option<Place> {
        Place::all().find(|place| place.name() == name)
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Place::Request(class) => class.label(l),
            Place::Job(job) => job.label(l),
            Place::Message => text::faults::message(l),
        }
    }
}

/// What a message that was given up counts as.
pub const fn code_of(failure: MessageFailure) -> &'static str {
    match failure {
        MessageFailure::BadNumber => "SMS_BAD_NUMBER",
        MessageFailure::Unavailable => "SMS_UNAVAILABLE",
        MessageFailure::Misconfigured => "SMS_MISCONFIGURED",
        MessageFailure::Budget => "SMS_BUDGET",
        MessageFailure::TooLate => "SMS_TOO_LATE",
        MessageFailure::TooOften => "SMS_TOO_OFTEN",
    }
}

/// One thing that went wrong in one place, as often as it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The error's code, or of a message why it was given up.
    pub code: String,
    /// See [`Place::name`].
    pub place: String,
    /// How often.
    pub count: u64,
    /// When last, on the shop's clock.
    pub last: WallTime,
    /// What the log calls the last request in which it happened.
    pub request_id: Option<String>,
}

impl Fault {
    /// What it means, for people.
    pub fn meaning(&self, l: Locale) -> &'static str {
        if let Some(failure) = MessageFailure::ALL.into_iter().find(|one| code_of(*one) == self.code) {
            return failure.label(l);
        }
        match self.code.as_str() {
            "DB_001" => text::faults::database(l),
            "SMS_001" => text::faults::sms(l),
            "PANIC" => text::faults::panic(l),
            "INTERNAL" => text::faults::internal(l),
            _ => text::faults::other(l),
        }
    }

    /// Where, for people.
    pub fn where_label(&self, l: Locale) -> String {
        Place::from_name(&self.place).map_or_else(|| self.place.clone(), |place| place.label(l).to_owned())
    }
}

/// What went wrong lately, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    /// In the last 24 hours.
    pub day: Vec<Fault>,
    /// In the last 30 days.
    pub month: Vec<Fault>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn each_place_has_a_name_of_its_own_and_words_for_it() {
        let names: HashSet<&str> = Place::all().map(Place::name).collect();
        assert_eq!(names.len(), Place::all().count());
        for place in Place::all() {
            assert_eq!(Place::from_name(place.name()), Some(place));
            assert!(Locale::ALL.into_iter().all(|l| !place.label(l).is_empty()));
        }
        assert_eq!(Place::from_name("cellar"), None);
    }

    #[test]
    fn each_code_says_what_it_means() {
        let last = WallTime { year: 2026, month: 11, day: 27, hour: 9, minute: 0 };
        let of = |code: &str| Fault {
            code: code.into(),
            place: "cellar".into(),
            count: 1,
            last,
            request_id: None,
        };
        let codes = ["DB_001", "SMS_001", "PANIC", "INTERNAL", "OTHER", "SMS_MISCONFIGURED", "SMS_TOO_LATE"];
        let meanings: HashSet<&str> = codes.iter().map(|code| of(code).meaning(Locale::En)).collect();
        assert_eq!(meanings.len(), codes.len());
        assert_eq!(of("X").meaning(Locale::Ro), of("OTHER").meaning(Locale::Ro));
        assert_eq!(of("X").where_label(Locale::Ro), "cellar");
    }
}
