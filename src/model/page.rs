//! Lists that come page by page.

use serde::{Deserialize, Serialize};

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    /// What stands on this page.
    pub items: Vec<T>,
    /// The number of this page, from 1.
    pub page: u32,
    /// How many stand on a full page.
    pub per_page: u32,
    /// How many there are on all pages.
    pub total: u64,
}

/// Which page of a list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    page: u32,
    per_page: u32,
}

impl Paging {
    /// The most items on one page.
    pub const MAX_PER_PAGE: u32 = 100;
    /// The last page that is served: deeper paging costs the database more than it helps anyone.
    pub const MAX_PAGE: u32 = 10_000;

    /// Page numbers start at 1; both are brought into range rather than refused, so that an old
    /// link still shows something.
    pub fn new(page: u32, per_page: u32) -> Paging {
        Paging { page: page.clamp(1, Self::MAX_PAGE), per_page: per_page.clamp(1, Self::MAX_PER_PAGE) }
    }

    /// The number of the page, from 1.
    pub const fn page(self) -> u32 {
        self.page
    }

    /// Items on one page.
    pub const fn per_page(self) -> u32 {
        self.per_page
    }

    /// How many items lie before this page.
    pub fn skip(self) -> u64 {
        u64::from(self.page - 1) * u64::from(self.per_page)
    }

    /// Puts items and their total on this page.
    pub fn of<T>(self, items: Vec<T>, total: u64) -> Page<T> {
        Page { items, page: self.page, per_page: self.per_page, total }
    }
}

impl<T> Page<T> {
    /// The number of the last page, at least 1.
    pub fn last(&self) -> u32 {
        let pages = self.total.div_ceil(u64::from(self.per_page.max(1)));
        u32::try_from(pages).unwrap_or(u32::MAX).max(1)
    }

    /// The same page with each item turned into something else.
    pub fn map<U>(self, turn: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(turn).collect(),
            page: self.page,
            per_page: self.per_page,
            total: self.total,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn out_of_range_is_brought_in() {
        let paging = Paging::new(0, 5000);
        assert_eq!((paging.page(), paging.per_page(), paging.skip()), (1, 100, 0));
        assert_eq!(Paging::new(3, 20).skip(), 40);
    }

    #[test]
    fn the_last_page() {
        let last = |total| Paging::new(1, 12).of(Vec::<u8>::new(), total).last();
        assert_eq!([last(0), last(12), last(13)], [1, 1, 2]);
    }

    proptest! {
        #[test]
        fn every_page_lies_within_what_is_served(page: u32, per_page: u32, total: u64) {
            let paging = Paging::new(page, per_page);
            prop_assert!((1..=Paging::MAX_PAGE).contains(&paging.page()));
            prop_assert!((1..=Paging::MAX_PER_PAGE).contains(&paging.per_page()));
            prop_assert!(paging.skip() <= u64::from(Paging::MAX_PAGE) * u64::from(Paging::MAX_PER_PAGE));
            let (last, full) = (paging.of(Vec::<u8>::new(), total).last(), u64::from(paging.per_page()));
            prop_assert!(last == u32::MAX || u64::from(last) * full >= total);
            prop_assert!(last == 1 || u64::from(last - 1) * full < total);
        }
    }
}
