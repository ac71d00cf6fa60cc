//! Money in integer minor units. There is no float anywhere near a price.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An amount in bani (1 leu = 100 bani); never negative.
///
/// Between our own parts it travels as the integer; the JSON API writes it `12.50`
/// (see [`Money::decimal`]).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// The highest price or total that is accepted: 9,999,999.99 lei. It leaves room for any
/// sum of an order without overflow.
pub const MAX_MONEY: Money = Money(999_999_999);

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyError {
    /// Not digits with at most two decimals.
    Format,
    /// Negative, or above [`MAX_MONEY`].
    Range,
}

impl Money {
    /// Nothing to pay.
    pub const ZERO: Money = Money(0);

    /// From bani.
    ///
    /// # Errors
    /// [`MoneyError::Range`] when negative or above [`MAX_MONEY`].
    pub const fn from_bani(bani: i64) -> Result<Money, MoneyError> {
        if bani < 0 || bani > MAX_MONEY.0 { Err(MoneyError::Range) } else { Ok(Money(bani)) }
    }

    /// The amount in bani.
    pub const fn bani(self) -> i64 {
        self.0
    }

    /// Reads `12`, `12.5`, `12.50` or, as people write it in Romania, `12,50`.
    ///
    /// # Errors
    /// [`MoneyError::Format`] for anything else (signs, exponents, a third decimal),
    /// [`MoneyError::Range`] above [`MAX_MONEY`].
    pub fn parse(text: &str) -> Result<Money, MoneyError> {
        let text = text.trim();
        let (lei, bani) = match text.split_once(['.', ',']) {
            Some((lei, bani)) => (lei, bani),
            None => (text, "0"),
        };
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(lei) || !digits(bani) || bani.len() > 2 {
            return Err(MoneyError::Format);
        }
        if lei.trim_start_matches('0').len() > 7 {
            return Err(MoneyError::Range);
        }
        let lei: i64 = lei.parse().map_err(|_| MoneyError::Range)?;
        let scale = if bani.len() == 1 { 10 } else { 1 };
        let bani: i64 = bani.parse().map_err(|_| MoneyError::Format)?;
        Money::from_bani(lei * 100 + bani * scale)
    }

    /// The sum, or `None` above [`MAX_MONEY`].
    pub fn plus(self, other: Money) -> Option<Money> {
        Money::from_bani(self.0.checked_add(other.0)?).ok()
    }

    /// The amount `count` times, or `None` above [`MAX_MONEY`].
    pub fn times(self, count: u32) -> Option<Money> {
        Money::from_bani(self.0.checked_mul(i64::from(count))?).ok()
    }

    /// `12.50`: the form of the JSON API.
    pub fn decimal(self) -> String {
        format!("{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.decimal())
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bani = i64::deserialize(deserializer)?;
        Money::from_bani(bani).map_err(|_| serde::de::Error::custom("amount out of range"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn reads_what_people_write() {
        for (text, bani) in [
            ("12", 1200),
            ("12.5", 1250),
            ("12,50", 1250),
            (" 0.05 ", 5),
            ("0000012.50", 1250),
            ("9999999.99", 999_999_999),
        ] {
            assert_eq!(Money::parse(text).map(Money::bani), Ok(bani), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1.234", "1.2.3", "12 lei", "NaN", "١٢"] {
            assert_eq!(Money::parse(text), Err(MoneyError::Format), "{text:?}");
        }
        assert_eq!(Money::parse("10000000"), Err(MoneyError::Range));
        assert_eq!(Money::from_bani(-1), Err(MoneyError::Range));
    }

    proptest! {
        #[test]
        fn decimal_reads_back(bani in 0..=MAX_MONEY.0) {
            let money = Money::from_bani(bani).unwrap();
            prop_assert_eq!(Money::parse(&money.decimal()), Ok(money));
        }

        #[test]
        fn what_is_accepted_is_what_was_written(text in strange::nearly("0{0,3}[0-9]{0,8}[.,]?[0-9]{0,3}")) {
            if let Ok(money) = Money::parse(&text) {
                prop_assert!(money <= MAX_MONEY);
                let written = text.trim().replace(',', ".");
                let (lei, bani) = written.split_once('.').unwrap_or((&written, ""));
                prop_assert!(lei.chars().chain(bani.chars()).all(|c| c.is_ascii_digit()), "{:?}", text);
                prop_assert_eq!(format!("{lei}{bani:0<2}").parse(), Ok(money.bani()));
            }
        }

        #[test]
        fn on_the_wire_it_is_a_whole_number_in_range(bani: i64) {
            let read = serde_json::from_str::<Money>(&bani.to_string()).ok();
            prop_assert_eq!(read.map(Money::bani), (0..=MAX_MONEY.0).contains(&bani).then_some(bani));
        }

        #[test]
        fn times_is_repeated_plus(bani in 0..100_000i64, count in 0..50u32) {
            let unit = Money::from_bani(bani).unwrap();
            let sum = (0..count).try_fold(Money::ZERO, |sum, _| sum.plus(unit));
            prop_assert_eq!(unit.times(count), sum);
        }

        #[test]
        fn sums_never_leave_the_range(a in 0..=MAX_MONEY.0, b in 0..=MAX_MONEY.0) {
            let sum = Money::from_bani(a).unwrap().plus(Money::from_bani(b).unwrap());
            prop_assert_eq!(sum.is_some(), a + b <= MAX_MONEY.0);
        }
    }
}
