//! The producer's work on orders: looking at them and moving them on.

use super::Shop;
use crate::{
    model::{
        error::{AppError, Conflict},
        field,
        ids::OrderId,
        order::{Actor, Order},
        page::{Page, Paging},
        status::OrderStatus,
    },
    server::store::{
        Store,
        orders::{OrderFilter, Step},
        transaction::Aborted,
    },
};
use mongodb::ClientSession;

/// The most characters of a remark in an order's history.
const MAX_NOTE: u32 = 500;

impl Shop {
    /// One page of the orders, newest first.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn all_orders(&self, filter: &OrderFilter, paging: Paging) -> Result<Page<Order>, AppError> {
        self.store.orders.list(filter, paging).await
    }

    /// How many orders stand in each status.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn orders_by_status(&self) -> Result<Vec<(OrderStatus, u64)>, AppError> {
        self.store.orders.count_by_status().await
    }

    /// Any order, for the producer.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn any_order(&self, id: &OrderId) -> Result<Order, AppError> {
        Ok(self.store.orders.by_id(id).await?.order)
    }

    /// Moves an order to another status, as the table of transitions allows. Cancelling gives the
    /// stock back in the same transaction.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or a conflict.
    pub async fn change_status(
        &self,
        id: &OrderId,
        to: OrderStatus,
        actor: Actor,
        note: Option<String>,
    ) -> Result<Order, AppError> {
        let note = match note {
            Some(note) => {
                field::optional_text(&note, MAX_NOTE).map_err(|error| AppError::field("note", error))?
            }
            None => None,
        };
        let stored = self.store.orders.by_id(id).await?;
        let from = stored.order.status;
        if !from.may_become(to) {
            return Err(refused(from, to));
        }
        let store = self.store.clone();
        let order = stored.order;
        self.store
            .transaction(move |session| {
                let (store, order) = (store.clone(), order.clone());
                let (actor, note) = (actor.clone(), note.clone());
                Box::pin(async move {
                    if to == OrderStatus::Cancelled {
                        return cancel(&store, session, &order, from, actor, note).await;
                    }
                    let step = Step { from, to, actor, note };
                    let moved = store.orders.step(session, &order.id, &step).await?;
                    let moved = moved.ok_or_else(|| refused(from, to))?;
                    if from == OrderStatus::Pending {
                        store.carts.delete(session, &moved.cart).await?;
                    }
                    Ok(moved.order)
                })
            })
            .await
    }
}

/// Cancels an order that still is in `from`, and gives its stock back.
pub(super) async fn cancel(
    store: &Store,
    session: &mut ClientSession,
    order: &Order,
    from: OrderStatus,
    actor: Actor,
    note: Option<String>,
) -> Result<Order, Aborted> {
    let step = Step { from, to: OrderStatus::Cancelled, actor, note };
    let cancelled = store.orders.step(session, &order.id, &step).await?;
    let cancelled = cancelled.ok_or_else(|| refused(from, OrderStatus::Cancelled))?;
    for line in &cancelled.order.items {
        store.products.give_back(session, &line.product_id, line.quantity).await?;
    }
    Ok(cancelled.order)
}

fn refused(from: OrderStatus, to: OrderStatus) -> AppError {
    let conflict = Conflict::Transition { from: from.name().to_owned(), to: to.name().to_owned() };
    AppError::Conflict { conflict }
}
