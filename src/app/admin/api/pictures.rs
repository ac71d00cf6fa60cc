//! The producer's work on the pictures of a product. Files come in by `server/http/desk_files.rs`.

use crate::{
    app::shop::api::Next,
    model::{error::AppError, ids::ProductId},
};
use leptos::prelude::*;

/// Puts the pictures in another order, named by the last parts of their addresses.
#[server(prefix = "/fn", endpoint = "admin/products/pictures/order")]
pub async fn order_pictures(
    product_id: ProductId,
    #[server(default)] shown: String,
    #[server(default)] order: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.order_pictures(&product_id, &shown, &order).await?;
    Ok(here.next(&format!("/admin/products/{product_id}#pictures")))
}

/// Takes a picture off.
#[server(prefix = "/fn", endpoint = "admin/products/pictures/remove")]
pub async fn remove_picture(
    product_id: ProductId,
    #[server(default)] picture: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.remove_picture(&product_id, &picture).await?;
    Ok(here.next(&format!("/admin/products/{product_id}#pictures")))
}
