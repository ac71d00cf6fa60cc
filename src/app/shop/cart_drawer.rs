//! The cart beside every page.

use super::{
    cart_lines::Lines,
    cart_news::{CART_CHANGED, told_cart},
};
use crate::{
    app::{
        post::{CallError, get},
        ui::{
            alert::{Alert, Tone},
            icon::{Icon, IconImage},
        },
    },
    model::{cart::Cart, locale::Locale, text},
};
use leptos::{ev, html::Dialog, prelude::*, task::spawn_local, wasm_bindgen::JsCast};
use web_sys::Element;

/// The id of the element around the drawer; what carries it in `data-wakes` opens it.
pub const DRAWER: &str = "drawer";

/// A dialog that is filled when it is opened: it holds the focus, closes with Escape, with a tap
/// beside it and with its button, and gives the focus back (HTML, `dialog`).
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
        let asked = window_event_listener(ev::click, move |event| {
            if opens_drawer(&event)
                && let Some(dialog) = dialog.get_untracked()
                && dialog.show_modal().is_ok()
            {
                event.prevent_default();
                load();
            }
        });
        on_cleanup(move || asked.remove());
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // Only what lies beside the content has the dialog itself as its target.
    let beside = move |event: ev::MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.tag_name() == "DIALOG") {
            close();
        }
    };
    let inside = move || match cart.get() {
        None => view! {
            <div class="loading" role="status">
                <span class="quiet">{text::cart::loading(l)}</span>
                <span class="skeleton"></span>
                <span class="skeleton"></span>
                <span class="skeleton"></span>
            </div>
        }
        .into_any(),
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
        <dialog class="drawer" node_ref=dialog aria-labelledby="drawer-title" data-testid="cart-drawer" on:click=beside>
            <div class="drawer-body">
                <div class="drawer-head">
                    <h2 id="drawer-title">{text::cart::title(l)}</h2>
                    <button
                        class="icon-button"
                        type="button"
                        aria-label=text::cart::close(l)
                        on:click=move |_| close()
                    >
                        <IconImage icon=Icon::Close />
                    </button>
                </div>
                {inside}
            </div>
        </dialog>
    }
}

/// A plain click on what opens the drawer; with a key held, the link is followed as it says.
fn opens_drawer(event: &ev::MouseEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let opener = target.and_then(|target| target.closest("[data-wakes='drawer']").ok().flatten());
    opener.is_some() && !(event.ctrl_key() || event.meta_key() || event.shift_key())
}

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
