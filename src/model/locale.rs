//! The two languages of the shop.

use serde::{Deserialize, Serialize};

/// A language: it decides texts, number and date formats. Romanian is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Romanian
    #[default]
    Ro,
    /// English
    En,
}

impl Locale {
    /// Both, the default first.
    pub const ALL: [Locale; 2] = [Locale::Ro, Locale::En];

    /// The tag of BCP 47, also the first segment of an address: `ro`, `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::Ro => "ro",
            Locale::En => "en",
        }
    }

    /// The language of exactly this tag.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        Locale::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The best language for an `Accept-Language` header (RFC 9110, 12.5.4): the highest weight
    /// among ours, the earlier at equal weights.
    pub fn negotiate(header: &str) -> Option<Locale> {
        let mut best: Option<(u32, Locale)> = None;
        for range in header.split(',').take(20) {
            let mut parts = range.trim().split(';');
            let tag = parts.next().unwrap_or_default().trim();
            let primary = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(weight_of).map_or(1000, thousandths);
            let Some(locale) = Locale::from_tag(&primary) else { continue };
            if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// The value of a parameter `q`, a name without case like all of them (RFC 9110, 5.6.6).
fn weight_of(parameter: &str) -> Option<&str> {
    let (name, value) = parameter.split_once('=')?;
    name.trim().eq_ignore_ascii_case("q").then_some(value)
}

/// A quality value (`0`, `0.8`, `1.000`) in thousandths; malformed ones count as 0.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    if fraction.len() > 3 || !fraction.bytes().all(|digit| digit.is_ascii_digit()) {
        return 0;
    }
    match (whole, format!("{fraction:0<3}").parse::<u32>()) {
        ("0", Ok(thousandths)) => thousandths,
        ("1", Ok(0)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn accept_language() {
        for (header, locale) in [
            ("ro-RO,ro;q=0.9,en;q=0.8", Some(Locale::Ro)),
            ("en-GB,en;q=0.9", Some(Locale::En)),
            ("fr, en;q=0.3, ro;q=0.7", Some(Locale::Ro)),
            ("de, fr", None),
            ("ro;q=0, en;q=0.1", Some(Locale::En)),
            ("ro;Q=0.1, en;Q=0.2", Some(Locale::En)),
            ("ro;q=+1, en;q=0.1", Some(Locale::En)),
            ("", None),
        ] {
            assert_eq!(Locale::negotiate(header), locale, "{header}");
        }
    }

    proptest! {
        #[test]
        fn only_the_exact_tag_is_a_language(tag in strange::nearly("ro|en|RO|en-GB|r")) {
            let exact = Locale::ALL.into_iter().find(|locale| locale.tag() == tag);
            prop_assert_eq!(Locale::from_tag(&tag), exact);
        }

        #[test]
        fn any_header_is_an_answer(header in strange::text(60)) {
            let spoken = Locale::negotiate(&header);
            let header = header.to_ascii_lowercase();
            prop_assert!(spoken.is_none_or(|l| header.contains(l.tag())), "{:?}", header);
        }

        #[test]
        fn the_highest_weight_wins_and_the_first_of_equals(
            ranges in proptest::collection::vec(
                (proptest::sample::select(vec!["ro", "RO", "ro-MD", "en", "en-GB", "fr", "*"]),
                 0..=1000u32, proptest::sample::select(vec![";q=", "; q=", ";Q=", " ; Q="])),
                0..8,
            ),
        ) {
            let header: Vec<String> = ranges
                .iter()
                .map(|(tag, weight, name)| format!("{tag}{name}{}.{:03}", weight / 1000, weight % 1000))
                .collect();
            let mut expected: Option<(u32, Locale)> = None;
            for (tag, weight, _) in ranges {
                let ours = Locale::from_tag(&tag.to_ascii_lowercase()[..tag.len().min(2)]);
                if let Some(locale) = ours && weight > expected.map_or(0, |(highest, _)| highest) {
                    expected = Some((weight, locale));
                }
            }
            prop_assert_eq!(Locale::negotiate(&header.join(", ")), expected.map(|(_, l)| l), "{:?}", header);
        }

        #[test]
        fn a_malformed_weight_counts_as_nothing(weight in strange::nearly("[01](\\.[0-9]{0,4})?|[+-]?0\\.\\+?[0-9]")) {
            // RFC 9110, 12.4.2: "0" or "1", a point, at most three digits, and none above one.
            let (whole, rest) = weight.trim().split_at(usize::from(!weight.trim().is_empty() && weight.trim().is_char_boundary(1)));
            let digits = rest.strip_prefix('.').unwrap_or(rest);
            let well_formed = (rest.is_empty() || rest.starts_with('.'))
                && digits.len() <= 3
                && digits.bytes().all(|b| b.is_ascii_digit())
                && (whole == "0" || whole == "1" && digits.bytes().all(|b| b == b'0'));
            prop_assume!(!weight.contains([',', ';']));
            prop_assert!(well_formed || Locale::negotiate(&format!("en;q={weight}")).is_none(), "{:?}", weight);
        }
    }
}
