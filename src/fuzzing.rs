//! Doors for the fuzz targets in `fuzz/` to parsers that nothing outside may call. Only cargo-fuzz
//! compiles this.

use crate::{
    model::{error::AppError, locale::Locale, product::ProductQuery},
    server::{http::forms, rest::products, service::catalog, store::orders::filter::search_terms},
};
use http::{HeaderValue, Request, header};

/// The page that a form sent to this address, from a page with this address, leads back to.
pub fn form_page(uri: &str, referrer: &[u8]) -> Option<String> {
    let mut request = Request::post(uri).body(()).ok()?;
    if let Ok(referrer) = HeaderValue::from_bytes(referrer) {
        request.headers_mut().insert(header::REFERER, referrer);
    }
    forms::page_of(request.uri(), request.headers())
}

/// The products that a query of the JSON API asks for.
///
/// # Errors
/// Field errors.
pub fn rest_query(query: &str) -> Result<ProductQuery, AppError> {
    catalog::parse(&products::read(query)?, Locale::Ro)
}

/// The patterns by which a search of the producer's looks for names and for phones.
pub fn order_search(search: &str) -> (String, Option<String>) {
    let terms = search_terms(search);
    let pattern = |field: &str| {
        let term = terms.iter().find_map(|term| term.get_document(field).ok())?;
        term.get_str("$regex").ok().map(str::to_owned)
    };
    (pattern("customer_name").unwrap_or_default(), pattern("customer_phone"))
}
