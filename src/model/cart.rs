//! The cart as the customer sees it.

use super::{
    food::LineFacts,
    ids::{CartId, ProductId, Slug},
    money::Money,
    quantity::Quantity,
};
use serde::{Deserialize, Serialize};

/// What changed about a line since the customer put it in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum LineNotice {
    /// The price is another one now.
    PriceChanged {
        /// What it was.
        was: Money,
    },
    /// Fewer are left than wanted.
    Short {
        /// How many are left, at least 1.
        left: u32,
    },
    /// None are left.
    SoldOut,
    /// No longer sold at all.
    Gone,
}

impl LineNotice {
    /// Must the customer do something before ordering?
    pub const fn blocks(self) -> bool {
        !matches!(self, LineNotice::PriceChanged { .. })
    }
}

/// One product in the cart, with the catalogue's name and price of now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Which product.
    pub product_id: ProductId,
    /// Its name in an address.
    pub slug: Slug,
    /// Its name in the visitor's language.
    pub name: String,
    /// The address of its picture.
    pub picture: String,
    /// How many are wanted.
    pub quantity: Quantity,
    /// Price of one piece, from the catalogue of now.
    pub unit_price: Money,
    /// Price of all pieces.
    pub total_price: Money,
    /// How much one piece is, its allergens, its VAT.
    pub food: LineFacts,
    /// What the customer should know about it.
    pub notice: Option<LineNotice>,
}

/// A cart with what it costs now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cart {
    /// Whoever knows the id holds the cart; `None` before the first product.
    pub id: Option<CartId>,
    /// The lines in the order in which they were added.
    pub lines: Vec<CartLine>,
    /// What the lines that can be ordered cost together.
    pub total: Money,
}

impl Cart {
    /// A cart with nothing in it.
    pub const fn empty() -> Cart {
        Cart { id: None, lines: Vec::new(), total: Money::ZERO }
    }

    /// Pieces of all lines.
    pub fn count(&self) -> u32 {
        self.lines.iter().map(|line| line.quantity.get()).sum()
    }

    /// The line of a product.
    pub fn line(&self, product: &ProductId) -> Option<&CartLine> {
        self.lines.iter().find(|line| &line.product_id == product)
    }

    /// Must a line be changed before ordering?
    pub fn blocked(&self) -> bool {
        self.lines.iter().any(|line| line.notice.is_some_and(LineNotice::blocks))
    }
}

/// What the lines that can be ordered cost together; `None` when that is more than money can count.
pub fn total(lines: &[CartLine]) -> Option<Money> {
    lines
        .iter()
        .filter(|line| !matches!(line.notice, Some(LineNotice::Gone | LineNotice::SoldOut)))
        .try_fold(Money::ZERO, |total, line| total.plus(line.total_price))
}

/// The notice for a wanted quantity, given what the catalogue says now.
pub fn line_notice(wanted: Quantity, available: u32, seen: Money, price: Money) -> Option<LineNotice> {
    match available {
        0 => Some(LineNotice::SoldOut),
        left if left < wanted.get() => Some(LineNotice::Short { left }),
        _ if seen != price => Some(LineNotice::PriceChanged { was: seen }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shortage_outweighs_price() {
        let (old, new) = (Money::from_bani(100).unwrap(), Money::from_bani(120).unwrap());
        let two = Quantity::new(2).unwrap();
        assert_eq!(line_notice(two, 5, old, old), None);
        assert_eq!(line_notice(two, 5, old, new), Some(LineNotice::PriceChanged { was: old }));
        assert_eq!(line_notice(two, 1, old, new), Some(LineNotice::Short { left: 1 }));
        assert_eq!(line_notice(two, 0, old, new), Some(LineNotice::SoldOut));
    }

    proptest! {
        #[test]
        fn only_what_cannot_be_had_blocks(wanted in 1..=999i64, available in 0..2000u32) {
            let wanted = Quantity::new(wanted).unwrap();
            let notice = line_notice(wanted, available, Money::ZERO, Money::ZERO);
            prop_assert_eq!(notice.is_some_and(LineNotice::blocks), available < wanted.get());
        }
    }
}
