//! Addresses, prices and dates in the visitor's language.

use crate::model::{locale::Locale, money::Money, text, time::WallTime, words};
use leptos::prelude::use_context;

/// The language of the page being rendered.
pub fn locale() -> Locale {
    use_context::<Locale>().unwrap_or_default()
}

/// The address of a page in a language: `/products` is `/ro/produse`.
pub fn href(l: Locale, path: &str) -> String {
    let path = if path == "/" { "" } else { path };
    format!("/{}{}", l.tag(), words::said(l, path))
}

/// `12,50 lei` or `12.50 lei`.
pub fn price(l: Locale, money: Money) -> String {
    let decimal = money.decimal();
    let (lei, bani) = decimal.split_once('.').unwrap_or((&decimal, "00"));
    let (group, point) = match l {
        Locale::Ro => ('.', ','),
        Locale::En => (',', '.'),
    };
    let mut grouped = String::new();
    for (place, digit) in lei.chars().enumerate() {
        if place > 0 && (lei.len() - place) % 3 == 0 {
            grouped.push(group);
        }
        grouped.push(digit);
    }
    // A no-break space: the unit never stands alone on a line.
    format!("{grouped}{point}{bani}\u{a0}lei")
}

/// `23 noiembrie 2026, 14:05`.
pub fn date(l: Locale, at: WallTime) -> String {
    let month = text::date::months(l).split(' ').nth(usize::from(at.month.saturating_sub(1)));
    format!("{} {} {}, {:02}:{:02}", at.day, month.unwrap_or_default(), at.year, at.hour, at.minute)
}

/// A name with no-break spaces where a line must not end: `2 × 300 g`, `10 pieces`.
pub fn unbroken(name: &str) -> String {
    let number = |word: &str| word.starts_with(|sign: char| sign.is_ascii_digit());
    // Longer words may need a line of their own.
    let short = |word: &str| word.chars().count() <= 8;
    let mut words = name.split(' ');
    let mut before = words.next().unwrap_or_default();
    let mut joined = before.to_owned();
    for word in words {
        let holds = (number(before) || before == "×") && short(before) && short(word);
        joined.push(if holds { '\u{a0}' } else { ' ' });
        joined.push_str(word);
        before = word;
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices() {
        let money = |bani| Money::from_bani(bani).unwrap();
        assert_eq!(price(Locale::Ro, money(1250)), "12,50\u{a0}lei");
        assert_eq!(price(Locale::En, money(123_456_789)), "1,234,567.89\u{a0}lei");
        assert_eq!(price(Locale::Ro, money(5)), "0,05\u{a0}lei");
    }

    #[test]
    fn a_number_keeps_its_unit() {
        assert_eq!(unbroken("Franzele rustice, 2 × 300 g"), "Franzele rustice, 2\u{a0}×\u{a0}300\u{a0}g");
        assert_eq!(unbroken("Ouă, 10 bucăți"), "Ouă, 10\u{a0}bucăți");
        assert_eq!(unbroken("Pâine de casă"), "Pâine de casă");
        assert_eq!(unbroken(" 7  nesfârșitele "), " 7\u{a0} nesfârșitele ");
    }

    #[test]
    fn dates() {
        let at = WallTime { year: 2026, month: 11, day: 23, hour: 9, minute: 5 };
        assert_eq!(date(Locale::Ro, at), "23 noiembrie 2026, 09:05");
        assert_eq!(date(Locale::En, at), "23 November 2026, 09:05");
    }

    #[test]
    fn addresses() {
        assert_eq!(href(Locale::En, "/"), "/en");
        assert_eq!(href(Locale::Ro, "/cart"), "/ro/cart");
        assert_eq!(href(Locale::Ro, "/products?page=2"), "/ro/produse?page=2");
        assert_eq!(href(Locale::En, "/products"), "/en/products");
    }
}
