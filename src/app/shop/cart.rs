//! The page of the cart.

use super::{api, cart_drawer::CartPanel};
use crate::{
    app::{
        forms::FormReplay,
        i18n::locale,
        ui::{
            alert::{Alert, Tone},
            failure::Failure,
            title::Title,
        },
    },
    model::text,
};
use leptos::prelude::*;
use leptos_meta::Meta;

/// The cart.
#[component]
pub fn CartPage() -> impl IntoView {
    let l = locale();
    let cart = Resource::new(|| (), |()| api::load_cart());
    let refused = FormReplay::of("/fn/cart/set").or_else(|| FormReplay::of("/fn/cart/remove"));
    view! {
        <Title text=format!("{} · {}", text::cart::title(l), text::shop::name(l)) />
        <Meta name="robots" content="noindex" />
        <div class="narrow">
            <h1>{text::cart::title(l)}</h1>
            {refused.map(|refused| view! { <Alert tone=Tone::Bad>{refused.message(l)}</Alert> })}
            <Suspense>
                {move || Suspend::new(async move {
                    match cart.await {
                        Ok(cart) => view! { <CartPanel l cart /> }.into_any(),
                        Err(error) => view! { <Failure error /> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
    .into_any()
}
