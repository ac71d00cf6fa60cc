//! The producer's work on categories.
// The fields of a form; the macro repeats them where an attribute on the function does not reach.
#![allow(clippy::too_many_arguments)]

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{category::Category, error::AppError, ids::CategoryId},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// All categories in their order.
#[server(prefix = "/fn", endpoint = "admin/categories/list", input = GetUrl)]
pub async fn load_categories() -> Result<Signed<Vec<Category>>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    Ok(Signed { admin, data: here.shop.all_categories().await? })
}

/// What the form of a category shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CategoryDetails {
    /// The category; none for a new one.
    pub category: Option<Category>,
    /// How many products stand on it, on sale or not.
    pub products: u64,
    /// The other categories.
    pub others: Vec<Category>,
}

/// A category to change, or an empty form.
#[server(prefix = "/fn", endpoint = "admin/categories/view", input = GetUrl)]
pub async fn load_category(
    #[server(default)] id: Option<String>,
) -> Result<Signed<CategoryDetails>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let Some(id) = id else {
        let data = CategoryDetails { category: None, products: 0, others: Vec::new() };
        return Ok(Signed { admin, data });
    };
    let category = here.shop.category_by_id(&id).await?;
    let products = here.shop.products_in(&category.id).await?;
    let mut others = here.shop.all_categories().await?;
    others.retain(|other| other.id != category.id);
    Ok(Signed { admin, data: CategoryDetails { category: Some(category), products, others } })
}

/// Stores a category: a new one, or the one with this id if it still is as the form showed it.
#[server(prefix = "/fn", endpoint = "admin/categories/save")]
pub async fn save_category(
    #[server(default)] id: Option<CategoryId>,
    #[server(default)] version: Option<i64>,
    #[server(default)] name: String,
    #[server(default)] description: String,
    #[server(default)] name_en: String,
    #[server(default)] description_en: String,
    #[server(default)] active: Option<String>,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{category::CategoryForm, time::Timestamp};
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    let active = active.is_some();
    let texts = CategoryForm { name, description, name_en, description_en, ..CategoryForm::default() };
    let form = CategoryForm { active, ..texts };
    match id {
        Some(id) => here.shop.edit_category(&id, &form, version.map(Timestamp)).await?,
        None => here.shop.create_category(&form).await?,
    };
    Ok(here.next("/admin/categories?saved=1"))
}

/// Shows or hides a category, and goes back to its row.
#[server(prefix = "/fn", endpoint = "admin/categories/active")]
pub async fn set_category_active(
    category_id: CategoryId,
    active: bool,
    #[server(default)] next: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::app::admin::way::at_row;
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.set_category_active(&category_id, active).await?;
    Ok(here.next(&at_row(&next, "/admin/categories", category_id.as_str())))
}

/// Puts all categories in another order: the ids with commas between, as they were shown and as
/// they are to stand.
#[server(prefix = "/fn", endpoint = "admin/categories/order")]
pub async fn order_categories(
    #[server(default)] shown: String,
    #[server(default)] order: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.order_categories(&shown, &order).await?;
    Ok(here.next("/admin/categories"))
}

/// Deletes a category; its products go to another one.
#[server(prefix = "/fn", endpoint = "admin/categories/delete")]
pub async fn delete_category(
    category_id: CategoryId,
    #[server(default)] to: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::field::FieldError;
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    let to = match to.as_str() {
        "" => None,
        id => Some(CategoryId::parse(id).map_err(|_| AppError::field("category_id", FieldError::Choice))?),
    };
    here.shop.clear_category(&category_id, to.as_ref()).await?;
    Ok(here.next("/admin/categories?saved=1"))
}
