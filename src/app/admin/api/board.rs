//! The producer's board: looking at it, moving orders on it, and taking that back.

use super::Signed;
use crate::{
    app::shop::api::Next,
    model::{
        board::Board, error::AppError, ids::OrderId, order::Order, sms_watch::SmsWatch, status::OrderStatus,
    },
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The board, and what became of the orders that were moved last.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Desk {
    /// What is to be done.
    pub board: Board,
    /// Were moved.
    pub moved: Vec<Order>,
    /// Those of them whose step may still be taken back.
    pub undoable: Vec<OrderId>,
    /// Were to be moved, and were not.
    pub refused: Vec<Order>,
    /// Where they were to go; `None` when a step was to be taken back.
    pub to: Option<OrderStatus>,
    /// How many were to be moved and are not there any more.
    pub gone: usize,
    /// How it goes with SMS.
    pub sms: SmsWatch,
    /// Did something fail on the server within the last hour?
    pub failed: bool,
}

/// The board, filtered, with what became of these orders. A list of orders is their ids, joined by
/// dots.
#[server(prefix = "/fn", endpoint = "admin/board/view", input = GetUrl)]
pub async fn load_board(
    #[server(default)] delivery: String,
    #[server(default)] day: String,
    #[server(default)] q: String,
    #[server(default)] moved: String,
    #[server(default)] refused: String,
    #[server(default)] to: String,
) -> Result<Signed<Desk>, AppError> {
    use crate::{
        app::admin::way::ids,
        model::{status::UNDO_SECONDS, undo::way_back},
        server::service::board::BoardRequest,
    };
    let here = crate::server::context::Here::get()?;
    let admin = here.admin().await?.admin;
    let request = BoardRequest { delivery: Some(delivery), day: Some(day), q: Some(q) };
    let (moved, refused) = (ids(&moved), ids(&refused));
    let (board, moved, found) = (
        here.shop.board(&request).await?,
        here.shop.some_orders(&moved).await?,
        here.shop.some_orders(&refused).await?,
    );
    let fresh = |order: &&Order| board.at.seconds_since(order.updated_at) < UNDO_SECONDS;
    let undoable = moved.iter().filter(fresh).filter(|order| way_back(order, &admin.username).is_some());
    let undoable = undoable.map(|order| order.id.clone()).collect();
    let gone = refused.len() - found.len();
    let to = OrderStatus::from_name(&to);
    let (sms, failed) = (here.shop.sms_watch().await?, here.shop.failed_lately().await?);
    Ok(Signed { admin, data: Desk { board, moved, undoable, refused: found, to, gone, sms, failed } })
}

/// Moves the orders whose boxes are ticked to a status, each judged on its own.
#[server(prefix = "/fn", endpoint = "admin/board/move")]
pub async fn move_orders(
    #[server(default)] orders: BTreeMap<String, String>,
    #[server(default)] status: String,
    #[server(default)] next: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::{
        app::admin::way::{ticked, told},
        model::field::FieldError,
    };
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    let to = OrderStatus::from_name(&status).ok_or_else(|| AppError::field("status", FieldError::Choice))?;
    let ids = ticked(orders.keys());
    let judged = here.shop.change_each(&ids, to, &login.admin.username).await?;
    let judged = judged.iter().map(|one| (&one.id, one.outcome.is_ok()));
    Ok(here.next(&told(&next, judged, to.name())))
}

/// Takes back the last step of these orders, each judged on its own.
#[server(prefix = "/fn", endpoint = "admin/board/undo")]
pub async fn undo_moves(
    #[server(default)] orders: BTreeMap<String, String>,
    #[server(default)] next: String,
    #[server(default)] csrf: String,
) -> Result<Next, AppError> {
    use crate::app::admin::way::{ticked, told};
    let here = crate::server::context::Here::get()?;
    let login = here.admin_form(&csrf).await?;
    let ids = ticked(orders.keys());
    let judged = here.shop.undo_each(&ids, &login.admin.username).await?;
    let judged = judged.iter().map(|one| (&one.id, one.outcome.is_ok()));
    Ok(here.next(&told(&next, judged, "back")))
}
