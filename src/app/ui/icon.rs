//! Icons, drawn here so that no page waits for another file.

use leptos::prelude::*;

/// Which icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A basket.
    Cart,
    /// A house.
    Home,
    /// A loaf.
    Bread,
    /// A receipt.
    Orders,
    /// A magnifying glass.
    Search,
    /// A cross.
    Close,
    /// A bin.
    Remove,
    /// A telephone.
    Phone,
    /// An oven.
    Oven,
    /// Three dots.
    More,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Icon::Cart => {
                "M4 9h16l-1.6 9.2a2 2 0 0 1-2 1.8H7.6a2 2 0 0 1-2-1.8L4 9Zm4 0 3-5m5 5-3-5M9 13v3m6-3v3"
            }
            Icon::Home => "M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1v-8Z",
            Icon::Bread => {
                "M3 14c0-4.2 4-7 9-7s9 2.8 9 7v1.5a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 15.5V14Zm4.5-2.5 1.5 3m2.5-4 1.5 3m2.5-2.5 1.5 3"
            }
            Icon::Orders => "M6 3h12v18l-3-2-3 2-3-2-3 2V3Zm3 5h6m-6 4h6",
            Icon::Search => "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L20 20",
            Icon::Close => "M6 6l12 12M18 6 6 18",
            Icon::Remove => "M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13M10 11v5m4-5v5",
            Icon::Oven => "M4 20v-8a8 8 0 0 1 16 0v8H4Zm4 0v-6a4 4 0 0 1 8 0v6",
            Icon::More => "M5 12h.01M12 12h.01M19 12h.01",
            Icon::Phone => {
                "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2Z"
            }
        }
    }
}

/// A decorative icon; the text beside it says what it means.
#[component]
pub fn IconImage(
    /// Which.
    icon: Icon,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
