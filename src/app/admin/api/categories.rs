//! The producer's work on categories.
// The fields of a form; the macro repeats them where an attribute on the function does not reach.
#![allow(clippy::too_many_arguments)]

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{category::Category, error::AppError, ids::CategoryId},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// All categories in their order.
#[server(prefix = "/fn", endpoint = "admin/categories/list", input = GetUrl)]
pub async fn load_categories() -> Result<Signed<Vec<Category>>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    Ok(Signed { admin, data: here.shop.all_categories().await? })
}

/// A category to change, or an empty form.
#[server(prefix = "/fn", endpoint = "admin/categories/view", input = GetUrl)]
pub async fn load_category(
    #[server(default)] id: Option<String>,
) -> Result<Signed<Option<Category>>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let data = match id {
        Some(id) => Some(here.shop.category_by_id(&id).await?),
        None => None,
    };
    Ok(Signed { admin, data })
}

/// Stores a category: a new one, or the one with this id.
#[server(prefix = "/fn", endpoint = "admin/categories/save")]
pub async fn save_category(
    #[server(default)] id: Option<CategoryId>,
    #[server(default)] name: String,
    #[server(default)] description: String,
    #[server(default)] name_en: String,
    #[server(default)] description_en: String,
    #[server(default)] display_order: String,
    #[server(default)] active: Option<String>,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::category::CategoryForm;
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    let active = active.is_some();
    let form = CategoryForm { name, description, name_en, description_en, display_order, active };
    match id {
        Some(id) => here.shop.update_category(&id, &form).await?,
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
