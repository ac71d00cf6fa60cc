//! How long before an order must come.

use super::{
    day::Day,
    field::{FieldError, FieldErrors},
    opening_hours::TimeOfDay,
    time::WallTime,
};
use serde::{Deserialize, Serialize};

/// What decides the earliest day for which one can order, and the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderRules {
    /// So many days lie between the order and its day: 0 is the same day, 1 the next.
    pub lead_days: u8,
    /// So many hours the order needs besides.
    pub lead_hours: u8,
    /// What comes at this time or later counts as if it came the next day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<TimeOfDay>,
    /// How many days there are to choose from, open or not, the earliest first.
    pub days_ahead: u8,
}

impl Default for OrderRules {
    fn default() -> OrderRules {
        OrderRules { lead_days: 0, lead_hours: 0, cut_off: None, days_ahead: 14 }
    }
}

impl OrderRules {
    /// The most days before.
    pub const MOST_DAYS: u8 = 30;
    /// The most hours before.
    pub const MOST_HOURS: u8 = 72;
    /// The fewest and the most days to choose from. Within a week there is an open day.
    pub const AHEAD: (u8, u8) = (7, 60);

    /// The earliest day for an order that comes now, and the time of it from which it can be ready.
    pub fn earliest(&self, clock: WallTime) -> (Day, TimeOfDay) {
        let (today, time) = (Day::of(clock), TimeOfDay::of(clock));
        let late = self.cut_off.is_some_and(|cut_off| time >= cut_off);
        let (day, time) = if late { (today.next(), TimeOfDay::default()) } else { (today, time) };
        let (days, time) = TimeOfDay::after_midnight(time.minutes() + u16::from(self.lead_hours) * 60);
        let day = day.later(usize::from(days) + usize::from(self.lead_days));
        // Who asks for days has the whole of the day.
        (day, if self.lead_days > 0 { TimeOfDay::default() } else { time })
    }

    /// Notes what is out of range behind this prefix.
    pub fn check(&self, errors: &mut FieldErrors, prefix: &str) {
        let (least, most) = OrderRules::AHEAD;
        for (field, value, min, max) in [
            ("lead_days", self.lead_days, 0, OrderRules::MOST_DAYS),
            ("lead_hours", self.lead_hours, 0, OrderRules::MOST_HOURS),
            ("days_ahead", self.days_ahead, least, most),
        ] {
            if value < min || value > max {
                let error = FieldError::Range { min: min.into(), max: max.into() };
                errors.add(&format!("{prefix}{field}"), error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rules(lead_days: u8, lead_hours: u8, cut_off: Option<&str>) -> OrderRules {
        let cut_off = cut_off.map(|text| TimeOfDay::parse(text).unwrap());
        OrderRules { lead_days, lead_hours, cut_off, ..OrderRules::default() }
    }

    /// Thursday, 26 November 2026.
    fn at(hour: u8, minute: u8) -> WallTime {
        WallTime { year: 2026, month: 11, day: 26, hour, minute }
    }

    fn earliest(rules: OrderRules, clock: WallTime) -> (String, String) {
        let (day, time) = rules.earliest(clock);
        (day.to_string(), time.to_string())
    }

    #[test]
    fn days_hours_and_the_time_of_the_day() {
        for (rules, clock, day, time) in [
            (rules(0, 0, None), at(10, 0), "2026-11-26", "10:00"),
            (rules(0, 0, Some("18:00")), at(17, 59), "2026-11-26", "17:59"),
            (rules(0, 0, Some("18:00")), at(18, 0), "2026-11-27", "00:00"),
            (rules(1, 0, Some("18:00")), at(17, 59), "2026-11-27", "00:00"),
            (rules(1, 0, Some("18:00")), at(18, 0), "2026-11-28", "00:00"),
            (rules(0, 3, None), at(10, 30), "2026-11-26", "13:30"),
            (rules(0, 3, None), at(22, 30), "2026-11-27", "01:30"),
            (rules(0, 48, None), at(10, 0), "2026-11-28", "10:00"),
            (rules(5, 0, None), at(10, 0), "2026-12-01", "00:00"),
        ] {
            assert_eq!(earliest(rules, clock), (day.to_owned(), time.to_owned()), "{rules:?}");
        }
    }

    proptest! {
        #[test]
        fn later_orders_are_never_earlier(
            days in 0..=30_u8, hours in 0..=72_u8, cut_off in proptest::option::of(0..24_u8),
            first in 0..1440_u16, second in 0..1440_u16,
        ) {
            let cut_off = cut_off.map(|hour| format!("{hour}:00"));
            let rules = rules(days, hours, cut_off.as_deref());
            let clock = |minutes: u16| at(u8::try_from(minutes / 60).unwrap(), u8::try_from(minutes % 60).unwrap());
            let (before, after) = (first.min(second), first.max(second));
            prop_assert!(rules.earliest(clock(before)) <= rules.earliest(clock(after)));
            prop_assert!(rules.earliest(clock(before)).0 >= Day::of(at(0, 0)).later(usize::from(days)));
        }
    }
}
