//! The producer changes what is in an order: how many of each line, and perhaps one product more.

use super::{
    error::AppError,
    field::{FieldError, FieldErrors},
    ids::ProductId,
    quantity::Quantity,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemsForm {
    /// When the order that the form showed had last been changed, in milliseconds.
    pub version: String,
    /// How many of each line, by product (see [`ItemsForm::field`]). Empty or 0 takes the line out; a line that is not named
    /// stays.
    pub quantities: BTreeMap<String, String>,
    /// A product to add; empty for none.
    pub add: String,
    /// How many of it; empty is one.
    pub add_quantity: String,
}

/// A change that passed the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemsDraft {
    /// The order as it was shown.
    pub version: Timestamp,
    /// How many of each line; `None` takes it out.
    pub quantities: BTreeMap<ProductId, Option<Quantity>>,
    /// A product to add, and how many of it.
    pub add: Option<(ProductId, Quantity)>,
}

impl ItemsForm {
    /// The most lines that a form may name: as many as an order has.
    const MOST: usize = 100;

    /// The name of a line's field. A letter stands before the id, as what begins with a digit is taken
    /// for a place in a list (`serde_qs`).
    pub fn field(product: &ProductId) -> String {
        format!("quantities[p{product}]")
    }

    /// The one check.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn parse(&self) -> Result<ItemsDraft, AppError> {
        let mut errors = FieldErrors::default();
        let version = self.version.trim().parse().map(Timestamp).map_err(|_| FieldError::Format);
        let version = errors.check("version", version);
        let quantities = quantities(&self.quantities, &mut errors);
        let add = match self.add.trim() {
            "" => None,
            id => {
                let product = errors.check("add", ProductId::parse(id).map_err(|_| FieldError::Choice));
                let typed = Some(self.add_quantity.trim()).filter(|typed| !typed.is_empty()).unwrap_or("1");
                let pieces = errors.check("add_quantity", pieces(typed).and_then(|n| n.ok_or(RANGE)));
                product.zip(pieces)
            }
        };
        match version {
            Some(version) if errors.is_empty() => Ok(ItemsDraft { version, quantities, add }),
            _ => Err(AppError::Fields { errors }),
        }
    }
}

const RANGE: FieldError = FieldError::Range { min: 1, max: Quantity::MAX as i64 };

/// The pieces of each product, as a form names them: `quantities[p507f…]`.
pub(super) fn quantities(
    typed: &BTreeMap<String, String>,
    errors: &mut FieldErrors,
) -> BTreeMap<ProductId, Option<Quantity>> {
    let mut read = BTreeMap::new();
    if typed.len() > 10 * ItemsForm::MOST {
        errors.add("quantities", FieldError::TooMany { max: 10 * ItemsForm::MOST as u32 });
        return read;
    }
    for (id, pieces_typed) in typed {
        match ProductId::parse(id.strip_prefix('p').unwrap_or(id)) {
            Ok(product) => {
                let field = ItemsForm::field(&product);
                if let Some(pieces) = errors.check(&field, pieces(pieces_typed)) {
                    read.insert(product, pieces);
                }
            }
            Err(_) => errors.add("quantities", FieldError::Choice),
        }
    }
    read
}

/// A number of pieces; `None` for none.
fn pieces(typed: &str) -> Result<Option<Quantity>, FieldError> {
    match typed.trim() {
        "" => Ok(None),
        digits if digits.bytes().all(|b| b.is_ascii_digit()) => match digits.parse::<i64>() {
            Ok(0) => Ok(None),
            Ok(pieces) => Quantity::new(pieces).map(Some).map_err(|_| NONE_TO_MOST),
            Err(_) => Err(NONE_TO_MOST),
        },
        _ => Err(NONE_TO_MOST),
    }
}

const NONE_TO_MOST: FieldError = FieldError::Range { min: 0, max: Quantity::MAX as i64 };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    const BREAD: &str = "507f1f77bcf86cd799439011";

    fn form(quantity: &str) -> ItemsForm {
        ItemsForm {
            version: "1736764200000".into(),
            quantities: BTreeMap::from([(BREAD.into(), quantity.into())]),
            ..ItemsForm::default()
        }
    }

    fn wrong(form: &ItemsForm) -> Vec<String> {
        let Err(AppError::Fields { errors }) = form.parse() else { panic!("accepted") };
        errors.0.into_keys().collect()
    }

    #[test]
    fn none_is_taken_out() {
        for none in ["", " ", "0", "00"] {
            let draft = form(none).parse().unwrap();
            assert_eq!(draft.quantities[&ProductId::parse(BREAD).unwrap()], None, "{none:?}");
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let line = format!("quantities[p{BREAD}]");
        for bad in ["-1", "1000", "1.5", "two", "1e2", "99999999999999999999"] {
            assert_eq!(wrong(&form(bad)), std::slice::from_ref(&line), "{bad}");
        }
        let junk = ItemsForm {
            version: "yesterday".into(),
            quantities: BTreeMap::from([("$where".into(), "1".into())]),
            add: "x".into(),
            add_quantity: "0".into(),
        };
        assert_eq!(wrong(&junk), ["add", "add_quantity", "quantities", "version"]);
        let one = ItemsForm { add: BREAD.into(), ..form("2") };
        assert_eq!(one.parse().unwrap().add.map(|(_, pieces)| pieces.get()), Some(1), "one unless said");
    }

    proptest! {
        #[test]
        fn only_the_range_passes(typed in strange::nearly(" ?[0-9]{0,4} ?")) {
            if let Ok(draft) = form(&typed).parse() {
                let pieces = draft.quantities.values().next().unwrap().map_or(0, Quantity::get);
                let digits = typed.trim();
                prop_assert_eq!(digits.parse::<u32>().unwrap_or(0), pieces, "{:?}", typed);
            }
        }
    }
}
