//! Categories of products.

use super::{
    error::AppError,
    field::{FieldError, FieldErrors},
    ids::{CategoryId, Slug},
    locale::Locale,
    product::Localized,
    time::Timestamp,
};
use serde::{Deserialize, Serialize};

/// A shelf of the shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name in an address.
    pub slug: Slug,
    /// Name and description in the languages of the shop.
    pub text: Localized,
    /// Shelves stand in the order of this number.
    pub display_order: i32,
    /// Shown in the shop?
    pub active: bool,
    /// When it was last changed; also its version.
    pub updated_at: Timestamp,
}

impl Category {
    /// The name in the visitor's language.
    pub fn name(&self, l: Locale) -> &str {
        self.text.name(l)
    }

    /// Does an address mean this shelf, by its id or its name there?
    pub fn is_called(&self, name: &str) -> bool {
        self.id.as_str() == name || self.slug.as_str() == name
    }
}

/// A category as the producer types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CategoryForm {
    /// Name in Romanian, at most 100 characters.
    pub name: String,
    /// Description in Romanian, at most 500 characters.
    pub description: String,
    /// Name in English; may be empty.
    pub name_en: String,
    /// Description in English; may be empty.
    pub description_en: String,
    /// A whole number, -10000 to 10000; empty leaves it where it is, and puts a new one last.
    pub display_order: String,
    /// Shown in the shop?
    pub active: bool,
}

/// A category that passed the checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryDraft {
    /// Name and description.
    pub text: Localized,
    /// See [`Category::display_order`]; `None` leaves it.
    pub display_order: Option<i32>,
    /// See [`Category::active`].
    pub active: bool,
}

impl CategoryForm {
    /// The most characters of a name and of a description (design, collection `categories`).
    pub const MAX: (u32, u32) = (100, 500);

    /// # Errors
    /// [`AppError::Fields`] with every wrong field.
    pub fn parse(&self) -> Result<CategoryDraft, AppError> {
        let mut errors = FieldErrors::default();
        let texts = [&*self.name, &self.description, &self.name_en, &self.description_en];
        let text = Localized::read(&mut errors, texts, Self::MAX);
        let display_order = errors.check("display_order", display_order(&self.display_order));
        match (text, display_order) {
            (Some(text), Some(display_order)) => {
                Ok(CategoryDraft { text, display_order, active: self.active })
            }
            _ => Err(AppError::Fields { errors }),
        }
    }
}

fn display_order(text: &str) -> Result<Option<i32>, FieldError> {
    const RANGE: FieldError = FieldError::Range { min: -10_000, max: 10_000 };
    match text.trim() {
        "" => Ok(None),
        text => match text.parse::<i32>() {
            Ok(number @ -10_000..=10_000) => Ok(Some(number)),
            Ok(_) => Err(RANGE),
            Err(_) => Err(FieldError::Format),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn every_wrong_field_is_named() {
        let form = CategoryForm {
            name: " ".into(),
            description: "x".repeat(501),
            display_order: "first".into(),
            ..CategoryForm::default()
        };
        let Err(AppError::Fields { errors }) = form.parse() else { panic!("accepted") };
        assert_eq!(errors.0.keys().collect::<Vec<_>>(), ["description", "display_order", "name"]);
    }

    #[test]
    fn a_good_one_passes() {
        let form =
            CategoryForm { name: " Pâine ".into(), display_order: "3".into(), ..CategoryForm::default() };
        let draft = form.parse().unwrap();
        assert_eq!((draft.text.name.as_str(), draft.display_order), ("Pâine", Some(3)));
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_in_normal_form(
            texts in proptest::collection::vec(strange::nearly("[A-Za-zăș ]{0,20}"), 4),
            display_order in strange::nearly("[+-]?[0-9]{0,6}"),
            active: bool,
        ) {
            let [name, description, name_en, description_en] = texts.try_into().unwrap();
            let form = CategoryForm { name, description, name_en, description_en, display_order, active };
            if let Ok(draft) = form.parse() {
                prop_assert!(draft.display_order.is_none_or(|order| (-10_000..=10_000).contains(&order)));
                let again = CategoryForm {
                    name: draft.text.name.clone(),
                    description: draft.text.description.clone(),
                    name_en: draft.text.name_en.clone().unwrap_or_default(),
                    description_en: draft.text.description_en.clone().unwrap_or_default(),
                    display_order: draft.display_order.map(|order| order.to_string()).unwrap_or_default(),
                    active: draft.active,
                };
                prop_assert_eq!(again.parse(), Ok(draft));
            }
        }
    }
}
