//! What Twilio's error codes mean for a shop.

use crate::model::message::MessageFailure;

/// What an error code means for a message of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The customer must give another number.
    BadNumber,
    /// Later it may go.
    Unavailable,
    /// The producer must act.
    Misconfigured,
    /// This number has been sent as many as it may for now.
    TooOften,
}
use Meaning::{BadNumber, Misconfigured, TooOften, Unavailable};

/// The codes that a message can meet, from Twilio's error dictionary
/// (<https://www.twilio.com/docs/api/errors>, one page for each code). Twilio adds codes; for one
/// that is not here, the kind of answer decides.
const CODES: &[(u32, Meaning)] = &[
    (20003, Misconfigured), // wrong account SID or token
    (20404, Misconfigured), // no such account
    (20429, Unavailable),   // too many requests at once
    (21211, BadNumber),     // not a valid number
    (21212, Misconfigured), // the sender is not a valid number
    (21214, BadNumber),     // cannot be reached
    (21217, BadNumber),     // does not appear to be valid
    (21265, BadNumber),     // a short code
    (21266, BadNumber),     // the sender's own number
    (21401, Misconfigured), // the sender cannot send SMS
    (21407, Misconfigured), // the sender's type does not support SMS
    (21408, Misconfigured), // the account may not send to this country
    (21421, Misconfigured), // a number of the account or its messaging service is invalid
    (21603, Misconfigured), // no sender
    (21606, Misconfigured), // the sender is not the account's
    (21608, Misconfigured), // a trial account sends to verified numbers only
    (21610, BadNumber),     // its owner has answered STOP
    (21611, Unavailable),   // the sender's queue is full
    (21612, BadNumber),     // no route to this number from our sender
    (21614, BadNumber),     // not a mobile number
    (21635, BadNumber),     // a landline
    (21659, Misconfigured), // the sender is not a number of Twilio's
    (21660, Misconfigured), // the sender is another account's
    (21661, Misconfigured), // the sender cannot send SMS
    (21705, Misconfigured), // no such messaging service
    (30001, Unavailable),   // queue overflow
    (30002, Misconfigured), // account suspended
    (30003, Unavailable),   // the phone is off or out of reach
    (30004, BadNumber),     // blocked by its owner or carrier
    (30005, BadNumber),     // unknown to its carrier
    (30006, BadNumber),     // a landline, or an unreachable carrier
    (30007, Misconfigured), // filtered as spam
    (30008, Unavailable),   // unknown fault of a carrier
    // Verify (<https://www.twilio.com/docs/api/errors>, 60200 and following).
    (60200, Misconfigured), // a field that it does not know: numbers are checked before
    (60202, TooOften),      // this verification was checked five times
    (60203, TooOften),      // this number was sent five codes within ten minutes
    (60205, BadNumber),     // no SMS to landlines
    (60207, TooOften),      // a limit of the service
    (60212, Unavailable),   // several at once for the same number
    (60223, Misconfigured), // the service has this channel switched off
    (60410, BadNumber),     // its numbers are blocked for fraud
    (60605, Misconfigured), // the account may not send to this country
    // Calls.
    (21201, BadNumber),     // no number to call
    (21210, Misconfigured), // the caller is no number of the account's
    (21215, Misconfigured), // the account may not call this country
    (21216, BadNumber),     // the account may not call this number
    (21219, Misconfigured), // a trial account calls verified numbers only
    (21220, Unavailable),   // the call cannot be placed now
    (13224, BadNumber),     // cannot be called
    (13225, Misconfigured), // this number is not called by Twilio
    (13227, Misconfigured), // the account may not call this country
];

/// What a code means; `None` for one that is not known here.
pub(super) fn meaning(code: u32) -> Option<Meaning> {
    CODES.iter().find(|(known, _)| *known == code).map(|(_, meaning)| *meaning)
}

/// What the code in a report says of a message that did not arrive.
pub fn failure(code: u32) -> MessageFailure {
    match meaning(code).unwrap_or(Unavailable) {
        BadNumber => MessageFailure::BadNumber,
        Unavailable => MessageFailure::Unavailable,
        Misconfigured => MessageFailure::Misconfigured,
        TooOften => MessageFailure::TooOften,
    }
}
