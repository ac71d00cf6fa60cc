//! Money in the JSON API: a number with two decimals, `12.50`, written and read without a float.

use super::fields::FieldValue;
use crate::model::{
    field::FieldError,
    money::{Money, MoneyError},
};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// An amount as the API writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal(pub Money);

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.decimal()).map_err(serde::ser::Error::custom)?.serialize(serializer)
    }
}

impl FieldValue for Decimal {
    fn read(raw: &RawValue) -> Result<Decimal, FieldError> {
        read(raw).map(Decimal)
    }
}

/// Reads a number or a text with at most two decimals, by its digits.
///
/// # Errors
/// What is wrong with it.
fn read(raw: &RawValue) -> Result<Money, FieldError> {
    Money::parse(raw.get().trim_matches('"')).map_err(|error| match error {
        MoneyError::Format => FieldError::Money,
        MoneyError::Range => FieldError::Range { min: 0, max: 9_999_999 },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn two_decimals_without_a_float() {
        let text = serde_json::to_string(&Decimal(Money::from_bani(1250).unwrap())).unwrap();
        assert_eq!(text, "12.50");
        let read = |text: &str| super::read(&RawValue::from_string(text.into()).unwrap()).map(Money::bani);
        assert_eq!(read("0.1"), Ok(10));
        assert_eq!(read("\"12.50\""), Ok(1250));
        assert_eq!(read("1e2"), Err(FieldError::Money));
        assert_eq!(read("-1"), Err(FieldError::Money));
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(bani in 0..=crate::model::money::MAX_MONEY.bani()) {
            let money = Money::from_bani(bani).unwrap();
            let raw = serde_json::to_string(&Decimal(money)).unwrap();
            prop_assert_eq!(super::read(&RawValue::from_string(raw).unwrap()), Ok(money));
        }

        #[test]
        fn a_number_and_the_same_in_quotes_are_one_amount(text in strange::nearly("-?[0-9]{1,9}(\\.[0-9]{1,3})?([eE][0-9])?")) {
            let text = text.trim();
            let read = |raw: String| RawValue::from_string(raw).ok().map(|raw| super::read(&raw));
            if let Some(Ok(money)) = read(text.to_owned()) {
                prop_assert_eq!(read(format!("\"{text}\"")), Some(Ok(money)));
                prop_assert!(!text.contains(['-', 'e', 'E']), "{:?}", text);
            }
        }
    }
}
