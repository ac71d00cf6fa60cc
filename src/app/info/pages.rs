//! The pages that are mostly text.

use super::written::{self, Written};
use crate::app::i18n::locale;
use leptos::prelude::*;

/// Pickup and delivery.
#[component]
pub fn DeliveryPage() -> impl IntoView {
    let l = locale();
    view! { <Written l path="/delivery" page=written::delivery(l) /> }
}

/// The terms of sale.
#[component]
pub fn TermsPage() -> impl IntoView {
    let l = locale();
    view! { <Written l path="/terms" page=written::terms(l) /> }
}

/// What is kept of whom, and why.
#[component]
pub fn PrivacyPage() -> impl IntoView {
    let l = locale();
    view! { <Written l path="/privacy" page=written::privacy(l) /> }
}

/// Every cookie.
#[component]
pub fn CookiesPage() -> impl IntoView {
    let l = locale();
    view! { <Written l path="/cookies" page=written::cookies(l) /> }
}
