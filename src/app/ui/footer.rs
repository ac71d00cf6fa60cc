//! What stands under every page of the shop: who we are, and the pages to read.

use crate::{
    app::i18n::href,
    model::{locale::Locale, text},
};
use leptos::prelude::*;

/// The footer.
#[component]
pub fn Footer(
    /// The language of the page.
    l: Locale,
) -> impl IntoView {
    view! {
        <footer class="bottom">
            <div class="wide">
                <div class="bottom-shop">
                    <p class="brand">
                        <img src="/logo.svg" alt="" width="32" height="32" loading="lazy" />
                        <span>{text::shop::name(l)}</span>
                    </p>
                    <p>{text::shop::footer(l)}</p>
                </div>
                <Column
                    l
                    title=text::footer::shop(l)
                    links=vec![
                        ("/products", text::shop::products(l)),
                        ("/orders", text::shop::my_orders(l)),
                        ("/admin", text::shop::admin(l)),
                    ]
                />
                <Column
                    l
                    title=text::footer::know(l)
                    links=vec![("/contact", text::footer::contact(l)), ("/delivery", text::footer::delivery(l))]
                />
                <Column
                    l
                    title=text::footer::rules(l)
                    links=vec![
                        ("/terms", text::footer::terms(l)),
                        ("/privacy", text::footer::privacy(l)),
                        ("/cookies", text::footer::cookies(l)),
                    ]
                />
            </div>
        </footer>
    }
    .into_any()
}

#[component]
fn Column(l: Locale, title: &'static str, links: Vec<(&'static str, &'static str)>) -> impl IntoView {
    let links = links
        .into_iter()
        .map(|(path, label)| {
            view! {
                <li>
                    <a href=href(l, path)>{label}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <div>
            <h2>{title}</h2>
            <ul>{links}</ul>
        </div>
    }
    .into_any()
}
