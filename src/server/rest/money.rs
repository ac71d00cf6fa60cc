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
}
