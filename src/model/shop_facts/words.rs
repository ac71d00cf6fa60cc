//! What the producer says in both languages.

use crate::model::{
    field::{self, FieldError, FieldErrors},
    locale::Locale,
};
use serde::{Deserialize, Serialize};

/// A text in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Romanian.
    pub ro: String,
    /// English; the Romanian text stands for it where it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Words {
    /// In this language.
    pub fn get(&self, l: Locale) -> &str {
        match l {
            Locale::Ro => &self.ro,
            Locale::En => self.en.as_deref().unwrap_or(&self.ro),
        }
    }
}

/// Checks and trims; what is empty in both languages is nothing.
pub fn words(errors: &mut FieldErrors, name: &str, value: Option<Words>, max: u32) -> Option<Words> {
    let value = value?;
    let en = value
        .en
        .and_then(|text| errors.check(&format!("{name}.en"), field::optional_text(&text, max)).flatten());
    let ro = errors.check(&format!("{name}.ro"), field::optional_text(&value.ro, max)).flatten();
    match (ro, en) {
        (Some(ro), en) => Some(Words { ro, en }),
        (None, Some(_)) => {
            errors.add(&format!("{name}.ro"), FieldError::Required);
            None
        }
        (None, None) => None,
    }
}
