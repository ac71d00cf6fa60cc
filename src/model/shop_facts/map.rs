//! Where the shop stands on a map.

use crate::model::field::{FieldError, FieldErrors};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An angle in millionths of a degree, written `46.770439`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Degrees(i32);

impl Degrees {
    /// Reads a decimal number with at most six decimal places.
    pub fn parse(text: &str) -> Option<Degrees> {
        let text = text.trim();
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str, most: usize| {
            (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
        };
        if !all_digits(whole, 3) || !all_digits(fraction, 6) {
            return None;
        }
        let millionths = format!("{whole}{fraction:0<6}").parse::<i32>().ok()?;
        Some(Degrees(sign * millionths))
    }

    const fn within(self, degrees: i32) -> bool {
        self.0.abs() <= degrees * 1_000_000
    }
}

impl fmt::Display for Degrees {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let all = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:06}", all / 1_000_000, all % 1_000_000)
    }
}

impl From<Degrees> for String {
    fn from(degrees: Degrees) -> String {
        degrees.to_string()
    }
}

impl TryFrom<String> for Degrees {
    type Error = String;
    fn try_from(text: String) -> Result<Degrees, String> {
        Degrees::parse(&text).ok_or_else(|| format!("{text:?} is not a number of degrees like \"46.770439\""))
    }
}

/// A place on the map (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    /// -90 to 90, north is positive.
    pub latitude: Degrees,
    /// -180 to 180, east is positive.
    pub longitude: Degrees,
}

/// Notes what lies beyond the poles.
pub(super) fn check_place(errors: &mut FieldErrors, place: Coordinates) {
    for (name, value, most) in
        [("coordinates.latitude", place.latitude, 90), ("coordinates.longitude", place.longitude, 180)]
    {
        if !value.within(most) {
            let max = i64::from(most);
            errors.add(name, FieldError::Range { min: -max, max });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn a_place_is_written_as_it_was_read() {
        for (text, written) in [("46.77", "46.770000"), ("-0.5", "-0.500000"), ("23", "23.000000")] {
            assert_eq!(Degrees::parse(text).unwrap().to_string(), written);
        }
        for text in ["", "46,77", "1.", ".5", "46.7704391", "1e3", "--1", "1000"] {
            assert_eq!(Degrees::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn degrees_read_back(millionths in -180_000_000..=180_000_000_i32) {
            prop_assert_eq!(Degrees::parse(&Degrees(millionths).to_string()), Some(Degrees(millionths)));
        }

        #[test]
        fn no_text_is_too_strange(text in strange::nearly("-?[0-9]{1,3}\\.[0-9]{1,6}")) {
            let _ = Degrees::parse(&text);
        }
    }
}
