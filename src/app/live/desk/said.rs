//! Saying something to who looks and to who listens. The sentences come with the page.

use crate::app::live::element::{first, show};
use leptos::prelude::document;
use web_sys::Element;

/// Says it aloud, whatever becomes of the rest of the page.
pub fn say(sentence: &str) {
    if let Some(region) = document().get_element_by_id("desk-said") {
        region.set_text_content(Some(sentence));
    }
}

/// Shows that something could not be sent, or hides that.
pub fn not_sent(shown: bool) {
    if let Some(notice) = document().get_element_by_id("desk-trouble") {
        // What is put in anew is said again.
        let sentence = notice.get_attribute("data-sentence").unwrap_or_default();
        notice.set_text_content(shown.then_some(sentence.as_str()));
        show(&notice, shown);
    }
}

/// A sentence that an element keeps for later, with its gap filled.
pub fn kept(element: &Element, attribute: &str, gap: &str) -> String {
    element.get_attribute(attribute).unwrap_or_default().replace("{}", gap)
}

/// Says the first notice of the page aloud.
pub fn say_notice() {
    if let Some(notice) = first(&document(), "main .alert") {
        let words = notice.text_content().unwrap_or_default();
        say(&words.split_whitespace().collect::<Vec<_>>().join(" "));
    }
}
