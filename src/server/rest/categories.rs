//! `/api/categories`

use super::{
    caller::Caller,
    envelope::{Success, success},
    refusal::Refusal,
};
use crate::{
    model::{
        category::Category,
        ids::{CategoryId, Slug},
        locale::Locale,
    },
    server::state::AppState,
};
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// A category as the API writes it.
#[derive(Serialize, ToSchema)]
#[schema(as = Category)]
pub struct CategoryJson {
    id: CategoryId,
    slug: Slug,
    name: String,
    description: String,
    display_order: i32,
    active: bool,
}

impl CategoryJson {
    /// In the visitor's language.
    pub fn of(category: Category, l: Locale) -> CategoryJson {
        CategoryJson {
            name: category.name(l).to_owned(),
            description: category.text.description(l).to_owned(),
            id: category.id,
            slug: category.slug,
            display_order: category.display_order,
            active: category.active,
        }
    }
}

/// The shelves of the shop, in their order
#[utoipa::path(
    get, path = "/categories", tag = "Catalogue", operation_id = "list_categories",
    responses((status = 200, description = "All categories on show.", body = Success<Vec<CategoryJson>>))
)]
async fn list(caller: Caller) -> Result<Response, Refusal> {
    let shelves = caller.shop.categories().await?;
    let of = |category| CategoryJson::of(category, caller.locale());
    Ok(success(StatusCode::OK, shelves.into_iter().map(of).collect::<Vec<_>>()))
}
