//! A product in the producer's list: what it is, its price and its stock to change in place.

use super::{bulk::BULK_FORM, desk::this_page, filled::Filled, rows::Toggle};
use crate::{
    app::{forms::action, i18n::href},
    model::{
        locale::Locale,
        product::{Product, ProductForm},
        text,
    },
};
use leptos::prelude::*;

/// Where a product is put on sale or taken off.
pub const ACTIVE: &str = "/fn/admin/products/active";
/// Where price and stock of a row are sent.
pub const INLINE: &str = "/fn/admin/products/inline";

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
    /// Is it ticked?
    ticked: bool,
) -> impl IntoView {
    let edit = href(l, &format!("/admin/products/{}", product.id));
    let name = product.name(l).to_owned();
    let which = format!(": {name}");
    let id = String::from(product.id.clone());
    let anchor = id.clone();
    let stock = match product.stock {
        0 => Some(view! { <span class="badge badge-bad">{text::product::sold_out(l)}</span> }),
        _ if product.is_low() => {
            Some(view! { <span class="badge badge-bad">{text::admin::low_stock(l)}</span> })
        }
        _ => None,
    };
    view! {
        <li id=anchor class="desk-row product-row" class:row-off=!product.active data-testid="product-row">
            <label class="row-pick">
                <span class="quiet">{text::products_desk::pick(l, &name)}</span>
                <input
                    id=format!("pick-{id}")
                    type="checkbox"
                    form=BULK_FORM
                    name=format!("picked[p{id}]")
                    value=product.shown_as().word()
                    checked=ticked
                />
            </label>
            <img class="thumb" src=product.thumb() alt="" width="80" height="60" loading="lazy" />
            <div class="row-text">
                <a href=edit.clone()>{name.clone()}</a>
                <span class="hint">{shelf}</span>
            </div>
            <Inline l csrf=csrf.clone() product=product.clone() name />
            <p class="row-state">
                <span class=if product.active { "badge badge-ready" } else { "badge" }>
                    {if product.active { text::admin::active(l) } else { text::admin::inactive(l) }}
                </span>
                {stock}
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

#[component]
fn Inline(l: Locale, csrf: String, product: Product, name: String) -> impl IntoView {
    let id = product.id.to_string();
    let filled = Filled::with(INLINE, "product_id", &id);
    let stored = ProductForm::of(&product);
    let stored_price = match l {
        Locale::Ro => stored.price.replace('.', ","),
        Locale::En => stored.price,
    };
    let price = filled.value("price", &stored_price);
    let stock = filled.changed("stock_quantity", "shown_stock", &stored.stock_quantity);
    let fields = [
        ("price", text::products_desk::price(l), "decimal", "12", price, stored_price),
        ("stock_quantity", text::products_desk::stock(l), "numeric", "7", stock, stored.stock_quantity),
    ];
    let form = format!("inline-{id}");
    let fields = fields
        .map(|(field, label, inputmode, max, value, stored)| {
            let input = format!("{field}-{id}");
            let (hint, error) = (filled.now(&value, &stored, l), filled.error(field, l));
            let told = (!hint.is_empty() || error.is_some()).then(|| format!("{input}-told"));
            view! {
                <div class="inline-field">
                    <label for=input.clone()>
                        {label} <span class="quiet">{format!(": {name}")}</span>
                    </label>
                    <input
                        id=input
                        name=field
                        inputmode=inputmode
                        maxlength=max
                        autocomplete="off"
                        value=value
                        aria-invalid=error.is_some().then_some("true")
                        aria-describedby=told.clone()
                    />
                    {told
                        .map(|told| {
                            let class = if error.is_some() { "error" } else { "hint" };
                            view! {
                                <p class=class id=told>
                                    {error.unwrap_or(hint)}
                                </p>
                            }
                        })}
                </div>
            }
        })
        .collect_view();
    view! {
        <form id=form class="row-inline" method="post" action=action(INLINE) data-live="desk">
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="product_id" value=id.clone() />
            <input
                type="hidden"
                name="version"
                value=filled.remembered("version", product.updated_at.0.to_string())
            />
            <input
                type="hidden"
                name="shown_stock"
                value=filled.remembered("shown_stock", product.stock.to_string())
            />
            <input type="hidden" name="next" value=this_page() />
            {fields}
            <button id=format!("save-{id}") class="button button-quiet button-small">
                {text::admin::save(l)}
                <span class="quiet">{format!(": {name}")}</span>
            </button>
        </form>
    }
    .into_any()
}
