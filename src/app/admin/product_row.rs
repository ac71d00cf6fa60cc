//! A product in the producer's list.

use super::rows::Toggle;
use crate::{
    app::{
        i18n::{href, price},
        shop::product_card::FEW,
    },
    model::{locale::Locale, product::Product, text},
};
use leptos::prelude::*;

/// Where a product is put on sale or taken off.
pub const ACTIVE: &str = "/fn/admin/products/active";

/// Picture, name, price, stock, and what can be done.
#[component]
pub fn ProductRow(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The product.
    product: Product,
    /// The name of its category.
    shelf: String,
) -> impl IntoView {
    let edit = href(l, &format!("/admin/products/{}", product.id));
    let name = product.name(l).to_owned();
    let which = format!(": {name}");
    let picture = product.thumb();
    let id = String::from(product.id);
    let row = id.clone();
    let stock = match product.stock {
        0 => view! { <span class="stock-none">{text::product::sold_out(l)}</span> }.into_any(),
        left @ 1..=FEW => {
            view! { <span class="stock">{format!("{} · {}", text::admin::pieces(l, left), text::admin::low_stock(l))}</span> }
                .into_any()
        }
        left => view! { <span>{text::admin::pieces(l, left)}</span> }.into_any(),
    };
    view! {
        <li id=row class="desk-row" class:row-off=!product.active data-testid="product-row">
            <img class="thumb" src=picture alt="" width="80" height="60" loading="lazy" />
            <div class="row-text">
                <a href=edit.clone()>{name}</a>
                <span class="hint">{shelf}</span>
            </div>
            <p class="row-facts">
                <strong>{price(l, product.price)}</strong>
                {stock}
            </p>
            <p class="row-state">
                <span class=if product.active { "badge badge-ready" } else { "badge" }>
                    {if product.active { text::admin::active(l) } else { text::admin::inactive(l) }}
                </span>
                {product.featured.then(|| view! { <span class="badge">{text::admin::featured(l)}</span> })}
            </p>
            <div class="row-actions">
                <a class="button button-quiet button-small" href=edit>
                    {text::admin::edit(l)}
                    <span class="quiet">{which.clone()}</span>
                </a>
                <Toggle
                    endpoint=ACTIVE
                    csrf
                    field="product_id"
                    id
                    active=product.active
                    label=if product.active { text::admin::deactivate(l) } else { text::admin::activate(l) }
                    which
                />
            </div>
        </li>
    }
    .into_any()
}
