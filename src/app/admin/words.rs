//! Numbers, ages and days as people say them.

use crate::{
    app::i18n::href,
    model::{board::Age, day::Day, ids::OrderId, locale::Locale, text},
};

/// One, few or many: Romanian says `de` from twenty on.
pub fn counted(
    l: Locale,
    count: u64,
    one: fn(Locale) -> &'static str,
    few: fn(Locale, u64) -> String,
    many: fn(Locale, u64) -> String,
) -> String {
    match (count, count % 100) {
        (1, _) => one(l).to_owned(),
        (0, _) | (_, 1..20) => few(l, count),
        _ => many(l, count),
    }
}

/// `3 comenzi`.
pub fn orders(l: Locale, count: u64) -> String {
    if count == 0 {
        return text::board::no_orders(l).to_owned();
    }
    counted(l, count, text::board::orders_one, text::board::orders_few, text::board::orders_many)
}

/// `20 de bucăți`.
pub fn pieces(l: Locale, count: u64) -> String {
    counted(l, count, text::board::pieces_one, text::board::pieces, text::board::pieces_many)
}

/// `acum 5 min`.
pub fn age(l: Locale, age: Age) -> String {
    match age {
        Age::Now => text::board::age_now(l).to_owned(),
        Age::Minutes(count) => text::board::age_minutes(l, count),
        Age::Hours(count) => text::board::age_hours(l, count),
        Age::Days(count) => text::board::age_days(l, count),
    }
}

/// `joi, 26 noiembrie`.
pub fn long_day(l: Locale, day: Day) -> String {
    let (_, month, date) = day.numbers();
    let month = text::date::months(l).split(' ').nth(usize::from(month.saturating_sub(1)));
    let weekday = text::info::days(l).split(' ').nth(day.weekday().place());
    format!("{}, {date} {}", weekday.unwrap_or_default(), month.unwrap_or_default())
}

/// The same; the nearest days have names of their own.
pub fn near_day(l: Locale, day: Day, today: Day) -> String {
    if day == today {
        text::board::today(l).to_owned()
    } else if day == today.next() {
        text::board::tomorrow(l).to_owned()
    } else {
        long_day(l, day)
    }
}

/// The text with a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut signs = text.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// The page of an order.
pub fn order_page(l: Locale, id: &OrderId) -> String {
    href(l, &format!("/admin/orders/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_romanian() {
        let told = [0, 1, 2, 19, 20, 101, 119, 120].map(|count| orders(Locale::Ro, count));
        assert_eq!(
            told,
            [
                "Nicio comandă",
                "O comandă",
                "2 comenzi",
                "19 comenzi",
                "20 de comenzi",
                "101 comenzi",
                "119 comenzi",
                "120 de comenzi"
            ]
        );
        assert_eq!(pieces(Locale::En, 1), "one piece");
    }

    #[test]
    fn days() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(long_day(Locale::Ro, day("2026-11-26")), "joi, 26 noiembrie");
        assert_eq!(near_day(Locale::En, day("2026-12-01"), day("2026-11-30")), "tomorrow");
        assert_eq!(capital("âine"), "Âine");
    }
}
