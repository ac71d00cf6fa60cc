//! Giving up an order on its page: with a reason, and with a message if the producer wants it.

use super::{Shop, orders::cancel};
use crate::{
    model::{
        cancel_reason::CancelForm,
        error::{AppError, Conflict},
        ids::OrderId,
        message::Occasion,
        order::{Actor, Order},
        status::OrderStatus,
    },
    server::metrics::metrics,
};

impl Shop {
    /// Cancels an order: its stock goes back, the reason is kept, and the customer is told if that is
    /// wanted and such messages are sent at all. All of it, or nothing.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`], or a conflict.
    pub async fn cancel_order(
        &self,
        id: &OrderId,
        form: &CancelForm,
        actor: Actor,
    ) -> Result<Order, AppError> {
        let why = form.parse()?;
        let order = self.store.orders.by_id(id).await?.order;
        let from = order.status;
        if !from.may_become(OrderStatus::Cancelled) {
            let (from, to) = (from.name().to_owned(), OrderStatus::Cancelled.name().to_owned());
            return Err(AppError::Conflict { conflict: Conflict::Transition { from, to } });
        }
        let message = if why.told && from != OrderStatus::Pending {
            self.message_about((&order).into(), Occasion::Cancelled, Some(why.reason)).await?
        } else {
            None
        };
        let store = self.store.clone();
        self.store
            .transaction(move |session| {
                let (store, order, actor) = (store.clone(), order.clone(), actor.clone());
                let (why, message) = (why.clone(), message.clone());
                Box::pin(async move {
                    let cancelled = cancel(&store, session, &order, from, actor, None).await?;
                    store.orders.keep_reason(session, &order.id, &why).await?;
                    if let Some(message) = &message {
                        store.messages.queue(session, message).await?;
                    }
                    Ok(cancelled)
                })
            })
            .await
            .inspect(|cancelled| metrics().orders.moved(cancelled))
    }
}
