//! Nothing here yet, and a way on.

use leptos::prelude::*;

/// A friendly empty state.
#[component]
pub fn Empty(
    /// What is missing.
    title: String,
    /// What to do.
    hint: String,
    /// A link or button.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            <img src="/pictures/placeholder.svg" alt="" width="160" height="120" />
            <h2>{title}</h2>
            <p>{hint}</p>
            {children()}
        </div>
    }
    .into_any()
}
