//! One change of many products.

use super::form::{category, stock};
use crate::model::{
    error::AppError,
    field::FieldError,
    ids::{CategoryId, ProductId},
    money::{MAX_MONEY, Money, MoneyError},
    time::Timestamp,
};
use std::collections::BTreeMap;

/// A product as a form showed it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// When it had last been changed.
    pub version: Option<Timestamp>,
    /// How many pieces there were.
    pub stock: Option<u32>,
}

impl Shown {
    /// `v1732656000000-12`: its version and its stock in one word, which no spreadsheet takes for a
    /// number.
    pub fn word(self) -> String {
        let version = self.version.map_or(0, |version| version.0);
        self.stock.map_or_else(|| format!("v{version}"), |stock| format!("v{version}-{stock}"))
    }

    /// Reads exactly what [`Shown::word`] writes for a product.
    pub fn parse(word: &str) -> Option<Shown> {
        let (version, stock) = word.strip_prefix('v')?.split_once('-')?;
        let digits = |text: &str| (1..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(version) || !digits(stock) {
            return None;
        }
        Some(Shown { version: Some(Timestamp(version.parse().ok()?)), stock: Some(stock.parse().ok()?) })
    }
}

/// What is done with each of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkChange {
    /// Put on sale, or taken off.
    Active(bool),
    /// Shown on the home page, or not.
    Featured(bool),
    /// Put on another shelf.
    Move(CategoryId),
    /// The price raised or lowered, in hundredths of a percent.
    Percent(i64),
    /// The price raised or lowered, in bani.
    Amount(i64),
    /// So many pieces.
    Stock(u32),
}

impl BulkChange {
    /// The names in a form.
    pub const NAMES: [&'static str; 8] =
        ["on_sale", "off_sale", "feature", "unfeature", "move", "percent", "amount", "stock"];
    /// The most percent up; down it is 90.
    const MOST: i64 = 1000;

    /// The price that this makes of a price, half a ban rounded up. `None` where it is no price, or
    /// none at all.
    pub fn price(&self, price: Money) -> Option<Money> {
        let bani = match self {
            BulkChange::Percent(hundredths) => {
                (price.bani().checked_mul(10_000 + hundredths)? * 2 + 10_000).div_euclid(20_000)
            }
            BulkChange::Amount(bani) => price.bani() + bani,
            _ => return Some(price),
        };
        // A percentage of nothing is nothing; a price that was something does not become nothing.
        let price = Money::from_bani(bani).ok().filter(|new| *new > Money::ZERO || price == Money::ZERO)?;
        Some(price)
    }
}

/// The form above the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BulkForm {
    /// One of [`BulkChange::NAMES`].
    pub change: String,
    /// Where to, for `move`.
    pub category_id: String,
    /// How much, for prices and stock.
    pub value: String,
    /// The ticked rows: `p` and id to [`Shown::word`]. A form takes a name in brackets that begins with
    /// a digit for a place in a list.
    pub picked: BTreeMap<String, String>,
}

/// The most products of one change.
const MOST_PICKED: usize = 200;

impl BulkForm {
    /// What is to be done, with which products as they were shown.
    ///
    /// # Errors
    /// [`AppError::Fields`] with the wrong field.
    pub fn parse(&self) -> Result<(BulkChange, Vec<(ProductId, Shown)>), AppError> {
        let change = self.change().map_err(|(field, error)| AppError::field(field, error))?;
        let picked = self.picked().map_err(|error| AppError::field("picked", error))?;
        Ok((change, picked))
    }

    fn change(&self) -> Result<BulkChange, (&'static str, FieldError)> {
        let value = |error| ("value", error);
        Ok(match self.change.as_str() {
            "" => return Err(("change", FieldError::Required)),
            "on_sale" => BulkChange::Active(true),
            "off_sale" => BulkChange::Active(false),
            "feature" => BulkChange::Featured(true),
            "unfeature" => BulkChange::Featured(false),
            "move" => BulkChange::Move(category(&self.category_id).map_err(|error| ("category_id", error))?),
            "percent" => BulkChange::Percent(percent(&self.value).map_err(value)?),
            "amount" => BulkChange::Amount(signed(&self.value).map_err(value)?),
            "stock" => BulkChange::Stock(stock(&self.value).map_err(value)?),
            _ => return Err(("change", FieldError::Choice)),
        })
    }

    fn picked(&self) -> Result<Vec<(ProductId, Shown)>, FieldError> {
        if self.picked.is_empty() {
            return Err(FieldError::Required);
        }
        if self.picked.len() > MOST_PICKED {
            return Err(FieldError::Range { min: 1, max: 200 });
        }
        let read = |(id, word): (&String, &String)| {
            Some((ProductId::parse(id.strip_prefix('p')?).ok()?, Shown::parse(word)?))
        };
        self.picked.iter().map(|pair| read(pair).ok_or(FieldError::Choice)).collect()
    }
}

/// `10`, `-7,5`, `+2.25 %`, in hundredths.
fn percent(text: &str) -> Result<i64, FieldError> {
    let hundredths = signed(text.trim().trim_end_matches('%'))?;
    if !(-9000..=BulkChange::MOST * 100).contains(&hundredths) {
        return Err(FieldError::Range { min: -90, max: BulkChange::MOST });
    }
    Ok(hundredths)
}

/// An amount with its sign, in hundredths.
fn signed(text: &str) -> Result<i64, FieldError> {
    let text = text.trim();
    let (sign, amount) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(amount) => (-1, amount),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    match Money::parse(amount) {
        _ if text.is_empty() => Err(FieldError::Required),
        Ok(amount) => Ok(sign * amount.bani()),
        Err(MoneyError::Format) => Err(FieldError::Format),
        Err(MoneyError::Range) => {
            let max = MAX_MONEY.bani() / 100;
            Err(FieldError::Range { min: -max, max })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn bani(bani: i64) -> Money {
        Money::from_bani(bani).unwrap()
    }

    fn form(change: &str, value: &str) -> Result<BulkChange, AppError> {
        let picked = BTreeMap::from([("p507f1f77bcf86cd799439011".to_owned(), "v1-2".to_owned())]);
        let form = BulkForm { change: change.into(), value: value.into(), picked, ..BulkForm::default() };
        form.parse().map(|(change, _)| change)
    }

    #[test]
    fn prices_are_rounded_to_bani() {
        for (percent, price, expected) in [
            ("10", 1250, 1375),
            ("-10 %", 1255, 1130),
            ("2,5", 999, 1024),
            ("33.33", 100, 133),
            ("-50", 1, 1),
            ("0", 1250, 1250),
        ] {
            let change = form("percent", percent).unwrap();
            assert_eq!(change.price(bani(price)), Some(bani(expected)), "{percent} of {price}");
        }
        assert_eq!(form("amount", "-2,50").unwrap().price(bani(1250)), Some(bani(1000)));
        assert_eq!(form("amount", "-12,50").unwrap().price(bani(1250)), None, "nothing is given away");
        assert_eq!(form("amount", "1").unwrap().price(MAX_MONEY), None);
        assert_eq!(form("percent", "1000").unwrap().price(MAX_MONEY), None);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let wrong = |change: &str, value: &str, field: &str, error: FieldError| {
            assert_eq!(form(change, value), Err(AppError::field(field, error)), "{change} {value}");
        };
        wrong("", "", "change", FieldError::Required);
        wrong("$set", "", "change", FieldError::Choice);
        wrong("move", "", "category_id", FieldError::Required);
        wrong("percent", "", "value", FieldError::Required);
        wrong("percent", "--1", "value", FieldError::Format);
        wrong("percent", "-91", "value", FieldError::Range { min: -90, max: 1000 });
        wrong("stock", "-1", "value", FieldError::Range { min: 0, max: 1_000_000 });
        let none = BulkForm { change: "on_sale".into(), ..BulkForm::default() };
        assert_eq!(none.parse(), Err(AppError::field("picked", FieldError::Required)));
        let junk = BTreeMap::from([("$ne".to_owned(), "1".to_owned())]);
        let junk = BulkForm { picked: junk, ..none };
        assert_eq!(junk.parse(), Err(AppError::field("picked", FieldError::Choice)));
    }

    proptest! {
        #[test]
        fn a_shown_product_reads_back(version in 0..100_000_000_000_000_i64, stock in 0..=1_000_000_u32) {
            let shown = Shown { version: Some(Timestamp(version)), stock: Some(stock) };
            prop_assert_eq!(Shown::parse(&shown.word()), Some(shown));
        }

        #[test]
        fn only_its_own_words_are_read(word in strange::nearly("v[0-9]{1,14}-[0-9]{1,9}")) {
            if let Some(shown) = Shown::parse(&word) {
                prop_assert_eq!(Shown::parse(&shown.word()), Some(shown));
                prop_assert!(word.bytes().all(|b| b.is_ascii_digit() || b == b'v' || b == b'-'));
            }
        }

        #[test]
        fn a_percentage_is_the_nearest_whole_number_of_bani(price in 1..=99_999_999_i64, hundredths in -9000..=100_000_i64) {
            if let Some(new) = BulkChange::Percent(hundredths).price(bani(price)) {
                let off = 2 * (new.bani() * 10_000 - price * (10_000 + hundredths));
                prop_assert!(-10_000 < off && off <= 10_000, "{} off by {}", new, off);
            }
        }
    }
}
