//! How far this machine's clock is from the database's. That one is the clock of all instances, and by it
//! the database deletes what has ended: an instance that is an hour ahead would cancel orders that wait at
//! the others, and one that is behind would give out codes that are deleted at once. So a difference that
//! can be noticed is made up for.

use crate::model::time::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};

/// Machines that are synchronised differ by less, in milliseconds.
const NOTICED: i64 = 3000;

/// How far this process makes up for, in milliseconds.
static AHEAD: AtomicI64 = AtomicI64::new(0);

/// So many milliseconds is this machine's clock ahead of the database's; it is behind when negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart(pub i64);

impl Apart {
    /// From what this machine's clock has shown before the database was asked and after it had answered.
    /// Within that time nothing can be known, so it counts as right.
    pub fn between(before: Timestamp, theirs: Timestamp, after: Timestamp) -> Apart {
        let ahead = before.0.saturating_sub(theirs.0).max(0);
        let behind = theirs.0.saturating_sub(after.0).max(0);
        Apart(ahead.saturating_sub(behind))
    }

    /// Is it more than synchronised machines differ by?
    pub const fn noticed(self) -> bool {
        self.0.unsigned_abs() > NOTICED.unsigned_abs()
    }
}

impl std::fmt::Display for Apart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let way = if self.0 < 0 { "behind" } else { "ahead of" };
        write!(f, "{} s {way}", (self.0.unsigned_abs() + 500) / 1000)
    }
}

/// From now on this process makes up for such a difference. Says what it made up for until now, when
/// that was noticeably different.
pub fn go_by(apart: Apart) -> Option<Apart> {
    let ahead = if apart.noticed() { apart.0 } else { 0 };
    let before = AHEAD.swap(ahead, Ordering::Relaxed);
    Apart(ahead.saturating_sub(before)).noticed().then_some(Apart(before))
}

/// What the database's clock shows when this machine's shows `shown`.
pub(super) fn corrected(shown: Timestamp) -> Timestamp {
    Timestamp(shown.0.saturating_sub(AHEAD.load(Ordering::Relaxed)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_the_way_there_is_no_difference() {
        let between =
            |before, theirs, after| Apart::between(Timestamp(before), Timestamp(theirs), Timestamp(after)).0;
        assert_eq!(between(100, 150, 9000), 0);
        assert_eq!(between(5000, 1000, 5010), 4000, "ahead");
        assert_eq!(between(1000, 5000, 1010), -3990, "behind");
        assert!(Apart(4000).noticed() && Apart(-4000).noticed() && !Apart(2000).noticed());
        assert_eq!(Apart(-3_599_900).to_string(), "3600 s behind");
    }
}
