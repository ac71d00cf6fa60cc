//! What a customer can choose from at the checkout, and what a choice comes to.

use super::{
    areas::DeliveryArea,
    checkout::{CheckoutForm, DeliveryType, Wanted},
    closing::Holiday,
    day::Day,
    error::{AppError, Conflict},
    field::{FieldError, FieldErrors},
    ids::Slug,
    locale::Locale,
    money::Money,
    opening_hours::{OpeningHours, Openness},
    places::PickupPlace,
    shop_facts::{ShopFacts, Words},
    time::WallTime,
};
use serde::{Deserialize, Serialize};

/// How far ahead it is looked for a day on which the shop is open again.
const HORIZON: usize = 800;

/// Why no order is taken now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The day on which the shop is there again, when that is known.
    pub until: Option<Day>,
    /// What the producer says of it.
    pub text: Option<Words>,
}

/// The days for which one can order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Days {
    /// The shop has not said when it is there: no day is chosen.
    Any,
    /// One of these, the earliest first; at least one.
    OneOf(Vec<Day>),
    /// None: no order is taken.
    Closed(Closing),
}

/// All that can be chosen, at one moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// The day of that moment.
    pub today: Day,
    /// When.
    pub days: Days,
    /// Free days among those to choose from.
    pub holidays: Vec<Holiday>,
    /// Where to pick up.
    pub places: Vec<PickupPlace>,
    /// Where to bring to.
    pub areas: Vec<DeliveryArea>,
    /// The language in which names are kept with the order.
    pub names: Locale,
}

/// What was chosen, as it is kept with the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// When.
    pub day: Option<Day>,
    /// The name of the place or of the area.
    pub place: Option<String>,
    /// What bringing it costs.
    pub fee: Money,
}

impl ShopFacts {
    /// Is somebody there on this day? Without hours, on every day that is not free.
    pub fn open_on(&self, day: Day) -> bool {
        let open = |hours: &OpeningHours| hours.is_empty() || !hours.of(day.weekday()).is_empty();
        !self.free_on(day) && self.hours.as_ref().is_none_or(open)
    }

    /// A holiday, or closed by hand.
    pub fn free_on(&self, day: Day) -> bool {
        self.holidays.iter().any(|holiday| holiday.covers(day))
            || self.closed.as_ref().is_some_and(|closed| closed.holds_on(day))
    }

    /// Open or closed at what the shop's clock shows; `None` when that is not known.
    pub fn openness(&self, clock: WallTime) -> Option<Openness> {
        let today = Day::of(clock);
        self.hours.as_ref()?.at_unless(clock, |days| self.free_on(today.later(usize::from(days))))
    }

    /// Why the shop is closed today against its hours.
    pub fn closing(&self, clock: WallTime) -> Option<Closing> {
        let today = Day::of(clock);
        if let Some(closed) = self.closed.as_ref().filter(|closed| closed.holds_on(today)) {
            let until = closed.until.and_then(|day| self.open_again(day));
            return Some(Closing { until, text: closed.text.clone() });
        }
        let holiday = self.holidays.iter().find(|holiday| holiday.covers(today))?;
        Some(Closing { until: self.open_again(today), text: holiday.text.clone() })
    }

    /// Holidays that are not over.
    pub fn coming_holidays(&self, today: Day) -> Vec<Holiday> {
        self.holidays.iter().filter(|holiday| holiday.to >= today).cloned().collect()
    }

    /// What customers can choose from at this moment.
    pub fn choices(&self, clock: WallTime) -> Choices {
        let today = Day::of(clock);
        let (days, last) = self.days(clock);
        let within = |holiday: &Holiday| holiday.to >= today && holiday.from <= last;
        Choices {
            today,
            days,
            holidays: self.holidays.iter().filter(|holiday| within(holiday)).cloned().collect(),
            places: self.places.iter().filter(|place| place.active).cloned().collect(),
            areas: self.areas.iter().filter(|area| area.active).cloned().collect(),
            names: self.languages.clone().unwrap_or_default().default,
        }
    }

    /// The days to choose from, and the last day that was looked at.
    fn days(&self, clock: WallTime) -> (Days, Day) {
        let today = Day::of(clock);
        if self.closed.as_ref().is_some_and(|closed| closed.holds_on(today)) {
            let closing = self.closing(clock).unwrap_or(Closing { until: None, text: None });
            return (Days::Closed(closing), today);
        }
        let hours = self.hours.as_ref().filter(|hours| !hours.is_empty());
        if hours.is_none() && self.rules.is_none() && self.coming_holidays(today).is_empty() {
            return (Days::Any, today);
        }
        let rules = self.rules.unwrap_or_default();
        let (first, ready) = rules.earliest(clock);
        let in_time = |day: Day| {
            let of_day = hours.map(|hours| hours.of(day.weekday()));
            day > first || of_day.is_none_or(|all| all.iter().any(|hours| ready < hours.closes()))
        };
        let window = || first.and_after().take(usize::from(rules.days_ahead));
        let last = window().last().unwrap_or(first);
        let days: Vec<Day> = window().filter(|day| self.open_on(*day) && in_time(*day)).collect();
        if days.is_empty() {
            let free = self.holidays.iter().find(|holiday| holiday.to >= first);
            let text = free.and_then(|holiday| holiday.text.clone());
            return (Days::Closed(Closing { until: self.open_again(last), text }), last);
        }
        (Days::OneOf(days), last)
    }

    /// The first day from this one on on which somebody is there.
    fn open_again(&self, from: Day) -> Option<Day> {
        from.and_after().take(HORIZON).find(|day| self.open_on(*day))
    }
}

impl Choices {
    /// Why no order is taken now.
    pub const fn closed(&self) -> Option<&Closing> {
        match &self.days {
            Days::Closed(closing) => Some(closing),
            _ => None,
        }
    }

    /// The days to choose from.
    pub fn days(&self) -> &[Day] {
        match &self.days {
            Days::OneOf(days) => days,
            _ => &[],
        }
    }

    /// The area of this id, if it can be chosen.
    pub fn area(&self, id: &str) -> Option<&DeliveryArea> {
        self.areas.iter().find(|area| area.id.as_str() == id)
    }

    /// What the order of a form costs to bring, as far as the form says it. Goods are worth `worth`.
    pub fn fee(&self, form: &CheckoutForm, worth: Money) -> Money {
        let brought = DeliveryType::from_name(form.delivery_type.trim()) == Some(DeliveryType::Delivery);
        let area = self.area(form.delivery_area.trim()).filter(|_| brought);
        area.map_or(Money::ZERO, |area| area.fee_for(worth))
    }

    /// Notes what cannot be chosen.
    pub fn check(&self, wanted: &Wanted, errors: &mut FieldErrors) {
        if wanted.day.is_some_and(|day| matches!(self.days, Days::OneOf(_)) && !self.days().contains(&day)) {
            errors.add("day", FieldError::Choice);
        }
        match wanted.kind {
            DeliveryType::Pickup => {
                let known = |id: &Slug| self.places.iter().any(|place| place.id == *id);
                if wanted.place.as_ref().is_some_and(|id| !known(id)) {
                    errors.add("pickup_place", FieldError::Choice);
                }
            }
            DeliveryType::Delivery => match &wanted.area {
                None if !self.areas.is_empty() => errors.add("delivery_area", FieldError::Required),
                Some(id) if self.area(id.as_str()).is_none() => {
                    errors.add("delivery_area", FieldError::Choice);
                }
                _ => {}
            },
        }
    }

    /// What goods of this worth, wanted so, come to.
    ///
    /// # Errors
    /// Field errors; [`Conflict::ShopClosed`], [`Conflict::BelowMinimum`].
    pub fn choose(&self, wanted: &Wanted, worth: Money) -> Result<Chosen, AppError> {
        if let Some(closing) = self.closed() {
            let conflict = Conflict::ShopClosed { until: closing.until };
            return Err(AppError::Conflict { conflict });
        }
        let mut errors = FieldErrors::default();
        self.check(wanted, &mut errors);
        if !errors.is_empty() {
            return Err(AppError::Fields { errors });
        }
        let day = wanted.day.filter(|day| self.days().contains(day));
        let day = day.or_else(|| self.days().first().copied());
        match wanted.kind {
            DeliveryType::Pickup => Ok(Chosen { day, place: self.place_name(wanted), fee: Money::ZERO }),
            DeliveryType::Delivery => {
                let area = wanted.area.as_ref().and_then(|id| self.area(id.as_str()));
                if let Some((minimum, missing)) = area.and_then(|area| area.minimum.zip(area.missing(worth)))
                {
                    return Err(AppError::Conflict { conflict: Conflict::BelowMinimum { minimum, missing } });
                }
                let place = area.map(|area| area.name.get(self.names).to_owned());
                Ok(Chosen { day, place, fee: area.map_or(Money::ZERO, |area| area.fee_for(worth)) })
            }
        }
    }

    /// The name of the place that is wanted; the first stands for who says none, as in the form.
    fn place_name(&self, wanted: &Wanted) -> Option<String> {
        let place = match &wanted.place {
            Some(id) => self.places.iter().find(|place| place.id == *id),
            None => self.places.first(),
        };
        place.map(|place| place.name.get(self.names).to_owned())
    }
}

#[cfg(test)]
mod tests;
