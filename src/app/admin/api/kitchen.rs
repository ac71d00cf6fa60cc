//! What the kitchen asks for.

use super::Signed;
use crate::model::{
    error::AppError,
    kitchen::{BakeList, DayOrders, Slip},
    order::Order,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// What to bake and pack on a day; today when none is given.
#[server(prefix = "/fn", endpoint = "admin/kitchen/list", input = GetUrl)]
pub async fn load_bake_list(#[server(default)] day: String) -> Result<Signed<BakeList>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    Ok(Signed { admin, data: here.shop.bake_list(&day, here.visitor.locale).await? })
}

/// The slips of a day, or that of one order.
#[server(prefix = "/fn", endpoint = "admin/kitchen/slips", input = GetUrl)]
pub async fn load_slips(
    #[server(default)] day: String,
    #[server(default)] order: String,
) -> Result<Signed<DayOrders<Slip>>, AppError> {
    use crate::{app::seo::Site, server::context::Here};
    let here = Here::get()?;
    let admin = here.admin().await?.admin;
    let found =
        if order.is_empty() { here.shop.to_pack(&day).await? } else { here.shop.one_to_pack(&order).await? };
    let site = Site::of(use_context().unwrap_or_default(), here.visitor.locale);
    Ok(Signed { admin, data: here.shop.slips(found, |path| site.page(path)) })
}

/// The orders that are picked up on a day.
#[server(prefix = "/fn", endpoint = "admin/kitchen/pickups", input = GetUrl)]
pub async fn load_pickups(#[server(default)] day: String) -> Result<Signed<DayOrders<Order>>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    Ok(Signed { admin, data: here.shop.pickups(&day).await? })
}

/// The orders that are brought on a day.
#[server(prefix = "/fn", endpoint = "admin/kitchen/deliveries", input = GetUrl)]
pub async fn load_deliveries(#[server(default)] day: String) -> Result<Signed<DayOrders<Order>>, AppError> {
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    Ok(Signed { admin, data: here.shop.deliveries(&day).await? })
}
