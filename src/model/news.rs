//! What is told of an order as it happens. Nobody's name, number or address is in it.

use super::{
    ids::{OrderId, OrderNumber},
    status::OrderStatus,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// An order was placed or has changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderNews {
    /// Which one.
    pub id: OrderId,
    /// What people call it.
    pub number: OrderNumber,
    /// Where it stands now.
    pub status: OrderStatus,
    /// Confirmed, and nobody at the desk has done anything with it yet.
    pub new: bool,
    /// When it changed.
    #[serde(skip)]
    pub at: Timestamp,
}

/// How far somebody has been told: the moment, and for people who read logs what was told then.
/// Whoever comes back with it is told what has changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The moment.
    pub at: Timestamp,
    /// The order that was told of.
    pub order: Option<OrderId>,
}

impl Position {
    /// Reads `1764191234567` or `1764191234567-65a1b2c3d4e5f60718293000`.
    pub fn parse(text: &str) -> Option<Position> {
        let (at, order) = match text.split_once('-') {
            Some((at, order)) => (at, Some(OrderId::parse(order).ok()?)),
            None => (text, None),
        };
        let plain = (1..=15).contains(&at.len()) && at.bytes().all(|sign| sign.is_ascii_digit());
        plain.then(|| at.parse().ok()).flatten().map(|at| Position { at: Timestamp(at), order })
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.order {
            Some(order) => write!(f, "{}-{order}", self.at.0),
            None => write!(f, "{}", self.at.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn nothing_personal_is_told() {
        let news = OrderNews {
            id: OrderId::parse("65a1b2c3d4e5f60718293000").unwrap(),
            number: OrderNumber::from_draw(|_| 0),
            status: OrderStatus::Confirmed,
            new: true,
            at: Timestamp(1),
        };
        let told = serde_json::to_string(&news).unwrap();
        let all = r#"{"id":"65a1b2c3d4e5f60718293000","number":"222-2222","status":"confirmed","new":true}"#;
        assert_eq!(told, all);
    }

    proptest! {
        #[test]
        fn a_position_reads_back(text in strange::nearly("[0-9]{1,16}(-[0-9a-f]{24})?")) {
            if let Some(position) = Position::parse(&text) {
                prop_assert!(position.at.0 >= 0);
                prop_assert_eq!(Position::parse(&position.to_string()), Some(position));
            }
        }
    }
}
