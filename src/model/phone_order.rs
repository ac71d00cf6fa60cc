//! An order that the producer takes by phone and types in.

use super::{
    checkout::{Checkout, CheckoutForm},
    day::Day,
    error::AppError,
    field::{self, FieldError, FieldErrors},
    ids::ProductId,
    locale::Locale,
    money::Money,
    order_items::quantities,
    order_record::Note,
    quantity::Quantity,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form as typed. Empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhoneOrderForm {
    /// Who orders, and how it reaches them.
    pub checkout: CheckoutForm,
    /// How many of each product; empty or 0 for none.
    pub quantities: BTreeMap<String, String>,
    /// The day that the customer gets it, as `2025-01-13`.
    pub day: String,
    /// The place of pickup, or the area it is brought to.
    pub place: String,
    /// What bringing it costs.
    pub delivery_fee: String,
    /// The language that the shop writes to the customer in.
    pub language: String,
    /// A note for the desk.
    pub note: String,
}

/// An order by phone that passed the checks (the number is still to be read by the server).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneOrder {
    /// Who orders, and how it reaches them.
    pub checkout: Checkout,
    /// At least one.
    pub lines: BTreeMap<ProductId, Quantity>,
    /// The day that the customer gets it.
    pub day: Option<Day>,
    /// The place of pickup, or the area it is brought to.
    pub place: Option<String>,
    /// What bringing it costs; nothing for a pickup.
    pub delivery_fee: Money,
    /// The customer's language.
    pub locale: Locale,
    /// A note for the desk.
    pub note: Option<String>,
}

impl PhoneOrderForm {
    /// The one check; `today` is the shop's.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self, today: Day) -> Result<PhoneOrder, AppError> {
        let checkout = self.checkout.parse();
        let mut errors = match &checkout {
            Err(AppError::Fields { errors }) => errors.clone(),
            _ => FieldErrors::default(),
        };
        let lines = self.lines(&mut errors);
        let day = errors.check("day", day(&self.day, today));
        let place = errors.check("place", field::optional_line(&self.place, 100));
        let fee = errors.check("delivery_fee", fee(&self.delivery_fee));
        let language = match self.language.trim() {
            "" => Ok(Locale::default()),
            tag => Locale::ALL.into_iter().find(|l| l.tag() == tag).ok_or(FieldError::Choice),
        };
        let language = errors.check("language", language);
        let note = errors.check("note", field::optional_text(&self.note, Note::MAX));
        match (checkout, day, place, fee, language, note) {
            (Ok(checkout), Some(day), Some(place), Some(fee), Some(locale), Some(note))
                if errors.is_empty() =>
            {
                let delivery_fee = if checkout.delivery.address().is_some() { fee } else { Money::ZERO };
                Ok(PhoneOrder { checkout, lines, day, place, delivery_fee, locale, note })
            }
            (Err(error), ..) if errors.is_empty() => Err(error),
            _ => Err(AppError::Fields { errors }),
        }
    }

    fn lines(&self, errors: &mut FieldErrors) -> BTreeMap<ProductId, Quantity> {
        let read = quantities(&self.quantities, errors);
        let lines: BTreeMap<_, _> =
            read.into_iter().filter_map(|(product, pieces)| Some((product, pieces?))).collect();
        // As many lines as an order holds.
        if lines.len() > 100 {
            errors.add("quantities", FieldError::TooMany { max: 100 });
        }
        let wrong = errors.0.keys().any(|field| field.starts_with("quantities"));
        if lines.is_empty() && !wrong {
            errors.add("quantities", FieldError::Required);
        }
        lines
    }
}

fn day(typed: &str, today: Day) -> Result<Option<Day>, FieldError> {
    match typed.trim() {
        "" => Ok(None),
        typed => {
            let day = Day::parse(typed).ok_or(FieldError::Format)?;
            // A day that is over is a slip of the finger.
            if day < today { Err(FieldError::Choice) } else { Ok(Some(day)) }
        }
    }
}

fn fee(typed: &str) -> Result<Money, FieldError> {
    match typed.trim() {
        "" => Ok(Money::ZERO),
        typed => Money::parse(typed).map_err(|_| FieldError::Money),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BREAD: &str = "507f1f77bcf86cd799439011";

    fn today() -> Day {
        Day::new(2026, 11, 26).unwrap()
    }

    fn form() -> PhoneOrderForm {
        PhoneOrderForm {
            checkout: CheckoutForm {
                name: "Ana Pop".into(),
                phone: "0264 123 456".into(),
                delivery_type: "pickup".into(),
                ..CheckoutForm::default()
            },
            quantities: BTreeMap::from([(BREAD.into(), "2".into())]),
            day: "2026-11-26".into(),
            delivery_fee: "15,50".into(),
            ..PhoneOrderForm::default()
        }
    }

    fn wrong(form: &PhoneOrderForm) -> Vec<String> {
        let Err(AppError::Fields { errors }) = form.parse(today()) else { panic!("accepted") };
        errors.0.into_keys().collect()
    }

    #[test]
    fn a_pickup_costs_no_fee_and_a_delivery_does() {
        let mut form = form();
        assert_eq!(form.parse(today()).unwrap().delivery_fee, Money::ZERO);
        form.checkout.delivery_type = "delivery".into();
        form.checkout.street = "Str. Morii 4".into();
        form.checkout.city = "Cluj".into();
        assert_eq!(form.parse(today()).unwrap().delivery_fee, Money::from_bani(1550).unwrap());
    }

    #[test]
    fn all_errors_are_told_together() {
        let form = PhoneOrderForm {
            day: "2026-11-25".into(),
            place: "a\nb".into(),
            delivery_fee: "free".into(),
            language: "de".into(),
            note: "x".repeat(1001),
            ..PhoneOrderForm::default()
        };
        let all = [
            "day",
            "delivery_fee",
            "delivery_type",
            "language",
            "name",
            "note",
            "phone",
            "place",
            "quantities",
        ];
        assert_eq!(wrong(&form), all);
    }

    #[test]
    fn an_order_of_nothing_is_none() {
        let mut form = form();
        form.quantities = BTreeMap::from([(BREAD.into(), "0".into()), ("5".repeat(24), String::new())]);
        assert_eq!(wrong(&form), ["quantities"]);
        form.quantities = BTreeMap::from([(BREAD.into(), "-1".into())]);
        assert_eq!(wrong(&form), [format!("quantities[p{BREAD}]")], "said once");
    }
}
