//! Lists that come page by page, and how they are asked for in an address.

use super::fields::LONGEST_NAME;
use crate::model::{
    error::AppError,
    field::{FieldError, FieldErrors},
    page::Page,
};
use serde::Serialize;
use utoipa::ToSchema;

/// One page of a list.
#[derive(Serialize, ToSchema)]
pub struct List<T> {
    items: Vec<T>,
    /// The number of this page, from 1.
    #[schema(minimum = 1)]
    page: u32,
    /// How many stand on a full page.
    #[schema(minimum = 1, maximum = 100)]
    per_page: u32,
    /// How many there are on all pages.
    total: u64,
}

impl<T> List<T> {
    /// A page as the API writes its items.
    pub fn of<M>(page: Page<M>, write: impl FnMut(M) -> T) -> List<T> {
        let Page { items, page, per_page, total } = page.map(write);
        List { items, page, per_page, total }
    }
}

/// Puts each value of an address's query in its place. A name that does not exist is refused, so
/// that a misspelt filter does not quietly show everything; so is a name that comes twice.
///
/// # Errors
/// Field errors.
pub fn pairs<const N: usize>(query: &str, places: [(&str, &mut Option<String>); N]) -> Result<(), AppError> {
    pairs_with_list(query, places, None)
}

/// As [`pairs`], with one name that may come several times; its values are put together with commas.
///
/// # Errors
/// Field errors.
pub fn pairs_with_list<const N: usize>(
    query: &str,
    mut places: [(&str, &mut Option<String>); N],
    mut list: Option<(&str, &mut Option<String>)>,
) -> Result<(), AppError> {
    let malformed = |_| AppError::field("query", FieldError::Format);
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).map_err(malformed)?;
    let mut errors = FieldErrors::default();
    for (name, value) in pairs {
        if let Some((_, values)) = list.as_mut().filter(|(listed, _)| *listed == name) {
            let earlier = values.take().map(|values| values + ",").unwrap_or_default();
            **values = Some(earlier + &value);
            continue;
        }
        let Some((_, place)) = places.iter_mut().find(|(known, _)| *known == name) else {
            return Err(AppError::field(unknown_name(&name), FieldError::Unknown));
        };
        if place.replace(value).is_some() {
            errors.0.insert(name, vec![FieldError::Format]);
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(AppError::Fields { errors }) }
}

/// An answer does not repeat whatever an address holds.
fn unknown_name(name: &str) -> &str {
    if name.len() <= LONGEST_NAME { name } else { "query" }
}
