//! One's own account.

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{account::Account, error::AppError},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// One's own account.
#[server(prefix = "/fn", endpoint = "admin/account/view", input = GetUrl)]
pub async fn load_account() -> Result<Signed<Account>, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.admin().await?;
    let data = here.shop.account(&login).await?;
    Ok(Signed { admin: login.admin, data })
}

/// Sets another password; all other logins end.
#[server(prefix = "/fn", endpoint = "admin/account/password")]
pub async fn change_password(
    #[server(default)] old: String,
    #[server(default)] password: String,
    #[server(default)] again: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::account::NewPassword;
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    let new = NewPassword { password, again };
    let renewed = here.shop.change_own_password(&login, &old, &new, &here.visitor.address).await?;
    renewed.token.into_iter().for_each(|token| here.keep_admin(token));
    Ok(here.next("/admin/account?saved=password"))
}

/// Begins to set up a second factor.
#[server(prefix = "/fn", endpoint = "admin/account/factor/begin")]
pub async fn begin_factor(
    #[server(default)] current: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    here.shop.begin_factor(&login, &current, &here.visitor.address).await?;
    Ok(here.next("/admin/account#factor"))
}

/// Makes it count, with its first code.
#[server(prefix = "/fn", endpoint = "admin/account/factor/confirm")]
pub async fn confirm_factor(
    #[server(default)] code: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    let renewed = here.shop.confirm_factor(&login, &code).await?;
    renewed.token.into_iter().for_each(|token| here.keep_admin(token));
    Ok(here.next("/admin/account?saved=factor"))
}

/// Takes it off.
#[server(prefix = "/fn", endpoint = "admin/account/factor/off")]
pub async fn drop_factor(
    #[server(default)] current: String,
    #[server(default)] code: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    here.shop.drop_factor(&login, &current, &code, &here.visitor.address).await?;
    Ok(here.next("/admin/account?saved=off"))
}
