//! What the customer fills in to order.

use super::{
    day::Day,
    error::AppError,
    field::{self, FieldError, FieldErrors},
    ids::Slug,
    locale::Locale,
    phone::looks_like_phone,
    text,
};
use serde::{Deserialize, Serialize};

/// How the order reaches the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeliveryType {
    /// Picked up at the shop.
    Pickup,
    /// Brought to an address.
    Delivery,
}

impl DeliveryType {
    /// The name in the database, in forms and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            DeliveryType::Pickup => "pickup",
            DeliveryType::Delivery => "delivery",
        }
    }

    /// The type of exactly this name.
    pub fn from_name(name: &str) -> Option<DeliveryType> {
        [DeliveryType::Pickup, DeliveryType::Delivery].into_iter().find(|kind| kind.name() == name)
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            DeliveryType::Pickup => text::checkout::pickup(l),
            DeliveryType::Delivery => text::checkout::delivery(l),
        }
    }
}

/// Where to bring an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Street and number, at most 200 characters.
    pub street: String,
    /// Town or village, at most 100 characters.
    pub city: String,
    /// At most 20 characters.
    pub postal_code: Option<String>,
    /// For the driver, at most 200 characters.
    pub notes: Option<String>,
}

/// The checkout form as typed. Empty means not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CheckoutForm {
    /// See [`Checkout::name`].
    pub name: String,
    /// As people type it; the server makes E.164 of it.
    pub phone: String,
    /// `pickup` or `delivery`.
    pub delivery_type: String,
    /// See [`Address::street`].
    pub street: String,
    /// See [`Address::city`].
    pub city: String,
    /// See [`Address::postal_code`].
    pub postal_code: String,
    /// See [`Address::notes`].
    pub address_notes: String,
    /// See [`Checkout::preferred_time`].
    pub preferred_time: String,
    /// See [`Checkout::special_instructions`].
    pub special_instructions: String,
    /// See [`Wanted::day`].
    pub day: String,
    /// See [`Wanted::place`].
    pub pickup_place: String,
    /// See [`Wanted::area`].
    pub delivery_area: String,
}

/// What is chosen of what the shop offers; whether it offers it is checked by
/// [`super::choices::Choices`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Picked up, or brought.
    pub kind: DeliveryType,
    /// The day; the earliest one when none is said.
    pub day: Option<Day>,
    /// The place of a pickup; the first one when none is said.
    pub place: Option<Slug>,
    /// The area of a delivery.
    pub area: Option<Slug>,
}

/// A checkout that passed the checks (the phone number is still to be read by the server).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// At most 100 characters.
    pub name: String,
    /// As typed.
    pub phone: String,
    /// Pickup, or delivery with an address.
    pub delivery: Delivery,
    /// When, and where at the shop's side.
    pub wanted: Wanted,
    /// At most 100 characters.
    pub preferred_time: Option<String>,
    /// At most 500 characters.
    pub special_instructions: Option<String>,
}

/// Pickup, or delivery with its address: an address is there exactly when it is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "address", rename_all = "lowercase")]
pub enum Delivery {
    /// Picked up at the shop.
    Pickup,
    /// Brought to this address.
    Delivery(Address),
}

impl Delivery {
    /// Without the address.
    pub const fn kind(&self) -> DeliveryType {
        match self {
            Delivery::Pickup => DeliveryType::Pickup,
            Delivery::Delivery(_) => DeliveryType::Delivery,
        }
    }

    /// The address, when delivered.
    pub const fn address(&self) -> Option<&Address> {
        match self {
            Delivery::Pickup => None,
            Delivery::Delivery(address) => Some(address),
        }
    }
}

impl CheckoutForm {
    /// The form whose fields hold these values, wherever they come from.
    pub fn read(value: impl Fn(&str) -> String) -> CheckoutForm {
        CheckoutForm {
            name: value("name"),
            phone: value("phone"),
            delivery_type: value("delivery_type"),
            street: value("street"),
            city: value("city"),
            postal_code: value("postal_code"),
            address_notes: value("address_notes"),
            preferred_time: value("preferred_time"),
            special_instructions: value("special_instructions"),
            day: value("day"),
            pickup_place: value("pickup_place"),
            delivery_area: value("delivery_area"),
        }
    }

    /// What is chosen of what the shop offers; notes what is no choice at all.
    pub fn wanted(&self, errors: &mut FieldErrors) -> Option<Wanted> {
        fn choice<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, FieldError> {
            match text.trim() {
                "" => Ok(None),
                text => read(text).map(Some).ok_or(FieldError::Choice),
            }
        }
        let kind = DeliveryType::from_name(self.delivery_type.trim());
        let slug = |text: &str| Slug::parse(text).ok();
        let pickup = kind != Some(DeliveryType::Delivery);
        // What was chosen for the other way of getting it is not looked at.
        let (place, area) =
            if pickup { (self.pickup_place.as_str(), "") } else { ("", self.delivery_area.as_str()) };
        let day = errors.check("day", choice(&self.day, Day::parse));
        let place = errors.check("pickup_place", choice(place, slug));
        let area = errors.check("delivery_area", choice(area, slug));
        Some(Wanted { kind: kind?, day: day?, place: place?, area: area? })
    }

    /// The one check, called in the form and again in the service.
    ///
    /// # Errors
    /// [`AppError::Fields`] with every wrong field.
    pub fn parse(&self) -> Result<Checkout, AppError> {
        let mut errors = FieldErrors::default();
        let name = errors.check("name", field::line(&self.name, 100));
        let phone = errors.check("phone", phone(&self.phone));
        let delivery = self.delivery(&mut errors);
        let preferred_time = errors.check("preferred_time", field::optional_line(&self.preferred_time, 100));
        let special_instructions =
            errors.check("special_instructions", field::optional_text(&self.special_instructions, 500));
        let wanted = self.wanted(&mut errors);
        match (name, phone, delivery, preferred_time, special_instructions, wanted) {
            (
                Some(name),
                Some(phone),
                Some(delivery),
                Some(preferred_time),
                Some(special_instructions),
                Some(wanted),
            ) => Ok(Checkout { name, phone, delivery, wanted, preferred_time, special_instructions }),
            _ => Err(AppError::Fields { errors }),
        }
    }

    fn delivery(&self, errors: &mut FieldErrors) -> Option<Delivery> {
        match DeliveryType::from_name(self.delivery_type.trim()) {
            Some(DeliveryType::Pickup) => Some(Delivery::Pickup),
            Some(DeliveryType::Delivery) => {
                let street = errors.check("street", field::line(&self.street, 200));
                let city = errors.check("city", field::line(&self.city, 100));
                let postal_code = errors.check("postal_code", field::optional_line(&self.postal_code, 20));
                let notes = errors.check("address_notes", field::optional_line(&self.address_notes, 200));
                Some(Delivery::Delivery(Address {
                    street: street?,
                    city: city?,
                    postal_code: postal_code?,
                    notes: notes?,
                }))
            }
            None if self.delivery_type.trim().is_empty() => {
                errors.add("delivery_type", FieldError::Required);
                None
            }
            None => {
                errors.add("delivery_type", FieldError::Choice);
                None
            }
        }
    }
}

fn phone(text: &str) -> Result<String, FieldError> {
    match text.trim() {
        "" => Err(FieldError::Required),
        text if looks_like_phone(text) => Ok(text.to_owned()),
        _ => Err(FieldError::Phone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    const FIELDS: [&str; 12] = [
        "name",
        "phone",
        "delivery_type",
        "street",
        "city",
        "postal_code",
        "address_notes",
        "preferred_time",
        "special_instructions",
        "day",
        "pickup_place",
        "delivery_area",
    ];

    /// Forms that often pass and sometimes hold anything.
    fn any_form() -> impl Strategy<Value = CheckoutForm> {
        let texts = proptest::collection::vec(strange::nearly("[A-Za-zăș ]{0,22}"), 7);
        let (day, slug) = (strange::nearly("(2026-11-[0-3][0-9])?"), strange::nearly("[a-z-]{0,6}"));
        let kind = strange::nearly("pickup|delivery|Delivery");
        (strange::nearly("0722 ?123 ?456"), kind, texts, day, slug).prop_map(
            |(phone, delivery_type, mut texts, day, slug)| {
                let mut next = || texts.pop().unwrap_or_default();
                CheckoutForm {
                    name: next(),
                    phone,
                    delivery_type,
                    street: next(),
                    city: next(),
                    postal_code: next(),
                    address_notes: next(),
                    preferred_time: next(),
                    special_instructions: next(),
                    day,
                    pickup_place: slug.clone(),
                    delivery_area: slug,
                }
            },
        )
    }

    /// The form that a checkout would have been typed in.
    fn written(checkout: &Checkout) -> CheckoutForm {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let address = checkout.delivery.address();
        CheckoutForm {
            name: checkout.name.clone(),
            phone: checkout.phone.clone(),
            delivery_type: checkout.delivery.kind().name().into(),
            street: address.map(|address| address.street.clone()).unwrap_or_default(),
            city: address.map(|address| address.city.clone()).unwrap_or_default(),
            postal_code: address.map(|address| text(&address.postal_code)).unwrap_or_default(),
            address_notes: address.map(|address| text(&address.notes)).unwrap_or_default(),
            preferred_time: text(&checkout.preferred_time),
            special_instructions: text(&checkout.special_instructions),
            day: checkout.wanted.day.map(|day| day.to_string()).unwrap_or_default(),
            pickup_place: checkout.wanted.place.as_ref().map(ToString::to_string).unwrap_or_default(),
            delivery_area: checkout.wanted.area.as_ref().map(ToString::to_string).unwrap_or_default(),
        }
    }

    fn pickup() -> CheckoutForm {
        CheckoutForm {
            name: "Ana Pop".into(),
            phone: "0722 123 456".into(),
            delivery_type: "pickup".into(),
            ..CheckoutForm::default()
        }
    }

    #[test]
    fn pickup_needs_no_address() {
        let checkout = pickup().parse().unwrap();
        assert_eq!(checkout.delivery, Delivery::Pickup);
        assert_eq!(checkout.preferred_time, None);
    }

    #[test]
    fn delivery_needs_street_and_city() {
        let form = CheckoutForm { delivery_type: "delivery".into(), ..pickup() };
        let Err(AppError::Fields { errors }) = form.parse() else { panic!("accepted") };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["city", "street"]);
        let form = CheckoutForm { street: "Str. Morii 4".into(), city: "Cluj".into(), ..form };
        assert!(form.parse().unwrap().delivery.address().is_some());
    }

    #[test]
    fn an_address_typed_for_a_pickup_is_not_kept() {
        let form = CheckoutForm { street: "Str. Morii 4".into(), ..pickup() };
        assert_eq!(form.parse().unwrap().delivery.address(), None);
    }

    #[test]
    fn an_empty_form_names_all_that_is_needed() {
        let Err(AppError::Fields { errors }) = CheckoutForm::default().parse() else { panic!("accepted") };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["delivery_type", "name", "phone"]);
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_in_normal_form(form in any_form()) {
            if let Ok(checkout) = form.parse() {
                prop_assert_eq!(written(&checkout).parse(), Ok(checkout));
            }
        }

        #[test]
        fn only_fields_of_the_form_are_named(form in any_form()) {
            if let Err(error) = form.parse() {
                let AppError::Fields { errors } = error else { panic!("{error}") };
                let unknown = errors.0.keys().find(|name| !FIELDS.contains(&name.as_str()));
                prop_assert_eq!(unknown, None);
            }
        }
    }
}
