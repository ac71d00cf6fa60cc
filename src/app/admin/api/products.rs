//! The producer's work on products.
// The fields of a form; the macro repeats them where an attribute on the function does not reach.
#![allow(clippy::too_many_arguments)]

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{category::Category, error::AppError, ids::ProductId, page::Page, product::Product},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the list of products shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProductList {
    /// One page.
    pub products: Page<Product>,
    /// How many products on sale are running out, on any page.
    pub low: u64,
    /// All shelves, shown or hidden.
    pub categories: Vec<Category>,
}

/// What the form of a product shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProductDetails {
    /// The product; none for a new one.
    pub product: Option<Product>,
    /// All shelves, shown or hidden.
    pub categories: Vec<Category>,
}

/// One page of all products. What is no way to filter or to sort is none.
#[server(prefix = "/fn", endpoint = "admin/products/list", input = GetUrl)]
pub async fn load_products(
    #[server(default)] category: Option<String>,
    #[server(default)] q: Option<String>,
    #[server(default)] standing: String,
    #[server(default)] sort: String,
    #[server(default)] page: Option<String>,
) -> Result<Signed<ProductList>, AppError> {
    use crate::server::{
        context::Here,
        service::catalog::{CatalogRequest, Shelf, ShelfRequest},
    };
    let here = Here::get()?;
    let admin = here.admin().await?.admin;
    let list = CatalogRequest { category, q, page, ..Default::default() };
    let request = ShelfRequest { list, standing, sort };
    let Shelf { products, low } = here.shop.shelf(&request, here.visitor.locale).await?;
    let categories = here.shop.all_categories().await?;
    Ok(Signed { admin, data: ProductList { products, low, categories } })
}

/// A product to change, or an empty form.
#[server(prefix = "/fn", endpoint = "admin/products/view", input = GetUrl)]
pub async fn load_product(#[server(default)] id: Option<String>) -> Result<Signed<ProductDetails>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let product = match id {
        Some(id) => Some(here.shop.any_product(&id).await?),
        None => None,
    };
    Ok(Signed { admin, data: ProductDetails { product, categories: here.shop.all_categories().await? } })
}

/// Stores a product: a new one, or the one with this id if it still is as the form showed it.
#[server(prefix = "/fn", endpoint = "admin/products/save")]
pub async fn save_product(
    #[server(default)] id: Option<ProductId>,
    #[server(default)] version: Option<i64>,
    #[server(default)] shown_stock: Option<u32>,
    #[server(default)] name: String,
    #[server(default)] description: String,
    #[server(default)] name_en: String,
    #[server(default)] description_en: String,
    #[server(default)] price: String,
    #[server(default)] category_id: String,
    #[server(default)] stock_quantity: String,
    #[server(default)] low_stock_at: String,
    #[server(default)] active: Option<String>,
    #[server(default)] featured: Option<String>,
    #[server(default)] net_amount: String,
    #[server(default)] net_unit: String,
    #[server(default)] ingredients: String,
    #[server(default)] ingredients_en: String,
    #[server(default)] allergens_declared: Option<String>,
    #[server(default)] allergens: BTreeMap<String, String>,
    #[server(default)] vat_rate: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{
        food::FoodForm,
        product::{ProductForm, Shown},
        time::Timestamp,
    };
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    let (active, featured) = (active.is_some(), featured.is_some());
    let food = FoodForm {
        net_amount,
        net_unit,
        ingredients,
        ingredients_en,
        allergens_declared: allergens_declared.is_some(),
        allergens,
        vat_rate,
    };
    let form = ProductForm {
        name,
        description,
        name_en,
        description_en,
        price,
        category_id,
        stock_quantity,
        low_stock_at,
        active,
        featured,
        food,
    };
    let Some(id) = id else {
        // Its pictures come next.
        let product = here.shop.create_product(&form).await?;
        return Ok(here.next(&format!("/admin/products/{}?saved=1", product.id)));
    };
    let shown = Shown { version: version.map(Timestamp), stock: shown_stock };
    here.shop.edit_product(&id, &form, shown).await?;
    Ok(here.next("/admin/products?saved=1"))
}

/// Puts a product on sale or takes it off, and goes back to its row.
#[server(prefix = "/fn", endpoint = "admin/products/active")]
pub async fn set_product_active(
    product_id: ProductId,
    active: bool,
    #[server(default)] next: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::app::admin::way::at_row;
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.set_product_active(&product_id, active).await?;
    Ok(here.next(&at_row(&next, "/admin/products", product_id.as_str())))
}

/// Changes price and stock in a row of the list, and goes back to it.
#[server(prefix = "/fn", endpoint = "admin/products/inline")]
pub async fn edit_inline(
    product_id: ProductId,
    #[server(default)] version: Option<i64>,
    #[server(default)] shown_stock: Option<u32>,
    #[server(default)] price: String,
    #[server(default)] stock_quantity: String,
    #[server(default)] next: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::{
        app::admin::way::{at_row, saved},
        model::{
            product::{InlineForm, Shown},
            time::Timestamp,
        },
    };
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    let shown = Shown { version: version.map(Timestamp), stock: shown_stock };
    here.shop.edit_inline(&product_id, &InlineForm { price, stock_quantity }, shown).await?;
    Ok(here.next(&at_row(&saved(&next), "/admin/products", product_id.as_str())))
}

/// Changes all ticked rows of the list, and goes back to it.
#[server(prefix = "/fn", endpoint = "admin/products/bulk")]
pub async fn change_many(
    #[server(default)] change: String,
    #[server(default)] category_id: String,
    #[server(default)] value: String,
    #[server(default)] picked: BTreeMap<String, String>,
    #[server(default)] next: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::{
        app::admin::way::{at_row, saved},
        model::product::BulkForm,
    };
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.change_many(&BulkForm { change, category_id, value, picked }).await?;
    Ok(here.next(&at_row(&saved(&next), "/admin/products", "main")))
}
