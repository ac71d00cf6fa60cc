//! The words in the addresses of pages that are for everybody, in each language: `/products` is
//! `/ro/produse`. Pages of one visitor's own have one address, which nobody reads or searches for.

use super::locale::Locale;
use std::borrow::Cow;

/// The first segment of a path as the routes know it, and in Romanian.
const ROMANIAN: [(&str, &str); 5] = [
    ("products", "produse"),
    ("delivery", "livrare"),
    ("terms", "termeni"),
    ("privacy", "confidentialitate"),
    ("cookies", "cookie-uri"),
];

/// The path of a page, which begins with a slash, as its language says it.
pub fn said(l: Locale, path: &str) -> Cow<'_, str> {
    match l {
        Locale::Ro => with_first(path, |first| find(first, |(route, _)| route).map(|(_, said)| said)),
        Locale::En => Cow::Borrowed(path),
    }
}

/// The path of a route that a language says so; a path in the routes' own words is one, too.
pub fn meant(l: Locale, path: &str) -> Cow<'_, str> {
    match l {
        Locale::Ro => with_first(path, |first| find(first, |(_, said)| said).map(|(route, _)| route)),
        Locale::En => Cow::Borrowed(path),
    }
}

type Words = (&'static str, &'static str);

fn find(word: &str, side: impl Fn(Words) -> &'static str) -> Option<Words> {
    ROMANIAN.into_iter().find(|words| side(*words) == word)
}

/// The path with another first segment, where there is one.
fn with_first(path: &str, other: impl Fn(&str) -> Option<&'static str>) -> Cow<'_, str> {
    let Some(rest) = path.strip_prefix('/') else { return Cow::Borrowed(path) };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match other(&rest[..end]) {
        Some(word) => Cow::Owned(format!("/{word}{}", &rest[end..])),
        None => Cow::Borrowed(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn each_language_has_its_words() {
        for (path, ro) in [
            ("/products", "/produse"),
            ("/products/paine?x=/products", "/produse/paine?x=/products"),
            ("/products?page=2", "/produse?page=2"),
            ("/privacy", "/confidentialitate"),
            ("/productsx", "/productsx"),
            ("/cart", "/cart"),
            ("/", "/"),
        ] {
            assert_eq!(said(Locale::Ro, path), ro);
            assert_eq!(meant(Locale::Ro, ro), path);
            assert_eq!(meant(Locale::Ro, path), path, "the routes' own words are understood");
            assert_eq!(said(Locale::En, path), path);
        }
    }

    proptest! {
        #[test]
        fn what_is_said_is_meant(path in strange::nearly("/(products|terms|produse|x)?(/[a-z]{0,4})?(\\?[a-z=]{0,4})?")) {
            for l in Locale::ALL {
                let route = meant(l, &path);
                let written = said(l, &route);
                prop_assert_eq!(&meant(l, &written), &route);
            }
        }
    }
}
