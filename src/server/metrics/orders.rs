//! What happens to orders in this process.

use super::{Counters, counters};
use crate::model::{order::Order, status::OrderStatus};
use prometheus_client::{metrics::counter::Counter, registry::Registry};

/// What can happen to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was placed.
    Placed,
    /// The shop counts on it.
    Confirmed,
    /// It is being baked or packed.
    Processing,
    /// It can be picked up, or is on its way.
    Ready,
    /// Its customer has it.
    Completed,
    /// It was given up.
    Cancelled,
    /// It was not confirmed in time.
    Expired,
}

impl Event {
    const ALL: [Event; 7] = [
        Event::Placed,
        Event::Confirmed,
        Event::Processing,
        Event::Ready,
        Event::Completed,
        Event::Cancelled,
        Event::Expired,
    ];

    const fn name(self) -> &'static str {
        match self {
            Event::Placed => "placed",
            Event::Confirmed => "confirmed",
            Event::Processing => "processing",
            Event::Ready => "ready",
            Event::Completed => "completed",
            Event::Cancelled => "cancelled",
            Event::Expired => "expired",
        }
    }
}

/// Orders by what happened, and what they are worth.
pub struct Orders {
    events: [(Counter, Counter); Event::ALL.len()],
}

impl Orders {
    pub(super) fn new(to: &mut Registry) -> Orders {
        let orders: Counters<1> = counters(to, "vatra_orders", "Orders by what happened to them");
        let value: Counters<1> =
            counters(to, "vatra_orders_value_bani", "What those orders are worth, in bani");
        let of = |event: Event| {
            let event = [("event", event.name())];
            (orders.get_or_create(&event).clone(), value.get_or_create(&event).clone())
        };
        Orders { events: Event::ALL.map(of) }
    }

    /// An order was placed, and may be confirmed at once.
    pub fn placed(&self, order: &Order) {
        self.happened(Event::Placed, order);
        if order.status == OrderStatus::Confirmed {
            self.happened(Event::Confirmed, order);
        }
    }

    /// An order has come to its status.
    pub fn moved(&self, order: &Order) {
        let event = match order.status {
            // What is placed was told before.
            OrderStatus::Pending => return,
            OrderStatus::Confirmed => Event::Confirmed,
            OrderStatus::Processing => Event::Processing,
            OrderStatus::Ready => Event::Ready,
            OrderStatus::Completed => Event::Completed,
            OrderStatus::Cancelled => Event::Cancelled,
        };
        self.happened(event, order);
    }

    /// An order was not confirmed in time.
    pub fn expired(&self, order: &Order) {
        self.happened(Event::Expired, order);
    }

    fn happened(&self, event: Event, order: &Order) {
        let (orders, value) = &self.events[event as usize];
        orders.inc();
        value.inc_by(u64::try_from(order.total.bani()).unwrap_or(0));
    }
}
