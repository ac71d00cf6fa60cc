//! The language in the address: `/en/cart` is the page `/cart` in English, `/ro/produse` the page
//! `/products` in Romanian. It is taken off before routing, so that there is one set of routes.

use crate::{
    model::{locale::Locale, words},
    server::visitor::{AddressLocale, FullPath},
};
use http::{Request, Uri, uri::PathAndQuery};

/// Takes the language off the address and notes it in the request.
pub fn strip<B>(mut request: Request<B>) -> Request<B> {
    let full = request.uri().path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
    if let Some((locale, rest)) = split(&full)
        && let Some(uri) = with_path(request.uri(), &rest)
    {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(AddressLocale(locale));
    }
    request.extensions_mut().insert(FullPath(full));
    request
}

/// `/en/cart?x` is English and `/cart?x`.
fn split(path: &str) -> Option<(Locale, String)> {
    let rest = path.strip_prefix('/')?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let locale = Locale::from_tag(&rest[..end])?;
    let rest = &rest[end..];
    let path = if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") };
    Some((locale, words::meant(locale, &path).into_owned()))
}

/// The language that a path names.
pub fn of_path(path: &str) -> Option<Locale> {
    split(path).map(|(locale, _)| locale)
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(path.parse().ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn only_a_whole_segment_is_a_language() {
        assert_eq!(split("/en/cart?a=1"), Some((Locale::En, "/cart?a=1".into())));
        assert_eq!(split("/ro"), Some((Locale::Ro, "/".into())));
        assert_eq!(split("/ro?x=1"), Some((Locale::Ro, "/?x=1".into())));
        assert_eq!(split("/ro/produse/paine"), Some((Locale::Ro, "/products/paine".into())));
        assert_eq!(split("/english"), None);
        assert_eq!(split("/"), None);
    }

    #[test]
    fn the_request_is_rewritten() {
        let request = strip(Request::builder().uri("/en/products?q=a").body(()).unwrap());
        assert_eq!(request.uri(), "/products?q=a");
        assert_eq!(request.extensions().get::<FullPath>().unwrap().0, "/en/products?q=a");
    }

    proptest! {
        #[test]
        fn only_the_language_is_taken_off(path in strange::nearly("/(ro|en|de|roman)?/{0,2}[a-z]{0,6}(\\?[a-z=/]{0,8})?")) {
            match split(&path) {
                Some((l, rest)) => {
                    prop_assert!(rest.starts_with('/'));
                    let tail = path.strip_prefix('/').and_then(|path| path.strip_prefix(l.tag()));
                    prop_assert!(tail == Some(&rest) || tail == rest.strip_prefix('/'), "{:?}", path);
                }
                None => {
                    let languages = Locale::ALL.map(|l| format!("/{}", l.tag()));
                    prop_assert!(!languages.contains(&path));
                }
            }
        }

        #[test]
        fn the_page_is_the_same_in_every_language(rest in "/[a-z/]{0,10}(\\?[a-z0-9=%&]{0,10})?") {
            prop_assume!(split(&rest).is_none());
            for l in Locale::ALL {
                let request = strip(Request::builder().uri(format!("/{}{rest}", l.tag())).body(()).unwrap());
                prop_assert_eq!(request.uri().to_string(), rest.clone());
                prop_assert_eq!(request.extensions().get::<AddressLocale>().map(|named| named.0), Some(l));
            }
        }
    }
}
