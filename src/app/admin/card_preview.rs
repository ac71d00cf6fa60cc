//! The card of a product as customers will see it, beside its form. `app/live/desk/preview.rs`
//! changes it while somebody types; its sentences come with it.

use super::filled::Filled;
use crate::{
    app::shop::product_card::{FEW, ProductCard},
    model::{
        food::FoodFacts,
        ids::{CategoryId, ProductId, Slug},
        locale::Locale,
        measure::{NetContent, Unit},
        money::Money,
        product::{Localized, Product, ProductForm},
        text,
        time::Timestamp,
    },
};
use leptos::prelude::*;

/// The card; nobody can press anything on it.
#[component]
pub fn CardPreview(
    /// The language of the page.
    l: Locale,
    /// The form.
    filled: Filled,
    /// What the form shows when nothing was typed.
    stored: ProductForm,
    /// The product; none for a new one.
    product: Option<Product>,
) -> impl IntoView {
    let card = shown(&filled, &stored, product, l);
    card.map(|product| {
        view! {
            <aside
                class="card-preview"
                aria-labelledby="preview-title"
                data-preview=""
                data-name=text::products_desk::preview_name(l)
                data-sold-out=text::product::sold_out(l)
                data-last-one=text::product::last_one(l)
                data-left=text::product::left(l, "{left}")
                data-few=FEW.to_string()
                data-piece=text::food::piece(l)
                data-testid="card-preview"
            >
                <h2 id="preview-title">{text::products_desk::preview(l)}</h2>
                <ul inert>
                    <ProductCard l product first=true />
                </ul>
            </aside>
        }
    })
}

/// The product with what was typed, where it can be read.
fn shown(filled: &Filled, stored: &ProductForm, product: Option<Product>, l: Locale) -> Option<Product> {
    let value = |field, stored: &str| filled.value(field, stored);
    let base = match product {
        Some(product) => product,
        None => blank()?,
    };
    let english = value("name_en", &stored.name_en);
    let mut name = value("name", &stored.name);
    if name.trim().is_empty() {
        name = text::products_desk::preview_name(l).to_owned();
    }
    let name_en = Some(english).filter(|name| !name.trim().is_empty());
    let amount = NetContent::read_amount(&value("net_amount", &stored.food.net_amount)).ok();
    let unit = Unit::from_name(&value("net_unit", &stored.food.net_unit));
    let net = amount.zip(unit).and_then(|(amount, unit)| NetContent::new(amount, unit).ok());
    Some(Product {
        text: Localized { name, name_en, ..base.text },
        price: Money::parse(&value("price", &stored.price)).unwrap_or(base.price),
        stock: value("stock_quantity", &stored.stock_quantity).trim().parse().unwrap_or(base.stock),
        food: FoodFacts { net, ..base.food },
        ..base
    })
}

/// A product of which nothing is known yet.
fn blank() -> Option<Product> {
    let nobody = "0".repeat(24);
    Some(Product {
        id: ProductId::parse(&nobody).ok()?,
        slug: Slug::parse("x").ok()?,
        text: Localized::default(),
        price: Money::ZERO,
        category_id: CategoryId::parse(&nobody).ok()?,
        images: Vec::new(),
        stock: Product::PLENTY,
        low_stock_at: None,
        active: true,
        featured: false,
        food: FoodFacts::default(),
        updated_at: Timestamp(0),
    })
}
