//! A product in a grid.

use super::{
    add_to_cart::{ADD, AddToCart, Refused},
    facts::{AllergenNote, UnitPrice},
};
use crate::{
    app::{
        forms::action,
        i18n::{href, price, unbroken},
        ui::picture::Picture,
    },
    model::{locale::Locale, product::Product, text},
};
use leptos::prelude::*;

/// From this many pieces down, the number is shown.
pub const FEW: u32 = 5;

/// Picture, name, price, and the button.
#[component]
pub fn ProductCard(
    /// The language of the page.
    l: Locale,
    /// The product.
    product: Product,
    /// Is it seen before scrolling?
    first: bool,
) -> impl IntoView {
    let address = href(l, &format!("/products/{}", product.slug));
    let name = product.name(l).to_owned();
    let order = if product.stock == 0 {
        view! {
            <p class="add">
                <span class="sold-out">{text::product::sold_out(l)}</span>
            </p>
        }
        .into_any()
    } else {
        let (name, refused) = (name.clone(), Refused::of(&product.id, l));
        view! { <AddToCart l product_id=product.id.to_string() name action=action(ADD) refused /> }.into_any()
    };
    view! {
        <li class="card" data-testid="product-card">
            <a class="card-link" href=address>
                <Picture image=product.picture() first />
                <h3>{unbroken(&name)}</h3>
            </a>
            <p class="card-price">
                <strong>{price(l, product.price)}</strong>
                {(product.stock > 0).then(|| view! { <StockNote l stock=product.stock /> })}
            </p>
            <p class="card-facts">
                <UnitPrice l cost=product.price net=product.food.net />
                <AllergenNote l declared=product.food.allergens />
            </p>
            {order}
        </li>
    }
    .into_any()
}

/// Sold out, or nearly.
#[component]
pub fn StockNote(
    /// The language of the page.
    l: Locale,
    /// Pieces left.
    stock: u32,
) -> impl IntoView {
    match stock {
        0 => Some(view! { <span class="stock stock-none">{text::product::sold_out(l).to_owned()}</span> }),
        1 => Some(view! { <span class="stock">{text::product::last_one(l).to_owned()}</span> }),
        2..=FEW => Some(view! { <span class="stock">{text::product::left(l, stock)}</span> }),
        _ => None,
    }
}

/// Products side by side.
#[component]
pub fn ProductGrid(
    /// The language of the page.
    l: Locale,
    /// The products.
    products: Vec<Product>,
    /// How many of them are seen before scrolling.
    #[prop(default = 0)]
    seen: usize,
) -> impl IntoView {
    let cards = products
        .into_iter()
        .enumerate()
        .map(|(place, product)| view! { <ProductCard l product first=place < seen /> })
        .collect_view();
    view! { <ul class="grid-cards">{cards}</ul> }
}
