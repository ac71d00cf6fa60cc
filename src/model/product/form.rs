//! What the producer types about a product, and what is left of it after the checks.

use super::{Localized, Product};
use crate::model::{
    error::AppError,
    field::{FieldError, FieldErrors},
    food::{FoodFacts, FoodForm},
    ids::CategoryId,
    money::{Money, MoneyError},
};
use serde::{Deserialize, Serialize};

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
    /// From how many pieces down it is running out; empty is [`Product::LOW`].
    pub low_stock_at: String,
    /// Sold in the shop?
    pub active: bool,
    /// Shown on the home page?
    pub featured: bool,
    /// How much it is, and what is in it.
    pub food: FoodForm,
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
    /// See [`Product::low_stock_at`].
    pub low_stock_at: Option<u32>,
    /// Sold in the shop?
    pub active: bool,
    /// Shown on the home page?
    pub featured: bool,
    /// How much it is, and what is in it.
    pub food: FoodFacts,
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
        let low_stock_at = errors.check("low_stock_at", low_stock_at(&self.low_stock_at));
        let food = self.food.read(&mut errors);
        match (text, price, category_id, stock.zip(low_stock_at), food) {
            (Some(text), Some(price), Some(category_id), Some((stock, low_stock_at)), Some(food)) => {
                Ok(ProductDraft {
                    text,
                    price,
                    category_id,
                    stock,
                    low_stock_at,
                    active: self.active,
                    featured: self.featured,
                    food,
                })
            }
            _ => Err(AppError::Fields { errors }),
        }
    }

    /// The form that shows a product as it is.
    pub fn of(product: &Product) -> ProductForm {
        ProductForm::filled(product.draft())
    }

    /// The form that gives this draft.
    pub fn filled(draft: ProductDraft) -> ProductForm {
        ProductForm {
            food: FoodForm::of(&draft.food),
            name: draft.text.name,
            description: draft.text.description,
            name_en: draft.text.name_en.unwrap_or_default(),
            description_en: draft.text.description_en.unwrap_or_default(),
            price: draft.price.decimal(),
            category_id: draft.category_id.into(),
            stock_quantity: draft.stock.to_string(),
            low_stock_at: draft.low_stock_at.map(|pieces| pieces.to_string()).unwrap_or_default(),
            active: draft.active,
            featured: draft.featured,
        }
    }
}

/// Price and stock as they are typed into a row of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InlineForm {
    /// See [`ProductForm::price`].
    pub price: String,
    /// See [`ProductForm::stock_quantity`].
    pub stock_quantity: String,
}

/// A row that passed the checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InlineDraft {
    /// For one piece.
    pub price: Money,
    /// Pieces in stock.
    pub stock: u32,
}

impl InlineForm {
    /// # Errors
    /// [`AppError::Fields`] with every wrong field.
    pub fn parse(&self) -> Result<InlineDraft, AppError> {
        let mut errors = FieldErrors::default();
        let price = errors.check("price", price(&self.price));
        let stock = errors.check("stock_quantity", stock(&self.stock_quantity));
        match (price, stock) {
            (Some(price), Some(stock)) => Ok(InlineDraft { price, stock }),
            _ => Err(AppError::Fields { errors }),
        }
    }
}

fn low_stock_at(text: &str) -> Result<Option<u32>, FieldError> {
    if text.trim().is_empty() { Ok(None) } else { stock(text).map(Some) }
}

fn price(text: &str) -> Result<Money, FieldError> {
    match Money::parse(text) {
        _ if text.trim().is_empty() => Err(FieldError::Required),
        Ok(price) => Ok(price),
        Err(MoneyError::Format) => Err(FieldError::Money),
        Err(MoneyError::Range) => Err(FieldError::Range { min: 0, max: 9_999_999 }),
    }
}

pub(super) fn category(text: &str) -> Result<CategoryId, FieldError> {
    match text.trim() {
        "" => Err(FieldError::Required),
        id => CategoryId::parse(id).map_err(|_| FieldError::Choice),
    }
}

pub(super) fn stock(text: &str) -> Result<u32, FieldError> {
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
    use crate::model::{
        ids::{ProductId, Slug},
        strange,
        time::Timestamp,
    };
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
            low_stock_at: draft.low_stock_at,
            active: draft.active,
            featured: draft.featured,
            food: draft.food,
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

    proptest! {
        #[test]
        fn a_stored_product_fills_the_form_it_came_from(
            texts in proptest::collection::vec(strange::nearly("[A-Za-zăș ]{0,20}"), 4),
            price in strange::nearly("[0-9]{1,7}[.,][0-9]{1,2}"),
            stock_quantity in strange::nearly("[+-]?[0-9]{1,7}"),
            low_stock_at in strange::nearly("[0-9]{0,3}"),
            category_id in strange::nearly("[0-9a-f]{24}"),
            (active, featured) in any::<(bool, bool)>(),
        ) {
            let [name, description, name_en, description_en] = texts.try_into().unwrap();
            let form = ProductForm {
                name, description, name_en, description_en, price, category_id, stock_quantity, low_stock_at, active,
                featured,
                food: FoodForm { net_amount: "1,2".into(), net_unit: "kg".into(), ..FoodForm::default() },
            };
            if let Ok(draft) = form.parse() {
                prop_assert!(draft.stock <= ProductForm::MAX_STOCK);
                prop_assert_eq!(ProductForm::of(&stored(draft.clone())).parse(), Ok(draft));
            }
        }

        #[test]
        fn stock_is_never_negative(pieces: i64) {
            let form = ProductForm { stock_quantity: pieces.to_string(), ..good() };
            prop_assert_eq!(form.parse().is_ok(), (0..=1_000_000).contains(&pieces));
        }
    }
}
