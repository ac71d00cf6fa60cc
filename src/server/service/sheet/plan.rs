//! What an import would do: judged line by line against the products of now.

use super::{
    cells,
    table::{self, Line},
};
use crate::model::{
    category::Category,
    error::AppError,
    field::FieldError,
    ids::CategoryId,
    locale::Locale,
    product::{
        Product, ProductDraft, ProductForm, Shown,
        sheet::{Added, Changed, Check, Column, Problem, Wrong},
    },
};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, fmt::Write};

/// What would be written, and how it is told.
pub(super) struct Plan {
    pub(super) adds: Vec<ProductDraft>,
    pub(super) edits: Vec<Edit>,
    pub(super) check: Check,
}

/// A product and what it becomes.
pub(super) struct Edit {
    pub(super) was: Product,
    pub(super) draft: ProductDraft,
}

/// What one line would do.
enum Judged {
    Add(ProductDraft),
    Edit(Box<Edit>),
    Same,
}

/// What a line is judged against.
struct Now<'a> {
    products: &'a [Product],
    categories: &'a [Category],
    l: Locale,
}

impl Plan {
    pub(super) fn of(text: &str, products: &[Product], categories: &[Category], l: Locale) -> Plan {
        let mut plan = Plan { adds: Vec::new(), edits: Vec::new(), check: Check::default() };
        let lines = match table::read(text) {
            Ok(lines) => lines,
            Err(wrong) => {
                plan.check.wrong = wrong;
                return plan;
            }
        };
        let now = Now { products, categories, l };
        let mut seen: BTreeMap<&str, u64> = BTreeMap::new();
        for line in &lines {
            match now.judge(line, &mut seen) {
                Ok(judged) => plan.take(line.number, judged, &now),
                Err(wrong) => plan.check.wrong.extend(wrong),
            }
        }
        plan.check.outcome = plan.outcome();
        plan
    }

    fn take(&mut self, line: u64, judged: Judged, now: &Now<'_>) {
        match judged {
            Judged::Same => self.check.same += 1,
            Judged::Add(draft) => {
                self.check.added.push(Added { line, name: draft.text.name.clone() });
                self.adds.push(draft);
            }
            Judged::Edit(edit) => {
                let (before, after) = (ProductForm::of(&edit.was), ProductForm::filled(edit.draft.clone()));
                let cell = |column, form| cells::cell(column, form, now.categories, now.l);
                let cells = Column::all().map(|column| (column, cell(column, &before), cell(column, &after)));
                let cells = cells.filter(|(_, before, after)| before != after).collect();
                let (product_id, name) = (edit.was.id.clone(), edit.was.name(now.l).to_owned());
                self.check.changed.push(Changed { line, product_id, name, cells });
                self.edits.push(*edit);
            }
        }
    }

    /// The shelves that something is put on, each once.
    pub(super) fn shelves(&self) -> Vec<&CategoryId> {
        let moved = self.edits.iter().filter(|edit| edit.was.category_id != edit.draft.category_id);
        let added = self.adds.iter().map(|draft| &draft.category_id);
        let mut all: Vec<_> = moved.map(|edit| &edit.draft.category_id).chain(added).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// One word for all that would be written, and over what.
    fn outcome(&self) -> String {
        let mut hash = Sha256::new();
        for draft in &self.adds {
            hash.update(format!("{draft:?}\n"));
        }
        for Edit { was, draft } in &self.edits {
            // A stock that is left alone may be sold from meanwhile.
            let stock = (draft.stock != was.stock).then_some((was.stock, draft.stock));
            let draft = ProductDraft { stock: 0, ..draft.clone() };
            hash.update(format!("{} {} {stock:?} {draft:?}\n", was.id, was.updated_at.0));
        }
        hash.finalize()[..16].iter().fold(String::new(), |mut word, byte| {
            let _ = write!(word, "{byte:02x}");
            word
        })
    }
}

impl<'a> Now<'a> {
    fn judge(&self, line: &Line, seen: &mut BTreeMap<&'a str, u64>) -> Result<Judged, Vec<Wrong>> {
        let wrong = |column, problem| Wrong { line: line.number, column, problem };
        let known = self.known(line).map_err(|(column, problem)| vec![wrong(Some(column), problem)])?;
        if let Some(product) = known
            && let Some(before) = seen.insert(product.id.as_str(), line.number)
        {
            return Err(vec![wrong(None, Problem::Twice(before))]);
        }
        let mut form = match known {
            Some(product) => ProductForm::of(product),
            None => ProductForm { active: true, ..ProductForm::default() },
        };
        let mut problems = Vec::new();
        for (column, cell) in &line.cells {
            if let Err(problem) = cells::put(*column, cell, &mut form, self.categories) {
                problems.push(wrong(Some(*column), problem));
            }
        }
        match form.parse() {
            Err(AppError::Fields { errors }) => {
                for (field, error) in
                    errors.0.iter().flat_map(|(field, all)| all.iter().map(move |e| (field, e)))
                {
                    let column = Column::of_field(field);
                    // What could not be put into the form is told already.
                    if !problems.iter().any(|told| told.column == column) {
                        problems.push(wrong(column, Problem::Field(error.clone())));
                    }
                }
                Err(problems)
            }
            Ok(_) if !problems.is_empty() => Err(problems),
            Err(_) => Err(vec![wrong(None, Problem::Field(FieldError::Format))]),
            Ok(draft) => match known {
                None => Ok(Judged::Add(draft)),
                Some(product) => self
                    .change(line, product, draft)
                    .map_err(|(column, problem)| vec![wrong(Some(column), problem)]),
            },
        }
    }

    /// The product of a line, by its id or its address; none for a new one.
    fn known(&self, line: &Line) -> Result<Option<&'a Product>, (Column, Problem)> {
        let given = |column| line.cells.get(&column).map(String::as_str).filter(|cell| !cell.is_empty());
        let find = |column, is: &dyn Fn(&Product) -> bool| {
            self.products.iter().find(|product| is(product)).map(Some).ok_or((column, Problem::NoProduct))
        };
        match (given(Column::Id), given(Column::Slug)) {
            (Some(id), _) => find(Column::Id, &|product| product.id.as_str() == id),
            (None, Some(slug)) => find(Column::Slug, &|product| product.slug.as_str() == slug),
            (None, None) => Ok(None),
        }
    }

    /// A line that says how its product was is about that product alone. A stock that the line
    /// leaves alone stays what it is now.
    fn change(
        &self,
        line: &Line,
        product: &Product,
        draft: ProductDraft,
    ) -> Result<Judged, (Column, Problem)> {
        let version = line.cells.get(&Column::Version).map_or("", String::as_str);
        let shown = match version {
            "" => product.shown_as(),
            word => Shown::parse(word).ok_or((Column::Version, Problem::Field(FieldError::Format)))?,
        };
        let left_alone = shown.stock == Some(draft.stock);
        let draft = if left_alone { ProductDraft { stock: product.stock, ..draft } } else { draft };
        if draft == product.draft() {
            return Ok(Judged::Same);
        }
        if shown.version != Some(product.updated_at) {
            return Err((Column::Version, Problem::Stale));
        }
        if !left_alone && shown.stock != Some(product.stock) {
            return Err((Column::Stock, Problem::StockMoved(product.stock)));
        }
        Ok(Judged::Edit(Box::new(Edit { was: product.clone(), draft })))
    }
}
