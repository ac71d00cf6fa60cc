//! Who works here: for owners.

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{
        account::AdminList,
        error::AppError,
        ids::{InvitationId, UserId},
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// The list of admins.
pub const ADMINS: &str = "/admin/settings/admins";

/// All admins, and who was invited.
#[server(prefix = "/fn", endpoint = "admin/admins/list", input = GetUrl)]
pub async fn load_admins() -> Result<Signed<AdminList>, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.owner().await?;
    let (admins, invited) = (here.shop.admin_rows(&login).await?, here.shop.invited().await?);
    let invitation = |token| crate::app::i18n::href(here.visitor.locale, &format!("/admin/invite/{token}"));
    let link = here.take_invitation().map(invitation);
    Ok(Signed { admin: login.admin, data: AdminList { admins, invited, link } })
}

/// Invites somebody; the link is shown once, on the page that comes next.
#[server(prefix = "/fn", endpoint = "admin/admins/invite")]
pub async fn invite(
    #[server(default)] username: String,
    #[server(default)] rights: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::{model::account::InviteForm, server::visitor::Step};
    let here = crate::server::context::Here::get()?;
    let login = here.owner_form(&csrf).await?;
    let token = here.shop.invite(&InviteForm { username, rights }, &login.admin.username).await?;
    here.keep_step(&Step::Invitation(token));
    Ok(here.next(&format!("{ADMINS}#invited")))
}

/// Takes an invitation back.
#[server(prefix = "/fn", endpoint = "admin/admins/withdraw")]
pub async fn withdraw(
    invitation_id: InvitationId,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    here.owner_form(&csrf).await?;
    here.shop.withdraw_invitation(&invitation_id).await?;
    Ok(here.next(&format!("{ADMINS}?saved=1")))
}

/// Gives another admin other rights.
#[server(prefix = "/fn", endpoint = "admin/admins/rights")]
pub async fn set_rights(
    admin_id: UserId,
    #[server(default)] rights: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{field::FieldError, session::Rights};
    let here = crate::server::context::Here::get()?;
    let login = here.owner_form(&csrf).await?;
    let rights = Rights::from_name(&rights).ok_or_else(|| AppError::field("rights", FieldError::Choice))?;
    here.shop.set_rights(&login, &admin_id, rights).await?;
    Ok(here.next(&format!("{ADMINS}?saved=1")))
}

/// Removes another admin; their logins end at once.
#[server(prefix = "/fn", endpoint = "admin/admins/remove")]
pub async fn remove_admin(admin_id: UserId, #[server(default)] csrf: String) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.owner_form(&csrf).await?;
    here.shop.remove_admin(&login, &admin_id).await?;
    Ok(here.next(&format!("{ADMINS}?saved=1")))
}

/// Takes off another's second factor, whose phone is lost.
#[server(prefix = "/fn", endpoint = "admin/admins/factor")]
pub async fn take_off_factor(admin_id: UserId, #[server(default)] csrf: String) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let login = here.owner_form(&csrf).await?;
    here.shop.take_off_factor(&login, &admin_id).await?;
    Ok(here.next(&format!("{ADMINS}?saved=1")))
}
