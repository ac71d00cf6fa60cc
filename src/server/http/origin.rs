//! By which origin visitors know the shop: what whole addresses in pages begin with.

use crate::{app::seo::SiteOrigin, server::config::Config};
use http::{HeaderMap, header};

/// `PUBLIC_URL`; when that is not set, the host that the request names if it is this machine, for
/// development. Any other is what a stranger says: addresses then stay without an origin.
pub fn site_origin(config: &Config, headers: &HeaderMap) -> SiteOrigin {
    if let Some(url) = &config.public_url {
        return SiteOrigin(url.clone());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(|host| is_host(host));
    SiteOrigin(host.map(|host| format!("http://{host}")).unwrap_or_default())
}

/// This machine by name or address, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !text.ends_with(']') => (name, port),
        _ => (text, ""),
    };
    ["localhost", "127.0.0.1", "[::1]"].contains(&name) && (text == name || port.parse::<u16>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_believed() {
        for host in ["localhost", "localhost:3000", "127.0.0.1", "127.0.0.1:3000", "[::1]:3000", "[::1]"] {
            assert!(is_host(host), "{host}");
        }
        for text in [
            "shop.example",
            "localhost:",
            "127.0.0.1:x",
            "evil.example:80",
            "localhost.evil.example",
            "",
            "a b",
            "a/b",
            "a\"b",
            "<script>",
            "a@b",
            "a?b",
            "a#b",
            "p\u{e2}ine.ro",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }
}
