//! The forms of the settings as typed, and what they make of it. Checks of whole texts are those of
//! [`ShopFacts::checked`].

use crate::model::{
    areas::DeliveryArea,
    closing::{Closed, Holiday},
    day::Day,
    field::{FieldError, FieldErrors},
    ids::Slug,
    languages::Languages,
    locale::Locale,
    money::{Money, MoneyError},
    opening_hours::{Interval, OpeningHours, TimeOfDay, Weekday},
    order_rules::OrderRules,
    places::PickupPlace,
    shop_facts::{Coordinates, Degrees, ShopAddress, ShopFacts, Words},
};
use std::collections::BTreeMap;

/// A text in both languages as typed.
fn both(ro: &str, en: &str) -> Option<Words> {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.trim().is_empty());
    (some(ro).is_some() || some(en).is_some()).then(|| Words { ro: ro.to_owned(), en: some(en) })
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

fn day(errors: &mut FieldErrors, field: &str, text: &str) -> Option<Day> {
    let read = match text.trim() {
        "" => Err(FieldError::Required),
        text => Day::parse(text).ok_or(FieldError::Format),
    };
    errors.check(field, read)
}

fn money(errors: &mut FieldErrors, field: &str, text: &str) -> Option<Money> {
    if text.trim().is_empty() {
        return None;
    }
    let most = crate::model::money::MAX_MONEY.bani() / 100;
    let read = Money::parse(text).map_err(|error| match error {
        MoneyError::Format => FieldError::Money,
        MoneyError::Range => FieldError::Range { min: 0, max: most },
    });
    errors.check(field, read)
}

/// Who the shop is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ShopForm {
    pub name: String,
    pub legal_name: String,
    pub tax_id: String,
    pub trade_register: String,
    pub street: String,
    pub city: String,
    pub county: String,
    pub postal_code: String,
    pub latitude: String,
    pub longitude: String,
    pub email: String,
    pub pickup: [String; 2],
    pub delivery_area: [String; 2],
    pub delivery_fee: [String; 2],
    pub cut_off: [String; 2],
}

impl ShopForm {
    /// These facts with what was typed; the phone number is read by the server.
    pub fn apply(&self, facts: &mut ShopFacts, errors: &mut FieldErrors) {
        let texts = |both_texts: &[String; 2]| both(&both_texts[0], &both_texts[1]);
        let address = [&self.street, &self.city, &self.county, &self.postal_code];
        let anywhere = address.iter().any(|text| !text.trim().is_empty());
        let place = [("coordinates_latitude", &self.latitude), ("coordinates_longitude", &self.longitude)];
        let given = place.iter().any(|(_, text)| !text.trim().is_empty());
        let place = place.map(|(field, text)| {
            given.then(|| errors.check(field, Degrees::parse(text).ok_or(FieldError::Format)))?
        });
        *facts = ShopFacts {
            name: some(&self.name),
            legal_name: some(&self.legal_name),
            tax_id: some(&self.tax_id),
            trade_register: some(&self.trade_register),
            address: anywhere.then(|| ShopAddress {
                street: self.street.clone(),
                city: self.city.clone(),
                county: some(&self.county),
                postal_code: some(&self.postal_code),
            }),
            coordinates: match place {
                [Some(latitude), Some(longitude)] => Some(Coordinates { latitude, longitude }),
                _ => None,
            },
            email: some(&self.email),
            pickup: texts(&self.pickup),
            delivery_area: texts(&self.delivery_area),
            delivery_fee: texts(&self.delivery_fee),
            cut_off: texts(&self.cut_off),
            ..facts.clone()
        };
    }
}

/// The week: `monday_0_opens`, `monday_0_closes`, and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HoursForm(pub BTreeMap<String, String>);

impl HoursForm {
    /// The most stretches of a day.
    pub const MOST: usize = 4;

    /// The name of one of its fields.
    pub fn field(weekday: Weekday, stretch: usize, end: &str) -> String {
        format!("{}_{stretch}_{end}", weekday.name())
    }

    /// The hours that were typed.
    pub fn hours(&self, errors: &mut FieldErrors) -> Option<OpeningHours> {
        let mut hours = OpeningHours::default();
        let typed = |weekday, stretch, end| {
            let text = self.0.get(&HoursForm::field(weekday, stretch, end));
            text.map(|text| text.trim()).unwrap_or_default()
        };
        for weekday in Weekday::ALL {
            for stretch in 0..HoursForm::MOST {
                let (opens, closes) = (typed(weekday, stretch, "opens"), typed(weekday, stretch, "closes"));
                // Clocks show the end of a day as the beginning of the next.
                let closes = if closes == "00:00" { "24:00" } else { closes };
                if opens.is_empty() && closes.is_empty() {
                    continue;
                }
                let read = Interval::parse(&format!("{opens}-{closes}")).ok_or(FieldError::Format);
                let interval = errors.check(&format!("hours_{}", weekday.name()), read);
                hours.of_mut(weekday).extend(interval);
            }
            hours.of_mut(weekday).sort_by_key(|interval| interval.opens());
        }
        (!hours.is_empty()).then_some(hours)
    }
}

/// A place of pickup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PlaceForm {
    pub name_ro: String,
    pub name_en: String,
    pub address: String,
    pub hint_ro: String,
    pub hint_en: String,
    pub active: bool,
}

impl PlaceForm {
    /// The place of this id.
    pub fn place(&self, id: Slug, errors: &mut FieldErrors) -> PickupPlace {
        let place = PickupPlace {
            id,
            name: Words { ro: self.name_ro.clone(), en: some(&self.name_en) },
            address: some(&self.address),
            hint: both(&self.hint_ro, &self.hint_en),
            active: self.active,
        };
        place.checked(errors, "")
    }
}

/// An area of delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct AreaForm {
    pub name_ro: String,
    pub name_en: String,
    pub fee: String,
    pub minimum: String,
    pub free_from: String,
    pub towns_ro: String,
    pub towns_en: String,
    pub active: bool,
}

impl AreaForm {
    /// The area of this id. Without a fee it is brought for nothing.
    pub fn area(&self, id: Slug, errors: &mut FieldErrors) -> DeliveryArea {
        let area = DeliveryArea {
            id,
            name: Words { ro: self.name_ro.clone(), en: some(&self.name_en) },
            fee: money(errors, "fee", &self.fee).unwrap_or(Money::ZERO),
            minimum: money(errors, "minimum", &self.minimum),
            free_from: money(errors, "free_from", &self.free_from),
            towns: both(&self.towns_ro, &self.towns_en),
            active: self.active,
        };
        area.checked(errors, "")
    }
}

/// How long before an order must come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct RulesForm {
    pub lead_days: String,
    pub lead_hours: String,
    pub cut_off: String,
    pub days_ahead: String,
}

impl RulesForm {
    /// The rules that were typed; an empty field is that of a shop that has said nothing.
    pub fn rules(&self, errors: &mut FieldErrors) -> OrderRules {
        let usual = OrderRules::default();
        let mut number = |field: &str, text: &str, usual: u8| match text.trim() {
            "" => usual,
            // Too large a number is out of range, too.
            text if text.bytes().all(|sign| sign.is_ascii_digit()) => text.parse().unwrap_or(u8::MAX),
            _ => errors.check(field, Err(FieldError::Format)).unwrap_or(usual),
        };
        let lead_days = number("rules_lead_days", &self.lead_days, usual.lead_days);
        let lead_hours = number("rules_lead_hours", &self.lead_hours, usual.lead_hours);
        let days_ahead = number("rules_days_ahead", &self.days_ahead, usual.days_ahead);
        let cut_off = match self.cut_off.trim() {
            "" => None,
            text => errors.check("rules_cut_off", TimeOfDay::parse(text).ok_or(FieldError::Format)),
        };
        OrderRules { lead_days, lead_hours, cut_off, days_ahead }
    }
}

/// A holiday.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct HolidayForm {
    pub from: String,
    pub to: String,
    pub text_ro: String,
    pub text_en: String,
}

impl HolidayForm {
    /// The holiday that was typed; without a last day it is one day long.
    pub fn holiday(&self, errors: &mut FieldErrors) -> Option<Holiday> {
        let from = day(errors, "from", &self.from);
        let to = if self.to.trim().is_empty() { from } else { day(errors, "to", &self.to) };
        let holiday = Holiday { from: from?, to: to?, text: both(&self.text_ro, &self.text_en) };
        Some(holiday.checked(errors, ""))
    }
}

/// Closed at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct ClosedForm {
    pub closed: bool,
    pub until: String,
    pub text_ro: String,
    pub text_en: String,
}

impl ClosedForm {
    /// Closed as typed, or open.
    pub fn closed(&self, today: Day, errors: &mut FieldErrors) -> Option<Closed> {
        if !self.closed {
            return None;
        }
        let until = match self.until.trim() {
            "" => None,
            text => day(errors, "closed_until", text),
        };
        if until.is_some_and(|until| until <= today) {
            errors.add("closed_until", FieldError::Choice);
        }
        Some(Closed { until, text: both(&self.text_ro, &self.text_en) })
    }
}

/// Which languages are offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct LanguagesForm {
    pub ro: bool,
    pub en: bool,
    pub default: String,
}

impl LanguagesForm {
    /// The languages that were chosen; of one the default is that one.
    pub fn languages(&self, errors: &mut FieldErrors) -> Languages {
        let offered: Vec<Locale> = [(self.ro, Locale::Ro), (self.en, Locale::En)]
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, l)| *l)
            .collect();
        let default = match offered.as_slice() {
            [only] => *only,
            _ => errors
                .check("languages_default", Locale::from_tag(&self.default).ok_or(FieldError::Choice))
                .unwrap_or_default(),
        };
        Languages { offered, default }
    }
}

#[cfg(test)]
mod tests;
