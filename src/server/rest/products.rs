//! `/api/products`

use super::{
    caller::{At, Caller},
    envelope::success,
    money::Decimal,
    refusal::Refusal,
};
use crate::{
    model::{
        error::AppError,
        field::{FieldError, FieldErrors},
        ids::{CategoryId, ProductId, Slug},
        locale::Locale,
        product::Product,
    },
    server::{clock::rfc3339, service::catalog::CatalogRequest, state::AppState},
};
use axum::{Router, extract::RawQuery, response::Response, routing::get};
use http::StatusCode;
use serde::Serialize;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/products", get(list)).route("/products/{name}", get(show))
}

/// A product as the API writes it.
#[derive(Serialize)]
pub struct ProductJson {
    id: ProductId,
    slug: Slug,
    name: String,
    description: String,
    price: Decimal,
    category_id: CategoryId,
    images: Vec<String>,
    stock_quantity: u32,
    active: bool,
    featured: bool,
    updated_at: String,
}

impl ProductJson {
    /// In the visitor's language.
    pub fn of(product: Product, l: Locale) -> ProductJson {
        ProductJson {
            name: product.name(l).to_owned(),
            description: product.text.description(l).to_owned(),
            id: product.id,
            slug: product.slug,
            price: Decimal(product.price),
            category_id: product.category_id,
            images: product.images,
            stock_quantity: product.stock,
            active: product.active,
            featured: product.featured,
            updated_at: rfc3339(product.updated_at),
        }
    }
}

async fn list(caller: Caller, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let request = read(query.as_deref().unwrap_or_default())?;
    let page = caller.shop.products(&request, caller.locale()).await?;
    Ok(success(StatusCode::OK, page.map(|product| ProductJson::of(product, caller.locale()))))
}

async fn show(caller: Caller, At(name): At<String>) -> Result<Response, Refusal> {
    let product = caller.shop.product(&name).await?;
    Ok(success(StatusCode::OK, ProductJson::of(product, caller.locale())))
}

/// The address's query. A name that does not exist is refused, so that a misspelt filter does not
/// quietly show everything; so is a name that comes twice.
pub(crate) fn read(query: &str) -> Result<CatalogRequest, AppError> {
    let malformed = |_| AppError::field("query", FieldError::Format);
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).map_err(malformed)?;
    let mut request = CatalogRequest::default();
    let mut errors = FieldErrors::default();
    for (name, value) in pairs {
        let place = match name.as_str() {
            "category" => &mut request.category,
            "q" => &mut request.q,
            "featured" => &mut request.featured,
            "sort" => &mut request.sort,
            "page" => &mut request.page,
            "per_page" => &mut request.per_page,
            _ => return Err(AppError::field(unknown_name(&name), FieldError::Unknown)),
        };
        if place.replace(value).is_some() {
            errors.0.insert(name, vec![FieldError::Format]);
        }
    }
    if errors.is_empty() { Ok(request) } else { Err(AppError::Fields { errors }) }
}

/// An answer does not repeat whatever an address holds.
fn unknown_name(name: &str) -> &str {
    if name.len() <= super::fields::LONGEST_NAME { name } else { "query" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn wrong(query: &str) -> Vec<(String, FieldError)> {
        let Err(AppError::Fields { errors }) = read(query) else { return Vec::new() };
        errors.0.into_iter().map(|(field, mut errors)| (field, errors.remove(0))).collect()
    }

    #[test]
    fn only_what_exists_once_is_read() {
        let request = read("q=p%C3%A2ine+alb%C4%83&page=2&category=").unwrap();
        assert_eq!((request.q.as_deref(), request.page.as_deref()), (Some("pâine albă"), Some("2")));
        assert_eq!(wrong("category[$ne]=x"), [("category[$ne]".into(), FieldError::Unknown)]);
        assert_eq!(wrong("page=1&page=2"), [("page".into(), FieldError::Format)]);
        assert_eq!(wrong(&"x".repeat(65)), [("query".into(), FieldError::Unknown)]);
    }

    proptest! {
        #[test]
        fn any_query_is_an_answer(query in strange::nearly("((q|page|sort|x)=[a-z%0-9+]{0,5}&?){0,4}")) {
            if let Err(error) = read(&query) {
                let AppError::Fields { errors } = error else { panic!("{error}") };
                prop_assert!(errors.0.keys().all(|name| name.len() <= 64));
            }
        }

        #[test]
        fn each_name_once_in_any_order_is_read(
            pairs in proptest::sample::subsequence(vec!["category", "q", "featured", "sort", "page", "per_page"], 0..=6)
                .prop_shuffle(),
            value in strange::text(20),
        ) {
            let query: Vec<String> =
                pairs.iter().map(|name| format!("{name}={}", crate::app::forms::escape(&value))).collect();
            let r = read(&query.join("&")).unwrap();
            let read = [r.category, r.q, r.featured, r.sort, r.page, r.per_page];
            prop_assert_eq!(read.iter().flatten().count(), pairs.len());
            prop_assert!(read.iter().flatten().all(|read| *read == value));
        }
    }
}
