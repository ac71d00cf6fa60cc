//! The board of the day, and moving several orders at once.

use super::{
    Shop,
    catalog::{given, search},
};
use crate::{
    model::{
        board::{Board, Lane},
        checkout::DeliveryType,
        day::Day,
        error::AppError,
        field::{FieldError, FieldErrors},
        ids::OrderId,
        order::{Actor, Order},
        status::OrderStatus,
    },
    server::{
        clock::{Edge, day_or_moment, now, wall},
        store::orders::OrderFilter,
    },
};

/// A board as asked for in an address.
#[derive(Clone, Debug, Default)]
pub struct BoardRequest {
    /// See [`DeliveryType::name`].
    pub delivery: Option<String>,
    /// A day of the shop's.
    pub day: Option<String>,
    /// Beginnings of words of a name, digits of a phone number, or a number.
    pub q: Option<String>,
}

/// How many orders of one status the board shows: more than a producer bakes for in a day.
const MOST: usize = 200;
/// How many orders that ended today.
const ENDED: usize = 12;
/// The most orders that are moved together: a whole lane.
pub const TOGETHER: usize = MOST;

/// What came of one of several orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Which.
    pub id: OrderId,
    /// The order as it is now, or why it was not moved.
    pub outcome: Result<Order, AppError>,
}

impl Shop {
    /// The board that an address asks for.
    ///
    /// # Errors
    /// Field errors.
    pub async fn board(&self, request: &BoardRequest) -> Result<Board, AppError> {
        let filter = parse(request)?;
        // Before it is read: what changes meanwhile is told later.
        let at = now();
        let wall = wall(at);
        let morning = day_or_moment(&Day::of(wall).to_string(), Edge::Begins).unwrap_or(at);
        let lane = |status| self.lane(&filter, status);
        let open = futures::future::try_join_all(Board::OPEN.map(lane));
        let ended = self.store.orders.ended_since(&filter, morning, ENDED);
        let (open, ended) = tokio::try_join!(open, ended)?;
        Ok(Board { at, now: wall, open, ended })
    }

    async fn lane(&self, filter: &OrderFilter, status: OrderStatus) -> Result<Lane, AppError> {
        let filter = OrderFilter { status: Some(status), ..filter.clone() };
        let mut orders = self.store.orders.oldest(&filter, MOST + 1).await?;
        let more = orders.len() > MOST;
        orders.truncate(MOST);
        // The day for which it is wanted; without one, that on which it was placed.
        orders.sort_by_key(|order| (order.day.unwrap_or(Day::of(order.placed)), order.created_at));
        Ok(Lane { status, orders, more })
    }

    /// These orders, for telling what became of them.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn some_orders(&self, ids: &[OrderId]) -> Result<Vec<Order>, AppError> {
        self.store.orders.by_ids(&ids[..ids.len().min(TOGETHER)]).await
    }

    /// Moves several orders to a status, each judged on its own.
    ///
    /// # Errors
    /// [`AppError::Fields`] when there are none, or too many.
    pub async fn change_each(
        &self,
        ids: &[OrderId],
        to: OrderStatus,
        username: &str,
    ) -> Result<Vec<Judged>, AppError> {
        check(ids)?;
        let mut judged = Vec::with_capacity(ids.len());
        for id in ids {
            let actor = Actor::Admin(username.to_owned());
            judged.push(Judged { id: id.clone(), outcome: self.change_status(id, to, actor, None).await });
        }
        told(judged)
    }

    /// Takes back the last step of several orders, each judged on its own.
    ///
    /// # Errors
    /// As [`Shop::change_each`].
    pub async fn undo_each(&self, ids: &[OrderId], username: &str) -> Result<Vec<Judged>, AppError> {
        check(ids)?;
        let mut judged = Vec::with_capacity(ids.len());
        for id in ids {
            judged.push(Judged { id: id.clone(), outcome: self.undo_step(id, username).await });
        }
        told(judged)
    }
}

fn check(ids: &[OrderId]) -> Result<(), AppError> {
    if ids.is_empty() {
        return Err(AppError::field("orders", FieldError::Required));
    }
    if ids.len() > TOGETHER {
        let max = i64::try_from(TOGETHER).unwrap_or(i64::MAX);
        return Err(AppError::field("orders", FieldError::Range { min: 1, max }));
    }
    Ok(())
}

/// Without the database nothing is told of single orders.
fn told(judged: Vec<Judged>) -> Result<Vec<Judged>, AppError> {
    if judged.iter().all(|one| one.outcome == Err(AppError::Database)) {
        return Err(AppError::Database);
    }
    Ok(judged)
}

fn parse(request: &BoardRequest) -> Result<OrderFilter, AppError> {
    let mut errors = FieldErrors::default();
    let delivery = given(&request.delivery)
        .and_then(|name| errors.check("delivery", DeliveryType::from_name(name).ok_or(FieldError::Choice)));
    let day =
        given(&request.day).and_then(|text| errors.check("day", Day::parse(text).ok_or(FieldError::Format)));
    let search = search(&mut errors, &request.q);
    if !errors.is_empty() {
        return Err(AppError::Fields { errors });
    }
    Ok(OrderFilter { delivery, day, search, ..OrderFilter::default() })
}
