//! Every text of the shop in its two languages, made at compile time from `locales/*.toml` by
//! `build.rs`: one module per table, one function per key. A key that is missing in a language,
//! or whose `{placeholders}` differ, does not compile.

#![allow(missing_docs)]

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

use super::locale::Locale;

/// The right form of a counted noun. English has two; Romanian three: 1 pâine, 2 pâini,
/// 20 de pâini (Unicode CLDR plural rules `one`, `few`, `other`).
pub const fn plural<'a>(l: Locale, count: u64, one: &'a str, few: &'a str, other: &'a str) -> &'a str {
    match (l, count) {
        (_, 1) => one,
        (Locale::En, _) => other,
        (Locale::Ro, 0) => few,
        (Locale::Ro, count) => {
            if matches!(count % 100, 1..=19) {
                few
            } else {
                other
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanian_plurals() {
        let form = |count| plural(Locale::Ro, count, "one", "few", "other");
        assert_eq!(
            [0, 1, 2, 19, 20, 100, 101, 119, 120].map(form),
            ["few", "one", "few", "few", "other", "other", "few", "few", "other"]
        );
        assert_eq!(plural(Locale::En, 0, "one", "few", "other"), "other");
    }
}
