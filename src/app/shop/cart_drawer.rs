//! The cart beside every page. It is filled when it is opened, with the cart of its page.

use super::cart_button::CartNews;
use crate::{
    app::ui::icon::{Icon, IconImage},
    model::{locale::Locale, text},
};
use leptos::prelude::*;

/// The id of the dialog; a link with it in `data-opens` opens it.
pub const DRAWER: &str = "drawer";

/// The dialog, with what is shown until the cart is there.
#[component]
pub fn CartDrawer(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    view! {
        <dialog
            class="drawer"
            id=DRAWER
            aria-labelledby="drawer-title"
            data-offline=text::error::offline(l)
            data-testid="cart-drawer"
        >
            <div class="drawer-body">
                <form class="drawer-head" method="dialog">
                    <h2 id="drawer-title">{text::cart::title(l)}</h2>
                    <button class="icon-button" aria-label=text::cart::close(l)>
                        <IconImage icon=Icon::Close />
                    </button>
                </form>
                <CartNews />
                <div data-part="cart">
                    <div class="loading" role="status">
                        <span class="quiet">{text::cart::loading(l)}</span>
                        <span class="skeleton"></span>
                        <span class="skeleton"></span>
                        <span class="skeleton"></span>
                    </div>
                </div>
            </div>
        </dialog>
    }
    .into_any()
}
