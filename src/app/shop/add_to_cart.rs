//! The button that puts a product in the cart.

use crate::{
    app::{
        forms::FormReplay,
        post::{CallError, submit, tell_cart},
    },
    model::{cart::Cart, ids::ProductId, locale::Locale, text},
};
use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};

/// The server function that the form is sent to.
pub const ADD: &str = "/fn/cart/add";

/// What a page that comes back with a refused form shows in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refused {
    message: String,
    pieces: String,
}

impl Refused {
    /// The refused form of this product, if it is the one to show again.
    pub fn of(product: &ProductId, l: Locale) -> Option<Refused> {
        let form = FormReplay::of(ADD)?;
        (form.value("product_id") == product.as_str())
            .then(|| Refused { message: form.message(l), pieces: form.value("quantity") })
    }
}

/// A form with one button; on the page of a product also a number of pieces.
#[island]
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
    let busy = RwSignal::new(false);
    let done = RwSignal::new(false);
    let pieces = refused.as_ref().map_or_else(|| "1".to_owned(), |refused| refused.pieces.clone());
    let error = RwSignal::new(refused.map(|refused| refused.message));
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            let answer: Result<Cart, CallError> = submit(&event).await;
            busy.set(false);
            done.set(answer.is_ok());
            error.set(answer.as_ref().err().map(|error| error.message(l)));
            if let Ok(cart) = answer {
                tell_cart(&cart);
            }
        });
    };
    let label = format!("{}: {name}", text::product::add(l));
    let quantity_id = format!("quantity-{product_id}");
    view! {
        <form class="add" method="post" action=action on:submit=add>
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
            <button class="button" class:done=done aria-label=label aria-disabled=move || busy.get().then_some("true")>
                {move || if done.get() { text::product::added(l) } else { text::product::add(l) }}
            </button>
            <p class="error" role="alert">
                {error}
            </p>
        </form>
    }
}
