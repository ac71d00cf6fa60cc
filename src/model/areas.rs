//! Where orders are brought to, and what that costs.

use super::{
    field::{FieldError, FieldErrors},
    ids::Slug,
    money::Money,
    places::{few_and_different, name, yes},
    shop_facts::{Words, words},
};
use serde::{Deserialize, Serialize};

/// The highest fee: 1,000 lei. Nobody means more.
pub const MAX_FEE: i64 = 100_000;

/// One area.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryArea {
    /// By which forms and programs know it; it stays when the name changes.
    pub id: Slug,
    /// What it is called, at most 100 characters.
    pub name: Words,
    /// What bringing an order costs.
    #[serde(default, with = "amount")]
    pub fee: Money,
    /// An order must be worth so much without the fee.
    #[serde(default, with = "perhaps", skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Money>,
    /// From so much on it is brought for nothing.
    #[serde(default, with = "perhaps", skip_serializing_if = "Option::is_none")]
    pub free_from: Option<Money>,
    /// Towns, streets, postal codes: by what customers know whether they live in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub towns: Option<Words>,
    /// Can it be chosen now?
    #[serde(default = "yes")]
    pub active: bool,
}

impl DeliveryArea {
    /// What bringing an order of this worth costs.
    pub fn fee_for(&self, worth: Money) -> Money {
        match self.free_from {
            Some(from) if worth >= from => Money::ZERO,
            _ => self.fee,
        }
    }

    /// How much is missing to the least worth of an order.
    pub fn missing(&self, worth: Money) -> Option<Money> {
        let missing = self.minimum?.bani() - worth.bani();
        Money::from_bani(missing).ok().filter(|missing| *missing > Money::ZERO)
    }

    /// Checks and trims it; what is wrong is noted behind this prefix.
    pub fn checked(self, errors: &mut FieldErrors, prefix: &str) -> DeliveryArea {
        let of = |field: &str| format!("{prefix}{field}");
        if self.fee.bani() > MAX_FEE {
            errors.add(&of("fee"), FieldError::Range { min: 0, max: MAX_FEE / 100 });
        }
        let some = |amount: Option<Money>| amount.filter(|amount| *amount > Money::ZERO);
        DeliveryArea {
            name: name(errors, &of("name"), self.name),
            minimum: some(self.minimum),
            free_from: some(self.free_from),
            towns: words(errors, &of("towns"), self.towns, 300),
            ..self
        }
    }
}

/// Checks all; each is named by its place in the list.
pub fn checked(areas: Vec<DeliveryArea>, errors: &mut FieldErrors) -> Vec<DeliveryArea> {
    few_and_different(areas.iter().map(|area| &area.id), "areas", errors);
    let all = areas.into_iter().enumerate();
    all.map(|(number, area)| area.checked(errors, &format!("areas.{number}."))).collect()
}

/// In settings an amount is written as people do, `"15.00"`.
mod amount {
    use super::Money;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(money: &Money, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&money.decimal())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        let text = String::deserialize(deserializer)?;
        Money::parse(&text).map_err(|_| D::Error::custom(format!("{text:?} is not an amount like \"15.00\"")))
    }
}

/// The same where it may be missing.
mod perhaps {
    use super::{Money, amount};
    use serde::{Deserializer, Serializer};

    pub fn serialize<S: Serializer>(money: &Option<Money>, serializer: S) -> Result<S::Ok, S::Error> {
        match money {
            Some(money) => amount::serialize(money, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
        amount::deserialize(deserializer).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn area(fee: i64, minimum: i64, free_from: i64) -> DeliveryArea {
        let money = |bani| Money::from_bani(bani).unwrap();
        DeliveryArea {
            id: Slug::parse("sate").unwrap(),
            name: Words { ro: "Sate".into(), en: None },
            fee: money(fee),
            minimum: Some(money(minimum)),
            free_from: Some(money(free_from)),
            towns: None,
            active: true,
        }
    }

    #[test]
    fn amounts_are_written_as_people_do() {
        let json = serde_json::to_string(&area(1500, 5000, 0)).unwrap();
        assert!(json.contains("\"fee\":\"15.00\"") && json.contains("\"minimum\":\"50.00\""), "{json}");
        assert_eq!(serde_json::from_str::<DeliveryArea>(&json).unwrap(), area(1500, 5000, 0));
        let short = r#"{"id":"sate","name":{"ro":"Sate"}}"#;
        let read: DeliveryArea = serde_json::from_str(short).unwrap();
        assert!((read.fee, read.minimum, read.active) == (Money::ZERO, None, true));
        assert!(serde_json::from_str::<DeliveryArea>(&short.replace("}}", "},\"fee\":15}")).is_err());
    }

    proptest! {
        #[test]
        fn an_order_is_worth_enough_or_something_is_missing(minimum in 0..20_000_i64, worth in 0..20_000_i64) {
            let worth_of = Money::from_bani(worth).unwrap();
            let missing = area(0, minimum, 0).missing(worth_of).map_or(0, Money::bani);
            prop_assert_eq!(missing, (minimum - worth).max(0));
        }

        #[test]
        fn the_fee_falls_away_from_an_amount_on(fee in 0..MAX_FEE, from in 1..20_000_i64, worth in 0..20_000_i64) {
            let asked = area(fee, 0, from).fee_for(Money::from_bani(worth).unwrap()).bani();
            prop_assert_eq!(asked, if worth >= from { 0 } else { fee });
        }
    }
}
