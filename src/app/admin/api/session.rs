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
    use crate::server::{service::login::Entered, visitor::Step};
    let here = crate::server::context::Here::get()?;
    match here.shop.enter(&username, &password, &here.visitor.address).await? {
        Entered::In(login) => {
            login.token.into_iter().for_each(|token| here.keep_admin(token));
            Ok(here.next(crate::app::admin::way::after_login(&next)))
        }
        Entered::Code(token) => {
            here.keep_step(&Step::Code(token));
            Ok(here.next(&format!("/admin/login/code?next={}", crate::app::forms::escape(&next))))
        }
    }
}

/// Is a login waiting for its code?
#[server(prefix = "/fn", endpoint = "admin/login/step", input = GetUrl)]
pub async fn load_step() -> Result<bool, AppError> {
    let here = crate::server::context::Here::get()?;
    here.shop.awaits_code(here.code_step()).await
}

/// Finishes a login with the code that follows the password.
#[server(prefix = "/fn", endpoint = "admin/login/code")]
pub async fn enter_code(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.shop.enter_code(here.code_step(), &code).await?;
    login.token.into_iter().for_each(|token| here.keep_admin(token));
    here.forget_step();
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
