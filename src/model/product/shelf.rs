//! How the producer looks at the list of products.

use crate::model::{locale::Locale, text};
use serde::{Deserialize, Serialize};

/// Which products the list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// All of them.
    #[default]
    All,
    /// Those on sale.
    OnSale,
    /// Those that are not.
    OffSale,
    /// Those on sale that are running out.
    Low,
    /// Those on the home page.
    Featured,
}

impl Standing {
    /// All, the default first.
    pub const ALL: [Standing; 5] =
        [Standing::All, Standing::OnSale, Standing::OffSale, Standing::Low, Standing::Featured];

    /// The name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            Standing::All => "all",
            Standing::OnSale => "on_sale",
            Standing::OffSale => "off_sale",
            Standing::Low => "low",
            Standing::Featured => "featured",
        }
    }

    /// The one of exactly this name.
    pub fn from_name(name: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.name() == name)
    }

    /// What people read.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Standing::All => text::products_desk::all(l),
            Standing::OnSale => text::products_desk::on_sale(l),
            Standing::OffSale => text::products_desk::off_sale(l),
            Standing::Low => text::products_desk::low(l),
            Standing::Featured => text::products_desk::featured(l),
        }
    }
}

/// How the producer's list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ShelfSort {
    /// By name.
    #[default]
    Name,
    /// Cheapest first.
    PriceAsc,
    /// Dearest first.
    PriceDesc,
    /// Fewest pieces first.
    Stock,
    /// Newest first.
    Newest,
    /// What was changed last first.
    Changed,
}

impl ShelfSort {
    /// All, the default first.
    pub const ALL: [ShelfSort; 6] = [
        ShelfSort::Name,
        ShelfSort::PriceAsc,
        ShelfSort::PriceDesc,
        ShelfSort::Stock,
        ShelfSort::Newest,
        ShelfSort::Changed,
    ];

    /// The name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            ShelfSort::Name => "name",
            ShelfSort::PriceAsc => "price_asc",
            ShelfSort::PriceDesc => "price_desc",
            ShelfSort::Stock => "stock",
            ShelfSort::Newest => "newest",
            ShelfSort::Changed => "changed",
        }
    }

    /// The order of exactly this name.
    pub fn from_name(name: &str) -> Option<ShelfSort> {
        ShelfSort::ALL.into_iter().find(|sort| sort.name() == name)
    }

    /// What people read.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            ShelfSort::Name => text::products_desk::sort_name(l),
            ShelfSort::PriceAsc => text::products_desk::sort_price_asc(l),
            ShelfSort::PriceDesc => text::products_desk::sort_price_desc(l),
            ShelfSort::Stock => text::products_desk::sort_stock(l),
            ShelfSort::Newest => text::products_desk::sort_newest(l),
            ShelfSort::Changed => text::products_desk::sort_changed(l),
        }
    }
}
