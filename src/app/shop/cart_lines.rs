//! The lines of the cart: on its page and in the drawer.

use crate::{
    app::{
        forms::action,
        i18n::{href, price},
        post::{CART_CHANGED, CallError, OPEN_CART, get, submit, tell_cart, told_cart},
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
        text,
    },
};
use leptos::{ev, html::Dialog, prelude::*, task::spawn_local};

/// The cart on its page.
#[island(lazy)]
pub fn CartPanel(
    /// The language of the page.
    l: Locale,
    /// The cart when the page was made.
    cart: Cart,
) -> impl IntoView {
    let cart = RwSignal::new(cart);
    Effect::new(move |_| {
        let told = window_event_listener(ev::Custom::new(CART_CHANGED), move |event| {
            if let Some(told) = told_cart(&event) {
                cart.set(told);
            }
        });
        on_cleanup(move || told.remove());
    });
    view! { <Lines l cart /> }
}

/// The cart beside every page; it is filled when it is opened.
#[island(lazy)]
pub fn CartDrawer(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let cart = RwSignal::new(None::<Result<Cart, CallError>>);
    let load = move || {
        cart.set(None);
        spawn_local(async move { cart.set(Some(get("/fn/cart/view").await)) });
    };
    Effect::new(move |_| {
        let asked = window_event_listener(ev::Custom::<ev::CustomEvent>::new(OPEN_CART), move |event| {
            if let Some(dialog) = dialog.get_untracked()
                && dialog.show_modal().is_ok()
            {
                event.prevent_default();
                load();
            }
        });
        on_cleanup(move || asked.remove());
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let inside = move || match cart.get() {
        None => view! { <p class="loading">{text::cart::loading(l)}</p> }.into_any(),
        Some(Ok(cart)) => view! { <Lines l cart=RwSignal::new(cart) /> }.into_any(),
        Some(Err(error)) => view! {
            <Alert tone=Tone::Bad>
                <p>{error.message(l)}</p>
                <button class="button button-quiet" type="button" on:click=move |_| load()>
                    {text::cart::retry(l)}
                </button>
            </Alert>
        }
        .into_any(),
    };
    view! {
        <dialog class="drawer" node_ref=dialog aria-labelledby="drawer-title" data-testid="cart-drawer">
            <div class="drawer-head">
                <h2 id="drawer-title">{text::cart::title(l)}</h2>
                <button class="icon-button" type="button" aria-label=text::cart::close(l) on:click=close>
                    <IconImage icon=Icon::Close />
                </button>
            </div>
            {inside}
        </dialog>
    }
}

/// Lines, total, and the way to the checkout. Each button is a form of its own, so all of it works
/// without JavaScript, too.
#[component]
fn Lines(l: Locale, cart: RwSignal<Cart>) -> impl IntoView {
    let error = RwSignal::new(None::<String>);
    let change = move |event: ev::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            let answer: Result<Cart, CallError> = submit(&event).await;
            error.set(answer.as_ref().err().map(|error| error.message(l)));
            if let Ok(changed) = answer {
                tell_cart(&changed);
                cart.set(changed);
            }
        });
    };
    let lines = move || {
        let lines = cart.get().lines;
        lines.into_iter().map(|line| view! { <Line l line change /> }).collect_view()
    };
    view! {
        <p class="error" role="alert">
            {error}
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
            <p class="row">
                <a class="button button-wide" href=href(l, "/checkout") data-testid="to-checkout">
                    {text::cart::checkout(l)}
                </a>
                <a class="button button-quiet button-wide" href=href(l, "/products")>
                    {text::cart::go_on(l)}
                </a>
            </p>
        </Show>
    }
}

#[component]
fn Line(
    l: Locale,
    line: CartLine,
    change: impl Fn(ev::SubmitEvent) + Copy + Send + 'static,
) -> impl IntoView {
    let CartLine { product_id, slug, name, picture, quantity, unit_price, total_price, food, notice } = line;
    let (id, pieces) = (product_id.to_string(), quantity.get());
    let set = action("/fn/cart/set");
    let step = |pieces: u32, sign: &'static str, label: String, possible: bool| {
        view! {
            <button
                class="icon-button"
                name="quantity"
                value=pieces
                aria-label=label
                aria-disabled=(!possible).then_some("true")
                disabled=!possible
            >
                {sign}
            </button>
        }
    };
    let gone = matches!(notice, Some(LineNotice::Gone | LineNotice::SoldOut));
    let can_grow = !notice.is_some_and(LineNotice::blocks);
    view! {
        <li class="line" class:line-off=gone data-testid="cart-line">
            <img class="thumb" src=picture alt="" width="96" height="72" loading="lazy" />
            <div class="line-text">
                <a href=href(l, &format!("/products/{slug}"))>{name.clone()}</a>
                <span class="each">{text::cart::each(l, price(l, unit_price))}</span>
                {food.net.map(|net| view! { <span class="unit-price">{measure(l, unit_price, net)}</span> })}
                <span class="allergens">{sentence(food.allergens, l)}</span>
                {notice.map(|notice| view! { <Notice l notice id=id.clone() set=set.clone() change /> })}
            </div>
            <div class="line-numbers">
                <form class="stepper" method="post" action=set.clone() on:submit=change>
                    <input type="hidden" name="product_id" value=id.clone() />
                    {step(pieces.saturating_sub(1), "−", text::cart::less_of(l, &name), pieces > 1 && !gone)}
                    <output aria-label=text::product::quantity_of(l, &name)>{pieces}</output>
                    {step(pieces + 1, "+", text::cart::more_of(l, &name), can_grow)}
                </form>
                <strong>{price(l, total_price)}</strong>
                <form method="post" action=action("/fn/cart/remove") on:submit=change>
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
fn Notice(
    l: Locale,
    notice: LineNotice,
    id: String,
    set: String,
    change: impl Fn(ev::SubmitEvent) + Copy + Send + 'static,
) -> impl IntoView {
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
                    <form method="post" action=set on:submit=change>
                        <input type="hidden" name="product_id" value=id />
                        <button class="button button-small" name="quantity" value=left>
                            {text::cart::keep(l, left)}
                        </button>
                    </form>
                }
            })}
    }
}
