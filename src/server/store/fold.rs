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
    use crate::model::ids::Slug;
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
        fn every_name_gives_a_slug(name in "\\PC*") {
            prop_assert!(Slug::parse(&slug(&name)).is_ok());
        }

        #[test]
        fn words_are_plain(text in "\\PC*") {
            for word in words(&text) {
                prop_assert!(word.chars().all(|c| c.is_ascii_alphanumeric()));
            }
        }
    }
}
