//! Asking for products: filters, search and order.

use crate::{
    model::{
        allergen::Allergen,
        locale::Locale,
        product::{ProductQuery, ProductSort},
    },
    server::store::{Abilities, fold::words, object_id},
};
use mongodb::bson::{Bson, Document, doc};

/// The products that a query asks for.
pub(super) fn filter(query: &ProductQuery, abilities: Abilities) -> Document {
    let mut filter = Document::new();
    if !query.with_inactive {
        filter.insert("active", true);
    }
    if let Some(category) = &query.category {
        filter.insert("category_id", object_id(category.as_str()));
    }
    if let Some(featured) = query.featured {
        filter.insert("featured", featured);
    }
    if !query.without.is_empty() {
        // As `FoodFacts::free_of`: what is not declared is free of nothing, and traces count.
        let names: Vec<&str> = query.without.iter().map(Allergen::name).collect();
        filter.insert("allergens", doc! { "$exists": true });
        filter.insert("allergens.contains", doc! { "$nin": &names });
        filter.insert("allergens.may_contain", doc! { "$nin": &names });
    }
    let words = query.search.as_deref().map(words).unwrap_or_default();
    if words.is_empty() {
        if query.search.as_deref().is_some_and(|search| !search.trim().is_empty()) {
            // Only signs that no word has: nothing is called that.
            filter.insert("_id", Bson::Null);
        }
        return filter;
    }
    let by_words = by_words(&words);
    if abilities.text_index {
        let phrases: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        filter.insert("$or", vec![doc! { "$text": { "$search": phrases.join(" ") } }, by_words]);
    } else {
        filter.extend(by_words);
    }
    filter
}

/// Each word must begin some word of the name.
fn by_words(words: &[String]) -> Document {
    // Words are ASCII letters and digits only, so nothing in them means anything to a regex.
    let beginnings = words.iter().map(|word| doc! { "search_words": { "$regex": format!("^{word}") } });
    doc! { "$and": beginnings.collect::<Vec<_>>() }
}

pub(super) fn sort(sort: ProductSort, locale: Locale) -> Document {
    let name = name_key(locale);
    match sort {
        ProductSort::Name => doc! { name: 1, "_id": 1 },
        ProductSort::PriceAsc => doc! { "price": 1, name: 1, "_id": 1 },
        ProductSort::PriceDesc => doc! { "price": -1, name: 1, "_id": 1 },
        ProductSort::Newest => doc! { "created_at": -1, "_id": -1 },
    }
}

/// The field by which names are sorted in a language.
pub(super) const fn name_key(locale: Locale) -> &'static str {
    match locale {
        Locale::Ro => "sort_ro",
        Locale::En => "sort_en",
    }
}
