//! What can be wrong with one field of a form, and the checks that several forms share.

use super::{locale::Locale, text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case")]
pub enum FieldError {
    /// Nothing was given.
    Required,
    /// More characters than allowed.
    TooLong {
        /// The most characters.
        max: u32,
    },
    /// A number outside its range.
    Range {
        /// The lowest number.
        min: i64,
        /// The highest number.
        max: i64,
    },
    /// Not a phone number that can receive an SMS.
    Phone,
    /// A number of a line that shows no SMS.
    Landline,
    /// A number of a country to which the shop sends no SMS.
    Country,
    /// Not an amount of money.
    Money,
    /// Not one of the choices.
    Choice,
    /// Not in the expected form.
    Format,
    /// Control characters, which no name or address has.
    Characters,
    /// Bytes that are no text in UTF-8.
    Encoding,
    /// Not a picture in one of the formats that are read, or a damaged one.
    Picture,
    /// A picture of too many pixels.
    Pixels {
        /// The most pixels of a side.
        side: u32,
        /// The most pixels, in millions.
        megapixels: u32,
    },
    /// A file, or a request, of too many bytes.
    TooBig {
        /// The most, in MB of 1024 times 1024 bytes.
        megabytes: u32,
    },
    /// A place in a text that nothing is put into.
    Placeholder {
        /// As it was written.
        name: String,
    },
    /// A text that takes more SMS than allowed.
    Segments {
        /// The most SMS.
        max: u32,
    },
    /// More of them than are kept.
    TooMany {
        /// The most.
        max: u32,
    },
    /// A field that does not exist.
    Unknown,
    /// Fewer characters than needed.
    TooShort {
        /// The fewest characters.
        min: u32,
    },
    /// Not the password of this account.
    Password,
    /// The two fields that should hold the same do not.
    Differs,
}

impl FieldError {
    /// The sentence that stands beside the field.
    pub fn message(&self, l: Locale) -> String {
        match self {
            FieldError::Required => text::field::required(l).to_owned(),
            FieldError::TooLong { max } => text::field::too_long(l, max),
            FieldError::Range { min, max } => text::field::range(l, max, min),
            FieldError::Phone => text::field::phone(l).to_owned(),
            FieldError::Landline => text::field::landline(l).to_owned(),
            FieldError::Country => text::field::country(l).to_owned(),
            FieldError::Money => text::field::money(l).to_owned(),
            FieldError::Choice => text::field::choice(l).to_owned(),
            FieldError::Format => text::field::format(l).to_owned(),
            FieldError::Characters => text::field::characters(l).to_owned(),
            FieldError::Encoding => text::sheet::encoding(l).to_owned(),
            FieldError::Picture => text::field::picture(l).to_owned(),
            FieldError::Pixels { side, megapixels } => text::field::pixels(l, megapixels, side),
            FieldError::TooBig { megabytes } => text::field::too_big(l, megabytes),
            FieldError::Placeholder { name } => text::order_desk::no_such_place(l, name),
            FieldError::Segments { max } => text::order_desk::too_many_segments(l, max),
            FieldError::TooMany { max } => text::order_desk::too_many(l, max),
            FieldError::Unknown => text::field::unknown(l).to_owned(),
            FieldError::TooShort { min } => text::admins::too_short(l, min),
            FieldError::Password => text::admins::not_the_password(l).to_owned(),
            FieldError::Differs => text::admins::differs(l).to_owned(),
        }
    }
}

/// All that is wrong with a form: field name to its errors, in the order of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldErrors(pub BTreeMap<String, Vec<FieldError>>);

impl FieldErrors {
    /// Notes one error.
    pub fn add(&mut self, field: &str, error: FieldError) {
        self.0.entry(field.to_owned()).or_default().push(error);
    }

    /// Keeps a value, or notes its error.
    pub fn check<T>(&mut self, field: &str, result: Result<T, FieldError>) -> Option<T> {
        result.map_err(|error| self.add(field, error)).ok()
    }

    /// Nothing wrong?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first sentence for a field, in the visitor's language.
    pub fn first(&self, field: &str, l: Locale) -> Option<String> {
        self.0.get(field).and_then(|errors| errors.first()).map(|error| error.message(l))
    }
}

/// A text of one line that must be there, trimmed, at most `max` characters.
///
/// # Errors
/// [`FieldError::Required`], [`FieldError::TooLong`] or [`FieldError::Characters`].
pub fn line(text: &str, max: u32) -> Result<String, FieldError> {
    optional_line(text, max)?.ok_or(FieldError::Required)
}

/// A text of one line that may be empty.
///
/// # Errors
/// [`FieldError::TooLong`] or [`FieldError::Characters`].
pub fn optional_line(text: &str, max: u32) -> Result<Option<String>, FieldError> {
    // The last two are line breaks too, though no control characters (Unicode, 5.8).
    checked(text, max, |c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// A text of several lines that may be empty.
///
/// # Errors
/// [`FieldError::TooLong`] or [`FieldError::Characters`].
pub fn optional_text(text: &str, max: u32) -> Result<Option<String>, FieldError> {
    // A plain form sends each line break as two signs (HTML, form submission); one way is kept.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    checked(&text, max, |c| c.is_control() && !matches!(c, '\n' | '\t'))
}

fn checked(text: &str, max: u32, refused: fn(char) -> bool) -> Result<Option<String>, FieldError> {
    let text = text.trim();
    if text.chars().any(|c| refused(c) || is_direction_mark(c)) {
        return Err(FieldError::Characters);
    }
    if text.chars().count() > max as usize {
        return Err(FieldError::TooLong { max });
    }
    Ok(shows(text).then(|| text.to_owned()))
}

/// Marks that turn the reading direction: they let a name rewrite the text around it.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Does a text show anything at all?
fn shows(text: &str) -> bool {
    text.chars().any(|c| !c.is_whitespace() && !is_invisible(c))
}

/// Signs without a shape of their own: a name of these alone cannot be read by anybody. Unicode's
/// `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt), and the empty Braille pattern.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn lines() {
        assert_eq!(line("  Ana  ", 100), Ok("Ana".to_owned()));
        assert_eq!(line("   ", 100), Err(FieldError::Required));
        assert_eq!(line("a\nb", 100), Err(FieldError::Characters));
        assert_eq!(line("a\u{202E}b", 100), Err(FieldError::Characters));
        assert_eq!(optional_text("a\nb", 100), Ok(Some("a\nb".to_owned())));
        assert_eq!(optional_text("a\r\nb", 3), Ok(Some("a\nb".to_owned())));
        assert_eq!(optional_text("a\rb\r\r\nc", 100), Ok(Some("a\nb\n\nc".to_owned())));
        assert_eq!(line("a\u{2028}b", 100), Err(FieldError::Characters));
        assert_eq!(line("\u{200B}\u{AD}", 100), Err(FieldError::Required), "nobody could read it");
        assert_eq!(line("👨\u{200D}🍳", 100), Ok("👨\u{200D}🍳".to_owned()), "a cook is three signs");
        assert_eq!(line("ăîșțâ", 5), Ok("ăîșțâ".to_owned()));
        assert_eq!(line("ăîșțâ!", 5), Err(FieldError::TooLong { max: 5 }));
    }

    proptest! {
        #[test]
        fn a_line_is_short_visible_and_one_line(text in strange::text(12), max in 0..12u32) {
            if let Ok(Some(line)) = optional_line(&text, max) {
                prop_assert!(line.chars().count() <= max as usize);
                prop_assert!(!line.contains(|c: char| c.is_control() || is_direction_mark(c)));
                prop_assert!(!line.contains(['\u{2028}', '\u{2029}']), "Unicode's own line breaks: {:?}", line);
                prop_assert!(shows(&line), "nobody could read {:?}", line);
                prop_assert_eq!(optional_line(&line, max), Ok(Some(line.clone())), "already in its normal form");
                prop_assert_eq!(super::line(&text, max), Ok(line));
            }
        }

        #[test]
        fn a_text_breaks_its_lines_in_one_way(text in strange::text(12), max in 0..12u32) {
            if let Ok(Some(kept)) = optional_text(&text, max) {
                prop_assert!(kept.chars().count() <= max as usize);
                prop_assert!(!kept.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{:?}", kept);
                prop_assert!(shows(&kept), "nobody could read {:?}", kept);
                prop_assert_eq!(optional_text(&kept, max), Ok(Some(kept.clone())), "already in its normal form");
                let from_a_plain_form = kept.replace('\n', "\r\n");
                prop_assert_eq!(optional_text(&from_a_plain_form, max), Ok(Some(kept)));
            }
        }

        #[test]
        fn what_people_write_passes(text in "[A-Za-zăâîșțĂÂÎȘȚ0-9 ,.'„”–()/!?-]{1,40}") {
            let trimmed = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
            prop_assert_eq!(optional_line(&text, 40), Ok(trimmed));
        }
    }
}
