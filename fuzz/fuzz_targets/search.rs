//! Search texts on their way into a query (`store::fold`, `store::orders::search`): words are plain,
//! slugs are slugs, and a pattern is a plain beginning.
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
    for pattern in order_search(text) {
        let beginning = pattern.strip_prefix('^').expect("a beginning");
        let plain = beginning.strip_prefix("\\+").unwrap_or(beginning);
        assert!(!plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_lowercase()));
    }
});
