//! Orders in a table, and the parts of it that the page of an order shares.

use super::header::Part;
use crate::{
    app::{
        i18n::{date, href, price},
        ui::{
            icon::{Icon, IconImage},
            status_badge::StatusBadge,
        },
    },
    model::{checkout::DeliveryType, locale::Locale, order::Order, phone::Phone, text},
};
use leptos::prelude::*;

/// A table that phones show as cards; the roles keep it a table for screen readers.
#[component]
pub fn OrdersTable(
    /// The language of the page.
    l: Locale,
    /// The orders.
    orders: Vec<Order>,
) -> impl IntoView {
    let heads = [
        text::admin::number(l),
        text::admin::customer(l),
        text::admin::phone(l),
        text::admin::delivery(l),
        text::admin::total(l),
        text::admin::status(l),
        text::admin::placed(l),
    ]
    .map(|head| view! { <th role="columnheader" scope="col">{head}</th> })
    .collect_view();
    view! {
        <table class="orders-table" role="table">
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup">{orders.into_iter().map(|order| view! { <Row l order /> }).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

#[component]
fn Row(l: Locale, order: Order) -> impl IntoView {
    let address = href(l, &format!("{}/{}", Part::Orders.path(), order.id));
    view! {
        <tr role="row" data-testid="order-row">
            <td role="cell" class="cell-number">
                <a href=address>{order.number.to_string()}</a>
            </td>
            <td role="cell" class="cell-name">{order.customer_name}</td>
            <td role="cell" class="cell-phone">
                <Call phone=order.customer_phone />
            </td>
            <td role="cell" class="cell-delivery">{delivery(order.delivery.kind(), l)}</td>
            <td role="cell" class="cell-total">{price(l, order.total)}</td>
            <td role="cell" class="cell-status">
                <StatusBadge status=order.status l />
            </td>
            <td role="cell" class="cell-placed">{date(l, order.placed)}</td>
        </tr>
    }
    .into_any()
}

/// How an order leaves the shop, in the producer's words.
pub const fn delivery(kind: DeliveryType, l: Locale) -> &'static str {
    match kind {
        DeliveryType::Pickup => text::admin::by_pickup(l),
        DeliveryType::Delivery => text::admin::by_delivery(l),
    }
}

/// A number to tap.
#[component]
pub fn Call(
    /// Whose.
    phone: Phone,
) -> impl IntoView {
    let number = String::from(phone);
    view! {
        <a class="call" href=format!("tel:{number}")>
            <IconImage icon=Icon::Phone />
            {grouped(&number)}
        </a>
    }
    .into_any()
}

/// `+40 722 123 456`; numbers of other countries as they are.
fn grouped(number: &str) -> String {
    match number.strip_prefix("+40") {
        Some(digits) if digits.len() == 9 => {
            // No-break spaces: a number stays on one line.
            format!("+40\u{a0}{}\u{a0}{}\u{a0}{}", &digits[..3], &digits[3..6], &digits[6..])
        }
        _ => number.to_owned(),
    }
}
