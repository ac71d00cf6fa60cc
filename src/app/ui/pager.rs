//! Links to the pages of a list.

use crate::{app::i18n::locale, model::text};
use leptos::prelude::*;

/// Previous, where we are, next; nothing for a single page.
#[component]
pub fn Pager(
    /// The page shown, from 1.
    page: u32,
    /// The last page.
    last: u32,
    /// The address of a page of the list.
    href: impl Fn(u32) -> String + Send + 'static,
) -> impl IntoView {
    let l = locale();
    (last > 1).then(|| {
        let previous = (page > 1).then(|| {
            view! {
                <a class="button button-quiet" rel="prev" href=href(page - 1)>
                    {text::products::previous(l)}
                </a>
            }
        });
        let next = (page < last).then(|| {
            view! {
                <a class="button button-quiet" rel="next" href=href(page + 1)>
                    {text::products::next(l)}
                </a>
            }
        });
        view! {
            <nav class="pager" aria-label=text::products::pages(l)>
                <span>{previous}</span>
                <span>{text::products::page(l, last, page)}</span>
                <span>{next}</span>
            </nav>
        }
    })
}
