//! When the shop is open, on its own clock.

use super::time::WallTime;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// The first (ISO 8601).
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The last.
    Sunday,
}

impl Weekday {
    /// From Monday on.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Its English name in lower case, as settings write it.
    pub const fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "monday",
            Weekday::Tuesday => "tuesday",
            Weekday::Wednesday => "wednesday",
            Weekday::Thursday => "thursday",
            Weekday::Friday => "friday",
            Weekday::Saturday => "saturday",
            Weekday::Sunday => "sunday",
        }
    }

    /// 0 is Monday.
    pub const fn place(self) -> usize {
        self as usize
    }

    /// The day of a date of the Gregorian calendar, by Sakamoto's method.
    pub fn of(at: WallTime) -> Weekday {
        const SHIFT: [i32; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let month = usize::from(at.month.clamp(1, 12));
        let year = i32::from(at.year) - i32::from(month < 3);
        let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let from_sunday = (year + leap_days + SHIFT[month - 1] + i32::from(at.day)).rem_euclid(7);
        Weekday::ALL[usize::try_from((from_sunday + 6) % 7).unwrap_or(0)]
    }
}

/// A time of the day in minutes after midnight, `00:00` to `24:00`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// The minutes of a day.
const DAY: u16 = 24 * 60;

impl TimeOfDay {
    /// Reads `8:00`, `08:00` or `24:00`.
    pub fn parse(text: &str) -> Option<TimeOfDay> {
        let (hours, minutes) = text.trim().split_once(':')?;
        let digits = |part: &str, least: usize| {
            ((least..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())).then_some(())?;
            part.parse::<u16>().ok()
        };
        let (hours, minutes) = (digits(hours, 1)?, digits(minutes, 2)?);
        let all = hours * 60 + minutes;
        (minutes < 60 && all <= DAY).then_some(TimeOfDay(all))
    }

    /// So many minutes after midnight: the days that have passed meanwhile, and the time of the last.
    pub const fn after_midnight(minutes: u16) -> (u16, TimeOfDay) {
        (minutes / DAY, TimeOfDay(minutes % DAY))
    }

    /// Minutes after midnight.
    pub const fn minutes(self) -> u16 {
        self.0
    }

    /// What a clock shows.
    pub fn of(at: WallTime) -> TimeOfDay {
        TimeOfDay(u16::from(at.hour) * 60 + u16::from(at.minute))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = String;
    fn try_from(text: String) -> Result<TimeOfDay, String> {
        TimeOfDay::parse(&text).ok_or_else(|| format!("{text:?} is not a time like \"18:00\""))
    }
}

/// A stretch of a day during which the shop is open, written `08:00-13:00`. It does not go past
/// midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Interval {
    opens: TimeOfDay,
    closes: TimeOfDay,
}

impl Interval {
    /// Reads `08:00-13:00`, with a hyphen or an en dash.
    pub fn parse(text: &str) -> Option<Interval> {
        let (opens, closes) = text.split_once(['-', '–'])?;
        let interval = Interval { opens: TimeOfDay::parse(opens)?, closes: TimeOfDay::parse(closes)? };
        (interval.opens < interval.closes).then_some(interval)
    }

    /// The first minute.
    pub const fn opens(self) -> TimeOfDay {
        self.opens
    }

    /// The first minute after it.
    pub const fn closes(self) -> TimeOfDay {
        self.closes
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.opens, self.closes)
    }
}

impl From<Interval> for String {
    fn from(interval: Interval) -> String {
        interval.to_string()
    }
}

impl TryFrom<String> for Interval {
    type Error = String;
    fn try_from(text: String) -> Result<Interval, String> {
        Interval::parse(&text).ok_or_else(|| format!("{text:?} is not a time like \"08:00-13:00\""))
    }
}

/// The hours of a week; a day without any is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct OpeningHours {
    pub monday: Vec<Interval>,
    pub tuesday: Vec<Interval>,
    pub wednesday: Vec<Interval>,
    pub thursday: Vec<Interval>,
    pub friday: Vec<Interval>,
    pub saturday: Vec<Interval>,
    pub sunday: Vec<Interval>,
}

/// Is the shop open, and when does that change?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Openness {
    /// Open.
    Open {
        /// Until then, today.
        until: TimeOfDay,
    },
    /// Closed.
    Closed {
        /// How many days from today it opens: 0 is today, 7 this weekday next week.
        days: u8,
        /// On which day of the week.
        day: Weekday,
        /// At which time.
        opens: TimeOfDay,
    },
}

impl OpeningHours {
    /// The hours of one day, to be changed.
    pub const fn of_mut(&mut self, day: Weekday) -> &mut Vec<Interval> {
        match day {
            Weekday::Monday => &mut self.monday,
            Weekday::Tuesday => &mut self.tuesday,
            Weekday::Wednesday => &mut self.wednesday,
            Weekday::Thursday => &mut self.thursday,
            Weekday::Friday => &mut self.friday,
            Weekday::Saturday => &mut self.saturday,
            Weekday::Sunday => &mut self.sunday,
        }
    }

    /// The hours of one day.
    pub fn of(&self, day: Weekday) -> &[Interval] {
        match day {
            Weekday::Monday => &self.monday,
            Weekday::Tuesday => &self.tuesday,
            Weekday::Wednesday => &self.wednesday,
            Weekday::Thursday => &self.thursday,
            Weekday::Friday => &self.friday,
            Weekday::Saturday => &self.saturday,
            Weekday::Sunday => &self.sunday,
        }
    }

    /// Is every day closed?
    pub fn is_empty(&self) -> bool {
        Weekday::ALL.iter().all(|day| self.of(*day).is_empty())
    }

    /// The first day whose hours are not in order or overlap.
    pub fn disordered(&self) -> Option<Weekday> {
        let disordered = |day: &Weekday| self.of(*day).windows(2).any(|two| two[0].closes > two[1].opens);
        Weekday::ALL.into_iter().find(disordered)
    }

    /// Open or closed, at what the shop's clock shows; `None` when it never opens.
    pub fn at(&self, clock: WallTime) -> Option<Openness> {
        self.at_unless(clock, |_| false)
    }

    /// The same where some days are free; `free` gets the number of days from today. `None` also
    /// when it does not open within a week.
    pub fn at_unless(&self, clock: WallTime, free: impl Fn(u8) -> bool) -> Option<Openness> {
        let (today, time) = (Weekday::of(clock), TimeOfDay::of(clock));
        let now = self.of(today).iter().find(|hours| hours.opens <= time && time < hours.closes);
        if let Some(now) = now.filter(|_| !free(0)) {
            return Some(Openness::Open { until: now.closes });
        }
        (0..=7_u8).filter(|days| !free(*days)).find_map(|days| {
            let day = Weekday::ALL[(today.place() + usize::from(days)) % 7];
            let later = self.of(day).iter().find(|hours| days > 0 || hours.opens > time)?;
            Some(Openness::Closed { days, day, opens: later.opens })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hours(list: &[&str]) -> Vec<Interval> {
        list.iter().map(|text| Interval::parse(text).unwrap()).collect()
    }

    fn bakery() -> OpeningHours {
        OpeningHours {
            tuesday: hours(&["08:00-13:00", "15:00-19:00"]),
            saturday: hours(&["8:00–14:00"]),
            ..OpeningHours::default()
        }
    }

    /// A moment of the week from Monday, 23 November 2026 on.
    fn at(day: u8, hour: u8, minute: u8) -> WallTime {
        WallTime { year: 2026, month: 11, day: 23 + day, hour, minute }
    }

    #[test]
    fn days_of_the_week() {
        let day = |year, month, day| Weekday::of(WallTime { year, month, day, hour: 0, minute: 0 });
        assert_eq!(day(2026, 11, 23), Weekday::Monday);
        assert_eq!(day(2024, 2, 29), Weekday::Thursday);
        assert_eq!(day(2025, 1, 1), Weekday::Wednesday);
        assert_eq!(day(2000, 12, 31), Weekday::Sunday);
    }

    #[test]
    fn open_until_closed_until() {
        let (week, tuesday) = (bakery(), Weekday::Tuesday);
        let open = |text| Some(Openness::Open { until: TimeOfDay::parse(text).unwrap() });
        let closed =
            |days, day, text| Some(Openness::Closed { days, day, opens: TimeOfDay::parse(text).unwrap() });
        assert_eq!(week.at(at(0, 12, 0)), closed(1, tuesday, "08:00"));
        assert_eq!(week.at(at(1, 7, 59)), closed(0, tuesday, "08:00"));
        assert_eq!(week.at(at(1, 8, 0)), open("13:00"));
        assert_eq!(week.at(at(1, 13, 0)), closed(0, tuesday, "15:00"));
        assert_eq!(week.at(at(1, 18, 59)), open("19:00"));
        assert_eq!(week.at(at(1, 19, 0)), closed(4, Weekday::Saturday, "08:00"));
        assert_eq!(week.at(at(6, 10, 0)), closed(2, tuesday, "08:00"));
        let once = OpeningHours { monday: hours(&["09:00-10:00"]), ..OpeningHours::default() };
        assert_eq!(once.at(at(0, 11, 0)), closed(7, Weekday::Monday, "09:00"));
        assert_eq!(OpeningHours::default().at(at(0, 11, 0)), None);
    }

    #[test]
    fn hours_are_read_strictly() {
        for text in
            ["", "8-13", "08:00", "13:00-08:00", "08:00-08:00", "08:60-09:00", "08:00-24:01", "a:00-b:00"]
        {
            assert_eq!(Interval::parse(text), None, "{text}");
        }
        assert_eq!(Interval::parse("8:00 - 24:00").unwrap().to_string(), "08:00-24:00");
    }

    #[test]
    fn hours_that_overlap_are_found() {
        assert_eq!(bakery().disordered(), None);
        let overlapping = OpeningHours { friday: hours(&["08:00-13:00", "12:00-14:00"]), ..bakery() };
        assert_eq!(overlapping.disordered(), Some(Weekday::Friday));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(opens in 0..1440_u16, length in 1..1440_u16) {
            let interval = Interval { opens: TimeOfDay(opens), closes: TimeOfDay((opens + length).min(DAY)) };
            prop_assert_eq!(Interval::parse(&interval.to_string()), Some(interval));
        }

        #[test]
        fn any_text_is_an_answer(text in crate::model::strange::nearly("[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}")) {
            if let Some(interval) = Interval::parse(&text) {
                prop_assert!(interval.opens < interval.closes && interval.closes <= TimeOfDay(DAY));
            }
        }
    }
}
