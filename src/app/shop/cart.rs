//! The page of the cart. The drawer shows its middle part, too.

use super::{
    add_to_cart::ADD,
    api,
    cart_lines::{Lines, REMOVE, SET, on_cart},
};
use crate::{
    app::{
        forms::FormReplay,
        i18n::{locale, price},
        info::{api::load_facts, away::ClosedNow},
        ui::{failure::Failure, once_loaded::once_loaded, own_page::OwnPage, title::Title},
    },
    model::{cart::Cart, error::AppError, locale::Locale, product::Product, quantity::Quantity, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// The cart.
#[component]
pub fn CartPage() -> impl IntoView {
    let l = locale();
    let query = use_query_map().get_untracked();
    let removed = query.get("removed").zip(query.get("pieces"));
    let cart = Resource::new(
        || (),
        move |()| {
            let removed = removed.clone();
            async move {
                let cart = api::load_cart().await?;
                // Who fills a cart wants to know before the checkout. It is no reason to show no cart.
                let closing = load_facts().await.ok().and_then(|facts| facts.closing);
                Ok::<_, AppError>((cart, undoable(removed).await, closing))
            }
        },
    );
    view! {
        <Title text=format!("{} · {}", text::cart::title(l), text::shop::name(l)) />
        <OwnPage l />
        <div class="narrow">
            <h1>{text::cart::title(l)}</h1>
            {once_loaded(async move {
                match cart.await {
                    Ok((cart, removed, closing)) => {
                        view! {
                            {closing.map(|closing| view! { <ClosedNow l closing /> })}
                            <CartPart l cart removed />
                        }
                            .into_any()
                    }
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

/// What was taken out just now, as the address says, if it can be put back.
async fn undoable(removed: Option<(String, String)>) -> Option<(Product, Quantity)> {
    let (product, pieces) = removed?;
    let pieces = Quantity::new(pieces.parse().ok()?).ok()?;
    Some((api::load_product(product).await.ok()?.product, pieces))
}

/// All of the page but its heading; how the cart changed is said by the attributes.
#[component]
fn CartPart(l: Locale, cart: Cart, removed: Option<(Product, Quantity)>) -> impl IntoView {
    let refused = [SET, REMOVE, ADD].into_iter().find_map(FormReplay::of);
    let refused = refused.map(|form| {
        let left = match form.error() {
            AppError::Stock { shortages } => shortages.first().map(|shortage| shortage.available),
            _ => None,
        };
        let fill = left.filter(|left| *left > 0).map(|left| text::product::take_left(l, left));
        view! {
            <p class="error" role="alert" data-refused="" data-fill=fill>
                {form.message(l)}
            </p>
        }
    });
    let news = text::cart::changed(l, price(l, cart.total));
    view! {
        <div data-part="cart" data-news=news>
            {refused}
            {removed.map(|(product, pieces)| view! { <Undo l product pieces /> })}
            // Says why a change could not be sent.
            <p class="error" role="alert"></p>
            <Lines l cart />
        </div>
    }
    .into_any()
}

/// What was taken out, and the way back. It stays until the next change: nobody is hurried.
#[component]
fn Undo(l: Locale, product: Product, pieces: Quantity) -> impl IntoView {
    view! {
        <form
            class="undo"
            method="post"
            action=on_cart(ADD, l)
            data-live="cart"
            data-change="undo"
            role="status"
            data-testid="undo"
        >
            <span>{text::cart::removed(l, product.name(l))}</span>
            <input type="hidden" name="product_id" value=product.id.to_string() />
            <input type="hidden" name="quantity" value=pieces.get() />
            <button class="button button-small">{text::cart::undo(l)}</button>
        </form>
    }
    .into_any()
}
