//! How many pieces of one product.

use serde::{Deserialize, Serialize};

/// A number of pieces, 1 to [`Quantity::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Quantity(u32);

/// A quantity outside 1 to [`Quantity::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityError;

impl std::fmt::Display for QuantityError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("quantity out of range")
    }
}

impl Quantity {
    /// The most pieces of one product in a cart: a household's order, not a wholesaler's.
    pub const MAX: u32 = 999;

    /// # Errors
    /// [`QuantityError`] outside 1 to [`Quantity::MAX`].
    pub fn new(pieces: i64) -> Result<Quantity, QuantityError> {
        match u32::try_from(pieces) {
            Ok(pieces @ 1..=Self::MAX) => Ok(Quantity(pieces)),
            _ => Err(QuantityError),
        }
    }

    /// The number of pieces.
    pub const fn get(self) -> u32 {
        self.0
    }

    /// Both together, at most [`Quantity::MAX`]: adding the same product twice never fails.
    pub fn plus(self, more: Quantity) -> Quantity {
        Quantity((self.0 + more.0).min(Self::MAX))
    }
}

impl TryFrom<i64> for Quantity {
    type Error = QuantityError;
    fn try_from(pieces: i64) -> Result<Self, QuantityError> {
        Quantity::new(pieces)
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> i64 {
        i64::from(quantity.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bounds() {
        assert!(Quantity::new(0).is_err());
        assert!(Quantity::new(-1).is_err());
        assert!(Quantity::new(1000).is_err());
        assert_eq!(Quantity::new(999).map(Quantity::get), Ok(999));
    }

    proptest! {
        #[test]
        fn only_the_range_is_accepted(pieces: i64) {
            prop_assert_eq!(Quantity::new(pieces).is_ok(), (1..=999).contains(&pieces));
        }

        #[test]
        fn adding_stays_in_range(a in 1..=999i64, b in 1..=999i64) {
            let sum = Quantity::new(a).unwrap().plus(Quantity::new(b).unwrap());
            prop_assert_eq!(i64::from(sum), (a + b).min(999));
        }
    }
}
