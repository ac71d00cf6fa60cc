//! The title of a page. `leptos_meta` writes a title as it is, as if it were HTML, so a product
//! could close the element with its name; here it is a text.

use leptos::prelude::*;

/// The title of the page.
#[component]
#[allow(clippy::disallowed_methods)] // The one place that may.
pub fn Title(
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <leptos_meta::Title text=as_text(&text) /> }
}

/// Without the signs that mean something in the content of an element.
fn as_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_closes_the_element() {
        assert_eq!(as_text("</title><script>"), "&lt;/title&gt;&lt;script&gt;");
        assert_eq!(as_text("Pâine & sare &lt;"), "Pâine &amp; sare &amp;lt;");
    }
}
