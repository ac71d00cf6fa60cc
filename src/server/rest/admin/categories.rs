//! `/api/admin/categories`

use crate::{
    model::{
        category::{Category, CategoryForm},
        error::Missing,
        ids::{CategoryId, Slug},
    },
    server::{
        rest::{
            auth::Done,
            body::{FromFields, Json},
            caller::{At, id},
            envelope::{Failure, Success},
            fields::{Fields, Whole},
            producer::Producer,
            refusal::Refusal,
        },
        state::AppState,
    },
};
use axum::response::Response;
use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// The routes.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, change, delete))
}

/// A category as the producer sees it: both languages.
#[derive(Serialize, ToSchema)]
#[schema(as = AdminCategory)]
struct CategoryJson {
    id: CategoryId,
    slug: Slug,
    name: String,
    description: String,
    name_en: Option<String>,
    description_en: Option<String>,
    display_order: i32,
    active: bool,
}

impl From<Category> for CategoryJson {
    fn from(category: Category) -> CategoryJson {
        CategoryJson {
            id: category.id,
            slug: category.slug,
            name: category.text.name,
            description: category.text.description,
            name_en: category.text.name_en,
            description_en: category.text.description_en,
            display_order: category.display_order,
            active: category.active,
        }
    }
}

/// A category as the producer wants it.
#[derive(ToSchema)]
#[allow(dead_code)] // What the document says of the body; it is read into the form of the category.
struct CategoryRequest {
    /// In Romanian; no two categories have the same.
    #[schema(min_length = 1, max_length = 100, example = "Cozonaci")]
    name: String,
    #[schema(max_length = 500)]
    description: Option<String>,
    #[schema(max_length = 100, example = "Sweet breads")]
    name_en: Option<String>,
    #[schema(max_length = 500)]
    description_en: Option<String>,
    /// 0 unless given.
    #[schema(minimum = -10_000, maximum = 10_000)]
    display_order: Option<i32>,
    /// On show? Unless given: a new category is, another stays as it is.
    active: Option<bool>,
}

struct Wanted {
    form: CategoryForm,
    active: Option<bool>,
}

impl FromFields for Wanted {
    fn from_fields(fields: &mut Fields<'_>) -> Option<Wanted> {
        let order = fields.optional("display_order").map(|Whole(order)| order.to_string());
        let form = CategoryForm {
            name: fields.text("name"),
            description: fields.text("description"),
            name_en: fields.text("name_en"),
            description_en: fields.text("description_en"),
            display_order: order.unwrap_or_else(|| "0".to_owned()),
            ..CategoryForm::default()
        };
        let active = fields.optional("active");
        fields.also_of(form.parse());
        Some(Wanted { form, active })
    }
}

/// All categories, on show or not
#[utoipa::path(
    get, path = "/admin/categories", tag = "Admin", operation_id = "list_all_categories",
    security(("admin" = [])),
    responses((status = 200, description = "In their order.", body = Success<Vec<CategoryJson>>))
)]
async fn list(producer: Producer) -> Result<Response, Refusal> {
    let all = producer.caller.shop.all_categories().await?;
    Ok(producer.answer(StatusCode::OK, all.into_iter().map(CategoryJson::from).collect::<Vec<_>>()))
}

/// Add a category
#[utoipa::path(
    post, path = "/admin/categories", tag = "Admin", operation_id = "create_category",
    security(("admin" = [], "csrf" = [])), request_body = CategoryRequest,
    responses(
        (status = 201, description = "The category.", body = Success<CategoryJson>),
        (status = 409, description = "The name is taken.", body = Failure)
    )
)]
async fn create(producer: Producer, Json(wanted): Json<Wanted>) -> Result<Response, Refusal> {
    let form = CategoryForm { active: wanted.active.unwrap_or(true), ..wanted.form };
    let category = producer.caller.shop.create_category(&form).await?;
    Ok(producer.answer(StatusCode::CREATED, CategoryJson::from(category)))
}

/// A category, on show or not
#[utoipa::path(
    get, path = "/admin/categories/{id}", tag = "Admin", operation_id = "show_any_category",
    security(("admin" = [])), params(("id" = CategoryId, Path, description = "The category's id.")),
    responses((status = 200, description = "The category.", body = Success<CategoryJson>))
)]
async fn show(producer: Producer, At(category): At<String>) -> Result<Response, Refusal> {
    let category = producer.caller.shop.category_by_id(&category).await?;
    Ok(producer.answer(StatusCode::OK, CategoryJson::from(category)))
}

/// Change a category
///
/// All fields are replaced; a text that is left out becomes empty.
#[utoipa::path(
    put, path = "/admin/categories/{id}", tag = "Admin", operation_id = "change_category",
    security(("admin" = [], "csrf" = [])), params(("id" = CategoryId, Path, description = "The category's id.")),
    request_body = CategoryRequest,
    responses(
        (status = 200, description = "The category.", body = Success<CategoryJson>),
        (status = 409, description = "The name is taken.", body = Failure)
    )
)]
async fn change(
    producer: Producer,
    At(category): At<String>,
    Json(wanted): Json<Wanted>,
) -> Result<Response, Refusal> {
    let shop = &producer.caller.shop;
    let now = shop.category_by_id(&category).await?;
    let form = CategoryForm { active: wanted.active.unwrap_or(now.active), ..wanted.form };
    let changed = shop.update_category(&now.id, &form).await?;
    Ok(producer.answer(StatusCode::OK, CategoryJson::from(changed)))
}

/// Delete a category that has no products
#[utoipa::path(
    delete, path = "/admin/categories/{id}", tag = "Admin", operation_id = "delete_category",
    security(("admin" = [], "csrf" = [])), params(("id" = CategoryId, Path, description = "The category's id.")),
    responses(
        (status = 200, description = "Deleted.", body = Success<Done>),
        (status = 409, description = "It still has products.", body = Failure)
    )
)]
async fn delete(producer: Producer, At(category): At<String>) -> Result<Response, Refusal> {
    let category = id::<CategoryId>(category, Missing::Category)?;
    producer.caller.shop.delete_category(&category).await?;
    Ok(producer.answer(StatusCode::OK, Done {}))
}
