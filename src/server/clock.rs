//! The time of now, and the shop's wall clock.

use crate::model::time::{Timestamp, WallTime};
use jiff::tz::TimeZone;
use std::sync::LazyLock;

/// The shop stands in Romania.
static SHOP: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Bucharest").unwrap_or(TimeZone::UTC));

/// The moment of now.
pub fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

/// What the shop's clock shows at a moment.
pub fn wall(moment: Timestamp) -> WallTime {
    let zoned = instant(moment).to_zoned_datetime(SHOP.clone());
    WallTime {
        year: zoned.year(),
        month: zoned.month().unsigned_abs(),
        day: zoned.day().unsigned_abs(),
        hour: zoned.hour().unsigned_abs(),
        minute: zoned.minute().unsigned_abs(),
    }
}

/// `2025-01-13T10:30:00Z`: the form of the JSON API.
pub fn rfc3339(moment: Timestamp) -> String {
    instant(moment).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn instant(moment: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_shop_keeps_romanian_time() {
        let winter = wall(Timestamp(1_736_764_200_000));
        assert_eq!((winter.day, winter.month, winter.hour, winter.minute), (13, 1, 12, 30));
        let summer = wall(Timestamp(1_752_402_600_000));
        assert_eq!((summer.month, summer.hour), (7, 13));
        assert_eq!(rfc3339(Timestamp(1_736_764_200_123)), "2025-01-13T10:30:00Z");
    }

    proptest! {
        #[test]
        fn every_moment_has_a_date(moment: i64) {
            let wall = wall(Timestamp(moment));
            prop_assert!((1..=12).contains(&wall.month) && (1..=31).contains(&wall.day));
            prop_assert!(wall.hour < 24 && wall.minute < 60);
            prop_assert!(rfc3339(Timestamp(moment)).ends_with('Z'));
        }
    }
}
