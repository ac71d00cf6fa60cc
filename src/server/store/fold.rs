//! Texts without case and diacritics, for searching and sorting.

/// `Pâine de casă` becomes `paine de casa`.
pub fn fold(text: &str) -> String {
    deunicode::deunicode(text).to_lowercase()
}

/// The words of a text, folded, each once.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = fold(text)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A name in an address: folded words joined by hyphens, at most 80 signs.
pub fn slug(text: &str) -> String {
    let folded = fold(text);
    let mut slug = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-");
    slug.truncate(80);
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "produs".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ids::Slug, strange};
    use proptest::prelude::*;

    #[test]
    fn romanian() {
        assert_eq!(fold("ȘUNCĂ Țărănească"), "sunca taraneasca");
        assert_eq!(words("Pâine, de casă (de casă)"), ["casa", "de", "paine"]);
        assert_eq!(slug("Pâine de casă cu maia, 1 kg"), "paine-de-casa-cu-maia-1-kg");
        assert_eq!(slug("!!!"), "produs");
    }

    proptest! {
        #[test]
        fn every_name_gives_a_slug(name in strange::text(100)) {
            let slug = slug(&name);
            prop_assert!(Slug::parse(&slug).is_ok() && slug.len() <= 80);
            prop_assert!(!slug.starts_with('-') && !slug.ends_with('-') && !slug.contains("--"), "{}", slug);
            prop_assert_eq!(super::slug(&slug), slug);
        }

        #[test]
        fn words_are_plain_and_each_once(text in strange::text(40)) {
            let words = words(&text);
            for word in &words {
                // Safe in a regular expression as it is.
                prop_assert!(word.chars().all(|c| c.is_ascii_digit() || c.is_ascii_lowercase()), "{}", word);
            }
            prop_assert!(words.windows(2).all(|two| two[0] < two[1]));
            prop_assert_eq!(super::words(&words.join(" ")), words);
        }
    }
}
