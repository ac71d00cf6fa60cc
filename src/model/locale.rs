//! The two languages of the shop.

use serde::{Deserialize, Serialize};

/// A language: it decides texts, number and date formats. Romanian is the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
            let weight = parts.find_map(|p| p.trim().strip_prefix("q=")).map_or(1000, thousandths);
            let Some(locale) = Locale::from_tag(&primary) else { continue };
            if weight > 0 && best.is_none_or(|(highest, _)| weight > highest) {
                best = Some((weight, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }
}

/// A quality value (`0`, `0.8`, `1.000`) in thousandths; malformed ones count as 0.
fn thousandths(text: &str) -> u32 {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let fraction: String = format!("{fraction}000").chars().take(3).collect();
    match (whole.parse::<u32>(), fraction.parse::<u32>()) {
        (Ok(whole @ 0..=1), Ok(fraction)) => (whole * 1000 + fraction).min(1000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn accept_language() {
        for (header, locale) in [
            ("ro-RO,ro;q=0.9,en;q=0.8", Some(Locale::Ro)),
            ("en-GB,en;q=0.9", Some(Locale::En)),
            ("fr, en;q=0.3, ro;q=0.7", Some(Locale::Ro)),
            ("de, fr", None),
            ("ro;q=0, en;q=0.1", Some(Locale::En)),
            ("", None),
        ] {
            assert_eq!(Locale::negotiate(header), locale, "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_header_is_an_answer(header in "\\PC*") {
            let _ = Locale::negotiate(&header);
        }
    }
}
