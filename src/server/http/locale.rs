//! The language in the address: `/en/cart` is the page `/cart` in English. It is taken off before
//! routing, so that there is one set of routes.

use crate::{
    model::locale::Locale,
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
    Some((locale, if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") }))
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

    #[test]
    fn only_a_whole_segment_is_a_language() {
        assert_eq!(split("/en/cart?a=1"), Some((Locale::En, "/cart?a=1".into())));
        assert_eq!(split("/ro"), Some((Locale::Ro, "/".into())));
        assert_eq!(split("/ro?x=1"), Some((Locale::Ro, "/?x=1".into())));
        assert_eq!(split("/english"), None);
        assert_eq!(split("/"), None);
    }

    #[test]
    fn the_request_is_rewritten() {
        let request = strip(Request::builder().uri("/en/products?q=a").body(()).unwrap());
        assert_eq!(request.uri(), "/products?q=a");
        assert_eq!(request.extensions().get::<FullPath>().unwrap().0, "/en/products?q=a");
    }
}
