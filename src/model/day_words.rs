//! Days as people say them.

use super::{day::Day, locale::Locale, text};

/// `vineri 27 noiembrie`, `Friday 27 November`.
pub fn day(l: Locale, day: Day) -> String {
    let (_, month, number) = day.numbers();
    let weekday = text::info::days(l).split(' ').nth(day.weekday().place()).unwrap_or_default();
    let month = text::date::months(l).split(' ').nth(usize::from(month.saturating_sub(1)));
    format!("{weekday} {number} {}", month.unwrap_or_default())
}

/// The same as a choice: `mâine, vineri 27 noiembrie`.
pub fn from_today(l: Locale, chosen: Day, today: Day) -> String {
    let words = day(l, chosen);
    if chosen == today {
        format!("{}, {words}", text::info::today(l))
    } else if chosen == today.next() {
        format!("{}, {words}", text::info::tomorrow(l))
    } else {
        words
    }
}

/// One day, or the first and the last of several.
pub fn range(l: Locale, from: Day, to: Day) -> String {
    if from == to { day(l, from) } else { format!("{} – {}", day(l, from), day(l, to)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_words() {
        let today = Day::parse("2026-11-26").unwrap();
        assert_eq!(from_today(Locale::Ro, today, today), "azi, joi 26 noiembrie");
        assert_eq!(from_today(Locale::Ro, today.next(), today), "mâine, vineri 27 noiembrie");
        assert_eq!(from_today(Locale::En, today.later(2), today), "Saturday 28 November");
        assert_eq!(range(Locale::Ro, today, today.later(5)), "joi 26 noiembrie – marți 1 decembrie");
    }
}
