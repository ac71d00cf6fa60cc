//! Search texts on their way into a query (`store::fold`, `store::orders::filter`): words are plain,
//! slugs are slugs, and a pattern means exactly the text that was typed.
#![no_main]
use libfuzzer_sys::fuzz_target;
use vatra::{
    fuzzing::order_search,
    model::ids::Slug,
    server::store::fold::{slug, words},
};

fuzz_target!(|text: &str| {
    let found = words(text);
    assert!(found.iter().all(|word| word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())));
    assert_eq!(words(&found.join(" ")), found);
    let made = slug(text);
    assert!(Slug::parse(&made).is_ok() && made.len() <= 80);
    assert_eq!(slug(&made), made);
    let (name, phone) = order_search(text);
    let typed: String = text.chars().filter(|sign| !sign.is_control()).take(100).collect();
    assert_eq!(literal(&name), Some(typed), "{name}");
    assert!(phone.is_none_or(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())));
});

/// The text that a pattern means, when no sign of it has a meaning of its own: a backslash before a
/// sign that is no letter or digit makes it that sign (PCRE2, "Backslash").
fn literal(pattern: &str) -> Option<String> {
    let mut signs = pattern.chars();
    let mut meant = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => meant.push(signs.next().filter(char::is_ascii_punctuation)?),
            '^' | '$' | '.' | '[' | ']' | '|' | '(' | ')' | '?' | '*' | '+' | '{' | '}' => return None,
            sign => meant.push(sign),
        }
    }
    Some(meant)
}
