//! The status of an order and the one table of what may follow what.

use super::{locale::Locale, text};
use serde::{Deserialize, Serialize};

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrderStatus {
    /// Placed, its phone number not verified yet. Stock is already taken.
    Pending,
    /// Verified: the producer can count on it.
    Confirmed,
    /// Being baked or packed.
    Processing,
    /// Waiting to be picked up or on its way.
    Ready,
    /// With the customer.
    Completed,
    /// Given up; its stock is given back.
    Cancelled,
}

use OrderStatus::{Cancelled, Completed, Confirmed, Pending, Processing, Ready};

/// The table: every step that is allowed. Whatever is not here is a conflict.
pub const TRANSITIONS: [(OrderStatus, OrderStatus); 8] = [
    (Pending, Confirmed),
    (Confirmed, Processing),
    (Processing, Ready),
    (Ready, Completed),
    (Pending, Cancelled),
    (Confirmed, Cancelled),
    (Processing, Cancelled),
    (Ready, Cancelled),
];

/// The steps that whoever made them may take back for [`UNDO_SECONDS`]: the work at the desk. A
/// confirmation empties a cart and a cancellation fills a shelf: neither is here
/// (docs/decisions/0024).
pub const UNDOABLE: [(OrderStatus, OrderStatus); 3] =
    [(Confirmed, Processing), (Processing, Ready), (Ready, Completed)];

/// For how long a step may be taken back.
pub const UNDO_SECONDS: i64 = 60;

impl OrderStatus {
    /// All, in the order of an order's life.
    pub const ALL: [OrderStatus; 6] = [Pending, Confirmed, Processing, Ready, Completed, Cancelled];

    /// The name in the database and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Pending => "pending",
            Confirmed => "confirmed",
            Processing => "processing",
            Ready => "ready",
            Completed => "completed",
            Cancelled => "cancelled",
        }
    }

    /// The status of exactly this name.
    pub fn from_name(name: &str) -> Option<OrderStatus> {
        OrderStatus::ALL.into_iter().find(|status| status.name() == name)
    }

    /// May an order go from here to there?
    pub fn may_become(self, next: OrderStatus) -> bool {
        TRANSITIONS.contains(&(self, next))
    }

    /// Where an order may go from here, forward first.
    pub fn next(self) -> impl Iterator<Item = OrderStatus> {
        TRANSITIONS.into_iter().filter_map(move |(from, to)| (from == self).then_some(to))
    }

    /// The next step of an order that goes well.
    pub fn forward(self) -> Option<OrderStatus> {
        self.next().find(|next| *next != Cancelled)
    }

    /// May the step from `before` to here be taken back?
    pub fn may_go_back_to(self, before: OrderStatus) -> bool {
        UNDOABLE.contains(&(before, self))
    }

    /// For people.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Pending => text::status::pending(l),
            Confirmed => text::status::confirmed(l),
            Processing => text::status::processing(l),
            Ready => text::status::ready(l),
            Completed => text::status::completed(l),
            Cancelled => text::status::cancelled(l),
        }
    }

    /// What the producer's button says that brings an order here.
    pub const fn action(self, l: Locale) -> &'static str {
        match self {
            Pending => text::status::pending(l),
            Confirmed => text::status::do_confirm(l),
            Processing => text::status::do_process(l),
            Ready => text::status::do_ready(l),
            Completed => text::status::do_complete(l),
            Cancelled => text::status::do_cancel(l),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn any_status() -> impl Strategy<Value = OrderStatus> {
        proptest::sample::select(OrderStatus::ALL.to_vec())
    }

    #[test]
    fn the_whole_table() {
        let allowed = |from: OrderStatus| from.next().map(OrderStatus::name).collect::<Vec<_>>();
        assert_eq!(allowed(Pending), ["confirmed", "cancelled"]);
        assert_eq!(allowed(Confirmed), ["processing", "cancelled"]);
        assert_eq!(allowed(Processing), ["ready", "cancelled"]);
        assert_eq!(allowed(Ready), ["completed", "cancelled"]);
        assert!(allowed(Completed).is_empty());
        assert!(allowed(Cancelled).is_empty());
    }

    #[test]
    fn only_steps_of_the_table_are_taken_back_and_never_those_with_an_effect_outside() {
        for (from, to) in UNDOABLE {
            assert_eq!(from.forward(), Some(to));
            assert!(to.may_go_back_to(from) && !to.may_become(from));
        }
        for status in OrderStatus::ALL {
            assert!(!Cancelled.may_go_back_to(status) && !Confirmed.may_go_back_to(status));
        }
        assert_eq!((Completed.forward(), Cancelled.forward()), (None, None));
    }

    #[test]
    fn names_read_back() {
        for status in OrderStatus::ALL {
            assert_eq!(OrderStatus::from_name(status.name()), Some(status));
            assert_eq!(serde_json::to_value(status).unwrap(), status.name());
        }
        assert_eq!(OrderStatus::from_name("Pending"), None);
    }

    proptest! {
        #[test]
        fn only_the_exact_name_is_a_status(name in strange::nearly("pending|confirmed|PENDING|ready|cancelled")) {
            let exact = OrderStatus::ALL.into_iter().find(|status| status.name() == name);
            prop_assert_eq!(OrderStatus::from_name(&name), exact);
            prop_assert_eq!(serde_json::from_value(name.into()).ok(), exact);
        }

        #[test]
        fn no_walk_comes_back(walk in proptest::collection::vec(any_status(), 1..20)) {
            let mut seen = vec![Pending];
            for next in walk {
                let here = *seen.last().unwrap();
                if here.may_become(next) {
                    prop_assert!(!seen.contains(&next));
                    seen.push(next);
                }
            }
            prop_assert!(seen.len() <= 5);
        }
    }
}
