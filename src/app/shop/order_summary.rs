//! What was ordered and how it is delivered: for the customer and for the producer.

use super::facts::{AllergenNote, UnitPrice, VatIncluded};
use crate::{
    app::i18n::{date, price, unbroken},
    model::{locale::Locale, order::Order, text},
};
use leptos::prelude::*;

/// Lines, total, and delivery.
#[component]
pub fn OrderSummary(
    /// The language of the page.
    l: Locale,
    /// The order.
    order: Order,
) -> impl IntoView {
    let lines = order
        .items
        .iter()
        .map(|line| {
            view! {
                <li>
                    <span>
                        {format!("{}\u{a0}× {}", line.quantity.get(), unbroken(&line.product_name))}
                        <UnitPrice l cost=line.unit_price net=line.food.net />
                        <AllergenNote l declared=line.food.allergens />
                    </span>
                    <span>{price(l, line.total_price)}</span>
                </li>
            }
        })
        .collect_view();
    let address = order.delivery.address().map(|address| {
        let parts = [Some(address.street.clone()), Some(address.city.clone()), address.postal_code.clone()];
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        (line, address.notes.clone())
    });
    let fact = |label: &'static str, value: String| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    };
    view! {
        <h2>{text::order::items(l)}</h2>
        <ul class="sums">{lines}</ul>
        <p class="total">
            <span>{text::order::total(l)}</span>
            <strong data-testid="order-total">{price(l, order.total)}</strong>
        </p>
        <VatIncluded l rates=order.vat_included() />
        <dl class="facts">
            {fact(text::order::placed(l), date(l, order.placed))}
            {fact(text::admin::delivery(l), order.delivery.kind().label(l).to_owned())}
            {address
                .map(|(line, notes)| {
                    let notes = notes.map(|notes| format!(" ({notes})")).unwrap_or_default();
                    fact(text::order::to(l), format!("{line}{notes}"))
                })}
            {order.preferred_time.map(|time| fact(text::order::preferred_time(l), time))}
            {order.special_instructions.map(|wish| fact(text::order::special_instructions(l), wish))}
        </dl>
    }
    .into_any()
}
