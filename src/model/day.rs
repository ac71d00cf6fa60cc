//! A day of the shop's calendar.

use super::{opening_hours::Weekday, time::WallTime};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the Gregorian calendar from 1970 to 9999, written `2025-01-13` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    year: i16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day of these numbers, if there is one.
    pub fn new(year: i16, month: u8, day: u8) -> Option<Day> {
        let there = (1970..=9999).contains(&year) && (1..=12).contains(&month);
        (there && (1..=days_in(year, month)).contains(&day)).then_some(Day { year, month, day })
    }

    /// Reads `2025-01-13`.
    pub fn parse(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| {
            let part = bytes.get(range)?;
            part.iter().all(u8::is_ascii_digit).then(|| std::str::from_utf8(part).ok())?
        };
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Day::new(digits(0..4)?.parse().ok()?, digits(5..7)?.parse().ok()?, digits(8..10)?.parse().ok()?)
    }

    /// The day that a clock shows.
    pub fn of(at: WallTime) -> Day {
        Day { year: at.year, month: at.month, day: at.day }
    }

    /// Its first minute.
    pub const fn begins(self) -> WallTime {
        WallTime { year: self.year, month: self.month, day: self.day, hour: 0, minute: 0 }
    }

    /// The day after it.
    pub fn next(self) -> Day {
        let Day { year, month, day } = self;
        if day < days_in(year, month) {
            Day { day: day + 1, ..self }
        } else if month < 12 {
            Day { year, month: month + 1, day: 1 }
        } else {
            Day { year: year.saturating_add(1), month: 1, day: 1 }
        }
    }

    /// This day and those after it.
    pub fn and_after(self) -> impl Iterator<Item = Day> {
        std::iter::successors(Some(self), |day| Some(day.next()))
    }

    /// How many days after 1970-01-01 it is (H. Hinnant, "chrono-Compatible Low-Level Date
    /// Algorithms", `days_from_civil`).
    pub fn number(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day so many days after it, or before it.
    pub fn plus(self, days: i64) -> Option<Day> {
        let shifted = self.number().checked_add(days)?.checked_add(719_468)?;
        let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
        let years = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * years + years / 4 - years / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = years + era * 400 + i64::from(month <= 2);
        Day::new(i16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// So many days later.
    pub fn later(self, days: usize) -> Day {
        self.and_after().nth(days).unwrap_or(self)
    }

    /// Which day of the week it is.
    pub fn weekday(self) -> Weekday {
        Weekday::of(self.begins())
    }

    /// Year, month and day of the month.
    pub const fn numbers(self) -> (i16, u8, u8) {
        (self.year, self.month, self.day)
    }
}

const fn days_in(year: i16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for Day {
    type Error = String;
    fn try_from(text: String) -> Result<Day, String> {
        Day::parse(&text).ok_or_else(|| format!("{text:?} is not a day like \"2025-01-13\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn days_that_are_none() {
        for text in [
            "",
            "2025-1-13",
            "2025-02-29",
            "2025-13-01",
            "2025-00-10",
            "2025-04-31",
            "1969-12-31",
            "+025-01-01",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::parse("2024-02-29").is_some() && Day::parse("2000-02-29").is_some());
        assert_eq!(Day::parse("2100-02-29"), None);
    }

    #[test]
    fn the_day_after() {
        let next = |text| Day::parse(text).unwrap().next().to_string();
        assert_eq!(next("2026-11-26"), "2026-11-27");
        assert_eq!(next("2026-02-28"), "2026-03-01");
        assert_eq!(next("2026-12-31"), "2027-01-01");
        assert_eq!(Day::parse("2026-11-26").unwrap().weekday(), Weekday::Thursday);
    }

    #[test]
    fn days_are_counted() {
        let number = |text| Day::parse(text).unwrap().number();
        assert_eq!((number("1970-01-01"), number("2000-03-01"), number("2026-11-26")), (0, 11_017, 20_783));
        assert_eq!(Day::parse("1970-01-01").unwrap().plus(-1), None);
        assert_eq!(Day::parse("9999-12-31").unwrap().plus(1), None);
        assert_eq!(Day::parse("2024-01-31").unwrap().plus(30), Day::parse("2024-03-01"));
    }

    proptest! {
        #[test]
        fn counting_is_what_the_calendar_does(days in 0..2_900_000_i64) {
            let day = Day::parse("1970-01-01").unwrap().plus(days).unwrap();
            prop_assert_eq!(day.number(), days);
            prop_assert_eq!(day.plus(1), Some(day.next()));
            prop_assert_eq!(day.next().plus(-1), Some(day));
        }

        #[test]
        fn what_is_written_reads_back(text in strange::nearly("20[0-9]{2}-[01][0-9]-[0-3][0-9]")) {
            if let Some(day) = Day::parse(&text) {
                prop_assert_eq!(day.to_string(), text);
                prop_assert!(day.next() > day);
            }
        }
    }
}
