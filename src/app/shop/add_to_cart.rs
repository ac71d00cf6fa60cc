//! The button that puts a product in the cart.

use super::cart_news::{expect_pieces, tell_cart};
use crate::{
    app::{
        forms::FormReplay,
        post::{CallError, Form},
        queue::turn,
        told::Told,
    },
    model::{cart::Cart, ids::ProductId, locale::Locale, text},
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

/// The server function that the form is sent to.
pub const ADD: &str = "/fn/cart/add";

/// Why the form was refused, as it is shown in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
        (form.value("product_id") == product.as_str()).then(|| Refused {
            message: form.message(l),
            pieces: form.value("quantity"),
            left: left(&Told::new(form.error(), l)),
        })
    }
}

/// How many pieces are left, at least one, when that is what was refused.
fn left(told: &Told) -> Option<u32> {
    told.shortages.first().map(|shortage| shortage.available).filter(|left| *left > 0)
}

/// A form with one button; on the page of a product also a number of pieces.
#[island(lazy)]
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
    let done = RwSignal::new(false);
    let pieces = refused.as_ref().map_or_else(|| "1".to_owned(), |refused| refused.pieces.clone());
    let rest = RwSignal::new(refused.as_ref().and_then(|refused| refused.left));
    let error = RwSignal::new(refused.map(|refused| refused.message));
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = Form::of(&event) else { return };
        // Shown at once, and taken back when the shop refuses.
        let pieces = form.value("quantity").and_then(|text| text.parse().ok()).unwrap_or(1_i64);
        expect_pieces(pieces);
        done.set(true);
        error.set(None);
        rest.set(None);
        spawn_local(async move {
            let _turn = turn().await;
            match form.send::<Cart>().await {
                Ok(cart) => tell_cart(&cart, l),
                Err(refused) => {
                    expect_pieces(-pieces);
                    done.set(false);
                    error.set(Some(refused.message(l)));
                    if let CallError::Refused(told) = &refused {
                        rest.set(left(told));
                    }
                }
            }
        });
    };
    let label = format!("{}: {name}", text::product::add(l));
    let quantity_id = format!("quantity-{product_id}");
    let with_number = most.is_some();
    view! {
        <form class="add" class:sticky-order=with_number method="post" action=action on:submit=add>
            <input type="hidden" name="product_id" value=product_id />
            {most
                .map(|most| {
                    view! {
                        <label class="quiet" for=quantity_id.clone()>
                            {text::product::quantity(l)}
                        </label>
                        <input
                            id=quantity_id
                            class="pieces"
                            type="number"
                            name="quantity"
                            value=pieces.clone()
                            min="1"
                            max=most
                            required
                            inputmode="numeric"
                        />
                    }
                })}
            <button class="button" class:done=done aria-label=label>
                {move || if done.get() { text::product::added(l) } else { text::product::add(l) }}
            </button>
            <p class="error" role="alert">
                {error}
            </p>
            {move || {
                rest.get()
                    .filter(|_| with_number)
                    .map(|left| {
                        view! {
                            <button class="button button-quiet button-small rest" name="fill" value="true" formnovalidate>
                                {text::product::take_left(l, left)}
                            </button>
                        }
                    })
            }}
        </form>
    }
}
