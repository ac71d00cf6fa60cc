//! Pages that are the same for everybody, kept as they were rendered (docs/decisions/0017).

use super::encoding::Encoding;
use crate::{model::locale::Locale, server::metrics::metrics};
use axum::{
    body::{Body, Bytes},
    response::Response,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use tokio::sync::OnceCell;

/// Which pages may be kept: they depend on their address, the language, the number of pieces in
/// the visitor's cart, and what is named here; on nothing else about the visitor. In a path `*` is
/// one segment; the words are the parameters that the page knows. With any other parameter it is
/// rendered each time, so that nobody fills the memory with addresses of one page. Paths are those
/// without the language.
pub const SAME_FOR_ALL: &[(&str, &[&str], Shows)] = &[
    ("/", &[], Shows::Catalogue),
    ("/products", &["category", "q", "sort", "without", "page"], Shows::Catalogue),
    ("/products/*", &[], Shows::Catalogue),
    ("/contact", &[], Shows::Facts),
    ("/delivery", &[], Shows::Facts),
    ("/terms", &[], Shows::Facts),
    ("/privacy", &[], Shows::Facts),
    ("/cookies", &[], Shows::Facts),
];

/// What a kept page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Products and categories, by which every kept page is renewed.
    Catalogue,
    /// What the shop says of itself, and whether it is open.
    Facts,
}

/// All that is kept, in bytes. Some hundred pages in every encoding.
const ROOM: usize = 12 << 20;
/// The longest address of a page that is kept, in bytes.
const LONGEST: usize = 300;

/// What the page of this address (without the language) shows, if it may be kept.
pub fn same_for_all(uri: &Uri) -> Option<Shows> {
    let query = uri.query().unwrap_or_default();
    if uri.path().len() + query.len() > LONGEST {
        return None;
    }
    let names = || query.split('&').filter(|part| !part.is_empty()).map(|part| part.split('=').next());
    let known = |parameters: &[&str]| names().all(|name| name.is_some_and(|name| parameters.contains(&name)));
    let page = SAME_FOR_ALL
        .iter()
        .find(|(pattern, parameters, _)| matches(pattern, uri.path()) && known(parameters));
    page.map(|(_, _, shows)| *shows)
}

fn matches(pattern: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("*"), Some(segment)) if !segment.is_empty() => {}
            (Some(one), Some(other)) if one == other => {}
            _ => return false,
        }
    }
}

/// What a kept page depends on, beside the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// Path and query as the visitor sees them: links and forms name them.
    pub path: String,
    /// The language.
    pub locale: Locale,
    /// By which origin the visitor knows the shop: whole addresses begin with it.
    pub origin: String,
    /// Pieces in the visitor's cart.
    pub count: u32,
    /// What the page shows beside the catalogue, as a hash.
    pub besides: u64,
}

/// A rendered page.
#[derive(Debug)]
pub struct Page {
    headers: HeaderMap,
    body: Bytes,
    /// Made when first asked for.
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
    /// Names the content.
    tag: String,
}

/// The pages of one process. Cheap to clone.
#[derive(Clone, Default)]
pub struct PageCache(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    /// What the catalogue showed when these pages were made.
    face: u64,
    slots: HashMap<Key, Arc<Slot>>,
    size: usize,
    clock: u64,
}

#[derive(Default)]
struct Slot {
    page: OnceCell<Arc<Page>>,
    used: AtomicU64,
}

impl PageCache {
    /// The page of a key while the catalogue shows this face. `render` makes it when it is not
    /// there; of several who ask at once, one. What is no success is not kept.
    ///
    /// # Errors
    /// The answer that is not kept.
    pub async fn page<F>(
        &self,
        face: u64,
        key: Key,
        render: impl FnOnce() -> F,
    ) -> Result<Arc<Page>, Box<Response>>
    where
        F: Future<Output = Result<Page, Box<Response>>>,
    {
        let slot = self.slot(face, &key);
        let made = AtomicBool::new(false);
        let page = slot.page.get_or_try_init(|| {
            made.store(true, Ordering::Relaxed);
            async { render().await.map(Arc::new) }
        });
        let page = page.await.map(Arc::clone);
        let figures = &metrics().cache;
        if made.into_inner() {
            figures.miss.inc();
            let mut kept = self.lock();
            kept.settle(&key, &slot, page.as_ref().ok());
            figures.holds(kept.slots.len(), kept.size);
        } else {
            figures.hit.inc();
        }
        page
    }

    /// How many pages are kept, and how many bytes they are reckoned at.
    pub fn size(&self) -> (usize, usize) {
        let kept = self.lock();
        (kept.slots.len(), kept.size)
    }

    fn slot(&self, face: u64, key: &Key) -> Arc<Slot> {
        let mut kept = self.lock();
        if face > kept.face {
            *kept = Kept { face, ..Kept::default() };
        } else if face < kept.face {
            // Somebody who asked before the catalogue changed: what is made now is not for others.
            return Arc::default();
        }
        kept.clock += 1;
        let now = kept.clock;
        let slot = match kept.slots.get(key) {
            Some(slot) => Arc::clone(slot),
            None => Arc::clone(kept.slots.entry(key.clone()).or_default()),
        };
        slot.used.store(now, Ordering::Relaxed);
        slot
    }

    /// Nothing can panic while this is held.
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Reckons a page that was just made, or forgets its place when none was.
    fn settle(&mut self, key: &Key, slot: &Arc<Slot>, page: Option<&Arc<Page>>) {
        if !self.slots.get(key).is_some_and(|kept| Arc::ptr_eq(kept, slot)) {
            return;
        }
        match page {
            Some(page) => self.size += page.size(key),
            None => drop(self.slots.remove(key)),
        }
        while self.size > ROOM && self.drop_oldest() {}
    }

    /// Drops the page that was not asked for the longest. There are some hundred at most.
    fn drop_oldest(&mut self) -> bool {
        let made = self.slots.iter().filter(|(_, slot)| slot.page.initialized());
        let oldest = made.min_by_key(|(_, slot)| slot.used.load(Ordering::Relaxed));
        let Some(key) = oldest.map(|(key, _)| key.clone()) else { return false };
        let page = self.slots.remove(&key).and_then(|slot| slot.page.get().cloned());
        self.size -= page.map_or(0, |page| page.size(&key)).min(self.size);
        true
    }
}

impl Page {
    /// A page with the headers that all its answers carry.
    pub fn new(mut headers: HeaderMap, body: Bytes) -> Page {
        for name in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::ETAG, header::VARY] {
            headers.remove(name);
        }
        // Caches between must not give one visitor's to another; these are what tells them apart.
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding, accept-language, cookie"));
        let tag = BASE64_URL_SAFE_NO_PAD.encode(&Sha256::digest(&body)[..12]);
        Page { headers, body, brotli: OnceLock::new(), gzip: OnceLock::new(), tag }
    }

    /// The answer to a request with these headers: the page as its sender can read it, or that what
    /// its sender has is still right.
    pub fn answer(&self, asked: &HeaderMap) -> Response {
        let encoding = Encoding::of(asked);
        let mut response = Response::new(Body::empty());
        *response.headers_mut() = self.headers.clone();
        let known = Encoding::ALL.into_iter().find(|encoding| has(asked, &self.tag(*encoding)));
        if let Ok(tag) = HeaderValue::from_str(&self.tag(known.unwrap_or(encoding))) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        if known.is_some() {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            response.headers_mut().remove(header::CONTENT_TYPE);
            return response;
        }
        if let Some(name) = encoding.name() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        *response.body_mut() = Body::from(self.encoded(encoding).clone());
        response
    }

    /// The bytes of an answer to these headers.
    pub fn body_for(&self, asked: &HeaderMap) -> Bytes {
        self.encoded(Encoding::of(asked)).clone()
    }

    fn encoded(&self, encoding: Encoding) -> &Bytes {
        match encoding {
            Encoding::Identity => &self.body,
            Encoding::Brotli => self.brotli.get_or_init(|| encoding.encode(&self.body)),
            Encoding::Gzip => self.gzip.get_or_init(|| encoding.encode(&self.body)),
        }
    }

    /// Strong, so each encoding has its own (RFC 9110, 8.8.3.3).
    fn tag(&self, encoding: Encoding) -> String {
        match encoding.name() {
            Some(name) => format!("\"{}-{name}\"", self.tag),
            None => format!("\"{}\"", self.tag),
        }
    }

    /// The bytes it may come to take: compressed, a page is less than half as large.
    fn size(&self, key: &Key) -> usize {
        2 * (self.body.len() + key.path.len() + key.origin.len()) + 1024
    }
}

/// Does `If-None-Match` name this tag? It compares weakly (RFC 9110, 13.1.2); `*` asks for nothing
/// that a browser does.
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let lists = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|one| {
        let one = one.trim();
        one.strip_prefix("W/").unwrap_or(one) == tag
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    fn key(path: &str) -> Key {
        Key { path: path.into(), locale: Locale::Ro, origin: String::new(), count: 0, besides: 0 }
    }

    fn page(size: usize) -> Page {
        Page::new(HeaderMap::new(), Bytes::from(vec![b'x'; size]))
    }

    async fn ask(cache: &PageCache, face: u64, path: &str, size: usize) -> bool {
        let made = AtomicUsize::new(0);
        let render = || {
            made.fetch_add(1, Ordering::Relaxed);
            async { Ok(page(size)) }
        };
        assert_eq!(cache.page(face, key(path), render).await.unwrap().body.len(), size);
        made.into_inner() == 1
    }

    #[test]
    fn only_pages_that_are_known_to_be_the_same_are_kept() {
        let kept = |address: &str| same_for_all(&address.parse().unwrap()).is_some();
        for address in
            ["/", "/products", "/products?", "/products?q=&sort=name&page=2", "/products/paine", "/contact"]
        {
            assert!(kept(address), "{address}");
        }
        for address in [
            "/cart",
            "/orders",
            "/admin",
            "/products/",
            "/products/a/b",
            "/products?x=1",
            "/?q=1",
            "//",
            "/products?q=a&%71=b",
        ] {
            assert!(!kept(address), "{address}");
        }
        assert!(!kept(&format!("/products?q={}", "x".repeat(LONGEST))));
    }

    #[tokio::test]
    async fn a_page_is_made_once_until_the_catalogue_looks_different() {
        let cache = PageCache::default();
        assert!(ask(&cache, 1, "/ro", 10).await);
        assert!(!ask(&cache, 1, "/ro", 10).await);
        assert!(ask(&cache, 2, "/ro", 20).await);
        assert!(!ask(&cache, 2, "/ro", 20).await);
        assert!(ask(&cache, 1, "/ro", 30).await, "who comes late makes a page for themselves");
        assert!(!ask(&cache, 2, "/ro", 20).await);
        assert_eq!(cache.size().0, 1);
    }

    #[tokio::test]
    async fn what_was_not_asked_for_the_longest_goes_first() {
        let cache = PageCache::default();
        let size = ROOM / 8;
        for path in ["/1", "/2", "/3"] {
            assert!(ask(&cache, 1, path, size).await);
        }
        assert!(!ask(&cache, 1, "/1", size).await);
        assert!(ask(&cache, 1, "/4", size).await);
        assert!(cache.size().1 <= ROOM);
        assert!(!ask(&cache, 1, "/1", size).await);
        assert!(ask(&cache, 1, "/2", size).await);
    }

    #[tokio::test]
    async fn what_is_no_page_is_not_kept() {
        let cache = PageCache::default();
        for _ in 0..2 {
            let refused = cache.page(1, key("/ro"), || async { Err(Box::new(Response::default())) }).await;
            assert!(refused.is_err());
            assert_eq!(cache.size(), (0, 0));
        }
    }

    #[tokio::test]
    async fn of_many_who_ask_at_once_one_makes_the_page() {
        let (cache, made) = (PageCache::default(), AtomicUsize::new(0));
        let ask = || {
            cache.page(1, key("/ro"), || async {
                made.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok(page(1))
            })
        };
        let all = futures::future::join_all((0..20).map(|_| ask())).await;
        assert!(all.iter().all(Result::is_ok));
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn every_encoding_has_its_tag_and_each_is_known_again() {
        let page = page(1000);
        let ask = |name, value: &str| {
            let asked = HeaderMap::from_iter([(name, HeaderValue::from_str(value).unwrap())]);
            page.answer(&asked)
        };
        let mut tags = Vec::new();
        for accepted in ["identity", "gzip", "gzip, br"] {
            let tag = ask(header::ACCEPT_ENCODING, accepted).headers()[header::ETAG].clone();
            let tag = tag.to_str().unwrap().to_owned();
            for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}")] {
                assert_eq!(ask(header::IF_NONE_MATCH, &known).status(), StatusCode::NOT_MODIFIED);
            }
            assert!(!tags.contains(&tag));
            tags.push(tag);
        }
        assert_eq!(ask(header::IF_NONE_MATCH, "\"other\"").status(), StatusCode::OK);
    }
}
