//! The button that puts a product in the cart.

use crate::{
    app::forms::FormReplay,
    model::{error::AppError, ids::ProductId, locale::Locale, text},
};
use leptos::prelude::*;

/// The server function that the form is sent to.
pub const ADD: &str = "/fn/cart/add";

/// Why the form was refused, when the page comes back with it.
#[derive(Clone, Debug)]
pub struct Refused {
    message: String,
    pieces: String,
    /// How many there are, when they are fewer than wanted.
    left: Option<u32>,
}

impl Refused {
    /// The refused form of this product, if it is the one to show again.
    pub fn of(product: &ProductId, l: Locale) -> Option<Refused> {
        let form = FormReplay::of(ADD)?;
        let left = match form.error() {
            AppError::Stock { shortages } => shortages.first().map(|shortage| shortage.available),
            _ => None,
        };
        (form.value("product_id") == product.as_str()).then(|| Refused {
            message: form.message(l),
            pieces: form.value("quantity"),
            left: left.filter(|left| *left > 0),
        })
    }
}

/// A form with one button; on the page of a product also a number of pieces.
#[component]
pub fn AddToCart(
    /// The language of the page.
    l: Locale,
    /// Which product.
    product_id: String,
    /// Its name, for the label of the button.
    name: String,
    /// Where the form is sent.
    action: String,
    /// With a number of pieces, at most this.
    #[prop(optional)]
    most: Option<u32>,
    /// Why it was refused, when the page comes back with the form.
    refused: Option<Refused>,
) -> impl IntoView {
    let pieces = refused.as_ref().map_or_else(|| "1".to_owned(), |refused| refused.pieces.clone());
    let left = refused.as_ref().and_then(|refused| refused.left);
    let label = format!("{}: {name}", text::product::add(l));
    let number = most.map(|most| {
        let id = format!("quantity-{product_id}");
        view! {
            <label class="quiet" for=id.clone()>
                {text::product::quantity(l)}
            </label>
            <input
                id=id
                class="pieces"
                type="number"
                name="quantity"
                value=pieces
                min="1"
                max=most
                required
                inputmode="numeric"
            />
        }
    });
    // With fewer left than wanted: one tap takes them.
    let rest = most.map(|_| {
        view! {
            <button
                class="button button-quiet button-small rest"
                name="fill"
                value="true"
                formnovalidate
                hidden=left.is_none()
            >
                {left.map(|left| text::product::take_left(l, left))}
            </button>
        }
    });
    view! {
        <form class="add" class:sticky-order=most.is_some() method="post" action=action data-live="add">
            <input type="hidden" name="product_id" value=product_id />
            {number}
            <button class="button" aria-label=label data-added=text::product::added(l)>
                {text::product::add(l)}
            </button>
            <p class="error" role="alert">
                {refused.map(|refused| refused.message)}
            </p>
            {rest}
        </form>
    }
    .into_any()
}
