//! Reading phone numbers as people write them.

use crate::model::{field::FieldError, phone::Phone};
use phonenumber::{Mode, Type, country, metadata::DATABASE};

/// Reads a number; one without a country code belongs to the shop's country. Only valid numbers
/// pass: right length and a prefix that exists.
pub fn read(text: &str) -> Option<Phone> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    // "0040…" is how the plus sign is dialled in Romania.
    let text = text.strip_prefix("00").map_or_else(|| text.to_owned(), |rest| format!("+{rest}"));
    let number = phonenumber::parse(Some(country::RO), text).ok()?;
    if !phonenumber::is_valid(&number) {
        return None;
    }
    Phone::from_e164(&number.format().mode(Mode::E164).to_string()).ok()
}

/// Reads a number to which a code is sent: of a mobile phone, and of one of these countries. Numbers that
/// cost who calls them, or that only forward, are how others make money with a shop's SMS.
///
/// # Errors
/// What stands beside the field.
pub fn read_for_code(text: &str, countries: &[u16]) -> Result<Phone, FieldError> {
    let phone = read(text).ok_or(FieldError::Phone)?;
    let number = phonenumber::parse(None, phone.as_str()).map_err(|_| FieldError::Phone)?;
    if !countries.contains(&number.code().value()) {
        return Err(FieldError::Country);
    }
    match number.number_type(&DATABASE) {
        Type::Mobile | Type::FixedLineOrMobile => Ok(phone),
        _ => Err(FieldError::Landline),
    }
}

/// Is this number of a line that shows no SMS? Where numbers do not tell, it may.
pub fn is_landline(phone: &Phone) -> bool {
    let number = phonenumber::parse(None, phone.as_str());
    number.is_ok_and(|number| number.number_type(&DATABASE) == Type::FixedLine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn as_people_write_them() {
        for text in ["0722 123 456", "+40722123456", "0040 722 123 456", "(0722) 123-456", "0722.123.456"] {
            assert_eq!(read(text).map(String::from).as_deref(), Some("+40722123456"), "{text}");
        }
        assert_eq!(read("+44 7911 123456").map(String::from).as_deref(), Some("+447911123456"));
    }

    #[test]
    fn a_landline_is_told_from_a_mobile() {
        for (text, landline) in [("0264 123 456", true), ("021 310 0000", true), ("0722 123 456", false)] {
            assert_eq!(is_landline(&read(text).unwrap()), landline, "{text}");
        }
    }

    #[test]
    fn codes_go_to_mobile_numbers_of_the_shops_countries() {
        for (text, refused) in [
            ("0722 123 456", None),
            ("0264 123 456", Some(FieldError::Landline)),
            ("021 310 0000", Some(FieldError::Landline)),
            ("0800 800 800", Some(FieldError::Landline)),
            ("+44 7911 123456", Some(FieldError::Country)),
            ("0722", Some(FieldError::Phone)),
        ] {
            assert_eq!(read_for_code(text, &[40]).err(), refused, "{text}");
        }
        assert!(read_for_code("+44 7911 123456", &[40, 44]).is_ok());
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "0722", "0722 123 45x", "+40 000 000 000", "112", "{\"$gt\":\"\"}", "+"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_is_read_is_in_normal_form(text in strange::nearly("(\\+|00)?[1-9]?[0-9 ().-]{6,16}")) {
            if let Some(phone) = read(&text) {
                prop_assert_eq!(read(phone.as_str()), Some(phone));
            }
        }

        #[test]
        fn romanian_mobile_numbers_read(digits in "7[2-6][0-9]{7}", gap in "[ .-]?") {
            let (network, number) = digits.split_at(2);
            for typed in [format!("0{network}{gap}{number}"), format!("+40{gap}{digits}"), format!("0040{digits}")] {
                prop_assert_eq!(read(&typed).map(String::from), Some(format!("+40{digits}")), "{}", typed);
            }
        }
    }
}
