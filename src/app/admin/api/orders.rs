//! The producer's work on orders.

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{
        error::AppError, ids::OrderId, order::Order, order_record::DeskOrder, page::Page, status::OrderStatus,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// Orders on one page of the list.
pub const PER_PAGE: u32 = 25;
/// A list of what was searched for ends here (`store/orders.rs`).
pub const MOST_FOUND: u64 = 1000;
/// The most characters of a note.
pub const MAX_NOTE: u32 = 500;

/// What the list of orders shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OrderList {
    /// One page, newest first.
    pub orders: Page<Order>,
    /// How many orders stand in each status that has any.
    pub counts: Vec<(OrderStatus, u64)>,
}

/// One page of the orders. What is no status, no day or no way out of the shop is no filter.
#[server(prefix = "/fn", endpoint = "admin/orders/list", input = GetUrl)]
pub async fn load_orders(
    #[server(default)] status: String,
    #[server(default)] q: String,
    #[server(default)] from: String,
    #[server(default)] to: String,
    #[server(default)] delivery: String,
    #[server(default)] page: String,
) -> Result<Signed<OrderList>, AppError> {
    use crate::{
        model::{checkout::DeliveryType, page::Paging},
        server::{
            clock::{Edge, day_or_moment},
            context::Here,
            store::orders::OrderFilter,
        },
    };
    let here = Here::get()?;
    let admin = here.admin().await?.admin;
    let filter = OrderFilter {
        status: OrderStatus::from_name(&status),
        search: Some(q),
        from: day_or_moment(&from, Edge::Begins),
        to: day_or_moment(&to, Edge::Ends),
        delivery: DeliveryType::from_name(&delivery),
        ..Default::default()
    };
    let orders = here.shop.all_orders(&filter, Paging::new(page.parse().unwrap_or(1), PER_PAGE)).await?;
    Ok(Signed { admin, data: OrderList { orders, counts: here.shop.orders_by_status().await? } })
}

/// Any order, with all that the desk keeps of it.
#[server(prefix = "/fn", endpoint = "admin/orders/view", input = GetUrl)]
pub async fn load_order(id: String) -> Result<Signed<DeskOrder>, AppError> {
    use crate::model::error::Missing;
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let id = OrderId::parse(&id).map_err(|_| AppError::missing(Missing::Order))?;
    Ok(Signed { admin, data: here.shop.desk_order(&id, here.visitor.locale).await? })
}

/// Moves an order on.
#[server(prefix = "/fn", endpoint = "admin/orders/status")]
pub async fn change_status(
    order_id: OrderId,
    #[server(default)] status: String,
    #[server(default)] note: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::model::{
        field::{FieldError, optional_text},
        order::Actor,
    };
    let here = crate::server::context::Here::get()?;
    let actor = Actor::Admin(here.admin_form(&csrf).await?.admin.username);
    let to = OrderStatus::from_name(&status).ok_or_else(|| AppError::field("status", FieldError::Choice))?;
    let note = optional_text(&note, MAX_NOTE).map_err(|error| AppError::field("note", error))?;
    here.shop.change_status(&order_id, to, actor, note).await?;
    Ok(here.next(&format!("/admin/orders/{order_id}?saved=1")))
}
