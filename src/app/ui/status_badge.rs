//! The status of an order as a small label.

use crate::model::{locale::Locale, status::OrderStatus};
use leptos::prelude::*;

/// Says it in words; the colour only helps.
#[component]
pub fn StatusBadge(
    /// Which status.
    status: OrderStatus,
    /// In which language.
    l: Locale,
) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", status.name())>{status.label(l)}</span> }
}
