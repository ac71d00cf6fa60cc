//! Products as a table: out to a spreadsheet, and back after a check. What an import does is what
//! the check showed, all of it or nothing.

mod cells;
mod plan;
mod table;

use super::Shop;
use crate::{
    model::{
        category::Category,
        error::{AppError, Conflict},
        field::FieldError,
        locale::Locale,
        product::{
            Product, Shown,
            sheet::{Check, Column},
        },
    },
    server::{
        clock::now,
        secrets,
        store::{Store, sheets::MAX_BYTES, transaction::Aborted},
    },
};
use mongodb::ClientSession;
use plan::Plan;
use std::sync::Arc;

/// The most products that are written out.
const MOST_OUT: i64 = 20_000;
/// The most lines of a table that comes in: they are written in one transaction.
pub const MAX_LINES: usize = 2000;

impl Shop {
    /// All products as a table: UTF-8 with a byte order mark, semicolons, decimal commas.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn products_sheet(&self, l: Locale) -> Result<String, AppError> {
        let (products, categories) = self.products_and_shelves().await?;
        let headings = Column::all().map(|column| column.heading(l).to_owned()).collect();
        let lines = products.iter().map(|product| cells::line(product, &categories, l));
        table::written(std::iter::once(headings).chain(lines))
    }

    /// Keeps a table that was sent, so that it can be checked and imported. Gives its id.
    ///
    /// # Errors
    /// A field error of `sheet` when it is empty, too large or no text.
    pub async fn keep_sheet(&self, bytes: &[u8]) -> Result<String, AppError> {
        let wrong = |error| AppError::field("sheet", error);
        if bytes.len() > MAX_BYTES {
            return Err(wrong(FieldError::TooBig { megabytes: 1 }));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| wrong(FieldError::Encoding))?;
        if text.trim_start_matches('\u{feff}').trim().is_empty() {
            return Err(wrong(FieldError::Required));
        }
        if text.contains('\0') {
            return Err(wrong(FieldError::Characters));
        }
        let id = secrets::token();
        self.store.sheets.insert(&id, text).await?;
        Ok(id)
    }

    /// What an import of a kept table would do now; nothing when it does not wait any more.
    ///
    /// # Errors
    /// [`AppError::Database`] or [`AppError::Internal`].
    pub async fn check_sheet(&self, id: &str, l: Locale) -> Result<Option<Check>, AppError> {
        let Some(text) = self.store.sheets.find(id, now()).await? else { return Ok(None) };
        let (products, categories) = self.products_and_shelves().await?;
        let plan = Plan::of(&text, &products, &categories, l);
        Ok(Some(Check { id: id.to_owned(), ..plan.check }))
    }

    /// Does what a check showed, all of it or nothing. Gives how many products were added and
    /// changed.
    ///
    /// # Errors
    /// [`Conflict::Stale`] when the same table would now do something else than it showed, a field
    /// error of `sheet` when it does not wait any more.
    pub async fn import_sheet(&self, id: &str, outcome: &str, l: Locale) -> Result<(usize, usize), AppError> {
        let text = self.store.sheets.find(id, now()).await?;
        let text = text.ok_or_else(|| AppError::field("sheet", FieldError::Required))?;
        let (products, categories) = self.products_and_shelves().await?;
        let plan = Plan::of(&text, &products, &categories, l);
        if plan.check.outcome != outcome || !plan.check.is_ready() {
            return Err(AppError::Conflict { conflict: Conflict::Stale });
        }
        let counts = (plan.adds.len(), plan.edits.len());
        let (store, plan) = (self.store.clone(), Arc::new(plan));
        let done = self.store.transaction(move |session| {
            let (store, plan) = (store.clone(), Arc::clone(&plan));
            Box::pin(async move { write(&store, session, &plan).await })
        });
        done.await?;
        self.store.sheets.delete(id).await?;
        Ok(counts)
    }

    async fn products_and_shelves(&self) -> Result<(Vec<Product>, Vec<Category>), AppError> {
        Ok((self.store.products.all(MOST_OUT).await?, self.all_categories().await?))
    }
}

async fn write(store: &Store, session: &mut ClientSession, plan: &Plan) -> Result<(), Aborted> {
    for category in plan.shelves() {
        store.categories.hold(session, category).await?;
    }
    for draft in &plan.adds {
        store.products.insert(session, draft.clone(), Vec::new()).await?;
    }
    for edit in &plan.edits {
        let shown = Shown { version: Some(edit.was.updated_at), stock: Some(edit.was.stock) };
        store.products.edit(session, &edit.was.id, edit.draft.clone(), shown).await?;
    }
    Ok(())
}
