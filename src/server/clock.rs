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

/// The day of the shop's calendar at a moment: its number since 1970-01-01, and when it ends.
pub fn shop_day(moment: Timestamp) -> (i64, Timestamp) {
    let day = instant(moment).to_zoned_datetime(SHOP.clone()).date();
    let number = day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24;
    let ends = day.tomorrow().and_then(|next| next.to_zoned_datetime(SHOP.clone()));
    let ends = ends.map_or(moment.plus_seconds(1), |next| Timestamp(next.timestamp().as_millisecond()));
    (number, ends)
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

    #[test]
    fn the_shop_keeps_romanian_time() {
        let winter = wall(Timestamp(1_736_764_200_000));
        assert_eq!((winter.day, winter.month, winter.hour, winter.minute), (13, 1, 12, 30));
        let summer = wall(Timestamp(1_752_402_600_000));
        assert_eq!((summer.month, summer.hour), (7, 13));
        assert_eq!(rfc3339(Timestamp(1_736_764_200_123)), "2025-01-13T10:30:00Z");
    }

    #[test]
    fn a_day_of_the_shop_ends_at_its_midnight() {
        let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let end = |text: &str| rfc3339(shop_day(at(text)).1);
        assert_eq!(end("2025-01-13T10:30:00Z"), "2025-01-13T22:00:00Z");
        assert_eq!(end("2025-07-13T20:59:59Z"), "2025-07-13T21:00:00Z");
        assert_eq!(end("2025-07-13T21:00:00Z"), "2025-07-14T21:00:00Z");
        // The clock goes back: a day of 25 hours.
        assert_eq!(end("2025-10-25T21:00:00Z"), "2025-10-26T22:00:00Z");
        assert_eq!(shop_day(at("1970-01-02T00:00:00Z")).0, 1);
        assert_eq!(shop_day(at("1970-01-01T22:00:00Z")).0, 1);
    }
}
