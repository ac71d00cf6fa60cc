//! Products and how the catalogue is asked for them.

mod bulk;
mod form;
pub mod sheet;
mod shelf;

use super::{
    allergen::Allergens,
    field::{self, FieldErrors},
    food::FoodFacts,
    ids::{CategoryId, ProductId, Slug},
    image::Image,
    locale::Locale,
    measure::UnitPrice,
    money::Money,
    page::Paging,
    quantity::Quantity,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

pub use bulk::{BulkChange, BulkForm, Shown};
pub use form::{InlineDraft, InlineForm, ProductDraft, ProductForm};
pub use shelf::{ShelfSort, Standing};

/// Name and description: Romanian always, English where the producer wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Localized {
    /// Romanian name.
    pub name: String,
    /// Romanian description; may be empty.
    pub description: String,
    /// English name.
    pub name_en: Option<String>,
    /// English description.
    pub description_en: Option<String>,
}

impl Localized {
    /// Checks what the producer typed: name, description, and both in English; `max` are the most
    /// characters of a name and of a description.
    pub fn read(
        errors: &mut FieldErrors,
        [name, description, name_en, description_en]: [&str; 4],
        max: (u32, u32),
    ) -> Option<Localized> {
        let name = errors.check("name", field::line(name, max.0));
        let description = errors.check("description", field::optional_text(description, max.1));
        let name_en = errors.check("name_en", field::optional_line(name_en, max.0));
        let description_en = errors.check("description_en", field::optional_text(description_en, max.1));
        Some(Localized {
            name: name?,
            description: description?.unwrap_or_default(),
            name_en: name_en?,
            description_en: description_en?,
        })
    }

    /// The name in this language, or in Romanian when there is none.
    pub fn name(&self, l: Locale) -> &str {
        match (l, &self.name_en) {
            (Locale::En, Some(name)) => name,
            _ => &self.name,
        }
    }

    /// The description in this language, or in Romanian when there is none.
    pub fn description(&self, l: Locale) -> &str {
        match (l, &self.description_en) {
            (Locale::En, Some(description)) => description,
            _ => &self.description,
        }
    }
}

/// Something that the producer sells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name in an address.
    pub slug: Slug,
    /// Name and description.
    pub text: Localized,
    /// For one piece, VAT included.
    pub price: Money,
    /// Its shelf.
    pub category_id: CategoryId,
    /// Its pictures, at most 5, the first is the main one.
    pub images: Vec<Image>,
    /// Pieces that can still be sold.
    pub stock: u32,
    /// From this many pieces down it is running out; `None` is [`Product::LOW`].
    pub low_stock_at: Option<u32>,
    /// Sold in the shop?
    pub active: bool,
    /// Shown on the home page?
    pub featured: bool,
    /// How much it is, and what is in it.
    pub food: FoodFacts,
    /// When it was last changed; also its version.
    pub updated_at: Timestamp,
}

impl Product {
    /// The picture of a product that has none.
    pub const PLACEHOLDER: &'static str = "/pictures/placeholder.svg";

    /// The most pictures of one product (design, "Database").
    pub const MAX_IMAGES: usize = 5;

    /// The name in the visitor's language.
    pub fn name(&self, l: Locale) -> &str {
        self.text.name(l)
    }

    /// What a kilogram, a litre or a piece of it costs, where it is known how much it is.
    pub fn unit_price(&self) -> Option<UnitPrice> {
        self.food.net?.unit_price(self.price)
    }

    /// From this many pieces on, pages do not say how many there are.
    pub const PLENTY: u32 = 20;

    /// From this many pieces down a product is running out, unless its producer says otherwise.
    pub const LOW: u32 = 5;

    /// Is it on sale and running out?
    pub fn is_low(&self) -> bool {
        self.active && self.stock <= self.low_stock_at.unwrap_or(Self::LOW)
    }

    /// What the producer may change of it, as it is now.
    pub fn draft(&self) -> ProductDraft {
        ProductDraft {
            text: self.text.clone(),
            price: self.price,
            category_id: self.category_id.clone(),
            stock: self.stock,
            low_stock_at: self.low_stock_at,
            active: self.active,
            featured: self.featured,
            food: self.food.clone(),
        }
    }

    /// As a form shows it.
    pub const fn shown_as(&self) -> Shown {
        Shown { version: Some(self.updated_at), stock: Some(self.stock) }
    }

    /// As pages show it: a sale from a full shelf changes nothing that a visitor sees.
    pub fn shown(mut self) -> Product {
        if self.stock >= Self::PLENTY {
            self.stock = Quantity::MAX;
        }
        self
    }

    /// The main picture.
    pub fn picture(&self) -> Image {
        self.images.first().cloned().unwrap_or_else(|| Image::at(Self::PLACEHOLDER))
    }

    /// The address of a small one of the main picture.
    pub fn thumb(&self) -> String {
        self.images.first().map_or_else(|| Self::PLACEHOLDER.to_owned(), Image::thumb)
    }

    /// The addresses of all pictures, whole.
    pub fn image_addresses(&self) -> Vec<String> {
        self.images.iter().map(|image| image.address.clone()).collect()
    }
}

/// How a list of products is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProductSort {
    /// By name.
    #[default]
    Name,
    /// Cheapest first.
    PriceAsc,
    /// Dearest first.
    PriceDesc,
    /// Newest first.
    Newest,
}

impl ProductSort {
    /// All, the default first.
    pub const ALL: [ProductSort; 4] =
        [ProductSort::Name, ProductSort::PriceAsc, ProductSort::PriceDesc, ProductSort::Newest];

    /// The name in an address.
    pub const fn name(self) -> &'static str {
        match self {
            ProductSort::Name => "name",
            ProductSort::PriceAsc => "price_asc",
            ProductSort::PriceDesc => "price_desc",
            ProductSort::Newest => "newest",
        }
    }

    /// The order of exactly this name.
    pub fn from_name(name: &str) -> Option<ProductSort> {
        ProductSort::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// Which products are wanted.
#[derive(Clone, Debug)]
pub struct ProductQuery {
    /// Only this shelf.
    pub category: Option<CategoryId>,
    /// Only names with these words (their beginnings; case and diacritics do not matter).
    pub search: Option<String>,
    /// Only featured ones, or only others.
    pub featured: Option<bool>,
    /// Only those that are declared to be without these.
    pub without: Allergens,
    /// Also those that are not sold at present: for the producer.
    pub with_inactive: bool,
    /// In which order.
    pub sort: ProductSort,
    /// Which page.
    pub paging: Paging,
    /// In which language names are sorted.
    pub locale: Locale,
}

/// The longest search text that is looked at.
pub const MAX_SEARCH: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn english_falls_back_to_romanian() {
        let mut text = Localized { name: "Pâine".into(), ..Localized::default() };
        assert_eq!(text.name(Locale::En), "Pâine");
        text.name_en = Some("Bread".into());
        assert_eq!((text.name(Locale::En), text.name(Locale::Ro)), ("Bread", "Pâine"));
    }

    proptest! {
        #[test]
        fn only_the_exact_name_is_a_sort(name in strange::nearly("name|price_asc|PRICE_ASC|newest")) {
            let exact = ProductSort::ALL.into_iter().find(|sort| sort.name() == name);
            prop_assert_eq!(ProductSort::from_name(&name), exact);
        }
    }
}
