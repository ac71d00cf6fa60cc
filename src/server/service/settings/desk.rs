//! What the producer's pages change of the settings.

use super::Shop;
use crate::{
    model::{
        day::Day,
        error::{AppError, Missing},
        field::{FieldError, FieldErrors},
        ids::Slug,
        settings::{
            AreaForm, ClosedForm, HolidayForm, HoursForm, LanguagesForm, PlaceForm, RulesForm, Section,
            ShopForm, Turn,
        },
    },
    server::{
        clock::{now, wall},
        store::fold,
    },
};

impl Shop {
    /// Name, firm, address, contact and texts. The phone number is as people type it.
    ///
    /// # Errors
    /// As all of these: field errors and [`crate::model::error::Conflict::Stale`].
    pub async fn save_shop(&self, form: &ShopForm, phone: &str, seen: &str) -> Result<(), AppError> {
        self.change(Section::Shop, seen, |facts, errors| {
            form.apply(facts, errors);
            facts.phone = match phone.trim() {
                "" => None,
                text => errors.check("phone", super::phone::read(text).ok_or(FieldError::Phone)),
            };
            Ok(())
        })
        .await
    }

    /// The week.
    ///
    /// # Errors
    /// As [`Shop::save_shop`].
    pub async fn save_hours(&self, form: &HoursForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Hours, seen, |facts, errors| {
            facts.hours = form.hours(errors);
            Ok(())
        })
        .await
    }

    /// A place of pickup: the one of this id, or a new one at the end.
    ///
    /// # Errors
    /// As [`Shop::save_shop`]; [`AppError::NotFound`].
    pub async fn save_place(&self, id: &str, form: &PlaceForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Places, seen, |facts, errors| {
            let ids: Vec<&Slug> = facts.places.iter().map(|place| &place.id).collect();
            let (number, id) = spot(&ids, id, &form.name_ro)?;
            let place = form.place(id, errors);
            put(&mut facts.places, number, place, errors);
            Ok(())
        })
        .await
    }

    /// An area of delivery: the one of this id, or a new one at the end.
    ///
    /// # Errors
    /// As [`Shop::save_place`].
    pub async fn save_area(&self, id: &str, form: &AreaForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Areas, seen, |facts, errors| {
            let ids: Vec<&Slug> = facts.areas.iter().map(|area| &area.id).collect();
            let (number, id) = spot(&ids, id, &form.name_ro)?;
            let area = form.area(id, errors);
            put(&mut facts.areas, number, area, errors);
            Ok(())
        })
        .await
    }

    /// Moves, shows, hides or removes a place.
    ///
    /// # Errors
    /// As [`Shop::save_place`].
    pub async fn turn_place(&self, id: &str, turn: Turn, seen: &str) -> Result<(), AppError> {
        self.change(Section::Places, seen, |facts, _| {
            let number = facts.places.iter().position(|place| place.id.as_str() == id);
            turn.apply(&mut facts.places, number.ok_or(GONE)?, |place| &mut place.active);
            Ok(())
        })
        .await
    }

    /// The same for an area.
    ///
    /// # Errors
    /// As [`Shop::save_place`].
    pub async fn turn_area(&self, id: &str, turn: Turn, seen: &str) -> Result<(), AppError> {
        self.change(Section::Areas, seen, |facts, _| {
            let number = facts.areas.iter().position(|area| area.id.as_str() == id);
            turn.apply(&mut facts.areas, number.ok_or(GONE)?, |area| &mut area.active);
            Ok(())
        })
        .await
    }

    /// How long before an order must come.
    ///
    /// # Errors
    /// As [`Shop::save_shop`].
    pub async fn save_rules(&self, form: &RulesForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Rules, seen, |facts, errors| {
            facts.rules = Some(form.rules(errors));
            Ok(())
        })
        .await
    }

    /// Another holiday. Those that were over half a year ago are forgotten.
    ///
    /// # Errors
    /// As [`Shop::save_shop`].
    pub async fn add_holiday(&self, form: &HolidayForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Holidays, seen, |facts, errors| {
            let today = Day::of(wall(now()));
            facts.holidays.retain(|holiday| holiday.to.later(180) >= today);
            facts.holidays.extend(form.holiday(errors));
            Ok(())
        })
        .await
    }

    /// Takes a holiday away.
    ///
    /// # Errors
    /// As [`Shop::save_place`].
    pub async fn remove_holiday(&self, number: usize, seen: &str) -> Result<(), AppError> {
        self.change(Section::Holidays, seen, |facts, _| {
            if number >= facts.holidays.len() {
                return Err(GONE);
            }
            facts.holidays.remove(number);
            Ok(())
        })
        .await
    }

    /// Closes the shop at once, or opens it.
    ///
    /// # Errors
    /// As [`Shop::save_shop`].
    pub async fn save_closed(&self, form: &ClosedForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Closed, seen, |facts, errors| {
            facts.closed = form.closed(Day::of(wall(now())), errors);
            Ok(())
        })
        .await
    }

    /// Which languages are offered.
    ///
    /// # Errors
    /// As [`Shop::save_shop`].
    pub async fn save_languages(&self, form: &LanguagesForm, seen: &str) -> Result<(), AppError> {
        self.change(Section::Languages, seen, |facts, errors| {
            facts.languages = Some(form.languages(errors));
            Ok(())
        })
        .await
    }
}

const GONE: AppError = AppError::missing(Missing::Page);

/// Where an entry stands, and its id; a new one gets an id made of its name, at the end.
fn spot(ids: &[&Slug], id: &str, name: &str) -> Result<(usize, Slug), AppError> {
    if !id.is_empty() {
        let number = ids.iter().position(|known| known.as_str() == id).ok_or(GONE)?;
        return Ok((number, ids[number].clone()));
    }
    let base = fold::slug(name);
    let all = std::iter::once(base.clone()).chain((2..).map(|number| format!("{base}-{number}")));
    let mut free = all.filter(|id| !ids.iter().any(|known| known.as_str() == id));
    let id = free.next().and_then(|id| Slug::parse(&id).ok()).ok_or(AppError::Internal)?;
    Ok((ids.len(), id))
}

/// Puts an entry in its place, unless something is wrong with it.
fn put<T>(all: &mut Vec<T>, number: usize, entry: T, errors: &FieldErrors) {
    if !errors.is_empty() {
        return;
    }
    match all.get_mut(number) {
        Some(place) => *place = entry,
        None => all.push(entry),
    }
}
