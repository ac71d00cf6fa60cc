//! Products as a table. It comes in and goes out by `server/http/desk_files.rs`.

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{error::AppError, product::sheet::Check},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// What an import of a table that was sent would do, or nothing where none was.
#[server(prefix = "/fn", endpoint = "admin/products/sheet/check", input = GetUrl)]
pub async fn check_sheet(
    #[server(default)] sheet: Option<String>,
) -> Result<Signed<Option<Check>>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let data = match sheet {
        Some(sheet) => here.shop.check_sheet(&sheet, here.visitor.locale).await?,
        None => None,
    };
    Ok(Signed { admin, data })
}

/// Does what the check showed.
#[server(prefix = "/fn", endpoint = "admin/products/sheet/import")]
pub async fn import_sheet(
    #[server(default)] sheet: String,
    #[server(default)] outcome: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.admin_form(&csrf).await?;
    here.shop.import_sheet(&sheet, &outcome, here.visitor.locale).await?;
    Ok(here.next("/admin/products?sort=changed&saved=1"))
}
