//! Logging in and out.

use crate::{
    app::shop::api::Next,
    model::{error::AppError, session::Admin},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// Who has logged in.
#[server(prefix = "/fn", endpoint = "admin/me", input = GetUrl)]
pub async fn load_me() -> Result<Admin, AppError> {
    Ok(crate::server::context::Here::get()?.admin().await?.admin)
}

/// Begins a login, and goes on to the page that was asked for.
#[server(prefix = "/fn", endpoint = "admin/login")]
pub async fn log_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.shop.log_in(&username, &password, &here.visitor.address).await?;
    if let Some(token) = login.token {
        here.keep_admin(token);
    }
    Ok(here.next(crate::app::admin::way::after_login(&next)))
}

/// Ends the login.
#[server(prefix = "/fn", endpoint = "admin/logout")]
pub async fn log_out(#[server(default)] csrf: String) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    here.shop.log_out(&login).await?;
    here.forget_admin();
    Ok(here.next("/admin/login"))
}
