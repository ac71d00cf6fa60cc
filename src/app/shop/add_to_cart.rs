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

/// How many pieces are to be put in, on the page of a product.
#[derive(Clone, Debug)]
pub struct Pieces {
    /// Shown first.
    pub now: u32,
    /// The most that can be had.
    pub most: u32,
    /// The page of the product: without JavaScript it answers with one more or one less.
    pub page: String,
}

impl Pieces {
    /// The number that an address asks for, with the step that was pressed.
    pub fn asked(number: Option<&str>, step: Option<&str>, most: u32) -> u32 {
        let number: u32 = number.and_then(|number| number.trim().parse().ok()).unwrap_or(1);
        let stepped = match step {
            Some("more") => number.saturating_add(1),
            Some("less") => number.saturating_sub(1),
            _ => number,
        };
        stepped.min(most).max(1)
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
    /// With a number of pieces.
    #[prop(optional)]
    choice: Option<Pieces>,
    /// Why it was refused, when the page comes back with the form.
    refused: Option<Refused>,
) -> impl IntoView {
    let typed = refused.as_ref().map(|refused| refused.pieces.clone());
    let left = refused.as_ref().and_then(|refused| refused.left);
    let label = format!("{}: {name}", text::product::add(l));
    let chooses = choice.is_some();
    let number = choice.map(|Pieces { now, most, page }| {
        let id = format!("quantity-{product_id}");
        // `wake.js` steps in the page; without it the page is asked for again.
        let step = |step: &'static str, by: &'static str, sign: &'static str, label: String| {
            view! {
                <button
                    class="icon-button"
                    formaction=page.clone()
                    formmethod="get"
                    formnovalidate
                    name="step"
                    value=step
                    aria-label=label
                    data-step=by
                >
                    {sign}
                </button>
            }
        };
        view! {
            // What Enter presses is the first button of a form.
            <button hidden></button>
            <div class="stepper">
                {step("less", "-1", "−", text::cart::less_of(l, &name))}
                <label class="quiet" for=id.clone()>
                    {text::product::quantity(l)}
                </label>
                <input
                    id=id
                    class="pieces"
                    type="number"
                    name="quantity"
                    value=typed.unwrap_or_else(|| now.to_string())
                    min="1"
                    max=most
                    required
                    inputmode="numeric"
                />
                {step("more", "1", "+", text::cart::more_of(l, &name))}
            </div>
        }
    });
    // With fewer left than wanted: one tap takes them.
    let rest = chooses.then(|| {
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
        <form class="add" class:sticky-order=chooses method="post" action=action data-live="add">
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_stays_within_what_there_is() {
        assert_eq!(Pieces::asked(None, None, 9), 1);
        assert_eq!(Pieces::asked(Some("3"), Some("more"), 9), 4);
        assert_eq!(Pieces::asked(Some("9"), Some("more"), 9), 9);
        assert_eq!(Pieces::asked(Some("1"), Some("less"), 9), 1);
        assert_eq!(Pieces::asked(Some("4294967295"), Some("more"), 9), 9);
        assert_eq!(Pieces::asked(Some("<b>"), Some("?"), 9), 1);
    }
}
