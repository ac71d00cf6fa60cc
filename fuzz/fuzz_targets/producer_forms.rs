//! `ProductForm::parse` and `CategoryForm::parse`: what is accepted keeps its limits and is in its
//! normal form: shown in the form and sent again, it is the same.
#![no_main]
use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use vatra::model::{
    category::CategoryForm,
    food::FoodForm,
    ids::{ProductId, Slug},
    product::{Product, ProductDraft, ProductForm},
    time::Timestamp,
};

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    texts: [&'a str; 4],
    price: &'a str,
    number: &'a str,
    category: [u8; 12],
    active: bool,
    featured: bool,
    /// Contents, unit, ingredients in two languages, an allergen and its mark, VAT.
    food: [&'a str; 7],
    declared: bool,
}

fuzz_target!(|input: Input<'_>| {
    let [name, description, name_en, description_en] = input.texts.map(str::to_owned);
    let category = CategoryForm {
        name: name.clone(),
        description: description.clone(),
        name_en: name_en.clone(),
        description_en: description_en.clone(),
        display_order: input.number.to_owned(),
        active: input.active,
    };
    if let Ok(draft) = category.parse() {
        assert!(draft.display_order.is_none_or(|order| (-10_000..=10_000).contains(&order)));
        let text = draft.text.clone();
        assert!(text.name.chars().count() <= 100 && text.description.chars().count() <= 500);
        let again = CategoryForm {
            name: text.name,
            description: text.description,
            name_en: text.name_en.unwrap_or_default(),
            description_en: text.description_en.unwrap_or_default(),
            display_order: draft.display_order.map(|order| order.to_string()).unwrap_or_default(),
            active: draft.active,
        };
        assert_eq!(again.parse(), Ok(draft));
    }
    let [net_amount, net_unit, ingredients, ingredients_en, allergen, mark, vat_rate] =
        input.food.map(str::to_owned);
    let food = FoodForm {
        net_amount,
        net_unit,
        ingredients,
        ingredients_en,
        allergens_declared: input.declared,
        allergens: [(allergen, mark)].into(),
        vat_rate,
    };
    let product = ProductForm {
        food,
        name,
        description,
        name_en,
        description_en,
        price: input.price.to_owned(),
        category_id: input.category.map(|byte| format!("{byte:02x}")).concat(),
        stock_quantity: input.number.to_owned(),
        low_stock_at: input.number.to_owned(),
        active: input.active,
        featured: input.featured,
    };
    if let Ok(draft) = product.parse() {
        assert!(draft.stock <= ProductForm::MAX_STOCK);
        assert!(draft.text.name.chars().count() <= 200 && draft.text.description.chars().count() <= 1000);
        assert_eq!(ProductForm::of(&stored(draft.clone())).parse(), Ok(draft));
    }
});

fn stored(draft: ProductDraft) -> Product {
    Product {
        id: ProductId::parse("507f1f77bcf86cd799439011").expect("24 digits"),
        slug: Slug::parse("x").expect("a letter"),
        text: draft.text,
        price: draft.price,
        category_id: draft.category_id,
        images: Vec::new(),
        stock: draft.stock,
        low_stock_at: draft.low_stock_at,
        active: draft.active,
        featured: draft.featured,
        food: draft.food,
        updated_at: Timestamp(0),
    }
}
