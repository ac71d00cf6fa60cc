//! `/api/products`

use super::{
    caller::{At, Caller},
    envelope::{Failure, Success, success},
    food_json::{AllergensJson, NetJson, UnitPriceJson, unit_price},
    list::{List, pairs_with_list},
    money::Decimal,
    refusal::Refusal,
    schema::{Moment, Stock},
};
use crate::{
    model::{
        allergen::Allergen,
        error::AppError,
        ids::{CategoryId, ProductId, Slug},
        locale::Locale,
        product::{Product, ProductSort},
        vat::VatRate,
    },
    server::{clock::rfc3339, service::catalog::CatalogRequest, state::AppState},
};
use axum::{extract::RawQuery, response::Response};
use http::StatusCode;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show))
}

/// A product as the API writes it.
#[derive(Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductJson {
    id: ProductId,
    slug: Slug,
    name: String,
    description: String,
    price: Decimal,
    category_id: CategoryId,
    /// Addresses of pictures, the main one first.
    #[schema(max_items = 5, example = json!(["/pictures/placeholder.svg"]))]
    images: Vec<String>,
    #[schema(value_type = Stock)]
    stock_quantity: u32,
    active: bool,
    featured: bool,
    net_content: Option<NetJson>,
    unit_price_per_measure: Option<UnitPriceJson>,
    /// Heaviest first; an allergen stands between stars.
    ingredients: Option<String>,
    allergens: AllergensJson,
    vat_rate: VatRate,
    #[schema(value_type = Moment)]
    updated_at: String,
}

impl ProductJson {
    /// In the visitor's language.
    pub fn of(product: Product, l: Locale) -> ProductJson {
        ProductJson {
            name: product.name(l).to_owned(),
            description: product.text.description(l).to_owned(),
            ingredients: product.food.ingredients(l).map(str::to_owned),
            net_content: product.food.net.map(NetJson::from),
            unit_price_per_measure: unit_price(product.food.net, product.price),
            allergens: product.food.allergens.into(),
            vat_rate: product.food.vat,
            id: product.id,
            slug: product.slug,
            price: Decimal(product.price),
            category_id: product.category_id,
            images: product.images.into_iter().map(|image| image.address).collect(),
            stock_quantity: product.stock,
            active: product.active,
            featured: product.featured,
            updated_at: rfc3339(product.updated_at),
        }
    }
}

/// What a list of products can be asked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code)] // Read pair by pair, so that a misspelt name is refused; here for the document.
pub struct ProductsQuery {
    /// Id or address of a category.
    #[param(max_length = 120, example = "paine")]
    category: Option<String>,
    /// Words, or their beginnings; case and diacritics do not matter.
    #[param(max_length = 80, example = "paine")]
    q: Option<String>,
    /// Only those on the home page, or only the others.
    featured: Option<bool>,
    /// Only products that are declared to hold none of these, not even traces. Several times, or with
    /// commas between.
    #[param(inline)]
    without: Option<Vec<Allergen>>,
    /// `name` unless given.
    #[param(inline)]
    sort: Option<ProductSort>,
    /// From 1.
    #[param(minimum = 1, maximum = 10_000)]
    page: Option<u32>,
    /// 12 unless given.
    #[param(minimum = 1, maximum = 100)]
    per_page: Option<u32>,
}

/// A product on sale
#[utoipa::path(
    get, path = "/products/{name}", tag = "Catalogue", operation_id = "show_product",
    params(("name" = String, Path, description = "Its id, or its name in an address.", example = "paine-cu-maia")),
    responses((status = 200, description = "The product.", body = Success<ProductJson>))
)]
async fn show(caller: Caller, At(name): At<String>) -> Result<Response, Refusal> {
    let product = caller.shop.product(&name).await?;
    Ok(success(StatusCode::OK, ProductJson::of(product, caller.locale())))
}

/// Products on sale, page by page
#[utoipa::path(
    get, path = "/products", tag = "Catalogue", operation_id = "list_products", params(ProductsQuery),
    responses(
        (status = 200, description = "One page.", body = Success<List<ProductJson>>),
        (status = 404, description = "No such category.", body = Failure)
    )
)]
async fn list(caller: Caller, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let request = read(query.as_deref().unwrap_or_default())?;
    let page = caller.shop.products(&request, caller.locale()).await?;
    Ok(success(StatusCode::OK, List::of(page, |product| ProductJson::of(product, caller.locale()))))
}

/// The query of a list of products.
///
/// # Errors
/// Field errors.
pub fn read(query: &str) -> Result<CatalogRequest, AppError> {
    let mut request = CatalogRequest::default();
    pairs_with_list(
        query,
        [
            ("category", &mut request.category),
            ("q", &mut request.q),
            ("featured", &mut request.featured),
            ("sort", &mut request.sort),
            ("page", &mut request.page),
            ("per_page", &mut request.per_page),
        ],
        Some(("without", &mut request.without)),
    )?;
    Ok(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{field::FieldError, strange};
    use proptest::prelude::*;

    fn wrong(query: &str) -> Vec<(String, FieldError)> {
        let Err(AppError::Fields { errors }) = read(query) else { return Vec::new() };
        errors.0.into_iter().map(|(field, mut errors)| (field, errors.remove(0))).collect()
    }

    #[test]
    fn only_what_exists_once_is_read() {
        let request = read("q=p%C3%A2ine+alb%C4%83&page=2&category=").unwrap();
        assert_eq!((request.q.as_deref(), request.page.as_deref()), (Some("pâine albă"), Some("2")));
        let without = |query: &str| read(query).unwrap().without;
        assert_eq!(without("without=gluten&q=x&without=milk").as_deref(), Some("gluten,milk"));
        assert_eq!(without("without=gluten,milk").as_deref(), Some("gluten,milk"));
        assert_eq!(wrong("without[$ne]=x"), [("without[$ne]".into(), FieldError::Unknown)]);
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
