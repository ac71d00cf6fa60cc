//! Taking back the last step of an order (docs/decisions/0024).

use super::{Shop, orders::refused};
use crate::{
    model::{
        error::AppError,
        ids::OrderId,
        order::{Actor, Order},
        status::UNDO_SECONDS,
        undo::way_back,
    },
    server::{clock::now, store::orders::Back},
};

impl Shop {
    /// Takes back the last step of an order: of this admin's own, made a moment ago, and without an
    /// effect outside of the desk. It stays in the history, with what followed it.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or a conflict.
    pub async fn undo_step(&self, id: &OrderId, username: &str) -> Result<Order, AppError> {
        let order = self.store.orders.by_id(id).await?.order;
        let before = order.history.iter().rev().nth(1).map_or(order.status, |step| step.status);
        let to = way_back(&order, username).ok_or_else(|| refused(order.status, before))?;
        let back = Back {
            id: order.id,
            from: order.status,
            to,
            entries: order.history.len(),
            actor: Actor::Admin(username.to_owned()),
            not_before: now().plus_seconds(-UNDO_SECONDS),
        };
        self.store.orders.take_back(&back).await?.ok_or_else(|| refused(order.status, to))
    }
}
