//! When the shop is closed against its hours: holidays, and at once by the producer's hand.

use super::{
    day::Day,
    field::{FieldError, FieldErrors},
    shop_facts::{Words, words},
};
use serde::{Deserialize, Serialize};

/// The longest holiday, in days.
const LONGEST: usize = 366;
/// The most holidays.
const MOST: usize = 50;

/// Days on which nobody is there, the first and the last included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
    /// What customers are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
}

/// Closed at once, until somebody opens it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Closed {
    /// Or until this day, on which it is open again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// What customers are told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
}

impl Holiday {
    /// Is this one of its days?
    pub fn covers(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Checks and trims it; what is wrong is noted behind this prefix.
    pub fn checked(self, errors: &mut FieldErrors, prefix: &str) -> Holiday {
        if self.to < self.from || self.from.later(LONGEST) <= self.to {
            errors.add(&format!("{prefix}to"), FieldError::Choice);
        }
        Holiday { text: words(errors, &format!("{prefix}text"), self.text, 300), ..self }
    }
}

impl Closed {
    /// Does it still hold on this day?
    pub fn holds_on(&self, day: Day) -> bool {
        self.until.is_none_or(|until| day < until)
    }

    /// Checks and trims it; what is wrong is noted behind this prefix.
    pub fn checked(self, errors: &mut FieldErrors, prefix: &str) -> Closed {
        Closed { text: words(errors, &format!("{prefix}text"), self.text, 300), ..self }
    }
}

/// Checks all, and puts them in their order.
pub(super) fn checked(holidays: Vec<Holiday>, errors: &mut FieldErrors) -> Vec<Holiday> {
    if holidays.len() > MOST {
        errors.add("holidays", FieldError::Range { min: 0, max: i64::try_from(MOST).unwrap_or(i64::MAX) });
    }
    let all = holidays.into_iter().enumerate();
    let mut all: Vec<Holiday> =
        all.map(|(number, holiday)| holiday.checked(errors, &format!("holidays.{number}."))).collect();
    all.sort_by_key(|holiday| (holiday.from, holiday.to));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_holiday_has_its_first_and_its_last_day() {
        let holiday = Holiday { from: day("2026-12-24"), to: day("2026-12-26"), text: None };
        let covered = |text| holiday.covers(day(text));
        assert!(covered("2026-12-24") && covered("2026-12-26"));
        assert!(!covered("2026-12-23") && !covered("2026-12-27"));
    }

    #[test]
    fn holidays_end_after_they_begin_and_stand_in_order() {
        let holiday = |from, to| Holiday { from: day(from), to: day(to), text: None };
        let mut errors = FieldErrors::default();
        let late = holiday("2027-04-30", "2027-05-03");
        let early = holiday("2026-12-24", "2026-12-24");
        assert_eq!(checked(vec![late.clone(), early.clone()], &mut errors), [early.clone(), late]);
        assert!(errors.is_empty());
        checked(
            vec![early, holiday("2026-12-24", "2026-12-23"), holiday("2026-01-01", "2027-01-03")],
            &mut errors,
        );
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["holidays.1.to", "holidays.2.to"]);
    }

    #[test]
    fn closed_until_a_day_is_open_on_it() {
        let closed = Closed { until: Some(day("2026-12-01")), text: None };
        assert!(closed.holds_on(day("2026-11-30")) && !closed.holds_on(day("2026-12-01")));
        assert!(Closed::default().holds_on(day("2999-01-01")));
    }
}
