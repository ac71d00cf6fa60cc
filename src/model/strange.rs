//! Texts as no well-meaning person types them: what property tests feed to parsers.

use proptest::{collection::vec, prelude::*, sample::select};

/// Signs that mean something to one reader and nothing to another: ends of texts and lines, signs
/// that show nothing or turn the direction, digits of other scripts, signs of HTML, addresses,
/// headers, queries and regular expressions.
const SIGNS: &[char] = &[
    '\0',
    '\t',
    '\n',
    '\r',
    '\u{1b}',
    '\u{7f}',
    '\u{85}',
    '\u{a0}',
    '\u{ad}',
    '\u{200b}',
    '\u{200d}',
    '\u{200e}',
    '\u{2028}',
    '\u{2029}',
    '\u{202e}',
    '\u{2066}',
    '\u{feff}',
    '\u{e0041}',
    '\u{301}',
    'ș',
    'ß',
    'İ',
    '١',
    '０',
    '🍞',
    '%',
    '&',
    '=',
    '?',
    '#',
    '/',
    '\\',
    '\'',
    '"',
    '<',
    '>',
    '$',
    '{',
    '}',
    '[',
    ']',
    '(',
    ')',
    '*',
    '|',
    '^',
    '.',
    ',',
    ';',
    ':',
    '+',
    '-',
    '_',
    ' ',
    '0',
    '1',
    '9',
    'a',
    'F',
    'e',
];

/// Any text of at most so many signs.
pub fn text(most: usize) -> impl Strategy<Value = String> {
    let sign = prop_oneof![4 => select(SIGNS), 2 => proptest::char::range(' ', '~'), 1 => any::<char>()];
    vec(sign, 0..=most).prop_map(|signs| signs.into_iter().collect())
}

/// A text of this regular expression, some of them with a strange end or beginning: what a check
/// that looks at only a part lets through.
pub fn nearly(pattern: &'static str) -> impl Strategy<Value = String> {
    let spoilt =
        (text(2), pattern, text(2)).prop_map(|(before, good, after)| format!("{before}{good}{after}"));
    prop_oneof![3 => pattern, 2 => spoilt]
}
