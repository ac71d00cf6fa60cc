//! Products as a table for a spreadsheet: its columns, and what a check of one says.

use crate::model::{field::FieldError, ids::ProductId, locale::Locale, text};
use serde::{Deserialize, Serialize};

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Column {
    /// The product's id; empty for a new one.
    Id,
    /// How it was when the table was made.
    Version,
    /// Its name in addresses.
    Slug,
    /// Name in Romanian.
    Name,
    /// Name in English.
    NameEn,
    /// The name of its category.
    Category,
    /// Lei.
    Price,
    /// Pieces.
    Stock,
    /// From how many pieces down it is running out.
    LowStock,
    /// On sale?
    Active,
    /// On the home page?
    Featured,
    /// Description in Romanian.
    Description,
    /// Description in English.
    DescriptionEn,
    /// How much one piece is.
    NetAmount,
    /// Of what.
    NetUnit,
    /// Percent.
    Vat,
    /// Ingredients in Romanian.
    Ingredients,
    /// Ingredients in English.
    IngredientsEn,
    /// Were the allergens declared?
    Declared,
    /// What is in it.
    Contains,
    /// What may be in it.
    MayContain,
}

/// Each column with its heading in Romanian and in English, and the field of the product's form.
const COLUMNS: [(Column, &str, &str, &str); 21] = [
    (Column::Id, "id", "id", "id"),
    (Column::Version, "versiune", "version", "version"),
    (Column::Slug, "adresa", "slug", "slug"),
    (Column::Name, "nume", "name", "name"),
    (Column::NameEn, "nume_en", "name_en", "name_en"),
    (Column::Category, "categorie", "category", "category_id"),
    (Column::Price, "pret", "price", "price"),
    (Column::Stock, "stoc", "stock", "stock_quantity"),
    (Column::LowStock, "stoc_mic", "low_stock_at", "low_stock_at"),
    (Column::Active, "se_vinde", "active", "active"),
    (Column::Featured, "prima_pagina", "featured", "featured"),
    (Column::Description, "descriere", "description", "description"),
    (Column::DescriptionEn, "descriere_en", "description_en", "description_en"),
    (Column::NetAmount, "cantitate", "net_amount", "net_amount"),
    (Column::NetUnit, "unitate", "net_unit", "net_unit"),
    (Column::Vat, "tva", "vat_rate", "vat_rate"),
    (Column::Ingredients, "ingrediente", "ingredients", "ingredients"),
    (Column::IngredientsEn, "ingrediente_en", "ingredients_en", "ingredients_en"),
    (Column::Declared, "alergeni_declarati", "allergens_declared", "allergens_declared"),
    (Column::Contains, "contine", "contains", "allergens"),
    (Column::MayContain, "poate_contine", "may_contain", "allergens"),
];

impl Column {
    /// All, in the order of the table.
    pub fn all() -> impl Iterator<Item = Column> {
        COLUMNS.into_iter().map(|(column, ..)| column)
    }

    /// What stands above it.
    pub fn heading(self, l: Locale) -> &'static str {
        let found = COLUMNS.into_iter().find(|(column, ..)| *column == self);
        found.map_or("", |(_, ro, en, _)| match l {
            Locale::Ro => ro,
            Locale::En => en,
        })
    }

    /// The column with this heading in either language, whatever the case and the spaces around.
    pub fn from_heading(heading: &str) -> Option<Column> {
        let heading = heading.trim().to_lowercase();
        let found = COLUMNS.into_iter().find(|(_, ro, en, _)| *ro == heading || *en == heading);
        found.map(|(column, ..)| column)
    }

    /// The column of a field of the product's form.
    pub fn of_field(name: &str) -> Option<Column> {
        COLUMNS.into_iter().find(|(.., field)| *field == name).map(|(column, ..)| column)
    }
}

/// What a check says that an import would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// Under which id the table waits.
    pub id: String,
    /// Which outcome was shown: an import does exactly that, or nothing.
    pub outcome: String,
    /// Products that would be added.
    pub added: Vec<Added>,
    /// Products that would be changed.
    pub changed: Vec<Changed>,
    /// How many lines change nothing.
    pub same: u32,
    /// What is wrong; with anything wrong nothing is imported.
    pub wrong: Vec<Wrong>,
}

impl Check {
    /// Is there something to import, and nothing wrong?
    pub fn is_ready(&self) -> bool {
        self.wrong.is_empty() && !(self.added.is_empty() && self.changed.is_empty())
    }
}

/// A product that would be added.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Added {
    /// Where it stands in the file.
    pub line: u64,
    /// Its name.
    pub name: String,
}

/// A product that would be changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Changed {
    /// Where it stands in the file.
    pub line: u64,
    /// Which it is.
    pub product_id: ProductId,
    /// What it is called now.
    pub name: String,
    /// The cells that differ: before and after.
    pub cells: Vec<(Column, String, String)>,
}

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// The line, from 1, which is that of the headings.
    pub line: u64,
    /// The column, where it is about one.
    pub column: Option<Column>,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a line or a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// As in the form of a product.
    Field(FieldError),
    /// No column has this heading.
    Heading(String),
    /// Two columns have this heading.
    HeadingTwice(String),
    /// Neither of the columns by which products are found.
    NoKey,
    /// Nothing below the headings.
    Empty,
    /// More lines than are taken.
    TooMany(u32),
    /// More cells than headings.
    Cells,
    /// Not `da` or `nu`.
    YesNo,
    /// No category of this name.
    NoCategory,
    /// Not the name of an allergen.
    NoAllergen(String),
    /// There is no such product.
    NoProduct,
    /// This line is about the product of an earlier one.
    Twice(u64),
    /// Somebody changed the product after the table was made.
    Stale,
    /// The stock is another one than when the table was made.
    StockMoved(u32),
}

impl Problem {
    /// The sentence beside the line.
    pub fn message(&self, l: Locale) -> String {
        match self {
            Problem::Field(error) => error.message(l),
            Problem::Heading(heading) => text::sheet::heading(l, heading),
            Problem::HeadingTwice(heading) => text::sheet::heading_twice(l, heading),
            Problem::NoKey => text::sheet::no_key(l).to_owned(),
            Problem::Empty => text::sheet::empty(l).to_owned(),
            Problem::TooMany(most) => text::sheet::too_many(l, most),
            Problem::Cells => text::sheet::cells(l).to_owned(),
            Problem::YesNo => text::sheet::yes_no(l).to_owned(),
            Problem::NoCategory => text::sheet::no_category(l).to_owned(),
            Problem::NoAllergen(name) => text::sheet::no_allergen(l, name),
            Problem::NoProduct => text::sheet::no_product(l).to_owned(),
            Problem::Twice(line) => text::sheet::twice(l, line),
            Problem::Stale => text::sheet::stale(l).to_owned(),
            Problem::StockMoved(now) => text::sheet::stock_moved(l, now),
        }
    }
}

/// What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection"), and the apostrophe
/// itself, so that taking it off gives back what was there.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

/// A cell that no spreadsheet runs.
pub fn guarded(cell: String) -> String {
    if cell.starts_with(FORMULA) { format!("'{cell}") } else { cell }
}

/// What was in a cell before it was guarded.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::strange;
    use proptest::prelude::*;

    #[test]
    fn headings_are_read_in_both_languages() {
        for column in Column::all() {
            for l in Locale::ALL {
                assert_eq!(
                    Column::from_heading(&format!(" {} ", column.heading(l).to_uppercase())),
                    Some(column)
                );
            }
        }
        assert_eq!(Column::from_heading("$where"), None);
        assert_eq!(Column::of_field("stock_quantity"), Some(Column::Stock));
    }

    #[test]
    fn formulas_are_guarded() {
        for cell in ["=1+1", "+40722", "-5", "@SUM(A1)", "\t=1", "\r=1", "'=1"] {
            assert!(guarded(cell.to_owned()).starts_with('\''), "{cell}");
        }
        assert_eq!(guarded("Pâine".into()), "Pâine");
        assert_eq!(unguarded("'Pâine"), "'Pâine", "somebody's own apostrophe");
    }

    proptest! {
        #[test]
        fn a_guarded_cell_reads_back(cell in strange::nearly("['=+@-]{0,3}[a-z ]{0,5}")) {
            let guarded = guarded(cell.clone());
            prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&guarded), cell);
        }
    }
}
