//! The button that prints the page. It is shown once somebody listens to it.

use crate::app::live::element::{all, show, target};
use leptos::prelude::window;
use web_sys::Event;

const BUTTON: &str = "[data-print]";

/// Shows the buttons.
pub fn start() {
    all(BUTTON).for_each(|button| show(&button, true));
}

/// A click anywhere.
pub fn clicked(event: Event) {
    if target(&event).and_then(|pressed| pressed.closest(BUTTON).ok()).flatten().is_some() {
        let _ = window().print();
    }
}
