//! `/api/categories`

use super::{caller::Caller, envelope::success, refusal::Refusal};
use crate::{
    model::{
        category::Category,
        ids::{CategoryId, Slug},
        locale::Locale,
    },
    server::state::AppState,
};
use axum::{Router, response::Response, routing::get};
use http::StatusCode;
use serde::Serialize;

/// The routes.
pub fn router() -> Router<AppState> {
    Router::new().route("/categories", get(list))
}

/// A category as the API writes it.
#[derive(Serialize)]
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

async fn list(caller: Caller) -> Result<Response, Refusal> {
    let shelves = caller.shop.categories().await?;
    let of = |category| CategoryJson::of(category, caller.locale());
    Ok(success(StatusCode::OK, shelves.into_iter().map(of).collect::<Vec<_>>()))
}
