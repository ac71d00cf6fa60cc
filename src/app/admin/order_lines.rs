//! What is in an order, and the form that changes it.

use super::{filled::Filled, pieces::Pieces};
use crate::{
    app::{
        forms::action,
        i18n::price,
        shop::facts::{AllergenNote, VatIncluded},
        ui::field::{FieldKind, TextField},
    },
    model::{
        error::AppError,
        field::FieldError,
        locale::Locale,
        money::Money,
        order::{LineItem, Order},
        order_items::ItemsForm,
        order_record::{DeskOrder, Offer},
        text,
    },
};
use leptos::prelude::*;

/// Where what is in an order is changed.
pub const CHANGE: &str = "/fn/admin/orders/items";

/// Lines, fee, total, and the form that changes the lines.
#[component]
pub fn Lines(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// The order.
    order: Order,
    /// What can be added to it.
    offers: Vec<Offer>,
) -> impl IntoView {
    let lines = order.items.iter().map(|line| view! { <Line l line=line.clone() /> }).collect_view();
    let fee = (order.delivery_fee > Money::ZERO).then(|| {
        view! {
            <li>
                <span>{text::order_desk::fee(l)}</span>
                <span>{price(l, order.delivery_fee)}</span>
            </li>
        }
    });
    let (total, vat) = (order.total, order.vat_included());
    view! {
        <h2 id="items">{text::order::items(l)}</h2>
        <ul class="sums">{lines} {fee}</ul>
        <p class="total">
            <span>{text::order::total(l)}</span>
            <strong data-testid="order-total">{price(l, total)}</strong>
        </p>
        <VatIncluded l rates=vat />
        {DeskOrder::editable(order.status).then(|| view! { <Change l csrf order offers /> })}
    }
    .into_any()
}

#[component]
fn Line(l: Locale, line: LineItem) -> impl IntoView {
    let each = (line.quantity.get() > 1).then(|| {
        view! { <span class="hint">{text::order_desk::each(l, price(l, line.unit_price))}</span> }
    });
    view! {
        <li>
            <span>
                {format!("{} × {}", line.quantity.get(), line.product_name)} " " {each}
                <AllergenNote l declared=line.food.allergens />
            </span>
            <span>{price(l, line.total_price)}</span>
        </li>
    }
    .into_any()
}

#[component]
fn Change(l: Locale, csrf: String, order: Order, offers: Vec<Offer>) -> impl IntoView {
    let filled = Filled::of(CHANGE);
    let error = |field: &str| filled.error(field, l);
    let rows = order
        .items
        .iter()
        .map(|line| {
            let (field, stored) = (ItemsForm::field(&line.product_id), line.quantity.get().to_string());
            let shown = field.replacen("quantities", "shown", 1);
            let value = filled.changed(&field, &shown, &stored);
            let now = (filled.stale() && value != stored).then(|| text::order_desk::now(l, &stored));
            view! {
                <input type="hidden" name=shown value=stored />
                <Pieces
                    name=field.clone()
                    id=format!("pieces-{}", line.product_id)
                    label=line.product_name.clone()
                    value
                    hint=now
                    error=error(&field)
                />
            }
        })
        .collect_view();
    let none_left = filled.says("quantities", &FieldError::Required);
    let wrong = if none_left { Some(text::order_desk::last_line(l).to_owned()) } else { error("quantities") };
    let wrong = wrong.map(|wrong| {
        view! {
            <p class="error" id="quantities-error">
                {wrong}
            </p>
        }
    });
    // A form that was told what is stored now means it when it is sent again.
    let version = filled.remembered("version", order.updated_at.0.to_string());
    let open = filled.refused();
    view! {
        <details class="change" id="change" open=open>
            <summary class="button button-quiet">{text::order_desk::change(l)}</summary>
            <form class="change-form" method="post" action=action(CHANGE) novalidate data-live="desk" data-testid="items-form">
                <p class="hint">{text::order_desk::change_hint(l)} " " {text::order_desk::out_hint(l)}</p>
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="order_id" value=order.id.to_string() />
                <input type="hidden" name="version" value=version />
                {wrong}
                <div class="pieces-list">{rows}</div>
                <Add l filled offers />
                <button class="button" data-testid="save-items">
                    {text::order_desk::save_items(l)}
                </button>
            </form>
        </details>
    }
    .into_any()
}

#[component]
fn Add(l: Locale, filled: Filled, offers: Vec<Offer>) -> impl IntoView {
    let typed = filled.value("add", "");
    let options = offers
        .into_iter()
        .map(|offer| {
            let id = offer.id.to_string();
            let chosen = id == typed;
            view! {
                <option value=id selected=chosen>
                    {text::order_desk::offer(l, offer.name, price(l, offer.price), offer.stock)}
                </option>
            }
        })
        .collect_view();
    let error = filled.error("add", l);
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="add-line">
            <div class="field">
                <label for="add">{text::order_desk::add(l)}</label>
                <select id="add" name="add" aria-invalid=invalid aria-describedby=invalid.map(|_| "add-error")>
                    <option value="">{text::order_desk::add_none(l)}</option>
                    {options}
                </select>
                {error
                    .map(|error| {
                        view! {
                            <p class="error" id="add-error">
                                {error}
                            </p>
                        }
                    })}
            </div>
            <TextField
                name="add_quantity"
                label=text::order_desk::add_quantity(l)
                value=filled.value("add_quantity", "1")
                error=filled.error("add_quantity", l)
                kind=FieldKind { inputmode: "numeric", max: Some(4), ..FieldKind::default() }
            />
        </div>
    }
    .into_any()
}

impl Filled {
    /// Is exactly this wrong with a field?
    pub fn says(&self, field: &str, error: &FieldError) -> bool {
        match self.why() {
            Some(AppError::Fields { errors }) => {
                errors.0.get(field).is_some_and(|errors| errors.contains(error))
            }
            _ => false,
        }
    }
}
