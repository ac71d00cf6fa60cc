//! How the shop is doing: orders summed up over days, weeks and months, and set beside the time
//! before. All of it in whole numbers.

mod range;

pub use range::{Preset, Range, Step};

use super::{day::Day, ids::ProductId};
use serde::{Deserialize, Serialize};

/// What is summed up of some orders. An order counts once its number is verified, until it is
/// cancelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// How many count.
    pub orders: i64,
    /// What they bring, in bani; a sum over years may be more than [`super::money::MAX_MONEY`].
    pub revenue: i64,
    /// How many were cancelled after they were placed.
    pub cancelled: i64,
    /// What those would have brought, in bani.
    pub lost: i64,
    /// Those that count and whose customer is known (not erased).
    pub known: i64,
    /// Those of them that were the first of their phone number.
    pub newcomers: i64,
}

impl Totals {
    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Totals) -> Totals {
        Totals {
            orders: self.orders + other.orders,
            revenue: self.revenue + other.revenue,
            cancelled: self.cancelled + other.cancelled,
            lost: self.lost + other.lost,
            known: self.known + other.known,
            newcomers: self.newcomers + other.newcomers,
        }
    }

    /// What an order brings on average, to the ban; nothing without orders.
    pub const fn average(self) -> Option<i64> {
        rounded(self.revenue, self.orders)
    }

    /// Of a thousand orders, how many were placed by numbers that had ordered before.
    pub const fn returning(self) -> Option<i64> {
        rounded((self.known - self.newcomers) * 1000, self.known)
    }
}

/// The quotient, half rounded up; none by zero.
const fn rounded(number: i64, by: i64) -> Option<i64> {
    if by <= 0 { None } else { Some((2 * number + by).div_euclid(2 * by)) }
}

/// By how many thousandths a number has changed; none when there was nothing before.
pub const fn change(before: i64, now: i64) -> Option<i64> {
    rounded((now - before) * 1000, before)
}

/// The totals of a day, a week or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// Its first day that lies in the range.
    pub from: Day,
    /// Its last day that lies in the range.
    pub to: Day,
    /// What was summed up.
    pub totals: Totals,
}

/// A product and how much was sold of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seller {
    /// Which product.
    pub id: ProductId,
    /// What it is called.
    pub name: String,
    /// How many pieces.
    pub pieces: i64,
    /// What they brought, in bani.
    pub revenue: i64,
}

/// All that a page of figures shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The days.
    pub range: Range,
    /// Chosen how.
    pub preset: Preset,
    /// Summed up how.
    pub step: Step,
    /// Each step, also those in which nothing was ordered.
    pub buckets: Vec<Bucket>,
    /// All of it.
    pub now: Totals,
    /// As many days before.
    pub before: Totals,
    /// What was sold best, by revenue.
    pub sellers: Vec<Seller>,
}

/// Sums up days by steps; a step without orders is there, too.
pub fn buckets(range: Range, step: Step, days: &[(Day, Totals)]) -> Vec<Bucket> {
    let mut found: Vec<Bucket> =
        range.steps(step).map(|Range { from, to }| Bucket { from, to, totals: Totals::default() }).collect();
    for (day, totals) in days.iter().filter(|(day, _)| range.has(*day)) {
        // Steps lie one after the other.
        let place = found.partition_point(|bucket| bucket.to < *day);
        if let Some(bucket) = found.get_mut(place) {
            bucket.totals = bucket.totals.plus(*totals);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn shares_and_averages_are_rounded_and_never_divide_by_nothing() {
        let totals = Totals { orders: 3, revenue: 1000, known: 3, newcomers: 1, ..Totals::default() };
        assert_eq!((totals.average(), totals.returning()), (Some(333), Some(667)));
        assert_eq!((Totals::default().average(), Totals::default().returning()), (None, None));
        assert_eq!(Totals { orders: 2, revenue: 25, ..Totals::default() }.average(), Some(13));
    }

    #[test]
    fn changes_in_thousandths() {
        assert_eq!(change(200, 250), Some(250));
        assert_eq!(change(300, 200), Some(-333));
        assert_eq!(change(100, 0), Some(-1000));
        assert_eq!(change(0, 100), None);
        assert_eq!(change(7, 7), Some(0));
    }

    #[test]
    fn days_become_weeks_and_months() {
        let one = Totals { orders: 1, revenue: 10, ..Totals::default() };
        let days = [(day("2026-01-31"), one), (day("2026-02-01"), one), (day("2026-02-02"), one)];
        let range = Range { from: day("2026-01-28"), to: day("2026-02-03") };
        let orders = |step| buckets(range, step, &days).iter().map(|b| b.totals.orders).collect::<Vec<_>>();
        assert_eq!(orders(Step::Day), [0, 0, 0, 1, 1, 1, 0]);
        // 2 February 2026 is a Monday.
        assert_eq!(orders(Step::Week), [2, 1]);
        assert_eq!(orders(Step::Month), [1, 2]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_between_steps(
            start in 20_000..20_400_i64, length in 0..200_i64,
            placed in proptest::collection::vec((0..200_i64, 1..1000_i64), 0..50),
        ) {
            let at = |number: i64| day("1970-01-01").plus(number).unwrap();
            let range = Range { from: at(start), to: at(start + length) };
            let days: Vec<_> = placed
                .iter()
                .map(|(offset, revenue)| (at(start + offset), Totals { revenue: *revenue, ..Totals::default() }))
                .collect();
            let inside: i64 = days.iter().filter(|(day, _)| range.has(*day)).map(|(_, t)| t.revenue).sum();
            for step in Step::ALL {
                let sum: i64 = buckets(range, step, &days).iter().map(|bucket| bucket.totals.revenue).sum();
                prop_assert_eq!(sum, inside);
            }
        }
    }
}
