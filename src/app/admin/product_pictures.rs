//! The pictures of a product in its form.

use crate::model::{locale::Locale, text};
use leptos::prelude::*;

/// All pictures, the main one first.
#[component]
pub fn ProductPictures(l: Locale, images: Vec<String>) -> impl IntoView {
    let none = images.is_empty();
    let pictures = (1..)
        .zip(images)
        .map(|(number, src)| {
            let alt = text::admin::picture_of(l, number);
            view! {
                <li>
                    <img class="picture" src=src alt=alt width="160" height="120" loading="lazy" />
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="panel desk-form-wide" aria-labelledby="pictures" data-testid="product-pictures">
            <h2 id="pictures">{text::admin::pictures(l)}</h2>
            {if none {
                view! { <p class="hint">{text::admin::no_pictures(l)}</p> }.into_any()
            } else {
                view! { <ul class="desk-pictures">{pictures}</ul> }.into_any()
            }}
        </section>
    }
    .into_any()
}
