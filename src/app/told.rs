//! An error as islands read it: the sentences are made by the server, in the language of the page.
//! With the whole [`AppError`] and all its sentences the browser would download 30 KB more
//! (docs/decisions/0023).

use super::i18n::price;
use crate::model::{
    error::{AppError, Conflict, Shortage},
    field::FieldErrors,
    locale::Locale,
    money::Money,
    text,
};
use serde::{Deserialize, Serialize};

/// Fields with the first sentence about each.
pub type ToldFields = Vec<(String, String)>;

/// What a visitor is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The code of the table.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// What is wrong with which field.
    pub fields: ToldFields,
    /// Of what there is not enough.
    pub shortages: Vec<Shortage>,
    /// Seconds to wait.
    pub retry_after: Option<u32>,
    /// The total of now, when it is not the one that the customer saw.
    pub total: Option<Money>,
}

impl Told {
    /// The error in a language.
    pub fn new(error: &AppError, l: Locale) -> Told {
        let mut told = Told {
            code: error.code().name.to_owned(),
            message: error.message(l),
            fields: Vec::new(),
            shortages: Vec::new(),
            retry_after: None,
            total: None,
        };
        match error {
            AppError::Fields { errors } => told.fields = told_fields(errors, l),
            AppError::Stock { shortages } => told.shortages.clone_from(shortages),
            AppError::RateLimited { retry_after } => told.retry_after = Some(*retry_after),
            AppError::Conflict { conflict: Conflict::TotalChanged { total } } => {
                told.total = Some(*total);
                told.message = text::checkout::total_now(l, price(l, *total));
            }
            _ => {}
        }
        told
    }

    /// What is wrong with a field, else with the whole.
    pub fn about(&self, field: &str) -> &str {
        self.fields.iter().find(|(name, _)| name == field).map_or(&self.message, |(_, sentence)| sentence)
    }
}

/// The first sentence about each field.
pub fn told_fields(errors: &FieldErrors, l: Locale) -> ToldFields {
    errors.0.keys().filter_map(|field| Some((field.clone(), errors.first(field, l)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::field::FieldError;

    #[test]
    fn the_sentence_of_the_field_comes_first() {
        let told = Told::new(&AppError::field("code", FieldError::Required), Locale::En);
        assert_eq!((told.code.as_str(), told.fields.len()), ("VAL_001", 1));
        assert_eq!(told.about("code"), FieldError::Required.message(Locale::En));
        assert_eq!(told.about("phone"), told.message);
    }

    #[test]
    fn another_total_is_named() {
        let total = Money::from_bani(1250).unwrap();
        let error = AppError::Conflict { conflict: Conflict::TotalChanged { total } };
        let told = Told::new(&error, Locale::Ro);
        assert_eq!(told.total, Some(total));
        assert!(told.message.contains("12,50"), "{}", told.message);
    }
}
