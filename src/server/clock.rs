//! The time of now, and the shop's wall clock.

mod apart;

pub use apart::{Apart, go_by};

use crate::model::{
    day::Day,
    time::{Timestamp, WallTime},
};
use jiff::tz::TimeZone;
use std::sync::LazyLock;

/// The shop stands in Romania: its time zone by the name that the database knows, too.
pub const ZONE: &str = "Europe/Bucharest";

static SHOP: LazyLock<TimeZone> = LazyLock::new(|| TimeZone::get(ZONE).unwrap_or(TimeZone::UTC));

/// The moment of now, by the clock that all instances share (see [`go_by`]).
pub fn now() -> Timestamp {
    apart::corrected(of_this_machine())
}

/// The moment of now as this machine shows it.
pub fn of_this_machine() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond() + super::failpoint::clock_ahead())
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

/// Which end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first moment.
    Begins,
    /// The first moment after it.
    Ends,
}

/// The moment that a text names: `2025-01-13`, a day on the shop's clock, or `2025-01-13T10:30:00Z`.
pub fn day_or_moment(text: &str, edge: Edge) -> Option<Timestamp> {
    // A `+` in an address is a space.
    if let Ok(moment) = text.replace(' ', "+").parse::<jiff::Timestamp>() {
        return Some(Timestamp(moment.as_millisecond()));
    }
    let strict = text.len() == 10 && text.bytes().all(|sign| sign.is_ascii_digit() || sign == b'-');
    let day = text.parse::<jiff::civil::Date>().ok().filter(|_| strict)?;
    let day = if edge == Edge::Ends { day.tomorrow().ok()? } else { day };
    Some(Timestamp(day.to_zoned_datetime(SHOP.clone()).ok()?.timestamp().as_millisecond()))
}

/// The day that the shop's calendar shows.
pub fn today() -> Day {
    Day::of(wall(now()))
}

/// The first moment of a day of the shop's; days that the clock's arithmetic does not reach begin
/// never.
pub fn begins(day: Day) -> Timestamp {
    day_or_moment(&day.to_string(), Edge::Begins).unwrap_or(Timestamp(i64::MAX))
}

fn instant(moment: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(moment.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_the_shops() {
        let at = |text, edge| day_or_moment(text, edge).map(rfc3339);
        assert_eq!(at("2025-01-13", Edge::Begins).as_deref(), Some("2025-01-12T22:00:00Z"));
        assert_eq!(at("2025-01-13", Edge::Ends).as_deref(), Some("2025-01-13T22:00:00Z"));
        assert_eq!(at("2025-03-30", Edge::Ends).as_deref(), Some("2025-03-30T21:00:00Z"));
        assert_eq!(at("2025-01-13T10:30:00Z", Edge::Ends).as_deref(), Some("2025-01-13T10:30:00Z"));
        for junk in ["", "2025-13-01", "20250113", "yesterday", "9999-12-31T99:00Z", "{}", "-009999-01-01"] {
            assert_eq!(at(junk, Edge::Begins), None, "{junk}");
        }
    }

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
