//! The scripts inside a page that are ours. While a page is rendered, each carries a mark that
//! nobody outside can know (Leptos calls it a nonce). Then the page's policy names the contents of
//! the marked ones, and the marks come off: the page is the same for everybody, and a script that
//! got into it from elsewhere is named nowhere and does not run.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

/// A page without marks, and the hashes of its own scripts (`sha256-…`, CSP level 2).
#[derive(Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The page.
    pub html: String,
    /// In the order of their first use.
    pub hashes: Vec<String>,
}

/// Takes the marks off a page.
pub fn seal(html: &str, mark: &str) -> Sealed {
    let mut hashes = Vec::new();
    if mark.is_empty() {
        return Sealed { html: html.to_owned(), hashes };
    }
    let marked = format!(" nonce=\"{mark}\"");
    let mut rest = html;
    while let Some(script) = next_script(rest) {
        rest = script.rest;
        let runs_inline =
            !script.attributes.contains(" src=") && !script.attributes.contains("\"application/");
        if runs_inline && script.attributes.contains(&marked) {
            let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(script.content)));
            if !hashes.contains(&hash) {
                hashes.push(hash);
            }
        }
    }
    // Leptos also writes it as the value of `crossorigin`, where any value means the same.
    Sealed { html: html.replace(&marked, "").replace(mark, ""), hashes }
}

struct Script<'a> {
    attributes: &'a str,
    content: &'a str,
    rest: &'a str,
}

/// The next script of a page, as a browser finds it.
fn next_script(html: &str) -> Option<Script<'_>> {
    let mut from = 0;
    loop {
        let start = from + find(&html[from..], "<script")? + "<script".len();
        from = start;
        if !html[start..].starts_with(|sign: char| sign.is_ascii_whitespace() || sign == '>' || sign == '/') {
            continue;
        }
        let end = start + end_of_tag(&html[start..])?;
        let content = &html[end + 1..];
        let length = find(content, "</script")?;
        return Some(Script {
            attributes: &html[start..end],
            content: &content[..length],
            rest: &content[length..],
        });
    }
}

/// Where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.bytes().position(|byte| match (byte, quote) {
        (b'"' | b'\'', None) => {
            quote = Some(byte);
            false
        }
        (byte, Some(open)) => {
            if byte == open {
                quote = None;
            }
            false
        }
        (byte, None) => byte == b'>',
    })
}

/// Where something that begins with `<` stands, in any case. The standard library finds the next `<` faster
/// than each place of a page could be looked at.
fn find(text: &str, wanted: &str) -> Option<usize> {
    let stands = |(at, _): &(usize, &str)| {
        let there = text.as_bytes().get(*at..at + wanted.len());
        there.is_some_and(|there| there.eq_ignore_ascii_case(wanted.as_bytes()))
    };
    text.match_indices('<').find(stands).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    const MARK: &str = "bWFyaw==";

    fn hash(content: &str) -> String {
        format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)))
    }

    #[test]
    fn only_marked_scripts_are_named_and_no_mark_stays() {
        let html = format!(
            "<link rel=\"modulepreload\" crossorigin=\"{MARK}\"><script type=\"module\" nonce=\"{MARK}\">a > b</script>\
             <script>evil()</script><script nonce=\"guess\">evil()</script>\
             <script src=\"/x.js\" nonce=\"{MARK}\"></script><scripts nonce=\"{MARK}\">no</scripts>\
             <SCRIPT data-x=\"1>2\" nonce=\"{MARK}\">â</SCRIPT><script nonce=\"{MARK}\">a > b</script>\
             <script type=\"application/ld+json\" nonce=\"{MARK}\">{{}}</script>"
        );
        let sealed = seal(&html, MARK);
        assert_eq!(sealed.hashes, [hash("a > b"), hash("â")]);
        assert!(!sealed.html.contains(MARK), "{}", sealed.html);
        assert!(
            sealed.html.starts_with("<link rel=\"modulepreload\" crossorigin=\"\"><script type=\"module\">a")
        );
    }

    #[test]
    fn a_known_hash() {
        // From the CSP specification, level 3, 8.3.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
    }

    proptest! {
        #[test]
        fn no_text_breaks_it(text in strange::nearly("(<script[ >/\"']{0,3}|</script>|x|>){0,8}")) {
            prop_assert_eq!(seal(&text, MARK), Sealed { html: text, hashes: Vec::new() });
        }
    }
}
