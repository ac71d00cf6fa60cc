//! What the shop says of itself: name, address, hours. Each fact may be unknown; pages show those
//! that are known.

mod map;
mod words;

pub use map::{Coordinates, Degrees};
pub use words::{Words, words};

use super::{
    areas::{self, DeliveryArea},
    choices::Closing,
    closing::{self, Closed, Holiday},
    field::{self, FieldError, FieldErrors},
    languages::Languages,
    opening_hours::{OpeningHours, Openness},
    order::Order,
    order_rules::OrderRules,
    phone::Phone,
    places::{self, PickupPlace},
};
use map::check_place;
use serde::{Deserialize, Serialize};

/// Where the shop stands, as on a letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShopAddress {
    /// Street and number.
    pub street: String,
    /// Town or village.
    pub city: String,
    /// County (județ).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub county: Option<String>,
    /// Postal code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
}

impl ShopAddress {
    /// On one line.
    pub fn line(&self) -> String {
        let town = match &self.postal_code {
            Some(code) => format!("{code} {}", self.city),
            None => self.city.clone(),
        };
        let parts = [Some(self.street.clone()), Some(town), self.county.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// All facts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopFacts {
    /// What the shop is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who sells, in the words of the trade register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub legal_name: Option<String>,
    /// The tax number (CUI), with or without `RO`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<String>,
    /// The number in the trade register, `J12/345/2020` or `J2020000345123`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trade_register: Option<String>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<ShopAddress>,
    /// The same on the map.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    /// To call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// To write to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// When it is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<OpeningHours>,
    /// Where orders are picked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pickup: Option<Words>,
    /// Where orders are brought to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_area: Option<Words>,
    /// What bringing costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_fee: Option<Words>,
    /// Until when to order, and for when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<Words>,
    /// The languages of the shop; both where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub languages: Option<Languages>,
    /// How long before an order must come.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<OrderRules>,
    /// Closed now, by the producer's hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Closed>,
    /// Days on which nobody is there.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Holiday>,
    /// Where orders can be picked up, in the order of the choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<PickupPlace>,
    /// Where orders can be brought to, in the order of the choice.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<DeliveryArea>,
}

impl ShopFacts {
    /// Where orders are picked up, as one says it on the way there: street and town.
    pub fn oven(&self) -> Option<String> {
        self.address.as_ref().map(|address| format!("{}, {}", address.street, address.city))
    }

    /// Where this order is picked up: its place, with the address that the place has now.
    pub fn pickup_of(&self, order: &Order) -> Option<String> {
        let Some(name) = &order.place else { return self.oven() };
        let same = |place: &&PickupPlace| place.name.ro == *name || place.name.en.as_ref() == Some(name);
        let address = self.places.iter().find(same).and_then(|place| place.address.as_ref());
        Some(address.map_or_else(|| name.clone(), |address| format!("{name}, {address}")))
    }

    /// Checks all facts, trims them, and forgets those that are empty.
    ///
    /// # Errors
    /// All that is wrong, by field; a field within another is named behind a dot.
    pub fn checked(self) -> Result<ShopFacts, FieldErrors> {
        let mut errors = FieldErrors::default();
        let e = &mut errors;
        let facts = ShopFacts {
            name: line(e, "name", self.name, 100),
            legal_name: line(e, "legal_name", self.legal_name, 200),
            tax_id: shaped(e, "tax_id", self.tax_id, is_tax_id),
            trade_register: shaped(e, "trade_register", self.trade_register, is_trade_register),
            address: self.address.map(|address| ShopAddress {
                street: needed(e, "address.street", &address.street, 200),
                city: needed(e, "address.city", &address.city, 100),
                county: line(e, "address.county", address.county, 100),
                postal_code: line(e, "address.postal_code", address.postal_code, 20),
            }),
            coordinates: self.coordinates.inspect(|place| check_place(e, *place)),
            phone: self.phone,
            email: shaped(e, "email", self.email, is_email),
            hours: self.hours.inspect(|hours| {
                if let Some(day) = hours.disordered() {
                    e.add(&format!("hours.{}", day.name()), FieldError::Format);
                }
            }),
            pickup: words(e, "pickup", self.pickup, 500),
            delivery_area: words(e, "delivery_area", self.delivery_area, 500),
            delivery_fee: words(e, "delivery_fee", self.delivery_fee, 500),
            cut_off: words(e, "cut_off", self.cut_off, 500),
            languages: self.languages.map(|languages| languages.checked(e, "languages.")),
            rules: self.rules.inspect(|rules| rules.check(e, "rules.")),
            closed: self.closed.map(|closed| closed.checked(e, "closed.")),
            holidays: closing::checked(self.holidays, e),
            places: places::checked(self.places, e),
            areas: areas::checked(self.areas, e),
        };
        if errors.is_empty() { Ok(facts) } else { Err(errors) }
    }
}

fn line(errors: &mut FieldErrors, name: &str, value: Option<String>, max: u32) -> Option<String> {
    value.and_then(|text| errors.check(name, field::optional_line(&text, max)).flatten())
}

fn needed(errors: &mut FieldErrors, name: &str, text: &str, max: u32) -> String {
    errors.check(name, field::line(text, max)).unwrap_or_default()
}

fn shaped(
    errors: &mut FieldErrors,
    name: &str,
    value: Option<String>,
    fits: fn(&str) -> bool,
) -> Option<String> {
    let text = line(errors, name, value, 254)?;
    errors.check(name, if fits(&text) { Ok(text) } else { Err(FieldError::Format) })
}

/// Two to ten digits, with or without `RO` (Codul fiscal, the form of the number; the control digit
/// is not checked, so that demonstrations can have a number that is nobody's).
fn is_tax_id(text: &str) -> bool {
    let digits = text.strip_prefix("RO").unwrap_or(text).trim_start();
    (2..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `J12/345/2020`, or since 2024 `J2020000345123`; `F` stands for sole traders, `C` for cooperatives.
fn is_trade_register(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['J', 'F', 'C']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = rest.split('/').collect();
    match parts.as_slice() {
        [all] => all.len() == 13 && digits(all),
        [county, number, year] => {
            county.len() <= 2 && number.len() <= 7 && year.len() == 4 && parts.iter().all(|part| digits(part))
        }
        _ => false,
    }
}

/// Something before the sign, something with a point after it, and no space: more only a mail can tell.
fn is_email(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let sign = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b);
    let part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    !user.is_empty() && user.bytes().all(sign) && host.contains('.') && host.split('.').all(part)
}

/// What a cookie of the shop is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CookieUse {
    /// The language chosen last.
    Language,
    /// The cart.
    Cart,
    /// The customer's proved phone number.
    Customer,
    /// The producer's login.
    Producer,
}

/// A cookie, as it is really set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CookieFact {
    /// What it is for.
    pub purpose: CookieUse,
    /// Its name.
    pub name: String,
    /// How long it is kept after its last use, in hours.
    pub hours: u32,
}

/// What the pages about the shop show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopPageFacts {
    /// What the shop says of itself.
    pub facts: ShopFacts,
    /// Open or closed now; `None` when its hours are not known.
    pub openness: Option<Openness>,
    /// Why it is closed today against its hours.
    pub closing: Option<Closing>,
    /// Holidays that are not over.
    pub holidays: Vec<Holiday>,
    /// Every cookie.
    pub cookies: Vec<CookieFact>,
    /// How long an unused cart is kept.
    pub cart_hours: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn numbers_of_firms() {
        assert!(["RO12345678", "RO 12345678", "99"].iter().all(|text| is_tax_id(text)));
        assert!(!["RO", "1", "12345678901", "RO12a"].iter().any(|text| is_tax_id(text)));
        assert!(["J12/345/2020", "F05/1/2019", "J2024000345123"].iter().all(|text| is_trade_register(text)));
        assert!(
            !["J12/345", "X12/345/2020", "J12/345/20", "J12//2020"]
                .iter()
                .any(|text| is_trade_register(text))
        );
    }

    #[test]
    fn addresses_of_mail() {
        assert!(is_email("comenzi@example.com") && is_email("a.b+c@mail.example.ro"));
        assert!(
            !["", "a", "a@b", "@example.com", "a b@example.com", "a@example.", "a@b@c.ro"]
                .iter()
                .any(|text| is_email(text))
        );
    }

    #[test]
    fn all_that_is_wrong_is_told_together() {
        let words = |ro: &str, en: &str| Some(Words { ro: ro.into(), en: Some(en.into()) });
        let facts = ShopFacts {
            name: Some("x".repeat(101)),
            email: Some("nowhere".into()),
            pickup: words("", "At the oven"),
            address: Some(ShopAddress {
                street: " ".into(),
                city: "Cluj".into(),
                county: None,
                postal_code: None,
            }),
            ..ShopFacts::default()
        };
        let errors = facts.checked().unwrap_err();
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["address.street", "email", "name", "pickup.ro"]);
    }

    #[test]
    fn empty_facts_are_unknown() {
        let empty = Some(Words { ro: " ".into(), en: None });
        let facts = ShopFacts { name: Some(" ".into()), cut_off: empty, ..ShopFacts::default() };
        assert_eq!(facts.checked(), Ok(ShopFacts::default()));
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange(text in strange::nearly("[a-z]+@[a-z]+\\.[a-z]+|J[0-9/]{8,12}")) {
            let _ = (is_email(&text), is_trade_register(&text), is_tax_id(&text));
        }
    }
}
