//! What documents of products and of lines of orders have in common: how much it is, its allergens,
//! its VAT.

use super::schema;
use crate::model::{allergen::Allergen, measure::Unit};
use mongodb::bson::{Document, doc};

/// How much one piece holds.
pub(super) fn net_content() -> Document {
    schema::object(
        doc! { "thousandths": schema::whole(1), "unit": schema::one_of(&Unit::ALL.map(Unit::name)) },
        &[],
    )
}

/// The declared allergens.
pub(super) fn allergens() -> Document {
    let names = || schema::list(schema::one_of(&Allergen::ALL.map(Allergen::name)), 14);
    schema::object(doc! { "contains": names(), "may_contain": names() }, &[])
}

/// A rate of VAT in percent. Which rates there are is the model's to know: the law changes them.
pub(super) fn vat_rate() -> Document {
    let mut percent = schema::whole(0);
    percent.insert("maximum", 100);
    percent
}
