//! The producer's work on categories.

use super::told;
use crate::{
    model::{
        category::{Category, CategoryForm},
        error::{AppError, Conflict},
        field::FieldError,
        ids::CategoryId,
        time::Timestamp,
    },
    server::service::Shop,
};
use std::collections::BTreeSet;

impl Shop {
    /// Adds a category.
    ///
    /// # Errors
    /// Field errors, or a conflict when the name is taken.
    pub async fn create_category(&self, form: &CategoryForm) -> Result<Category, AppError> {
        self.store.categories.insert(form.parse()?).await.inspect(told::category)
    }

    /// Changes a category.
    ///
    /// # Errors
    /// Field errors, [`AppError::NotFound`], or a conflict when the name is taken.
    pub async fn update_category(&self, id: &CategoryId, form: &CategoryForm) -> Result<Category, AppError> {
        self.edit_category(id, form, None).await
    }

    /// Changes a category; with a `version`, only if nobody changed it meanwhile.
    ///
    /// # Errors
    /// As [`Shop::update_category`], and [`Conflict::Stale`].
    pub async fn edit_category(
        &self,
        id: &CategoryId,
        form: &CategoryForm,
        version: Option<Timestamp>,
    ) -> Result<Category, AppError> {
        self.store.categories.update(id, form.parse()?, version).await.inspect(told::category)
    }

    /// Shows or hides a category.
    ///
    /// # Errors
    /// [`AppError::NotFound`].
    pub async fn set_category_active(&self, id: &CategoryId, active: bool) -> Result<Category, AppError> {
        self.store.categories.set_active(id, active).await.inspect(told::category)
    }

    /// Gives all categories the places of this order: all or none, and only if they still stand in
    /// the order that was shown.
    ///
    /// # Errors
    /// [`Conflict::Stale`], or a field error when the two do not name the same categories.
    pub async fn order_categories(&self, shown: &str, order: &str) -> Result<(), AppError> {
        let (shown, order) = (categories("shown", shown)?, categories("order", order)?);
        if !same(&shown, &order) {
            return Err(AppError::field("order", FieldError::Choice));
        }
        let store = self.store.clone();
        self.store
            .transaction(move |session| {
                let (store, shown, order) = (store.clone(), shown.clone(), order.clone());
                Box::pin(async move { store.categories.reorder(session, &shown, &order).await })
            })
            .await
    }

    /// How many products a category has, on sale or not.
    ///
    /// # Errors
    /// [`AppError::Database`].
    pub async fn products_in(&self, id: &CategoryId) -> Result<u64, AppError> {
        self.store.products.count_in(id).await
    }

    /// Deletes a category that has no products.
    ///
    /// # Errors
    /// [`AppError::NotFound`], or [`Conflict::CategoryInUse`].
    pub async fn delete_category(&self, id: &CategoryId) -> Result<(), AppError> {
        self.clear_category(id, None).await
    }

    /// Deletes a category and puts its products on another shelf, all in one. Without another shelf
    /// it must have none.
    ///
    /// # Errors
    /// [`AppError::NotFound`], [`Conflict::CategoryInUse`], or a field error of `category_id` when
    /// there is no such other shelf.
    pub async fn clear_category(&self, id: &CategoryId, to: Option<&CategoryId>) -> Result<(), AppError> {
        if to == Some(id) {
            return Err(AppError::field("category_id", FieldError::Choice));
        }
        let (store, id, to) = (self.store.clone(), id.clone(), to.cloned());
        self.store
            .transaction(move |session| {
                let (store, id, to) = (store.clone(), id.clone(), to.clone());
                Box::pin(async move {
                    if let Some(to) = &to {
                        store.categories.hold(session, to).await?;
                        store.products.move_all(session, &id, to).await?;
                    }
                    store.categories.delete(session, &id).await?;
                    if store.products.any_in(session, &id).await? {
                        return Err(AppError::Conflict { conflict: Conflict::CategoryInUse }.into());
                    }
                    Ok(())
                })
            })
            .await
    }
}

/// Ids with commas between.
fn categories(field: &str, text: &str) -> Result<Vec<CategoryId>, AppError> {
    let read = |id| CategoryId::parse(id).map_err(|_| AppError::field(field, FieldError::Choice));
    text.split(',').map(read).collect()
}

/// Do they hold the same, each once?
pub(in crate::server::service) fn same<T: Ord>(one: &[T], other: &[T]) -> bool {
    let (first, second): (BTreeSet<_>, BTreeSet<_>) = (one.iter().collect(), other.iter().collect());
    first == second && first.len() == one.len() && second.len() == other.len()
}
