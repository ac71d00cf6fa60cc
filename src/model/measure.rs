//! How much of something is sold as one piece, and what it costs per unit of measure.

use super::{field::FieldError, locale::Locale, money::Money, text};
use serde::{Deserialize, Serialize};

/// In what a content is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Grams.
    G,
    /// Kilograms.
    Kg,
    /// Millilitres.
    Ml,
    /// Litres.
    L,
    /// Pieces.
    Piece,
}

impl Unit {
    /// All of them.
    pub const ALL: [Unit; 5] = [Unit::G, Unit::Kg, Unit::Ml, Unit::L, Unit::Piece];

    /// The name in forms, in the API and in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Unit::G => "g",
            Unit::Kg => "kg",
            Unit::Ml => "ml",
            Unit::L => "l",
            Unit::Piece => "piece",
        }
    }

    /// The unit of exactly this name.
    pub fn from_name(name: &str) -> Option<Unit> {
        Unit::ALL.into_iter().find(|unit| unit.name() == name)
    }

    /// The unit that prices are compared by.
    pub const fn compared_by(self) -> Unit {
        match self {
            Unit::G | Unit::Kg => Unit::Kg,
            Unit::Ml | Unit::L => Unit::L,
            Unit::Piece => Unit::Piece,
        }
    }

    /// How many of these make one of [`Unit::compared_by`].
    const fn per_compared(self) -> i64 {
        match self {
            Unit::G | Unit::Ml => 1000,
            Unit::Kg | Unit::L | Unit::Piece => 1,
        }
    }

    /// As it is written behind a price and in a list of choices.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Unit::Piece => text::food::piece(l),
            unit => unit.name(),
        }
    }
}

/// What one sold piece holds: 500 g, 1.2 kg, 750 ml, 10 pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetContent {
    /// Thousandths of the unit, so that 1.2 kg is a whole number.
    thousandths: u32,
    unit: Unit,
}

/// A price for one unit of measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitPrice {
    /// What one costs.
    pub price: Money,
    /// One of what.
    pub per: Unit,
}

impl NetContent {
    /// The most of a unit: 100,000.
    pub const MAX: u32 = 100_000;

    /// From thousandths of a unit.
    ///
    /// # Errors
    /// [`FieldError::Range`] for nothing and for more than [`NetContent::MAX`];
    /// [`FieldError::Format`] for a part of a piece.
    pub fn new(thousandths: u32, unit: Unit) -> Result<NetContent, FieldError> {
        match thousandths {
            0 => Err(Self::range()),
            _ if thousandths > Self::MAX * 1000 => Err(Self::range()),
            _ if unit == Unit::Piece && !thousandths.is_multiple_of(1000) => Err(FieldError::Format),
            _ => Ok(NetContent { thousandths, unit }),
        }
    }

    /// Reads `500`, `1.2` or, as people write it in Romania, `1,2` into thousandths.
    ///
    /// # Errors
    /// [`FieldError::Format`] for anything but digits with at most three decimals,
    /// [`FieldError::Range`] as [`NetContent::new`].
    pub fn read_amount(text: &str) -> Result<u32, FieldError> {
        let text = text.trim();
        let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(part) || part.len() > 3 {
            return Err(FieldError::Format);
        }
        let whole: u32 = whole.parse().map_err(|_| Self::range())?;
        let part: u32 = format!("{part:0<3}").parse().map_err(|_| FieldError::Format)?;
        match whole.checked_mul(1000).and_then(|thousandths| thousandths.checked_add(part)) {
            Some(thousandths) if thousandths > 0 && thousandths <= Self::MAX * 1000 => Ok(thousandths),
            _ => Err(Self::range()),
        }
    }

    fn range() -> FieldError {
        FieldError::Range { min: 1, max: i64::from(Self::MAX) }
    }

    /// In what it is measured.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// The amount as a number is written: `500`, `1.2`.
    pub fn amount(self) -> String {
        let (whole, part) = (self.thousandths / 1000, self.thousandths % 1000);
        if part == 0 {
            return whole.to_string();
        }
        format!("{whole}.{part:03}").trim_end_matches('0').to_owned()
    }

    /// `500 g`, `1,2 kg`, `10 bucăți`.
    pub fn label(self, l: Locale) -> String {
        let amount = match l {
            Locale::Ro => self.amount().replace('.', ","),
            Locale::En => self.amount(),
        };
        let unit = match self.unit {
            Unit::Piece => text::plural(
                l,
                u64::from(self.thousandths / 1000),
                text::food::piece_one(l),
                text::food::piece_few(l),
                text::food::piece_other(l),
            ),
            unit => unit.name(),
        };
        // A no-break space: the unit never stands alone on a line.
        format!("{amount}\u{a0}{unit}")
    }

    /// What a kilogram, a litre or a piece costs when this much costs `price`, to the ban, half a
    /// ban rounded up. It must stand beside the price: articles 2 and 3 of Directive 98/6/EC, in
    /// Romania HG 947/2000, articles 2 and 4. `None` when it is more than money can count.
    pub fn unit_price(self, price: Money) -> Option<UnitPrice> {
        let thousandths = i64::from(self.thousandths);
        let whole = price.bani().checked_mul(1000 * self.unit.per_compared())?;
        let rounded = whole.checked_mul(2)?.checked_add(thousandths)?.checked_div(2 * thousandths)?;
        Some(UnitPrice { price: Money::from_bani(rounded).ok()?, per: self.unit.compared_by() })
    }

    /// Is it one piece, of which the price is the price per piece? Then nothing more need be said
    /// (Directive 98/6/EC, article 3).
    pub const fn is_one_piece(self) -> bool {
        matches!(self.unit, Unit::Piece) && self.thousandths == 1000
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{money::MAX_MONEY, strange};
    use proptest::prelude::*;

    fn net(amount: &str, unit: Unit) -> NetContent {
        NetContent::new(NetContent::read_amount(amount).unwrap(), unit).unwrap()
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        proptest::sample::select(Unit::ALL.to_vec())
    }

    #[test]
    fn prices_per_kilogram_litre_and_piece() {
        for (bani, amount, unit, per, expected) in [
            (750, "350", Unit::G, Unit::Kg, 2143),
            (1850, "1", Unit::Kg, Unit::Kg, 1850),
            (2200, "1,2", Unit::Kg, Unit::Kg, 1833),
            (2600, "500", Unit::Ml, Unit::L, 5200),
            (1999, "0.75", Unit::L, Unit::L, 2665),
            (1600, "10", Unit::Piece, Unit::Piece, 160),
            (5, "10", Unit::Piece, Unit::Piece, 1),
            (4, "10", Unit::Piece, Unit::Piece, 0),
        ] {
            let found = net(amount, unit).unit_price(Money::from_bani(bani).unwrap()).unwrap();
            assert_eq!((found.price.bani(), found.per), (expected, per), "{bani} for {amount} {unit:?}");
        }
        assert_eq!(net("0,001", Unit::G).unit_price(MAX_MONEY), None);
    }

    #[test]
    fn how_it_is_written() {
        assert_eq!(net("500", Unit::G).label(Locale::Ro), "500\u{a0}g");
        assert_eq!(net("1.20", Unit::Kg).label(Locale::Ro), "1,2\u{a0}kg");
        assert_eq!(net("1.20", Unit::Kg).label(Locale::En), "1.2\u{a0}kg");
        assert_eq!(net("1", Unit::Piece).label(Locale::Ro), "1\u{a0}bucată");
        assert_eq!(net("10", Unit::Piece).label(Locale::Ro), "10\u{a0}bucăți");
        assert_eq!(net("20", Unit::Piece).label(Locale::Ro), "20\u{a0}de bucăți");
        assert_eq!(net("10", Unit::Piece).label(Locale::En), "10\u{a0}pieces");
    }

    #[test]
    fn nothing_too_much_and_half_a_piece_are_refused() {
        for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1.2345", "1.2.3", "500 g", "NaN", "١٢"] {
            assert_eq!(NetContent::read_amount(text), Err(FieldError::Format), "{text:?}");
        }
        for text in ["0", "0,000", "100000.001", "4294968", "99999999999"] {
            assert_eq!(NetContent::read_amount(text), Err(NetContent::range()), "{text:?}");
        }
        assert_eq!(NetContent::new(1500, Unit::Piece), Err(FieldError::Format));
    }

    proptest! {
        #[test]
        fn an_amount_reads_back(thousandths in 1..=NetContent::MAX * 1000, unit in any_unit()) {
            if let Ok(net) = NetContent::new(thousandths, unit) {
                prop_assert_eq!(NetContent::read_amount(&net.amount()), Ok(thousandths));
                prop_assert_eq!(NetContent::read_amount(&net.amount().replace('.', ",")), Ok(thousandths));
                prop_assert_eq!(Unit::from_name(unit.name()), Some(unit));
            }
        }

        #[test]
        fn what_is_accepted_is_what_was_written(text in strange::nearly("0{0,2}[0-9]{0,7}[.,]?[0-9]{0,4}")) {
            if let Ok(thousandths) = NetContent::read_amount(&text) {
                let written = text.trim().replace(',', ".");
                let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
                prop_assert_eq!(format!("{whole}{part:0<3}").parse(), Ok(thousandths));
            }
        }

        #[test]
        fn a_unit_price_is_the_nearest_whole_number_of_bani(
            bani in 0..=1_000_000i64, thousandths in 1..=NetContent::MAX * 1000, unit in any_unit(),
        ) {
            let Ok(net) = NetContent::new(thousandths, unit) else { return Ok(()) };
            let Some(found) = net.unit_price(Money::from_bani(bani).unwrap()) else { return Ok(()) };
            // |found - exact| <= 1/2, and of two equally near ones the higher: in whole numbers.
            let (exact, parts) = (i128::from(bani) * 1000 * i128::from(unit.per_compared()), i128::from(thousandths));
            let off = 2 * (i128::from(found.price.bani()) * parts - exact);
            prop_assert!(-parts < off && off <= parts, "{} off by {}/{}", found.price, off, 2 * parts);
        }

        #[test]
        fn twice_the_price_for_twice_as_much_is_the_same(bani in 0..=1_000_000i64, grams in 1..=50_000_000u32) {
            let price = |bani, thousandths| {
                NetContent::new(thousandths, Unit::G).unwrap().unit_price(Money::from_bani(bani).unwrap())
            };
            prop_assert_eq!(price(bani, grams), price(bani * 2, grams * 2));
        }
    }
}
