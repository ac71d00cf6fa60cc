//! What went wrong on the server: for owners.

use super::Signed;
use crate::model::{error::AppError, fault::Faults};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// What went wrong lately.
#[server(prefix = "/fn", endpoint = "admin/errors/list", input = GetUrl)]
pub async fn load_faults() -> Result<Signed<Faults>, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.owner().await?;
    Ok(Signed { admin: login.admin, data: here.shop.fault_report().await? })
}
