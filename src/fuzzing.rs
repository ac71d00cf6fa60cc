//! Doors for the fuzz targets in `fuzz/` to parsers that nothing outside may call. Only cargo-fuzz
//! compiles this.

use crate::{
    model::{error::AppError, locale::Locale, product::ProductQuery},
    server::{http::forms, rest::products, service::catalog, store::orders::search},
};
use http::{HeaderValue, Request, header};
use mongodb::bson::{Bson, Document};

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

/// The patterns by which a search of the producer's looks for orders.
pub fn order_search(typed: &str) -> Vec<String> {
    patterns(&search::terms(typed))
}

/// Every pattern in a query, however deep.
fn patterns(query: &Document) -> Vec<String> {
    let of_value = |(name, value): (&String, &Bson)| match value {
        Bson::String(pattern) if name == "$regex" => vec![pattern.clone()],
        Bson::Document(inner) => patterns(inner),
        Bson::Array(list) => list.iter().filter_map(Bson::as_document).flat_map(patterns).collect(),
        _ => Vec::new(),
    };
    query.iter().flat_map(of_value).collect()
}
