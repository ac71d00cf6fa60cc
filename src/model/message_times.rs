//! When a message is sent, sent again, and given up (docs/decisions/0025 and 0033).

use super::message::MessageKind;

/// How long what is told to a customer waits before it is sent, in seconds: as long as a step may be
/// taken back, so that such a step is told to nobody.
pub const HOLD: i64 = 60;

/// How long the workers leave a new code to the request that made it, in seconds. It tries at once; they
/// take up what a request that died has left.
pub const HEAD_START: i64 = 2;

/// How long a worker may take to send a message that it has claimed, in seconds.
pub const LEASE: i64 = 60;

/// The same for a code: a customer waits for it, and the sender answers within ten seconds or not at all.
pub const CODE_LEASE: i64 = 20;

/// What is told to a customer is of no use after so many seconds.
pub const USEFUL: i64 = 12 * 3600;

/// How long to wait after the first, second… try that the sender could not serve, in seconds.
const PAUSES: [i64; 4] = [30, 120, 600, 1800];

/// The same for a code, which lives ten minutes.
const CODE_PAUSES: [i64; 6] = [4, 10, 25, 60, 120, 180];

/// How long a worker may hold a message of this kind, in seconds.
pub const fn lease(kind: MessageKind) -> i64 {
    match kind {
        MessageKind::Code => CODE_LEASE,
        MessageKind::Told(_) => LEASE,
    }
}

/// Milliseconds until a message is tried again after so many tries; `None` when it is given up. `luck`, in
/// thousandths, takes up to a quarter off, so that what failed together does not come back together.
pub fn pause_after(kind: MessageKind, tries: u32, luck: u16) -> Option<i64> {
    let pauses: &[i64] = match kind {
        MessageKind::Code => &CODE_PAUSES,
        MessageKind::Told(_) => &PAUSES,
    };
    let seconds = pauses.get(usize::try_from(tries).ok()?.checked_sub(1)?)?;
    Some(seconds * 1000 - seconds * i64::from(luck.min(1000)) / 4)
}

#[cfg(test)]
mod tests {
    use super::super::message::Occasion;
    use super::*;

    #[test]
    fn tries_end() {
        let told = MessageKind::Told(Occasion::Ready);
        let pauses: Vec<_> = (0..8).map(|tries| pause_after(told, tries, 0)).collect();
        let thousands = [30_000, 120_000, 600_000, 1_800_000].map(Some);
        assert_eq!(pauses[1..5], thousands);
        assert_eq!((pauses[0], &pauses[5..]), (None, &[None, None, None][..]));
    }

    #[test]
    fn luck_takes_a_quarter_off_at_most() {
        for kind in MessageKind::ALL {
            for tries in 1..=4 {
                let whole = pause_after(kind, tries, 0).unwrap();
                assert_eq!(pause_after(kind, tries, 1000), Some(whole * 3 / 4));
                assert_eq!(pause_after(kind, tries, 7000), Some(whole * 3 / 4));
                let half = pause_after(kind, tries, 500).unwrap();
                assert!(whole * 3 / 4 < half && half < whole);
            }
        }
    }

    #[test]
    fn a_code_is_tried_within_its_life() {
        let all: i64 = (1..).map_while(|tries| pause_after(MessageKind::Code, tries, 0)).sum();
        assert!(all < 600_000, "{all}");
        const { assert!(CODE_LEASE < LEASE && HEAD_START < CODE_LEASE) };
    }
}
