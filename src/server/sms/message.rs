//! What stands in the messages with codes.

use crate::model::{locale::Locale, sms_text::plain, text};

/// The message with a code. Where the shop has an address, the last line binds the code to it, so
/// that browsers offer it on the shop's own pages only (WICG, origin-bound one-time codes; the line
/// stands for an origin with HTTPS, so there is none for others).
pub fn code(l: Locale, code: &str, public_url: Option<&str>) -> String {
    let mut message = plain(&text::sms::code(l, code));
    if let Some(host) = public_url.and_then(host) {
        message.push_str(&format!("\n\n@{host} #{code}"));
    }
    message
}

/// The host of an HTTPS origin, without its port.
fn host(origin: &str) -> Option<&str> {
    let authority = origin.strip_prefix("https://")?;
    // An address of version 6 stands in brackets; nothing binds a code to it.
    (!authority.starts_with('[')).then(|| authority.split(':').next().unwrap_or(authority))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sms_text::{Encoding, SmsSize};

    #[test]
    fn every_message_is_one_segment() {
        for l in Locale::ALL {
            for url in [None, Some("https://comenzi.vatra-din-valea-painii.example")] {
                let text = code(l, "12345678", url);
                let size = SmsSize::of(&text);
                assert_eq!((size.encoding, size.segments), (Encoding::Gsm7, 1), "{text}");
            }
        }
    }

    #[test]
    fn the_last_line_binds_the_code_to_the_shop() {
        for l in Locale::ALL {
            let text = code(l, "0471", Some("https://shop.example"));
            assert_eq!(text.lines().last(), Some("@shop.example #0471"), "{text}");
            assert!(text.lines().next().is_some_and(|line| line.contains("0471")), "{text}");
        }
    }

    #[test]
    fn a_port_is_left_out() {
        assert_eq!(host("https://shop.example:8443"), Some("shop.example"));
        assert_eq!(host("https://localhost:3000"), Some("localhost"));
    }

    #[test]
    fn without_https_nothing_is_bound() {
        for url in [None, Some("http://localhost:3000"), Some("http://shop.example"), Some("https://[::1]")] {
            let text = code(Locale::Ro, "0471", url);
            assert!(!text.contains('@') && !text.contains('#') && text.lines().count() == 1, "{text}");
        }
    }
}
