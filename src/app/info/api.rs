//! The server functions of these pages: parse, call one service, say where to go next.

use crate::{
    app::shop::api::Next,
    model::{
        error::AppError,
        ids::SignInId,
        order::Verification,
        session::{Kept, SignIn},
        shop_facts::ShopPageFacts,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// What the shop says of itself.
#[server(prefix = "/fn", endpoint = "shop/facts", input = GetUrl)]
pub async fn load_facts() -> Result<ShopPageFacts, AppError> {
    crate::server::context::Here::get()?.shop.page_facts().await
}

/// Sends a code to a number.
#[server(prefix = "/fn", endpoint = "sign-in/begin")]
pub async fn begin_sign_in(#[server(default)] phone: String, to: String) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let attempt = here.shop.begin_sign_in(&phone, here.visitor.locale, &here.visitor.address).await?;
    let to = super::sign_in::Goal::named(&to).name();
    Ok(here.next(&format!("/sign-in?attempt={attempt}&to={to}")))
}

/// Sends another code.
#[server(prefix = "/fn", endpoint = "sign-in/resend")]
pub async fn resend_sign_in(attempt: SignInId, to: String) -> Result<Verification, AppError> {
    let here = crate::server::context::Here::get()?;
    let (l, address) = (here.visitor.locale, &here.visitor.address);
    let sent = here.shop.send_sign_in_again(&attempt, l, address).await?;
    let to = super::sign_in::Goal::named(&to).name();
    here.next(&format!("/sign-in?attempt={attempt}&to={to}&sms=again"));
    Ok(sent)
}

/// What is known of a try to sign in.
#[server(prefix = "/fn", endpoint = "sign-in/view", input = GetUrl)]
pub async fn load_sign_in(attempt: SignInId) -> Result<SignIn, AppError> {
    crate::server::context::Here::get()?.shop.sign_in(&attempt).await
}

/// Signs in with the code.
#[server(prefix = "/fn", endpoint = "sign-in/finish")]
pub async fn finish_sign_in(
    attempt: SignInId,
    #[server(default)] code: String,
    to: String,
) -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let token = here.shop.finish_sign_in(&attempt, &code).await?;
    here.keep_customer(token);
    Ok(here.next(super::sign_in::Goal::named(&to).path()))
}

/// How much is kept of the customer of this session.
#[server(prefix = "/fn", endpoint = "my-data/view", input = GetUrl)]
pub async fn load_my_data() -> Result<Kept, AppError> {
    let here = crate::server::context::Here::get()?;
    let customer = here.customer().await?.ok_or(AppError::SessionExpired)?;
    here.shop.kept(&customer).await
}

/// Forgets the customer of this session.
#[server(prefix = "/fn", endpoint = "my-data/erase")]
pub async fn erase_my_data() -> Result<Next, AppError> {
    let here = crate::server::context::Here::get()?;
    let customer = here.customer().await?.ok_or(AppError::SessionExpired)?;
    here.shop.forget(&customer, here.visitor.cart.as_ref()).await?;
    here.forget_customer();
    Ok(here.next("/my-data?erased=1"))
}
