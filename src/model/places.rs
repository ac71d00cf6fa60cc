//! Where customers can pick up their orders.

use super::{
    field::{self, FieldError, FieldErrors},
    ids::Slug,
    shop_facts::{Words, words},
};
use serde::{Deserialize, Serialize};

/// The most places, and the most areas.
pub const MOST: usize = 50;

/// One place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PickupPlace {
    /// By which forms, programs and links know it; it stays when the name changes.
    pub id: Slug,
    /// What it is called, at most 100 characters.
    pub name: Words,
    /// Street and town, on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How to find it, and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Words>,
    /// Can it be chosen now?
    #[serde(default = "yes")]
    pub active: bool,
}

/// What is not said to be off is on.
pub(super) const fn yes() -> bool {
    true
}

impl PickupPlace {
    /// Checks and trims it; what is wrong is noted behind this prefix.
    pub fn checked(self, errors: &mut FieldErrors, prefix: &str) -> PickupPlace {
        let of = |field: &str| format!("{prefix}{field}");
        let address = self.address.unwrap_or_default();
        PickupPlace {
            name: name(errors, &of("name"), self.name),
            address: errors.check(&of("address"), field::optional_line(&address, 200)).flatten(),
            hint: words(errors, &of("hint"), self.hint, 300),
            ..self
        }
    }
}

/// A name in both languages, on one line each.
pub(super) fn name(errors: &mut FieldErrors, field: &str, name: Words) -> Words {
    let en = name.en.unwrap_or_default();
    Words {
        ro: errors.check(&format!("{field}.ro"), field::line(&name.ro, 100)).unwrap_or_default(),
        en: errors.check(&format!("{field}.en"), field::optional_line(&en, 100)).flatten(),
    }
}

/// Checks all; each is named by its place in the list.
pub fn checked(places: Vec<PickupPlace>, errors: &mut FieldErrors) -> Vec<PickupPlace> {
    few_and_different(places.iter().map(|place| &place.id), "places", errors);
    let all = places.into_iter().enumerate();
    all.map(|(number, place)| place.checked(errors, &format!("places.{number}."))).collect()
}

/// Not too many, and none twice.
pub(super) fn few_and_different<'a>(
    ids: impl Iterator<Item = &'a Slug>,
    field: &str,
    errors: &mut FieldErrors,
) {
    let mut ids: Vec<&Slug> = ids.collect();
    if ids.len() > MOST {
        errors.add(field, FieldError::Range { min: 0, max: i64::try_from(MOST).unwrap_or(i64::MAX) });
    }
    ids.sort_unstable();
    if ids.windows(2).any(|two| two[0] == two[1]) {
        errors.add(&format!("{field}.id"), FieldError::Choice);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(id: &str, ro: &str) -> PickupPlace {
        PickupPlace {
            id: Slug::parse(id).unwrap(),
            name: Words { ro: ro.into(), en: Some(" ".into()) },
            address: Some("  ".into()),
            hint: None,
            active: true,
        }
    }

    #[test]
    fn places_are_trimmed_and_different() {
        let mut errors = FieldErrors::default();
        let all = checked(vec![place("piata", " Piața "), place("cuptor", "Cuptor")], &mut errors);
        assert!(errors.is_empty());
        assert_eq!((all[0].name.ro.as_str(), &all[0].name.en, &all[0].address), ("Piața", &None, &None));
        checked(vec![place("piata", "x".repeat(101).as_str()), place("piata", "")], &mut errors);
        let wrong: Vec<_> = errors.0.keys().map(String::as_str).collect();
        assert_eq!(wrong, ["places.0.name.ro", "places.1.name.ro", "places.id"]);
    }
}
