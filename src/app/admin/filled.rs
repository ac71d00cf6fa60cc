//! What stands in a form of the producer's: what was typed when it was refused, else what is
//! stored.

use crate::{
    app::forms::FormReplay,
    model::{
        error::{AppError, Conflict},
        field::{FieldError, FieldErrors},
        locale::Locale,
        text,
    },
};

/// A form that may have been refused.
#[derive(Clone)]
pub struct Filled {
    refused: Option<FormReplay>,
    errors: FieldErrors,
}

impl Filled {
    /// The form that is sent to this address.
    pub fn of(action: &str) -> Filled {
        let refused = FormReplay::of(action);
        let errors = match refused.as_ref().map(FormReplay::error) {
            Some(AppError::Fields { errors }) => errors.clone(),
            _ => FieldErrors::default(),
        };
        Filled { refused, errors }
    }

    /// Of several forms that are sent to this address, the one with this value in a field.
    pub fn with(action: &str, field: &str, value: &str) -> Filled {
        let filled = Filled::of(action);
        let same = filled.refused.as_ref().is_some_and(|refused| refused.value(field) == value);
        if same { filled } else { Filled { refused: None, errors: FieldErrors::default() } }
    }

    /// Was it refused?
    pub fn refused(&self) -> bool {
        self.refused.is_some()
    }

    /// Why it was refused.
    pub fn why(&self) -> Option<&AppError> {
        self.refused.as_ref().map(FormReplay::error)
    }

    /// Was it refused because some of its fields are wrong?
    pub fn wrong_fields(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Was it refused because somebody else has changed the same meanwhile?
    pub fn stale(&self) -> bool {
        let stale = AppError::Conflict { conflict: Conflict::Stale };
        self.refused.as_ref().is_some_and(|refused| *refused.error() == stale)
    }

    /// Was it refused because an order is no longer where it was?
    pub fn moved(&self) -> bool {
        let error = self.refused.as_ref().map(FormReplay::error);
        matches!(error, Some(AppError::Conflict { conflict: Conflict::Transition { .. } }))
    }

    /// Was a field refused because there are that many of its kind already?
    pub fn full(&self, field: &str) -> Option<i64> {
        self.errors.0.get(field)?.iter().find_map(|error| match error {
            FieldError::Range { max, .. } => Some(*max),
            _ => None,
        })
    }

    /// What stands in a field.
    pub fn value(&self, field: &str, stored: &str) -> String {
        self.refused.as_ref().map_or_else(|| stored.to_owned(), |refused| refused.value(field))
    }

    /// Is a box ticked?
    pub fn ticked(&self, field: &str, stored: bool) -> bool {
        self.refused.as_ref().map_or(stored, |refused| refused.ticked(field))
    }

    /// What the form remembers of what it showed. A form that has just been told what is stored
    /// now remembers that, so that sending it again means it.
    pub fn remembered(&self, field: &str, stored: String) -> String {
        match &self.refused {
            Some(refused) if !self.stale() => refused.value(field),
            _ => stored,
        }
    }

    /// What was typed into a field that differs from what it showed, else what is stored now.
    pub fn changed(&self, field: &str, shown: &str, stored: &str) -> String {
        match &self.refused {
            Some(refused) if self.stale() && refused.value(field) == refused.value(shown) => {
                stored.to_owned()
            }
            _ => self.value(field, stored),
        }
    }

    /// Below a field of a stale form: what is stored now, where something else was typed.
    pub fn now(&self, typed: &str, stored: &str, l: Locale) -> String {
        let other = self.stale() && typed.trim().replace("\r\n", "\n") != stored.replace("\r\n", "\n");
        match (other, stored.is_empty()) {
            (false, _) => String::new(),
            (true, true) => text::admin::now_empty(l).to_owned(),
            (true, false) => text::admin::now(l, stored),
        }
    }

    /// What is wrong with a field.
    pub fn error(&self, field: &str, l: Locale) -> Option<String> {
        match self.refused.as_ref().map(FormReplay::error) {
            Some(AppError::Conflict { conflict: Conflict::Duplicate { field: taken } }) if taken == field => {
                Some(text::error::duplicate(l).to_owned())
            }
            _ => self.errors.first(field, l),
        }
    }

    /// The sentence above the form.
    pub fn message(&self, l: Locale) -> Option<String> {
        let refused = self.refused.as_ref()?;
        Some(match refused.error() {
            AppError::Conflict { conflict: Conflict::Stale } => text::admin::stale(l).to_owned(),
            AppError::Conflict { conflict: Conflict::Duplicate { .. } } => text::error::fields(l).to_owned(),
            AppError::Forbidden => text::admin::again(l).to_owned(),
            error => error.message(l),
        })
    }
}
