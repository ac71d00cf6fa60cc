//! The board of the day: what is to be done now.

use super::{
    order::{Actor, Order},
    status::OrderStatus,
    time::{Timestamp, WallTime},
};
use serde::{Deserialize, Serialize};

/// What the board shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// When it was looked at: what changes later is told to whoever names this moment.
    pub at: Timestamp,
    /// The same on the shop's clock.
    pub now: WallTime,
    /// Orders that are not finished, by status, in the order in which they are wanted.
    pub open: Vec<Lane>,
    /// What was finished or given up today, the last first.
    pub ended: Vec<Order>,
}

/// The orders of one status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// Which.
    pub status: OrderStatus,
    /// As many as the board shows.
    pub orders: Vec<Order>,
    /// Are there more?
    pub more: bool,
}

impl Board {
    /// The statuses that have a place on it.
    pub const OPEN: [OrderStatus; 4] =
        [OrderStatus::Pending, OrderStatus::Confirmed, OrderStatus::Processing, OrderStatus::Ready];

    /// The orders of a status.
    pub fn lane(&self, status: OrderStatus) -> Option<&Lane> {
        self.open.iter().find(|lane| lane.status == status)
    }

    /// How many orders wait for somebody to look at them.
    pub fn new_orders(&self) -> usize {
        self.open.iter().flat_map(|lane| &lane.orders).filter(|order| is_new(order)).count()
    }
}

/// Can the producer count on it, and has nobody at the desk done anything with it yet?
pub fn is_new(order: &Order) -> bool {
    let touched = order.history.iter().any(|step| matches!(step.actor, Actor::Admin(_)));
    order.status == OrderStatus::Confirmed && !touched
}

/// How old an order is, as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// Less than a minute.
    Now,
    /// Minutes, less than an hour.
    Minutes(i64),
    /// Hours, less than two days.
    Hours(i64),
    /// Days.
    Days(i64),
}

impl Age {
    /// From a moment to another.
    pub const fn between(earlier: Timestamp, later: Timestamp) -> Age {
        let minutes = later.seconds_since(earlier) / 60;
        match minutes {
            0 => Age::Now,
            1..60 => Age::Minutes(minutes),
            60..2880 => Age::Hours(minutes / 60),
            _ => Age::Days(minutes / 1440),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages() {
        let after = |seconds| Age::between(Timestamp(5000), Timestamp(5000).plus_seconds(seconds));
        assert_eq!(after(-20), Age::Now);
        assert_eq!(after(59), Age::Now);
        assert_eq!(after(60), Age::Minutes(1));
        assert_eq!(after(3599), Age::Minutes(59));
        assert_eq!(after(3600), Age::Hours(1));
        assert_eq!(after(48 * 3600 - 1), Age::Hours(47));
        assert_eq!(after(48 * 3600), Age::Days(2));
    }
}
