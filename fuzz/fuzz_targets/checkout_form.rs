//! `CheckoutForm::parse`: what is accepted keeps the limits of the design, shows no control sign,
//! and is in its normal form: typed again, it is the same.
#![no_main]
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use vatra::model::checkout::{Checkout, CheckoutForm};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    /// Often a kind that exists.
    kind: Option<bool>,
    texts: [&'a str; 8],
    other: &'a str,
    chosen: [&'a str; 3],
}

fuzz_target!(|input: Input<'_>| {
    let kind = match input.kind {
        Some(true) => "pickup",
        Some(false) => "delivery",
        None => input.other,
    };
    let [name, phone, street, city, postal_code, address_notes, preferred_time, special_instructions] =
        input.texts.map(str::to_owned);
    let [day, pickup_place, delivery_area] = input.chosen.map(str::to_owned);
    let form = CheckoutForm {
        name,
        phone,
        delivery_type: kind.to_owned(),
        street,
        city,
        postal_code,
        address_notes,
        preferred_time,
        special_instructions,
        day,
        pickup_place,
        delivery_area,
    };
    let Ok(checkout) = form.parse() else { return };
    let again = written(&checkout);
    for (text, most) in [
        (&again.name, 100),
        (&again.street, 200),
        (&again.city, 100),
        (&again.postal_code, 20),
        (&again.address_notes, 200),
        (&again.preferred_time, 100),
        (&again.special_instructions, 500),
    ] {
        assert!(text.chars().count() <= most);
        assert!(!text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')));
    }
    assert_eq!(again.parse(), Ok(checkout));
});

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
