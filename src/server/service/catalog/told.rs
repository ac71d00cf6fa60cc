//! What the audit log is told of changes in the catalogue.

use crate::{
    model::{category::Category, locale::Locale, product::Product},
    server::trail,
};

/// A product was changed, or, without `before`, added.
pub fn product(before: Option<&Product>, after: &Product) {
    trail::about("product", &after.id);
    trail::named(after.name(Locale::Ro));
    let Some(before) = before else {
        trail::set("price", after.price.decimal());
        return trail::set("stock", after.stock);
    };
    trail::changed("name", before.name(Locale::Ro), after.name(Locale::Ro));
    trail::changed("price", before.price.decimal(), after.price.decimal());
    trail::changed("stock", before.stock, after.stock);
    trail::changed("active", before.active, after.active);
    trail::changed("featured", before.featured, after.featured);
}

/// A category was added, changed, shown or hidden.
pub fn category(after: &Category) {
    trail::about("category", &after.id);
    trail::named(after.name(Locale::Ro));
    trail::set("active", after.active);
}
