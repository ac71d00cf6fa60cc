//! The first page.

use super::{api, hero::HeroPicture, product_card::ProductGrid};
use crate::{
    app::{
        i18n::{href, locale},
        seo::HomeSeo,
        ui::{
            failure::Failure,
            once_loaded::once_loaded,
            picture::{Picture, SHELF},
        },
    },
    model::{category::Category, image::Image, locale::Locale, product::Product, text},
};
use leptos::prelude::*;

/// Welcome, the featured products, the shelves, and how ordering works.
#[component]
pub fn HomePage() -> impl IntoView {
    let l = locale();
    let home = Resource::new(|| (), |()| api::load_home());
    view! {
        <HomeSeo l />
        <section class="hero">
            <HeroPicture />
            <div class="wide hero-text">
                <p class="eyebrow">{text::shop::footer(l)}</p>
                <h1>{text::home::title(l)}</h1>
                <p class="lead">{text::home::lead(l)}</p>
                <p>
                    <a class="button button-big" href=href(l, "/products")>
                        {text::home::see_products(l)}
                    </a>
                </p>
            </div>
        </section>
        {once_loaded(async move {
            match home.await {
                Ok(home) => view! { <Shelves l home /> }.into_any(),
                Err(error) => view! { <Failure error under=true /> }.into_any(),
            }
        })}
        <HowToOrder l />
    }
    .into_any()
}

#[component]
fn Shelves(l: Locale, home: api::Home) -> impl IntoView {
    let shelves = home
        .shelves
        .into_iter()
        .map(|(category, product)| {
            // Rather a picture that does not stand below once more.
            let featured = || home.featured.iter().find(|product| product.category_id == category.id);
            let picture = product.as_ref().or_else(featured).map(Product::picture);
            let picture = picture.unwrap_or_else(|| Image::at(Product::PLACEHOLDER));
            view! { <Shelf l category picture /> }
        })
        .collect_view();
    // What can be had stands first.
    let mut featured = home.featured;
    featured.sort_by_key(|product| product.stock == 0);
    view! {
        <section class="wide" aria-labelledby="shelves">
            <h2 id="shelves">{text::home::categories(l)}</h2>
            <ul class="shelves">{shelves}</ul>
        </section>
        <section class="wide" aria-labelledby="featured">
            <h2 id="featured">{text::home::featured(l)}</h2>
            <p class="lead">{text::home::featured_lead(l)}</p>
            <ProductGrid l products=featured />
        </section>
    }
    .into_any()
}

#[component]
fn Shelf(l: Locale, category: Category, picture: Image) -> impl IntoView {
    view! {
        <li>
            <a class="shelf" href=href(l, &format!("/products?category={}", category.slug))>
                <Picture image=picture sizes=SHELF />
                <h3>{category.name(l).to_owned()}</h3>
                <p>{first_sentence(category.text.description(l)).to_owned()}</p>
            </a>
        </li>
    }
    .into_any()
}

/// What is said of a shelf in short.
fn first_sentence(text: &str) -> &str {
    let end = text.find(". ").into_iter().chain(text.find('\n')).min();
    end.and_then(|end| text.get(..=end)).unwrap_or(text).trim_end()
}

#[component]
fn HowToOrder(l: Locale) -> impl IntoView {
    let steps = [
        (text::home::how_1(l), text::home::how_1_text(l)),
        (text::home::how_2(l), text::home::how_2_text(l)),
        (text::home::how_3(l), text::home::how_3_text(l)),
    ];
    view! {
        <section class="wide how" aria-labelledby="how">
            <h2 id="how">{text::home::how(l)}</h2>
            <ol class="steps">
                {steps
                    .map(|(title, sentence)| {
                        view! {
                            <li>
                                <h3>{title}</h3>
                                <p>{sentence}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_full_stop() {
        assert_eq!(first_sentence("Pâini de 1.5 kg, cu maia. Fără drojdie."), "Pâini de 1.5 kg, cu maia.");
        assert_eq!(first_sentence("Miere și\nsirop. Tot."), "Miere și");
        assert_eq!(first_sentence("Fără punct"), "Fără punct");
        assert_eq!(first_sentence(""), "");
    }
}
