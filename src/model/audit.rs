//! The audit log: who did what, to what, and what came of it. Secrets and customers' data are never
//! in it.

use super::time::WallTime;
use serde::{Deserialize, Serialize};

/// Who did something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum By {
    /// An admin.
    Admin {
        /// The name at that time.
        name: String,
    },
    /// Somebody at the server's command line.
    Terminal,
    /// Somebody who has proved nothing: a login of a name that nobody has.
    Nobody,
}

/// What something was done to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thing {
    /// `order`, `product`, `admin`…
    pub kind: String,
    /// Its id.
    pub id: Option<String>,
    /// The name or number that people know it by.
    pub name: Option<String>,
}

/// One field that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Which.
    pub field: String,
    /// What stood there.
    pub from: Option<String>,
    /// What stands there now.
    pub to: Option<String>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not allowed, or something was wrong with it.
    Refused,
    /// The server could not do it.
    Failed,
    /// Who asked went away before it was known.
    Unknown,
}

impl Outcome {
    /// As it is stored.
    pub const fn name(self) -> &'static str {
        match self {
            Outcome::Done => "done",
            Outcome::Refused => "refused",
            Outcome::Failed => "failed",
            Outcome::Unknown => "unknown",
        }
    }

    /// The outcome that an HTTP status tells of.
    pub const fn of_status(status: u16) -> Outcome {
        match status {
            0..400 => Outcome::Done,
            400..500 => Outcome::Refused,
            _ => Outcome::Failed,
        }
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When, on the shop's clock.
    pub at: WallTime,
    /// Who.
    pub by: By,
    /// What: a stable key, as `orders.status`.
    pub action: String,
    /// To what.
    pub thing: Option<Thing>,
    /// What is different now.
    pub changes: Vec<Change>,
    /// What came of it.
    pub outcome: Outcome,
    /// From where, masked.
    pub address: Option<String>,
    /// Under which id the server's log knows the request.
    pub request_id: Option<String>,
}

/// The part of the shop that an action belongs to: `orders` of `orders.status`.
pub fn area(action: &str) -> &str {
    action.split('.').next().unwrap_or(action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_tells_what_came_of_it() {
        let outcome = |status| Outcome::of_status(status).name();
        assert_eq!(
            [200, 201, 303, 400, 401, 403, 409, 429].map(outcome),
            ["done", "done", "done", "refused", "refused", "refused", "refused", "refused"]
        );
        assert_eq!([500, 503].map(outcome), ["failed", "failed"]);
    }

    #[test]
    fn the_area_is_the_first_word() {
        assert_eq!(area("orders.status"), "orders");
        assert_eq!(area("logout"), "logout");
    }
}
