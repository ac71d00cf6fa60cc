//! The origin of a page, as a browser writes it into the header `Origin` (RFC 6454, section 6.2).

use http::{HeaderValue, Uri};
use std::str::FromStr;

/// `scheme://host` with the port when it is not the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As the header has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is it the one of this header?
    pub fn is(&self, header: &HeaderValue) -> bool {
        header.as_bytes() == self.0.as_bytes()
    }
}

/// This is no origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoOrigin;

impl FromStr for Origin {
    type Err = NoOrigin;

    /// Takes `http` and `https` with a host in ASCII, and nothing after it: no path, no `*`, no
    /// `null`. Capitals and the scheme's own port are written as browsers write them.
    fn from_str(text: &str) -> Result<Origin, NoOrigin> {
        let text = text.to_ascii_lowercase();
        let (scheme, rest) = text.split_once("://").ok_or(NoOrigin)?;
        let own_port = match scheme {
            "http" => 80,
            "https" => 443,
            _ => return Err(NoOrigin),
        };
        let uri: Uri = text.parse().map_err(|_| NoOrigin)?;
        let authority = uri.authority().ok_or(NoOrigin)?;
        let host = authority.host();
        let whole = rest == authority.as_str() && is_host(host);
        // `Authority` says nothing of a port that is none.
        match (whole, authority.port_u16(), rest.strip_prefix(host)) {
            (true, None, Some("")) => Ok(Origin(text)),
            (true, Some(port), Some(given)) if given == format!(":{port}") => {
                let port = if port == own_port { String::new() } else { given.to_owned() };
                Ok(Origin(format!("{scheme}://{host}{port}")))
            }
            _ => Err(NoOrigin),
        }
    }
}

/// A name, or an address; that of version 6 stands in brackets.
fn is_host(host: &str) -> bool {
    let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    match inside {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => {
            !host.is_empty()
                && host.bytes().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, b'.' | b'-' | b'_'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for (text, origin) in [
            ("https://shop.example", "https://shop.example"),
            ("HTTPS://Shop.Example:443", "https://shop.example"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://127.0.0.1:80", "http://127.0.0.1"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("https://shop.example:80", "https://shop.example:80"),
        ] {
            assert_eq!(text.parse(), Ok(Origin(origin.to_owned())), "{text}");
        }
    }

    #[test]
    fn everything_else_is_none() {
        for text in [
            "",
            "*",
            "null",
            "shop.example",
            "https://",
            "https://*",
            "https://*.example",
            "https://shop.example/",
            "https://shop.example/path",
            "https://shop.example?x",
            "https://shop.example#x",
            "https://ana@shop.example",
            "https://shop.example:",
            "https://shop.example:99999",
            "https://shop.example:080",
            "https://brânză.example",
            "https://a b",
            "ftp://shop.example",
            "file:///x",
        ] {
            assert_eq!(text.parse::<Origin>(), Err(NoOrigin), "{text}");
        }
    }
}
