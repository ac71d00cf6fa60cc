//! A product as the cells of a line, and back.

use crate::{
    model::{
        allergen::Allergen,
        category::Category,
        food::{CONTAINS, MAY_CONTAIN},
        locale::Locale,
        product::{
            Product, ProductForm,
            sheet::{Column, Problem},
        },
        text,
    },
    server::store::fold::fold,
};

/// All cells of a product.
pub(super) fn line(product: &Product, categories: &[Category], l: Locale) -> Vec<String> {
    let form = ProductForm::of(product);
    let of_column = |column| match column {
        Column::Id => product.id.to_string(),
        Column::Version => product.shown_as().word(),
        Column::Slug => product.slug.to_string(),
        column => cell(column, &form, categories, l),
    };
    Column::all().map(of_column).collect()
}

/// The cell of a column in which something can be changed.
pub(super) fn cell(column: Column, form: &ProductForm, categories: &[Category], l: Locale) -> String {
    let food = &form.food;
    match column {
        Column::Id | Column::Version | Column::Slug => String::new(),
        Column::Name => form.name.clone(),
        Column::NameEn => form.name_en.clone(),
        Column::Category => {
            let found = categories.iter().find(|category| category.id.as_str() == form.category_id);
            found.map_or_else(|| form.category_id.clone(), |category| category.text.name.clone())
        }
        Column::Price => form.price.replace('.', ","),
        Column::Stock => form.stock_quantity.clone(),
        Column::LowStock => form.low_stock_at.clone(),
        Column::Active => yes_no(form.active, l),
        Column::Featured => yes_no(form.featured, l),
        Column::Description => form.description.clone(),
        Column::DescriptionEn => form.description_en.clone(),
        Column::NetAmount => food.net_amount.replace('.', ","),
        Column::NetUnit => food.net_unit.clone(),
        Column::Vat => food.vat_rate.clone(),
        Column::Ingredients => food.ingredients.clone(),
        Column::IngredientsEn => food.ingredients_en.clone(),
        Column::Declared => yes_no(food.allergens_declared, l),
        Column::Contains => marked(form, CONTAINS),
        Column::MayContain => marked(form, MAY_CONTAIN),
    }
}

/// Puts a cell into the form.
pub(super) fn put(
    column: Column,
    cell: &str,
    form: &mut ProductForm,
    categories: &[Category],
) -> Result<(), Problem> {
    let food = &mut form.food;
    let text = || cell.to_owned();
    match column {
        Column::Id | Column::Version | Column::Slug => {}
        Column::Name => form.name = text(),
        Column::NameEn => form.name_en = text(),
        Column::Category => form.category_id = category(cell, categories)?,
        Column::Price => form.price = text(),
        Column::Stock => form.stock_quantity = text(),
        Column::LowStock => form.low_stock_at = text(),
        Column::Active => form.active = is_yes(cell)?,
        Column::Featured => form.featured = is_yes(cell)?,
        Column::Description => form.description = text(),
        Column::DescriptionEn => form.description_en = text(),
        Column::NetAmount => food.net_amount = text(),
        Column::NetUnit => food.net_unit = text(),
        Column::Vat => food.vat_rate = cell.trim_end_matches('%').trim_end().to_owned(),
        Column::Ingredients => food.ingredients = text(),
        Column::IngredientsEn => food.ingredients_en = text(),
        Column::Declared => food.allergens_declared = is_yes(cell)?,
        Column::Contains => mark(form, cell, CONTAINS)?,
        Column::MayContain => mark(form, cell, MAY_CONTAIN)?,
    }
    Ok(())
}

fn yes_no(yes: bool, l: Locale) -> String {
    if yes { text::admin::yes(l) } else { text::admin::no(l) }.to_owned()
}

fn is_yes(cell: &str) -> Result<bool, Problem> {
    match fold(cell).as_str() {
        "da" | "yes" | "1" | "true" | "adevarat" | "x" => Ok(true),
        "nu" | "no" | "0" | "false" | "fals" | "" => Ok(false),
        _ => Err(Problem::YesNo),
    }
}

/// By its name in either language, its address or its id.
fn category(cell: &str, categories: &[Category]) -> Result<String, Problem> {
    let asked = fold(cell);
    let is_named = |category: &&Category| {
        let english = category.text.name_en.as_deref();
        category.is_called(cell)
            || fold(&category.text.name) == asked
            || english.is_some_and(|name| fold(name) == asked)
    };
    // An empty one is told as the form tells it.
    if cell.is_empty() {
        return Ok(String::new());
    }
    let exact = categories.iter().find(|category| category.text.name == cell);
    let found = exact.or_else(|| categories.iter().find(is_named));
    found.map(|category| category.id.to_string()).ok_or(Problem::NoCategory)
}

fn marked(form: &ProductForm, with: &str) -> String {
    let all = Allergen::ALL.into_iter().filter(|allergen| form.food.mark(*allergen) == with);
    all.map(Allergen::name).collect::<Vec<_>>().join(", ")
}

fn mark(form: &mut ProductForm, cell: &str, with: &str) -> Result<(), Problem> {
    let names = cell.split([',', ';']).map(str::trim).filter(|name| !name.is_empty());
    let named =
        |name: &str| allergen(name).ok_or_else(|| Problem::NoAllergen(name.chars().take(40).collect()));
    let allergens: Vec<Allergen> = names.map(named).collect::<Result<_, _>>()?;
    let marks = &mut form.food.allergens;
    marks.retain(|_, mark| mark != with);
    for allergen in allergens {
        // What is in it is more than a trace of it.
        if marks.get(allergen.name()).map(String::as_str) != Some(CONTAINS) {
            marks.insert(allergen.name().to_owned(), with.to_owned());
        }
    }
    Ok(())
}

fn allergen(name: &str) -> Option<Allergen> {
    let same = |allergen: &Allergen| Locale::ALL.iter().any(|l| fold(allergen.label(*l)) == fold(name));
    Allergen::from_name(name).or_else(|| Allergen::ALL.into_iter().find(same))
}
