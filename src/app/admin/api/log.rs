//! What admins did: for owners.

use super::Signed;
use crate::model::{audit::AuditEntry, error::AppError, page::Page};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// What the page of the log shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Log {
    /// One page of it, the newest first.
    pub entries: Page<AuditEntry>,
    /// The names of all admins of now, to choose from.
    pub admins: Vec<String>,
}

/// One page of the log. What is empty, or no day, is no filter.
#[server(prefix = "/fn", endpoint = "admin/log/list", input = GetUrl)]
pub async fn load_log(
    #[server(default)] admin: String,
    #[server(default)] action: String,
    #[server(default)] day: String,
    #[server(default)] page: String,
) -> Result<Signed<Log>, AppError> {
    use crate::server::service::audit::AuditRequest;
    let here = crate::server::context::Here::get()?;
    let login = here.owner().await?;
    let entries = here.shop.audit_log(&AuditRequest { admin, area: action, day, page }).await?;
    let admins = here.shop.admin_rows(&login).await?.into_iter().map(|row| row.username).collect();
    Ok(Signed { admin: login.admin, data: Log { entries, admins } })
}
