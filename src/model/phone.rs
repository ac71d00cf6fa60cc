//! Phone numbers in E.164.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A phone number in E.164 (`+40722123456`): plus sign and 8 to 15 digits, the first not 0
/// (ITU-T E.164). What people type is read by the server with a phone-number library
/// (`server::service::phone`); this type keeps only the result.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// A text that is not an E.164 number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhoneError;

impl fmt::Display for PhoneError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a phone number in E.164")
    }
}

impl Phone {
    /// Takes a number already in E.164.
    ///
    /// # Errors
    /// [`PhoneError`] for anything else.
    pub fn from_e164(text: &str) -> Result<Phone, PhoneError> {
        let digits = text.strip_prefix('+').ok_or(PhoneError)?;
        let well_formed = (8..=15).contains(&digits.len())
            && !digits.starts_with('0')
            && digits.bytes().all(|b| b.is_ascii_digit());
        if well_formed { Ok(Phone(text.to_owned())) } else { Err(PhoneError) }
    }

    /// The number as `+40722123456`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `+40 722 123 456`, a Romanian number in groups as it is read out; others as they are.
    pub fn grouped(&self) -> String {
        match self.0.strip_prefix("+40") {
            Some(rest) if rest.len() == 9 => {
                format!("+40\u{a0}{}\u{a0}{}\u{a0}{}", &rest[..3], &rest[3..6], &rest[6..])
            }
            _ => self.0.clone(),
        }
    }

    /// `+40 ••• ••• 456`: enough for its owner to recognise it.
    pub fn masked(&self) -> String {
        let last = &self.0[self.0.len() - 3..];
        let country = &self.0[..3];
        // No-break spaces: a number is not broken over two lines.
        format!("{country}\u{a0}•••\u{a0}•••\u{a0}{last}")
    }
}

/// The light check of the form: does this look like a phone number at all? The server decides.
pub fn looks_like_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let only_phone_signs =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '.' | '(' | ')' | '/'));
    only_phone_signs && (8..=15).contains(&digits)
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;
    fn try_from(text: String) -> Result<Self, PhoneError> {
        Phone::from_e164(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> String {
        phone.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn only_e164() {
        assert!(Phone::from_e164("+40722123456").is_ok());
        for text in ["0722123456", "+0722123456", "+40 722", "+4072212345678901", "", "+", "+40722x23456"] {
            assert!(Phone::from_e164(text).is_err(), "{text}");
        }
    }

    #[test]
    fn masking_keeps_the_middle_secret() {
        let phone = Phone::from_e164("+40722123456").unwrap();
        assert_eq!(phone.masked(), "+40\u{a0}•••\u{a0}•••\u{a0}456");
    }

    #[test]
    fn light_check() {
        for text in ["0722 123 456", "+40 (722) 123-456", "0040722123456"] {
            assert!(looks_like_phone(text), "{text}");
        }
        for text in ["", "abc", "0722", "0722 123 456 x", "07221234567890123"] {
            assert!(!looks_like_phone(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_e164_number_reads_back(text in "\\+[1-9][0-9]{7,14}") {
            let phone = Phone::from_e164(&text).unwrap();
            prop_assert_eq!(phone.as_str(), &text);
            prop_assert!(looks_like_phone(&text));
            let shown = format!("{}\u{a0}•••\u{a0}•••\u{a0}{}", &text[..3], &text[text.len() - 3..]);
            prop_assert_eq!(phone.masked(), shown);
        }

        #[test]
        fn only_sign_and_digits_pass(text in strange::nearly("\\+[0-9]{6,17}")) {
            if let Ok(phone) = Phone::from_e164(&text) {
                prop_assert_eq!(phone.as_str(), &text);
                let digits = text.trim_start_matches('+');
                prop_assert!((8..=15).contains(&digits.len()) && !digits.starts_with('0'));
                prop_assert!(digits.bytes().all(|digit| digit.is_ascii_digit()));
                prop_assert_eq!(Phone::try_from(text), Ok(phone));
            }
        }

        #[test]
        fn the_light_check_lets_no_strange_sign_through(text in strange::nearly("[0-9 ()+./-]{8,20}")) {
            if looks_like_phone(&text) {
                prop_assert!(text.chars().all(|c| c == ' ' || c.is_ascii_graphic()) && text.len() >= 8);
                prop_assert!(!text.contains(|c: char| c.is_ascii_alphabetic()));
            }
        }
    }
}
