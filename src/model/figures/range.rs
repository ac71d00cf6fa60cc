//! Days that are looked at, and the steps that they are summed up by.

use crate::model::{day::Day, locale::Locale, opening_hours::Weekday, text};
use serde::{Deserialize, Serialize};

/// Days one after the other, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The first.
    pub from: Day,
    /// The last; never before the first.
    pub to: Day,
}

impl Range {
    /// The most days: two years with the leap day between them.
    pub const MAX: i64 = 731;

    /// How many days.
    pub fn days(self) -> i64 {
        self.to.number() - self.from.number() + 1
    }

    /// Is this one of them?
    pub fn has(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// As many days right before it; none where the calendar has none.
    pub fn before(self) -> Option<Range> {
        Some(Range { from: self.from.plus(-self.days())?, to: self.from.plus(-1)? })
    }

    /// Its days, weeks or months, one after the other; the first and the last may not be whole.
    pub fn steps(self, step: Step) -> impl Iterator<Item = Range> {
        std::iter::successors(Some(self.from), move |from| Some(step.last(*from).next()))
            .take_while(move |from| *from <= self.to)
            .map(move |from| Range { from, to: step.last(from).min(self.to) })
    }
}

/// By what days are summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// Each by itself.
    #[default]
    Day,
    /// From Monday to Sunday.
    Week,
    /// Of the calendar.
    Month,
}

impl Step {
    /// All, the finest first.
    pub const ALL: [Step; 3] = [Step::Day, Step::Week, Step::Month];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Week => "week",
            Step::Month => "month",
        }
    }

    /// The step of exactly this name.
    pub fn from_name(name: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.name() == name)
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Step::Day => text::figures::by_day(l),
            Step::Week => text::figures::by_week(l),
            Step::Month => text::figures::by_month(l),
        }
    }

    /// The one that shows so many days best, in at most some forty steps.
    pub const fn fitting(days: i64) -> Step {
        match days {
            ..=35 => Step::Day,
            36..=182 => Step::Week,
            _ => Step::Month,
        }
    }

    /// The last day of the step that a day lies in.
    fn last(self, day: Day) -> Day {
        let (year, month, _) = day.numbers();
        let last = match self {
            Step::Day => Some(day),
            Step::Week => {
                let left = Weekday::ALL.len() - 1 - day.weekday().place();
                day.plus(i64::try_from(left).unwrap_or_default())
            }
            Step::Month => {
                let next = if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) };
                next.and_then(|next| next.plus(-1))
            }
        };
        last.unwrap_or(day)
    }
}

/// Ranges to choose with one tap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// Today and the six days before.
    Week,
    /// Today and the 29 days before.
    #[default]
    Days,
    /// From the first of this month to today.
    Month,
    /// Today and twelve months back.
    Year,
    /// From a day to a day.
    Own,
}

impl Preset {
    /// Those of one tap.
    pub const TAPS: [Preset; 4] = [Preset::Week, Preset::Days, Preset::Month, Preset::Year];

    /// The name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Preset::Week => "7",
            Preset::Days => "30",
            Preset::Month => "month",
            Preset::Year => "year",
            Preset::Own => "own",
        }
    }

    /// The preset of exactly this name.
    pub fn from_name(name: &str) -> Option<Preset> {
        Preset::TAPS.into_iter().chain([Preset::Own]).find(|preset| preset.name() == name)
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Preset::Week => text::figures::last_7(l),
            Preset::Days => text::figures::last_30(l),
            Preset::Month => text::figures::this_month(l),
            Preset::Year => text::figures::last_year(l),
            Preset::Own => text::figures::own(l),
        }
    }

    /// Its days until today; [`Preset::Own`] says nothing of them.
    pub fn until(self, today: Day) -> Range {
        let (year, month, _) = today.numbers();
        let from = match self {
            Preset::Week => today.plus(-6),
            Preset::Days | Preset::Own => today.plus(-29),
            Preset::Month => Day::new(year, month, 1),
            // The same day a year ago was a year ago: the twelve months begin after it.
            Preset::Year => {
                let ago = |day| Day::new(year - 1, month, day);
                let (.., day) = today.numbers();
                ago(day).or_else(|| ago(28)).and_then(|day| day.plus(1))
            }
        };
        Range { from: from.unwrap_or(today), to: today }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(from: &str, to: &str) -> Range {
        Range { from: Day::parse(from).unwrap(), to: Day::parse(to).unwrap() }
    }

    #[test]
    fn presets() {
        let today = Day::parse("2026-11-26").unwrap();
        assert_eq!(Preset::Week.until(today), range("2026-11-20", "2026-11-26"));
        assert_eq!(Preset::Days.until(today), range("2026-10-28", "2026-11-26"));
        assert_eq!(Preset::Month.until(today), range("2026-11-01", "2026-11-26"));
        assert_eq!(Preset::Year.until(today), range("2025-11-27", "2026-11-26"));
        let leap = Day::parse("2028-02-29").unwrap();
        assert_eq!(Preset::Year.until(leap), range("2027-03-01", "2028-02-29"));
        assert_eq!(Preset::Week.until(today).before(), Some(range("2026-11-13", "2026-11-19")));
    }

    #[test]
    fn names_read_back() {
        for preset in Preset::TAPS {
            assert_eq!(Preset::from_name(preset.name()), Some(preset));
        }
        for step in Step::ALL {
            assert_eq!(Step::from_name(step.name()), Some(step));
        }
    }

    proptest! {
        #[test]
        fn steps_cover_every_day_once(start in 0..40_000_i64, length in 0..800_i64) {
            let first = Day::parse("1970-01-01").unwrap();
            let range = Range { from: first.plus(start).unwrap(), to: first.plus(start + length).unwrap() };
            for step in Step::ALL {
                let steps: Vec<Range> = range.steps(step).collect();
                prop_assert_eq!(steps[0].from, range.from);
                prop_assert_eq!(steps[steps.len() - 1].to, range.to);
                for pair in steps.windows(2) {
                    prop_assert_eq!(pair[0].to.next(), pair[1].from);
                }
                for inner in steps.iter().skip(1) {
                    let begins = match step {
                        Step::Day => true,
                        Step::Week => inner.from.weekday() == Weekday::Monday,
                        Step::Month => inner.from.numbers().2 == 1,
                    };
                    prop_assert!(begins);
                }
            }
        }
    }
}
