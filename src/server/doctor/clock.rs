//! The clock: codes, tokens and opening hours go by it.

use super::Finding;
use crate::model::time::Timestamp;

const ABOUT: &str = "clock";

/// A code of a second factor lives 30 seconds (RFC 6238); half of it is felt.
const NOTICED: i64 = 15_000;
/// Signed reports and tokens are refused.
const TOO_FAR: i64 = 60_000;

/// Compares ours with those of others, each read at about the same moment as ours: the database's,
/// and what the answer of the public address or of Twilio was dated with.
pub(super) fn look(
    database: Option<(Timestamp, Timestamp)>,
    public: Option<(Timestamp, Timestamp)>,
) -> Finding {
    let apart = |clocks: (Timestamp, Timestamp)| clocks.1.0.saturating_sub(clocks.0.0);
    let others = [("the database", database), ("the public address", public)];
    let known = others.into_iter().filter_map(|(who, clocks)| Some((who, apart(clocks?))));
    let Some((who, apart)) = known.max_by_key(|(_, apart)| apart.abs()) else {
        return Finding::doubtful(
            ABOUT,
            "there is nothing to compare it with",
            "See that timedatectl says \"synchronized: yes\".",
        );
    };
    let way = if apart < 0 { "behind" } else { "ahead of" };
    let tenths = apart.abs() / 100;
    let found = format!("{}.{} s {way} that of {who}", tenths / 10, tenths % 10);
    let remedy = "Synchronise both machines' clocks (systemd-timesyncd or chrony).";
    match apart.abs() {
        ..NOTICED => Finding::good(ABOUT, found),
        NOTICED..TOO_FAR => Finding::doubtful(ABOUT, found, remedy),
        TOO_FAR.. => Finding::wrong(ABOUT, found, remedy),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::doctor::Verdict;

    #[test]
    fn the_clock_that_is_furthest_away_counts() {
        let clocks = |theirs, ours| Some((Timestamp(theirs), Timestamp(ours)));
        assert_eq!(look(None, None).verdict, Verdict::Doubtful);
        assert_eq!(look(clocks(0, 400), clocks(0, -900)).verdict, Verdict::Good);
        let slow = look(clocks(100_000, 70_000), clocks(0, 0));
        assert_eq!(
            (slow.verdict, slow.found.as_str()),
            (Verdict::Doubtful, "30.0 s behind that of the database")
        );
        let fast = look(None, clocks(0, 3_600_000));
        assert_eq!(
            (fast.verdict, fast.found.as_str()),
            (Verdict::Wrong, "3600.0 s ahead of that of the public address")
        );
    }
}
