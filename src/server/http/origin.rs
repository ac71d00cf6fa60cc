//! By which origin visitors know the shop: what whole addresses in pages begin with.

use crate::{app::seo::SiteOrigin, server::config::Config};
use http::{HeaderMap, header};

/// `PUBLIC_URL`; when that is not set, the host that the request names, which is good enough for
/// development. A name that no host has is left out, and addresses stay without an origin.
pub fn site_origin(config: &Config, headers: &HeaderMap) -> SiteOrigin {
    if let Some(url) = &config.public_url {
        return SiteOrigin(url.clone());
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(|host| is_host(host));
    SiteOrigin(host.map(|host| format!("http://{host}")).unwrap_or_default())
}

/// A name or an address, with or without a port.
fn is_host(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':' | b'[' | b']');
    (1..=255).contains(&text.len()) && text.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_are_hosts() {
        for host in ["shop.example", "127.0.0.1:3000", "[::1]:3000", "xn--pine-8ra.ro"] {
            assert!(is_host(host), "{host}");
        }
        for text in ["", "a b", "a/b", "a\"b", "<script>", "a@b", "a?b", "a#b", "p\u{e2}ine.ro"] {
            assert!(!is_host(text), "{text}");
        }
    }
}
