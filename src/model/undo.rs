//! Taking back the last step of an order (docs/decisions/0024).

use super::{
    order::{Actor, Order},
    status::OrderStatus,
};

/// Where this person may take an order back to: its last step was theirs, and may be taken back. How
/// long ago it was, the database knows to the millisecond.
pub fn way_back(order: &Order, username: &str) -> Option<OrderStatus> {
    let [.., before, last] = order.history.as_slice() else { return None };
    let theirs = matches!(&last.actor, Actor::Admin(name) if name == username);
    let is_last = last.status == order.status;
    (theirs && is_last && last.status.may_go_back_to(before.status)).then_some(before.status)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        checkout::Delivery,
        ids::{OrderId, OrderNumber},
        locale::Locale,
        money::Money,
        order::{HistoryEntry, Source},
        phone::Phone,
        status::OrderStatus::{Cancelled, Confirmed, Pending, Processing, Ready},
        time::{Timestamp, WallTime},
    };

    fn order(steps: &[(OrderStatus, &str)]) -> Order {
        let at = WallTime { year: 2026, month: 11, day: 26, hour: 9, minute: 0 };
        let entry = |(status, who): &(OrderStatus, &str)| HistoryEntry {
            status: *status,
            actor: if who.is_empty() { Actor::Customer } else { Actor::Admin((*who).to_owned()) },
            at,
            note: None,
        };
        Order {
            id: OrderId::parse("65a1b2c3d4e5f60718293000").unwrap(),
            number: OrderNumber::from_draw(|_| 0),
            status: steps.last().unwrap().0,
            customer_name: "Ana Pop".into(),
            customer_phone: Phone::from_e164("+40722123456").unwrap(),
            delivery: Delivery::Pickup,
            preferred_time: None,
            special_instructions: None,
            day: None,
            place: None,
            locale: Locale::Ro,
            source: Source::Web,
            call_back: false,
            items: Vec::new(),
            delivery_fee: Money::ZERO,
            total: Money::ZERO,
            history: steps.iter().map(entry).collect(),
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
            placed: at,
        }
    }

    #[test]
    fn the_last_step_of_ones_own() {
        let begun = [(Pending, ""), (Confirmed, ""), (Processing, "ina")];
        assert_eq!(way_back(&order(&begun), "ina"), Some(Confirmed));
        assert_eq!(way_back(&order(&begun), "ion"), None);
    }

    #[test]
    fn neither_a_confirmation_nor_a_cancellation_nor_what_was_taken_back() {
        for steps in [
            &[(Pending, "")][..],
            &[(Pending, ""), (Confirmed, "ina")],
            &[(Pending, ""), (Confirmed, ""), (Cancelled, "ina")],
            &[(Processing, "ina"), (Ready, "ina"), (Processing, "ina")],
            // Something else was noted since.
            &[(Confirmed, ""), (Processing, "ina"), (Processing, "ina")],
        ] {
            assert_eq!(way_back(&order(steps), "ina"), None, "{steps:?}");
        }
    }
}
