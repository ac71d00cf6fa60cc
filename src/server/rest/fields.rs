//! The fields of a JSON object, taken one by one; what is left over at the end does not exist.

use crate::model::{
    error::AppError,
    field::{FieldError, FieldErrors},
    quantity::Quantity,
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{collections::BTreeMap, fmt};

/// The longest name of an unknown field that an answer repeats.
pub(super) const LONGEST_NAME: usize = 64;
/// The most unknown fields that an answer names.
const MOST_UNKNOWN: usize = 10;

/// What a field may hold.
pub trait FieldValue: Sized {
    /// # Errors
    /// What is wrong with it.
    fn read(raw: &RawValue) -> Result<Self, FieldError>;
}

impl FieldValue for String {
    fn read(raw: &RawValue) -> Result<String, FieldError> {
        serde_json::from_str(raw.get()).map_err(|_| FieldError::Format)
    }
}

impl FieldValue for bool {
    fn read(raw: &RawValue) -> Result<bool, FieldError> {
        raw.get().parse().map_err(|_| FieldError::Format)
    }
}

/// A whole number by its digits: no float, and none is too huge to be told that it is out of range.
pub struct Whole(pub i64);

impl FieldValue for Whole {
    fn read(raw: &RawValue) -> Result<Whole, FieldError> {
        let digits = raw.get().strip_prefix('-');
        if !digits.unwrap_or(raw.get()).bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(FieldError::Format);
        }
        let huge = if digits.is_some() { i64::MIN } else { i64::MAX };
        Ok(Whole(raw.get().parse().unwrap_or(huge)))
    }
}

impl FieldValue for Quantity {
    fn read(raw: &RawValue) -> Result<Quantity, FieldError> {
        let Whole(pieces) = Whole::read(raw)?;
        Quantity::new(pieces).map_err(|_| FieldError::Range { min: 1, max: i64::from(Quantity::MAX) })
    }
}

/// An object's fields and what is wrong with them.
pub struct Fields<'a> {
    members: BTreeMap<String, &'a RawValue>,
    /// `delivery_address.` inside of that object.
    prefix: String,
    errors: FieldErrors,
}

impl<'a> Fields<'a> {
    /// The fields of a body; `None` when it is no JSON object, or one with a name twice.
    pub fn of_body(body: &'a [u8]) -> Option<Fields<'a>> {
        let Members(members) = serde_json::from_str(std::str::from_utf8(body).ok()?).ok()?;
        Some(Fields { members, prefix: String::new(), errors: FieldErrors::default() })
    }

    /// A field that may be missing or null.
    pub fn optional<T: FieldValue>(&mut self, name: &str) -> Option<T> {
        let raw = self.take(name)?;
        self.errors.check(&format!("{}{name}", self.prefix), T::read(raw))
    }

    /// A field that must be there.
    pub fn required<T: FieldValue>(&mut self, name: &str) -> Option<T> {
        if self.members.get(name).is_none_or(|raw| is_null(raw)) {
            self.note(name, FieldError::Required);
        }
        self.optional(name)
    }

    /// A text; empty when it is missing or null.
    pub fn text(&mut self, name: &str) -> String {
        self.optional(name).unwrap_or_default()
    }

    /// Is the field there, whatever it holds?
    pub fn names(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// An object in a field that may be missing or null.
    pub fn inside<T>(&mut self, name: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let raw = self.take(name)?;
        let Ok(Members(members)) = serde_json::from_str(raw.get()) else {
            self.note(name, FieldError::Format);
            return None;
        };
        let prefix = format!("{}{name}.", self.prefix);
        let mut inner = Fields { members, prefix, errors: std::mem::take(&mut self.errors) };
        let value = read(&mut inner);
        inner.note_unknown();
        self.errors = inner.errors;
        Some(value)
    }

    /// Adds what another check found, where nothing is noted yet.
    pub fn also(&mut self, more: FieldErrors) {
        for (field, errors) in more.0 {
            self.errors.0.entry(field).or_insert(errors);
        }
    }

    /// As [`Fields::also`], from a form's own check. The service checks again; here it is only so
    /// that all errors are told together.
    pub fn also_of<T>(&mut self, checked: Result<T, AppError>) {
        if let Err(AppError::Fields { errors }) = checked {
            self.also(errors);
        }
    }

    /// All that is wrong.
    ///
    /// # Errors
    /// [`AppError::Fields`].
    pub fn finish(mut self) -> Result<(), AppError> {
        self.note_unknown();
        if self.errors.is_empty() { Ok(()) } else { Err(AppError::Fields { errors: self.errors }) }
    }

    fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        self.members.remove(name).filter(|raw| !is_null(raw))
    }

    fn note(&mut self, name: &str, error: FieldError) {
        self.errors.add(&format!("{}{name}", self.prefix), error);
    }

    fn note_unknown(&mut self) {
        for name in std::mem::take(&mut self.members).into_keys().take(MOST_UNKNOWN) {
            if name.len() <= LONGEST_NAME {
                self.note(&name, FieldError::Unknown);
            } else if !self.errors.0.contains_key("body") {
                self.errors.add("body", FieldError::Unknown);
            }
        }
    }
}

/// An object whose names stand there once: of two values nobody knows which one is meant, and
/// readers disagree (RFC 8259, 4).
struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Once).map(Members)
    }
}

struct Once;

impl<'de> Visitor<'de> for Once {
    type Value = BTreeMap<String, &'de RawValue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = BTreeMap::new();
        while let Some((name, value)) = map.next_entry()? {
            if members.insert(name, value).is_some() {
                return Err(serde::de::Error::custom("a name twice"));
            }
        }
        Ok(members)
    }
}

fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

/// Gives errors the names that the API has for their fields.
pub fn rename(error: AppError, names: &[(&str, &str)]) -> AppError {
    let AppError::Fields { errors } = error else { return error };
    let name = |field: String| match names.iter().find(|(inner, _)| *inner == field) {
        Some((_, outer)) => (*outer).to_owned(),
        None => field,
    };
    let errors = FieldErrors(errors.0.into_iter().map(|(field, errors)| (name(field), errors)).collect());
    AppError::Fields { errors }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_named_fields_are_renamed() {
        let mut errors = FieldErrors::default();
        errors.add("phone", FieldError::Phone);
        errors.add("code", FieldError::Format);
        let AppError::Fields { errors } = rename(AppError::Fields { errors }, &[("phone", "phone_number")])
        else {
            panic!("another error")
        };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["code", "phone_number"]);
        assert_eq!(rename(AppError::CodeExpired, &[("phone", "x")]), AppError::CodeExpired);
    }
}
