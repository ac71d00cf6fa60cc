//! The scripts inside a page that are ours. While a page is rendered, each carries a mark that
//! nobody outside can know (Leptos calls it a nonce). Then the page's policy names the contents of
//! the marked ones, and the marks come off: the page is the same for everybody, and a script that
//! got into it from elsewhere is named nowhere and does not run.

use base64::{Engine, prelude::BASE64_STANDARD};
use memchr::memmem;
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
    let (mut sealed, mut hashes, mut from) = (String::with_capacity(html.len()), Vec::new(), 0);
    // An empty mark stands everywhere, and names nothing.
    let places = (!mark.is_empty()).then(|| memmem::find_iter(html.as_bytes(), mark));
    for at in places.into_iter().flatten() {
        let (before, after) = (html.get(from..at).unwrap_or_default(), at + mark.len());
        match before.strip_suffix(" nonce=\"") {
            Some(before) if html[after..].starts_with('"') => {
                sealed.push_str(before);
                from = after + 1;
                if let Some(content) = inline_script(html, at) {
                    let hash = format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(content)));
                    if !hashes.contains(&hash) {
                        hashes.push(hash);
                    }
                }
            }
            // Leptos also writes it as the value of `crossorigin`, where any value means the same.
            _ => {
                sealed.push_str(before);
                from = after;
            }
        }
    }
    sealed.push_str(html.get(from..).unwrap_or_default());
    Sealed { html: sealed, hashes }
}

/// What is in the script in whose opening tag this place is, if the browser is to run it.
fn inline_script(html: &str, place: usize) -> Option<&str> {
    const NAME: &str = "<script";
    let tag = html[..place].rfind('<')?;
    let attributes = tag + NAME.len();
    html.get(tag..attributes).filter(|name| name.eq_ignore_ascii_case(NAME))?;
    let end = attributes + end_of_tag(&html[attributes..])?;
    let attributes = html.get(attributes..end).filter(|_| place < end)?;
    let another = !attributes.starts_with(|sign: char| sign.is_ascii_whitespace() || sign == '/');
    if another || attributes.contains(" src=") || attributes.contains("\"application/") {
        return None;
    }
    let content = &html[end + 1..];
    Some(&content[..find(content, "</script")?])
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

        #[test]
        fn no_mark_stays_and_nothing_else_goes(
            parts in prop::collection::vec("<script( src=\"x\")?|>|</script>|[a-zâ \"'<>]{0,3}", 0..8)
        ) {
            let marked = seal(&parts.join(&format!(" nonce=\"{MARK}\"")), MARK);
            prop_assert_eq!(marked.html, parts.concat());
        }
    }
}
