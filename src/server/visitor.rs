//! Who is asking, as far as the request itself tells: read once by a middleware, kept in the
//! request's extensions. Tokens are not checked here; services do that when it matters.

use crate::{
    model::{
        ids::CartId,
        languages::Languages,
        locale::Locale,
        shop_facts::{CookieFact, CookieUse},
    },
    server::config::Config,
};
use axum_extra::extract::cookie::{Cookie, CookieJar, Key, PrivateCookieJar, SameSite};
use http::{HeaderMap, HeaderValue, header};
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The language that was chosen last.
const LOCALE: &str = "lang";
/// A year.
const LOCALE_SECONDS: i64 = 365 * 24 * 3600;
const CART: &str = "vatra_cart";
const CUSTOMER: &str = "vatra_session";
/// The cookie of the producer's login.
pub const ADMIN: &str = "vatra_admin";
const STEP: &str = "vatra_step";

/// What one step of the producer's hands to the next one, in the browser and nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    /// The password was right; the token of the login that waits for its code.
    Code(String),
    /// The token of an invitation that was just made, to be shown once.
    Invitation(String),
}

impl Step {
    fn written(&self) -> String {
        match self {
            Step::Code(token) => format!("code:{token}"),
            Step::Invitation(token) => format!("invitation:{token}"),
        }
    }

    fn read(text: &str) -> Option<Step> {
        match text.split_once(':')? {
            ("code", token) => Some(Step::Code(token.to_owned())),
            ("invitation", token) => Some(Step::Invitation(token.to_owned())),
            _ => None,
        }
    }
}

/// Nothing of a secret reaches a log.
impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Step::Code(_) => "Code",
            Step::Invitation(_) => "Invitation",
        })
    }
}

/// What a request tells about its sender.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The language: of the address, else of those that are offered the cookie's, the header's, or
    /// the shop's own.
    pub locale: Locale,
    /// The cart of the cookie.
    pub cart: Option<CartId>,
    /// The customer's session token, decrypted.
    pub customer_token: Option<String>,
    /// The admin's token.
    pub admin_token: Option<String>,
    /// What the producer's step before this one left.
    pub step: Option<Step>,
    /// The address that limits count, as [`counted_address`] makes it.
    pub address: String,
    /// The path and query as the visitor sees them, with the language.
    pub path: String,
    /// Does the sender show pages (a form without JavaScript), or read JSON?
    pub wants_page: bool,
}

/// The language that the first segment of the address names.
#[derive(Clone, Copy, Debug)]
pub struct AddressLocale(pub Locale);

/// The path as it came, before the language was taken off.
#[derive(Clone, Debug)]
pub struct FullPath(pub String);

/// Makes and reads the shop's cookies. `__Host-` names bind a cookie to this host and to HTTPS, so
/// they are used where HTTPS is.
#[derive(Clone)]
pub struct Cookies {
    key: Key,
    secure: bool,
}

impl Cookies {
    /// With the keys of the configuration.
    pub fn new(config: &Config) -> Cookies {
        Cookies { key: Key::derive_from(config.session_key.bytes()), secure: config.secure() }
    }

    /// Reads a request.
    pub fn visitor(
        &self,
        headers: &HeaderMap,
        address_locale: Option<Locale>,
        languages: &Languages,
        address: String,
        path: String,
    ) -> Visitor {
        let jar = CookieJar::from_headers(headers);
        let private = PrivateCookieJar::from_headers(headers, self.key.clone());
        let chosen = jar.get(LOCALE).and_then(|cookie| Locale::from_tag(cookie.value()));
        let header = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let spoken = || header(header::ACCEPT_LANGUAGE).and_then(Locale::negotiate);
        Visitor {
            locale: address_locale.unwrap_or_else(|| languages.choose([chosen, spoken()])),
            cart: jar.get(&self.name(CART)).and_then(|cookie| CartId::parse(cookie.value()).ok()),
            customer_token: private.get(&self.name(CUSTOMER)).map(|cookie| cookie.value().to_owned()),
            admin_token: jar.get(&self.name(ADMIN)).map(|cookie| cookie.value().to_owned()),
            step: private.get(&self.name(STEP)).and_then(|cookie| Step::read(cookie.value())),
            address,
            path,
            wants_page: wants_page(headers),
        }
    }

    /// Remembers the language for a year.
    pub fn locale(&self, l: Locale) -> HeaderValue {
        let mut cookie = self.cookie(LOCALE.to_owned(), l.tag().to_owned(), LOCALE_SECONDS);
        cookie.set_same_site(SameSite::Lax);
        header_value(&cookie)
    }

    /// Remembers the cart as long as the server does. `Lax`, so that a link from a message still
    /// finds it.
    pub fn cart(&self, id: &CartId, seconds: u64) -> HeaderValue {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        let mut cookie = self.cookie(self.name(CART), id.to_string(), seconds);
        cookie.set_same_site(SameSite::Lax);
        header_value(&cookie)
    }

    /// The customer's session, encrypted (AES-256-GCM).
    pub fn customer(&self, token: String) -> HeaderValue {
        let seconds = super::service::customers::SESSION;
        self.encrypted(self.cookie(self.name(CUSTOMER), token, seconds))
    }

    /// Forgets the customer's session.
    pub fn no_customer(&self) -> HeaderValue {
        header_value(&self.cookie(self.name(CUSTOMER), String::new(), 0))
    }

    /// The admin's token.
    pub fn admin(&self, token: String) -> HeaderValue {
        header_value(&self.cookie(self.name(ADMIN), token, super::service::auth::TOKEN))
    }

    /// Forgets the admin's token.
    pub fn no_admin(&self) -> HeaderValue {
        header_value(&self.cookie(self.name(ADMIN), String::new(), 0))
    }

    /// What the next step needs, encrypted (AES-256-GCM), for five minutes.
    pub fn step(&self, step: &Step) -> HeaderValue {
        self.encrypted(self.cookie(self.name(STEP), step.written(), super::service::login::STEP))
    }

    /// Forgets it.
    pub fn no_step(&self) -> HeaderValue {
        header_value(&self.cookie(self.name(STEP), String::new(), 0))
    }

    /// Every cookie there is, for the page that tells of them.
    pub fn facts(&self, cart_hours: u32) -> Vec<CookieFact> {
        let hours = |seconds: i64| u32::try_from(seconds / 3600).unwrap_or(u32::MAX);
        let fact = |purpose, name, hours| CookieFact { purpose, name, hours };
        vec![
            fact(CookieUse::Cart, self.name(CART), cart_hours),
            fact(CookieUse::Customer, self.name(CUSTOMER), hours(super::service::customers::SESSION)),
            fact(CookieUse::Language, LOCALE.to_owned(), hours(LOCALE_SECONDS)),
            fact(CookieUse::Producer, self.name(ADMIN), hours(super::service::auth::TOKEN)),
            fact(CookieUse::Producer, self.name(STEP), hours(super::service::login::STEP)),
        ]
    }

    fn cookie(&self, name: String, value: String, seconds: i64) -> Cookie<'static> {
        let mut cookie = Cookie::new(name, value);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_secure(self.secure);
        cookie.set_same_site(SameSite::Strict);
        cookie.set_max_age(cookie::time::Duration::seconds(seconds));
        cookie
    }

    fn encrypted(&self, cookie: Cookie<'static>) -> HeaderValue {
        let name = cookie.name().to_owned();
        let jar = PrivateCookieJar::from_headers(&HeaderMap::new(), self.key.clone()).add(cookie);
        let response = axum::response::IntoResponse::into_response(jar);
        let set = response.headers().get_all(header::SET_COOKIE);
        let ours = set.iter().find(|value| value.as_bytes().starts_with(name.as_bytes()));
        ours.cloned().unwrap_or_else(|| HeaderValue::from_static(""))
    }

    fn name(&self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { name.to_owned() }
    }
}

/// Does the sender of these headers show pages?
pub fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

fn header_value(cookie: &Cookie<'_>) -> HeaderValue {
    // Names and values are our own ASCII.
    HeaderValue::from_str(&cookie.to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The address of the visitor: the peer's, or, when the peer is a trusted proxy, the last entry of
/// `X-Forwarded-For` that is not one of ours. What stands before it anybody may have written, and
/// also when it is no address.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let peer = peer.to_canonical();
    let ours = |address: &IpAddr| trusted.iter().any(|proxy| proxy.to_canonical() == *address);
    if !ours(&peer) {
        return peer;
    }
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    // By its bytes: whatever a client writes into its entries, the proxy's own can be read.
    let entries = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    let mut hops = entries.map(forwarded_address);
    hops.find(|hop| hop.is_none_or(|address| !ours(&address))).flatten().unwrap_or(peer)
}

/// An entry of `X-Forwarded-For` as proxies write it: an address, in brackets or not, with a port or not.
fn forwarded_address(entry: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(entry).ok()?.trim();
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse().map(|with_port: SocketAddr| with_port.ip()));
    address.map(|address| address.to_canonical()).ok()
}

/// What limits count as one address: of version 6 the first 64 bits, for the rest of them belongs to
/// one subscriber (RFC 6177), who may change it with every request.
pub fn counted_address(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
            format!("{network}/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use http::HeaderName;
    use proptest::prelude::*;

    fn forwarded(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_str(value).unwrap());
        headers
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let (proxy, visitor) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([203, 0, 113, 7]));
        let headers = forwarded("1.1.1.1, 203.0.113.7");
        assert_eq!(client_address(visitor, &headers, &[proxy]), visitor);
        assert_eq!(client_address(proxy, &headers, &[proxy]), visitor);
        assert_eq!(client_address(proxy, &HeaderMap::new(), &[proxy]), proxy);
        assert_eq!(client_address(proxy, &forwarded("junk"), &[proxy]), proxy);
    }

    #[test]
    fn a_forged_entry_changes_nothing() {
        let proxies = [IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2])];
        let visitor = IpAddr::from([203, 0, 113, 7]);
        for entries in [
            "203.0.113.7",
            "1.1.1.1, 203.0.113.7",
            "1.1.1.1, 10.0.0.2, 203.0.113.7, 10.0.0.2",
            "junk, ::ffff:203.0.113.7",
            "1.1.1.1,203.0.113.7:4711",
        ] {
            assert_eq!(client_address(proxies[0], &forwarded(entries), &proxies), visitor, "{entries}");
        }
        let junk_last = forwarded("1.1.1.1, unknown, 10.0.0.2");
        assert_eq!(client_address(proxies[0], &junk_last, &proxies), proxies[0]);
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        assert_eq!(client_address(mapped, &forwarded("203.0.113.7"), &proxies), visitor);
    }

    #[test]
    fn one_subscriber_is_one_address() {
        let counted = |address: &str| counted_address(address.parse().unwrap());
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
        assert_eq!(counted("2001:db8:1:2::1"), counted("2001:db8:1:2:ffff::"));
        assert_ne!(counted("2001:db8:1:3::1"), counted("2001:db8:1:2::1"));
        assert_eq!(counted("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(counted("203.0.113.7"), "203.0.113.7");
    }

    #[test]
    fn an_entry_that_is_no_address_ends_the_search() {
        let proxy = IpAddr::from([10, 0, 0, 1]);
        for entry in ["unknown", "_hidden", "", "203.0.113.7.1"] {
            let headers = forwarded(&format!("1.1.1.1, {entry}"));
            assert_eq!(client_address(proxy, &headers, &[proxy]), proxy, "{entry:?}");
        }
    }

    #[test]
    fn an_entry_may_name_a_port() {
        let (proxy, visitor) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([203, 0, 113, 7]));
        assert_eq!(client_address(proxy, &forwarded("1.1.1.1, 203.0.113.7:4711"), &[proxy]), visitor);
        let six: IpAddr = "2001:db8::7".parse().unwrap();
        for entry in ["2001:db8::7", "[2001:db8::7]", "[2001:db8::7]:4711"] {
            assert_eq!(client_address(proxy, &forwarded(entry), &[proxy]), six, "{entry}");
        }
    }

    #[test]
    fn a_proxy_is_known_in_both_ways_of_writing_its_address() {
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        let trusted = [IpAddr::from([10, 0, 0, 1])];
        let visitor = IpAddr::from([203, 0, 113, 7]);
        assert_eq!(client_address(mapped, &forwarded("::ffff:203.0.113.7, 10.0.0.1"), &trusted), visitor);
    }

    const KEY: [u8; 32] = [7; 32];

    fn cookies(secure: bool) -> Cookies {
        Cookies { key: Key::derive_from(&KEY), secure }
    }

    fn read(cookies: &Cookies, header: HeaderValue) -> Visitor {
        let headers = HeaderMap::from_iter([(header::COOKIE, header)]);
        cookies.visitor(&headers, None, &Languages::default(), String::new(), String::new())
    }

    /// The cookie as the browser sends it back.
    fn sent_back(set: &HeaderValue) -> HeaderValue {
        HeaderValue::from_str(set.to_str().unwrap().split(';').next().unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn what_a_client_writes_itself_does_not_count(
            invented in strange::nearly("([0-9]{1,3}\\.){3}[0-9]{1,3}(, ?(junk|10\\.0\\.0\\.1))?"),
            visitor: [u8; 4],
            port in proptest::option::of(any::<u16>()),
        ) {
            let trusted = [IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2])];
            let visitor = IpAddr::from(visitor);
            prop_assume!(!trusted.contains(&visitor));
            let seen = port.map_or_else(|| visitor.to_string(), |port| format!("{visitor}:{port}"));
            for seen in [seen.as_str(), "unknown"] {
                let all = format!("{invented}, {seen}, 10.0.0.2");
                let Ok(all) = HeaderValue::from_bytes(all.as_bytes()) else { continue };
                let headers = HeaderMap::from_iter([(HeaderName::from_static("x-forwarded-for"), all)]);
                let alone = forwarded(&format!("{seen}, 10.0.0.2"));
                let address = client_address(trusted[0], &headers, &trusted);
                prop_assert_eq!(address, client_address(trusted[0], &alone, &trusted));
                prop_assert!(address == visitor || seen == "unknown" && trusted.contains(&address));
            }
        }

        #[test]
        fn no_cookie_is_more_than_it_says(header in strange::nearly("(lang|vatra_cart|vatra_session)=[a-zA-Z0-9_%\"-]{0,44}(; ?lang=(ro|en))?")) {
            let Ok(value) = HeaderValue::from_bytes(header.as_bytes()) else { return Ok(()) };
            for secure in [true, false] {
                let visitor = read(&cookies(secure), value.clone());
                prop_assert_eq!(visitor.customer_token, None, "nobody without the key makes a session");
                prop_assert!(visitor.cart.is_none_or(|cart| header.contains(cart.as_str())));
            }
        }

        #[test]
        fn a_cookie_of_ours_reads_back(secret: [u8; 32], secure: bool, changed in 0..200usize) {
            use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
            let (token, cookies) = (URL_SAFE_NO_PAD.encode(secret), cookies(secure));
            let cart = CartId::parse(&token).unwrap();
            prop_assert_eq!(read(&cookies, sent_back(&cookies.cart(&cart, 60))).cart, Some(cart));
            prop_assert_eq!(read(&cookies, sent_back(&cookies.admin(token.clone()))).admin_token, Some(token.clone()));
            let session = sent_back(&cookies.customer(token.clone()));
            prop_assert_eq!(read(&cookies, session.clone()).customer_token, Some(token));
            // One sign of the encrypted value replaced by another: no session.
            let mut forged = session.as_bytes().to_vec();
            let start = forged.iter().position(|b| *b == b'=').unwrap() + 1;
            let place = start + changed % (forged.len() - start);
            forged[place] = if forged[place] == b'A' { b'B' } else { b'A' };
            let read = read(&cookies, HeaderValue::from_bytes(&forged).unwrap());
            prop_assert_eq!(read.customer_token, None);
        }
    }
}
