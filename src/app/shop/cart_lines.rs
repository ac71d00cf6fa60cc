//! The lines of the cart: on its page and in the drawer. Each button is a form of its own, so all
//! of it works without JavaScript, too.

use super::cart_changes::{CartChanges, REMOVE, SET};
use crate::{
    app::{
        forms::action,
        i18n::{href, price},
        ui::{
            alert::{Alert, Tone},
            icon::{Icon, IconImage},
        },
    },
    model::{
        cart::{Cart, CartLine, LineNotice},
        ids::ProductId,
        locale::Locale,
        quantity::Quantity,
        text,
    },
};
use leptos::{ev, html::Button, prelude::*};

/// Lines, total, and the way to the checkout.
#[component]
pub fn Lines(
    /// The language of the page.
    l: Locale,
    /// The cart as it is shown.
    cart: RwSignal<Cart>,
) -> impl IntoView {
    let changes = CartChanges::new(l, cart);
    let lines = move || {
        let lines = cart.get().lines;
        lines.into_iter().map(|line| view! { <Line l line changes /> }).collect_view()
    };
    view! {
        <p class="error" role="alert">
            {changes.error}
        </p>
        <Show
            when=move || !cart.with(|cart| cart.lines.is_empty())
            fallback=move || {
                view! {
                    <div class="empty">
                        <img src="/pictures/placeholder.svg" alt="" width="160" height="120" />
                        <h2>{text::cart::empty(l)}</h2>
                        <p>{text::cart::empty_hint(l)}</p>
                        <a class="button" href=href(l, "/products")>
                            {text::products::see_all(l)}
                        </a>
                    </div>
                }
            }
        >
            <ul class="lines">{lines}</ul>
            <p class="total">
                <span>{text::cart::total(l)}</span>
                <strong data-testid="cart-total">{move || price(l, cart.with(|cart| cart.total))}</strong>
            </p>
            <Show when=move || cart.with(Cart::blocked)>
                <Alert tone=Tone::Note>{text::cart::blocked(l)}</Alert>
            </Show>
            <p class="row sticky-order">
                <a class="button button-wide" href=href(l, "/checkout") data-testid="to-checkout">
                    {text::cart::checkout(l)}
                </a>
            </p>
            <p class="row">
                <a class="button button-quiet button-wide" href=href(l, "/products")>
                    {text::cart::go_on(l)}
                </a>
            </p>
        </Show>
        <Undo l changes />
    }
}

/// What was taken out, and the way back. It stays until the next change: nobody is hurried.
#[component]
fn Undo(l: Locale, changes: CartChanges) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    Effect::new(move |_| {
        // The button that was pressed is gone with its line: the focus must not be lost with it.
        if changes.removed.with(Option::is_some) {
            request_animation_frame(move || {
                if let Some(button) = button.get_untracked() {
                    let _ = button.focus();
                }
            });
        }
    });
    move || {
        changes.removed.get().map(|line| {
            view! {
                <div class="undo" role="status" data-testid="undo">
                    <span>{text::cart::removed(l, line.name)}</span>
                    <button class="button button-small" type="button" node_ref=button on:click=move |_| changes.undo()>
                        {text::cart::undo(l)}
                    </button>
                </div>
            }
        })
    }
}

#[component]
fn Line(l: Locale, line: CartLine, changes: CartChanges) -> impl IntoView {
    let CartLine { product_id, slug, name, picture, quantity, unit_price, total_price, notice, .. } = line;
    let (id, pieces) = (product_id.to_string(), quantity.get());
    let set = action(SET);
    let step = |pieces: u32, sign: &'static str, label: String, possible: bool| {
        view! {
            <button class="icon-button" name="quantity" value=pieces aria-label=label disabled=!possible>
                {sign}
            </button>
        }
    };
    let gone = matches!(notice, Some(LineNotice::Gone | LineNotice::SoldOut));
    let can_grow = !notice.is_some_and(LineNotice::blocks) && pieces < Quantity::MAX;
    let change = {
        let product = product_id.clone();
        move |event: ev::SubmitEvent| {
            event.prevent_default();
            if let Some(quantity) = pressed(&event) {
                changes.set(&product, quantity);
            }
        }
    };
    let removed = product_id.clone();
    let remove = move |event: ev::SubmitEvent| {
        event.prevent_default();
        changes.remove(&removed);
    };
    view! {
        <li class="line" class:line-off=gone data-testid="cart-line">
            <img class="thumb" src=picture alt="" width="96" height="72" loading="lazy" />
            <div class="line-text">
                <a href=href(l, &format!("/products/{slug}"))>{name.clone()}</a>
                <span class="each">{text::cart::each(l, price(l, unit_price))}</span>
                {notice.map(|notice| view! { <Notice l notice product=product_id.clone() changes /> })}
            </div>
            <div class="line-numbers">
                <form class="stepper" method="post" action=set on:submit=change>
                    <input type="hidden" name="product_id" value=id.clone() />
                    {step(pieces.saturating_sub(1), "−", text::cart::less_of(l, &name), pieces > 1 && !gone)}
                    <output aria-label=text::product::quantity_of(l, &name)>{pieces}</output>
                    {step(pieces + 1, "+", text::cart::more_of(l, &name), can_grow)}
                </form>
                <strong>{price(l, total_price)}</strong>
                <form method="post" action=action(REMOVE) on:submit=remove>
                    <input type="hidden" name="product_id" value=id />
                    <button class="icon-button" aria-label=text::cart::remove_of(l, &name)>
                        <IconImage icon=Icon::Remove />
                    </button>
                </form>
            </div>
        </li>
    }
}

/// What changed about a line, and the one tap that settles it.
#[component]
fn Notice(l: Locale, notice: LineNotice, product: ProductId, changes: CartChanges) -> impl IntoView {
    let sentence = match notice {
        LineNotice::PriceChanged { was } => text::cart::price_changed(l, price(l, was)),
        LineNotice::Short { left } => text::cart::short(l, left),
        LineNotice::SoldOut => text::cart::sold_out(l).to_owned(),
        LineNotice::Gone => text::cart::gone(l).to_owned(),
    };
    let keep = match notice {
        LineNotice::Short { left } => Some(left),
        _ => None,
    };
    let id = product.to_string();
    let change = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if let Some(quantity) = pressed(&event) {
            changes.set(&product, quantity);
        }
    };
    view! {
        <p class="notice" data-testid="line-notice">
            {sentence}
        </p>
        {keep
            .map(|left| {
                view! {
                    <form method="post" action=action(SET) on:submit=change>
                        <input type="hidden" name="product_id" value=id />
                        <button class="button button-small" name="quantity" value=left>
                            {text::cart::keep(l, left)}
                        </button>
                    </form>
                }
            })}
    }
}

/// The number of pieces on the button that was pressed.
fn pressed(event: &ev::SubmitEvent) -> Option<Quantity> {
    Quantity::new(event.submitter()?.get_attribute("value")?.parse().ok()?).ok()
}
