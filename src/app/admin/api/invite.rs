//! Becoming an admin by a link.

use crate::{
    app::shop::api::Next,
    model::{account::Invited, error::AppError},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// What an invitation says.
#[server(prefix = "/fn", endpoint = "admin/invite/view", input = GetUrl)]
pub async fn load_invitation(#[server(default)] token: String) -> Result<Invited, AppError> {
    let here = crate::server::context::Here::get()?;
    here.shop.invitation(&token, &here.visitor.address).await
}

/// Takes it, with a password of one's own.
#[server(prefix = "/fn", endpoint = "admin/invite/accept")]
pub async fn accept_invitation(
    #[server(default)] token: String,
    #[server(default)] password: String,
    #[server(default)] again: String,
) -> Result<Next, AppError> {
    use crate::model::account::NewPassword;
    let here = crate::server::context::Here::get()?;
    let password = NewPassword { password, again };
    here.shop.accept_invitation(&token, &password, &here.visitor.address).await?;
    Ok(here.next("/admin/login?welcome=1"))
}
