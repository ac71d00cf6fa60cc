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

    /// So many days later.
    pub fn plus(self, days: usize) -> Day {
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

    proptest! {
        #[test]
        fn what_is_written_reads_back(text in strange::nearly("20[0-9]{2}-[01][0-9]-[0-3][0-9]")) {
            if let Some(day) = Day::parse(&text) {
                prop_assert_eq!(day.to_string(), text);
                prop_assert!(day.next() > day);
            }
        }
    }
}
