//! The producer's work on orders: looking at them and moving them on.

use super::{
    Shop,
    catalog::{given, number, search},
};
use crate::{
    model::{
        error::{AppError, Conflict},
        field::{self, FieldError, FieldErrors},
        ids::OrderId,
        order::{Actor, Order},
        page::{Page, Paging},
        status::OrderStatus,
    },
    server::{
        clock::{self, Edge},
        failpoint::reached,
        metrics::metrics,
        store::{
            Store,
            orders::{OrderFilter, Step},
            transaction::Aborted,
        },
        trail,
    },
};
use mongodb::ClientSession;

/// A list of orders as asked for in an address.
#[derive(Clone, Debug, Default)]
pub struct OrdersRequest {
    /// See [`OrderStatus::name`].
    pub status: Option<String>,
    /// A day of the shop's, or a moment; that day and later.
    pub from: Option<String>,
    /// A day of the shop's, whole, or a moment; before that.
    pub to: Option<String>,
    /// Words of a name, digits of a phone number, or a number.
    pub q: Option<String>,
    /// From 1.
    pub page: Option<String>,
    /// 1 to [`Paging::MAX_PER_PAGE`].
    pub per_page: Option<String>,
}

/// Orders on a page.
const PER_PAGE: u32 = 25;

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

    /// One page of the orders that an address asks for, newest first.
    ///
    /// # Errors
    /// Field errors.
    pub async fn orders(&self, request: &OrdersRequest) -> Result<Page<Order>, AppError> {
        let (filter, paging) = parse(request)?;
        self.store.orders.list(&filter, paging).await
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
        let order = self.store.orders.by_id(id).await?.order;
        self.move_on(order, to, actor, note).await
    }

    /// Moves an order on from the status that it was seen in, and only from there.
    ///
    /// # Errors
    /// A conflict, also when it has another status by now.
    pub(super) async fn move_on(
        &self,
        order: Order,
        to: OrderStatus,
        actor: Actor,
        note: Option<String>,
    ) -> Result<Order, AppError> {
        let from = order.status;
        if !from.may_become(to) {
            return Err(refused(from, to));
        }
        let message = self.message_of_step(&order, to).await?;
        let (store, expired) = (self.store.clone(), from == OrderStatus::Pending && actor == Actor::Shop);
        let moved = self
            .store
            .transaction(move |session| {
                let (store, order, message) = (store.clone(), order.clone(), message.clone());
                let (actor, note) = (actor.clone(), note.clone());
                Box::pin(async move {
                    if let Some(message) = &message {
                        store.messages.queue(session, message).await?;
                    }
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
            .await?;
        let figures = &metrics().orders;
        if expired && to == OrderStatus::Cancelled {
            figures.expired(&moved)
        } else {
            figures.moved(&moved)
        };
        reached("step.committed");
        trail::about("order", &moved.id);
        trail::named(&moved.number);
        trail::changed("status", from.name(), to.name());
        Ok(moved)
    }
}

fn parse(request: &OrdersRequest) -> Result<(OrderFilter, Paging), AppError> {
    let mut errors = FieldErrors::default();
    let status = given(&request.status)
        .and_then(|name| errors.check("status", OrderStatus::from_name(name).ok_or(FieldError::Choice)));
    let from = given(&request.from).and_then(|text| {
        errors.check("from", clock::day_or_moment(text, Edge::Begins).ok_or(FieldError::Format))
    });
    let to = given(&request.to).and_then(|text| {
        errors.check("to", clock::day_or_moment(text, Edge::Ends).ok_or(FieldError::Format))
    });
    let search = search(&mut errors, &request.q);
    let page = number(&mut errors, "page", given(&request.page), 1, Paging::MAX_PAGE);
    let per_page = number(&mut errors, "per_page", given(&request.per_page), PER_PAGE, Paging::MAX_PER_PAGE);
    if !errors.is_empty() {
        return Err(AppError::Fields { errors });
    }
    Ok((OrderFilter { status, search, from, to, ..OrderFilter::default() }, Paging::new(page, per_page)))
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
    reached("cancel.stepped");
    for line in &cancelled.order.items {
        store.products.give_back(session, &line.product_id, line.quantity).await?;
    }
    reached("cancel.given_back");
    Ok(cancelled.order)
}

pub(super) fn refused(from: OrderStatus, to: OrderStatus) -> AppError {
    let conflict = Conflict::Transition { from: from.name().to_owned(), to: to.name().to_owned() };
    AppError::Conflict { conflict }
}
