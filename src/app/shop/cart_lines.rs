//! The lines of the cart. Each button is a form of its own: all of it works without JavaScript, and
//! with it the same forms are sent in the background (`live`).

use crate::{
    app::{
        i18n::{href, price, unbroken},
        shop::facts::measure,
        ui::{
            alert::{Alert, Tone},
            icon::{Icon, IconImage},
        },
    },
    model::{
        allergen::sentence,
        cart::{Cart, CartLine, LineNotice},
        locale::Locale,
        quantity::Quantity,
        text,
    },
};
use leptos::prelude::*;

/// Where a number of pieces is set.
pub const SET: &str = "/fn/cart/set";
/// Where a line is taken out.
pub const REMOVE: &str = "/fn/cart/remove";

/// The address of a form that comes back to the page of the cart, as it is without a query.
pub fn on_cart(endpoint: &str, l: Locale) -> String {
    format!("{endpoint}?page={}", href(l, "/cart"))
}

/// Lines, total, and the way to the checkout.
#[component]
pub fn Lines(
    /// The language of the page.
    l: Locale,
    /// The cart.
    cart: Cart,
) -> impl IntoView {
    if cart.lines.is_empty() {
        return view! {
            <div class="empty">
                <img src="/pictures/placeholder.svg" alt="" width="160" height="120" />
                <h2>{text::cart::empty(l)}</h2>
                <p>{text::cart::empty_hint(l)}</p>
                <a class="button" href=href(l, "/products")>
                    {text::products::see_all(l)}
                </a>
            </div>
        }
        .into_any();
    }
    let total = price(l, cart.total);
    // What stands in the way of the order stands in the button's place.
    let order = if cart.blocked() {
        view! {
            <div class="row sticky-order">
                <Alert tone=Tone::Note>{text::cart::blocked(l)}</Alert>
            </div>
        }
        .into_any()
    } else {
        let total = total.clone();
        view! {
            <p class="row sticky-order">
                <a class="button button-wide" href=href(l, "/checkout") data-testid="to-checkout">
                    <span>{text::cart::checkout(l)}</span>
                    " "
                    <span class="cart-total button-sum">{total}</span>
                </a>
            </p>
        }
        .into_any()
    };
    let lines = cart.lines.into_iter().map(|line| view! { <Line l line /> }).collect_view();
    view! {
        <ul class="lines">{lines}</ul>
        <p class="total">
            <span>{text::cart::total(l)}</span>
            <strong class="cart-total" data-testid="cart-total">
                {total}
            </strong>
        </p>
        {order}
        <p class="row">
            <a class="button button-quiet button-wide" href=href(l, "/products")>
                {text::cart::go_on(l)}
            </a>
        </p>
    }
    .into_any()
}

#[component]
fn Line(l: Locale, line: CartLine) -> impl IntoView {
    let gone = matches!(line.notice, Some(LineNotice::Gone | LineNotice::SoldOut));
    let can_grow = !line.notice.is_some_and(LineNotice::blocks) && line.quantity.get() < Quantity::MAX;
    let CartLine { product_id, slug, name, picture, quantity, unit_price, total_price, food, notice } = line;
    let (id, pieces) = (product_id.to_string(), quantity.get());
    let step = |pieces: u32, sign: &'static str, label: String, possible: bool| {
        view! {
            <button class="icon-button" name="quantity" value=pieces aria-label=label disabled=!possible>
                {sign}
            </button>
        }
    };
    let take_out = |face: AnyView, class: &'static str| {
        view! {
            <form method="post" action=on_cart(REMOVE, l) data-live="cart" data-change="remove">
                <input type="hidden" name="product_id" value=id.clone() />
                <input type="hidden" name="quantity" value=pieces />
                <button class=class aria-label=text::cart::remove_of(l, &name)>
                    {face}
                </button>
            </form>
        }
    };
    view! {
        <li class="line" class:line-off=gone data-unit=unit_price.bani() data-testid="cart-line">
            <img class="thumb" src=picture alt="" width="96" height="72" loading="lazy" />
            <div class="line-text">
                <a href=href(l, &format!("/products/{slug}"))>{unbroken(&name)}</a>
                <span class="each">{text::cart::each(l, price(l, unit_price))}</span>
                {food.net.map(|net| view! { <span class="unit-price">{measure(l, unit_price, net)}</span> })}
                <span class="allergens">{sentence(food.allergens, l)}</span>
                {notice.map(|notice| view! { <Notice l notice id=id.clone() /> })}
                {gone.then(|| take_out(text::cart::remove(l).into_any(), "button button-small"))}
            </div>
            <div class="line-numbers">
                <form class="stepper" method="post" action=on_cart(SET, l) data-live="cart" data-change="set">
                    <input type="hidden" name="product_id" value=id.clone() />
                    {step(pieces.saturating_sub(1), "−", text::cart::less_of(l, &name), pieces > 1 && !gone)}
                    <output aria-label=text::product::quantity_of(l, &name)>{pieces}</output>
                    {step(pieces + 1, "+", text::cart::more_of(l, &name), can_grow)}
                </form>
                <strong class="line-sum">{price(l, total_price)}</strong>
                {(!gone).then(|| take_out(view! { <IconImage icon=Icon::Remove /> }.into_any(), "icon-button"))}
            </div>
        </li>
    }
    .into_any()
}

/// What changed about a line, and the one tap that settles it.
#[component]
fn Notice(l: Locale, notice: LineNotice, id: String) -> impl IntoView {
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
    view! {
        <p class="notice" data-testid="line-notice">
            {sentence}
        </p>
        {keep
            .map(|left| {
                view! {
                    <form method="post" action=on_cart(SET, l) data-live="cart" data-change="set">
                        <input type="hidden" name="product_id" value=id />
                        <button class="button button-small" name="quantity" value=left>
                            {text::cart::keep(l, left)}
                        </button>
                    </form>
                }
            })}
    }
    .into_any()
}
