//! Value-added tax, which every price includes.

use super::money::Money;
use serde::{Deserialize, Serialize};

/// A rate of VAT in Romania since 1 August 2025 (Legea 141/2025; Codul fiscal, article 291). An
/// order keeps the rate of its day: when the law changes, add one here and keep the old ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub enum VatRate {
    /// 11 %: food.
    #[default]
    Reduced,
    /// 21 %: everything else.
    Standard,
}

impl VatRate {
    /// All of them, that of food first.
    pub const ALL: [VatRate; 2] = [VatRate::Reduced, VatRate::Standard];

    /// In percent.
    pub const fn percent(self) -> u8 {
        match self {
            VatRate::Reduced => 11,
            VatRate::Standard => 21,
        }
    }

    /// The rate of exactly so many percent.
    pub fn from_percent(percent: i64) -> Option<VatRate> {
        VatRate::ALL.into_iter().find(|rate| i64::from(rate.percent()) == percent)
    }

    /// The tax in an amount that includes it, to the ban, half a ban rounded up: 11/111 of it, or
    /// 21/121.
    pub fn included(self, amount: Money) -> Money {
        let percent = i64::from(self.percent());
        let tax = (2 * amount.bani() * percent + (100 + percent)) / (2 * (100 + percent));
        Money::from_bani(tax).unwrap_or(Money::ZERO)
    }
}

/// Not a rate that there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VatError;

impl std::fmt::Display for VatError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("no such rate of VAT")
    }
}

impl TryFrom<u8> for VatRate {
    type Error = VatError;
    fn try_from(percent: u8) -> Result<VatRate, VatError> {
        VatRate::from_percent(i64::from(percent)).ok_or(VatError)
    }
}

impl From<VatRate> for u8 {
    fn from(rate: VatRate) -> u8 {
        rate.percent()
    }
}

/// The tax in these lines, each rate once, the lowest first. It is taken of the sum of a rate's
/// lines, so that the roundings of many lines do not add up. Lines whose rate is not known, those of
/// orders from before rates were kept, are in none.
pub fn included(lines: impl IntoIterator<Item = (Option<VatRate>, Money)>) -> Vec<(VatRate, Money)> {
    let mut sums = VatRate::ALL.map(|rate| (rate, None::<Money>));
    for (rate, amount) in lines {
        for (known, sum) in &mut sums {
            if rate == Some(*known) {
                *sum = sum.unwrap_or(Money::ZERO).plus(amount);
            }
        }
    }
    sums.into_iter().filter_map(|(rate, sum)| Some((rate, rate.included(sum?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::money::MAX_MONEY;
    use proptest::prelude::*;

    fn bani(bani: i64) -> Money {
        Money::from_bani(bani).unwrap()
    }

    #[test]
    fn the_tax_is_in_the_price() {
        assert_eq!(VatRate::Reduced.included(bani(11_100)), bani(1100));
        assert_eq!(VatRate::Standard.included(bani(12_100)), bani(2100));
        assert_eq!(VatRate::Reduced.included(bani(1850)), bani(183), "18.50 × 11/111 = 1.8333");
        assert_eq!(VatRate::Reduced.included(MAX_MONEY), bani(99_099_099));
        assert_eq!(VatRate::Reduced.included(Money::ZERO), Money::ZERO);
    }

    #[test]
    fn each_rate_once_and_of_its_sum() {
        let (food, other) = (Some(VatRate::Reduced), Some(VatRate::Standard));
        let lines = [(other, bani(12_100)), (food, bani(5)), (None, bani(999)), (food, bani(5))];
        assert_eq!(
            included(lines),
            [(VatRate::Reduced, bani(1)), (VatRate::Standard, bani(2100))],
            "0.05 alone holds nothing, twice it holds a ban"
        );
        assert_eq!(included([(None, bani(999))]), []);
    }

    #[test]
    fn on_the_wire_it_is_the_percentage() {
        assert_eq!(serde_json::to_string(&VatRate::ALL).unwrap(), "[11,21]");
        for wrong in ["0", "12", "\"11\"", "-11", "11.0"] {
            assert!(serde_json::from_str::<VatRate>(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn net_and_tax_make_the_price(amount in 0..=MAX_MONEY.bani(), standard: bool) {
            let rate = if standard { VatRate::Standard } else { VatRate::Reduced };
            let (tax, percent) = (rate.included(bani(amount)).bani(), i64::from(rate.percent()));
            // |tax - amount × p / (100 + p)| <= 1/2, in whole numbers.
            let off = 2 * (tax * (100 + percent) - amount * percent);
            prop_assert!(off.abs() <= 100 + percent && tax <= amount);
        }
    }
}
