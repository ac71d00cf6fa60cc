//! Products and how the catalogue is asked for them.

use super::{
    error::AppError,
    field::{self, FieldError, FieldErrors},
    ids::{CategoryId, ProductId, Slug},
    locale::Locale,
    money::{Money, MoneyError},
    page::Paging,
    quantity::Quantity,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

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
    /// Addresses of its pictures, at most 5, the first is the main one.
    pub images: Vec<String>,
    /// Pieces that can still be sold.
    pub stock: u32,
    /// Sold in the shop?
    pub active: bool,
    /// Shown on the home page?
    pub featured: bool,
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

    /// From this many pieces on, pages do not say how many there are.
    pub const PLENTY: u32 = 20;

    /// As pages show it: a sale from a full shelf changes nothing that a visitor sees.
    pub fn shown(mut self) -> Product {
        if self.stock >= Self::PLENTY {
            self.stock = Quantity::MAX;
        }
        self
    }

    /// The address of the main picture.
    pub fn picture(&self) -> &str {
        self.images.first().map_or(Self::PLACEHOLDER, String::as_str)
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

/// A product as the producer types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProductForm {
    /// Name in Romanian, at most 200 characters.
    pub name: String,
    /// Description in Romanian, at most 1000 characters.
    pub description: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Description in English; may be empty.
    pub description_en: String,
    /// Lei with at most two decimals.
    pub price: String,
    /// The id of its category.
    pub category_id: String,
    /// Pieces in stock.
    pub stock_quantity: String,
    /// Sold in the shop?
    pub active: bool,
    /// Shown on the home page?
    pub featured: bool,
}

/// A product that passed the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDraft {
    /// Name and description.
    pub text: Localized,
    /// For one piece.
    pub price: Money,
    /// Its shelf.
    pub category_id: CategoryId,
    /// Pieces in stock.
    pub stock: u32,
    /// Sold in the shop?
    pub active: bool,
    /// Shown on the home page?
    pub featured: bool,
}

impl ProductForm {
    /// The most characters of a name and of a description (design, collection `products`).
    pub const MAX: (u32, u32) = (200, 1000);
    /// The most pieces in stock.
    pub const MAX_STOCK: u32 = 1_000_000;

    /// # Errors
    /// [`AppError::Fields`] with every wrong field.
    pub fn parse(&self) -> Result<ProductDraft, AppError> {
        let mut errors = FieldErrors::default();
        let texts = [&*self.name, &self.description, &self.name_en, &self.description_en];
        let text = Localized::read(&mut errors, texts, Self::MAX);
        let price = errors.check("price", price(&self.price));
        let category_id = errors.check("category_id", category(&self.category_id));
        let stock = errors.check("stock_quantity", stock(&self.stock_quantity));
        match (text, price, category_id, stock) {
            (Some(text), Some(price), Some(category_id), Some(stock)) => Ok(ProductDraft {
                text,
                price,
                category_id,
                stock,
                active: self.active,
                featured: self.featured,
            }),
            _ => Err(AppError::Fields { errors }),
        }
    }

    /// The form that shows a product as it is.
    pub fn of(product: &Product) -> ProductForm {
        ProductForm {
            name: product.text.name.clone(),
            description: product.text.description.clone(),
            name_en: product.text.name_en.clone().unwrap_or_default(),
            description_en: product.text.description_en.clone().unwrap_or_default(),
            price: product.price.decimal(),
            category_id: product.category_id.to_string(),
            stock_quantity: product.stock.to_string(),
            active: product.active,
            featured: product.featured,
        }
    }
}

fn price(text: &str) -> Result<Money, FieldError> {
    match Money::parse(text) {
        _ if text.trim().is_empty() => Err(FieldError::Required),
        Ok(price) => Ok(price),
        Err(MoneyError::Format) => Err(FieldError::Money),
        Err(MoneyError::Range) => Err(FieldError::Range { min: 0, max: 9_999_999 }),
    }
}

fn category(text: &str) -> Result<CategoryId, FieldError> {
    match text.trim() {
        "" => Err(FieldError::Required),
        id => CategoryId::parse(id).map_err(|_| FieldError::Choice),
    }
}

fn stock(text: &str) -> Result<u32, FieldError> {
    let range = FieldError::Range { min: 0, max: i64::from(ProductForm::MAX_STOCK) };
    match text.trim() {
        "" => Err(FieldError::Required),
        text => match text.parse::<i64>() {
            Ok(pieces) => match u32::try_from(pieces) {
                Ok(pieces @ 0..=ProductForm::MAX_STOCK) => Ok(pieces),
                _ => Err(range),
            },
            Err(_) => Err(FieldError::Format),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    fn good() -> ProductForm {
        ProductForm {
            name: "Cozonac".into(),
            price: "45,50".into(),
            category_id: "507f1f77bcf86cd799439011".into(),
            stock_quantity: "12".into(),
            ..ProductForm::default()
        }
    }

    fn stored(draft: ProductDraft) -> Product {
        Product {
            id: ProductId::parse("507f1f77bcf86cd799439011").unwrap(),
            slug: Slug::parse("x").unwrap(),
            text: draft.text,
            price: draft.price,
            category_id: draft.category_id,
            images: Vec::new(),
            stock: draft.stock,
            active: draft.active,
            featured: draft.featured,
            updated_at: Timestamp(0),
        }
    }

    #[test]
    fn a_good_one_passes() {
        let draft = good().parse().unwrap();
        assert_eq!((draft.price.bani(), draft.stock), (4550, 12));
        assert_eq!(draft.text.name_en, None);
    }

    #[test]
    fn every_wrong_field_is_named() {
        let form = ProductForm { price: "-1".into(), stock_quantity: "1.5".into(), ..ProductForm::default() };
        let Err(AppError::Fields { errors }) = form.parse() else { panic!("accepted") };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["category_id", "name", "price", "stock_quantity"]);
    }

    #[test]
    fn english_falls_back_to_romanian() {
        let mut text = Localized { name: "Pâine".into(), ..Localized::default() };
        assert_eq!(text.name(Locale::En), "Pâine");
        text.name_en = Some("Bread".into());
        assert_eq!((text.name(Locale::En), text.name(Locale::Ro)), ("Bread", "Pâine"));
    }

    proptest! {
        #[test]
        fn a_stored_product_fills_the_form_it_came_from(
            texts in proptest::collection::vec(strange::nearly("[A-Za-zăș ]{0,20}"), 4),
            price in strange::nearly("[0-9]{1,7}[.,][0-9]{1,2}"),
            stock_quantity in strange::nearly("[+-]?[0-9]{1,7}"),
            category_id in strange::nearly("[0-9a-f]{24}"),
            (active, featured) in any::<(bool, bool)>(),
        ) {
            let [name, description, name_en, description_en] = texts.try_into().unwrap();
            let form = ProductForm {
                name, description, name_en, description_en, price, category_id, stock_quantity, active, featured,
            };
            if let Ok(draft) = form.parse() {
                prop_assert!(draft.stock <= ProductForm::MAX_STOCK);
                prop_assert_eq!(ProductForm::of(&stored(draft.clone())).parse(), Ok(draft));
            }
        }

        #[test]
        fn only_the_exact_name_is_a_sort(name in strange::nearly("name|price_asc|PRICE_ASC|newest")) {
            let exact = ProductSort::ALL.into_iter().find(|sort| sort.name() == name);
            prop_assert_eq!(ProductSort::from_name(&name), exact);
        }

        #[test]
        fn stock_is_never_negative(pieces: i64) {
            let form = ProductForm { stock_quantity: pieces.to_string(), ..good() };
            prop_assert_eq!(form.parse().is_ok(), (0..=1_000_000).contains(&pieces));
        }
    }
}
