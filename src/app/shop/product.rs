//! The page of a product.

use super::{
    add_to_cart::{ADD, AddToCart, Pieces, Refused},
    api::{self, ProductDetails},
    facts::{FoodDetails, UnitPrice},
    product_card::{ProductGrid, StockNote},
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale, price, unbroken},
        seo::{Page, Seo},
        ui::{
            failure::Failure,
            once_loaded::once_loaded,
            picture::{PAGE, Picture, Preload},
        },
    },
    model::{locale::Locale, product::Product, quantity::Quantity, text},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// The page of a product.
#[component]
pub fn ProductPage() -> impl IntoView {
    let l = locale();
    let slug = use_params_map().get_untracked().get("slug").unwrap_or_default();
    let details = Resource::new(|| (), move |()| api::load_product(slug.clone()));
    view! {
        <div class="wide">
            {once_loaded(async move {
                match details.await {
                    Ok(details) => view! { <Details l details /> }.into_any(),
                    Err(error) => view! { <Failure error /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

/// One picture, or all in a row to push.
#[component]
fn Pictures(l: Locale, product: Product) -> impl IntoView {
    let name = product.name(l).to_owned();
    if product.images.len() < 2 {
        return view! { <Picture image=product.picture() alt=name first=true sizes=PAGE /> }.into_any();
    }
    let pictures = product
        .images
        .into_iter()
        .enumerate()
        .map(|(place, image)| {
            let alt = if place == 0 { name.clone() } else { text::product::picture(l, &name, place + 1) };
            view! { <Picture image alt first=place == 0 sizes=PAGE /> }
        })
        .collect_view();
    view! {
        <div class="pictures" role="group" aria-label=text::product::pictures(l) tabindex="0">
            {pictures}
        </div>
    }
    .into_any()
}

#[component]
fn Details(l: Locale, details: ProductDetails) -> impl IntoView {
    let ProductDetails { product, similar } = details;
    let name = product.name(l).to_owned();
    let description = product.text.description(l).to_owned();
    let most = product.stock.min(Quantity::MAX);
    let page = href(l, &format!("/products/{}", product.slug));
    let query = use_query_map().get_untracked();
    let asked = |most| Pieces::asked(query.get_str("quantity"), query.get_str("step"), most);
    let order = if product.stock == 0 {
        view! { <p class="hint">{text::product::sold_out_hint(l)}</p> }.into_any()
    } else {
        view! {
            <AddToCart
                l
                product_id=product.id.to_string()
                name=name.clone()
                action=action(ADD)
                choice=Pieces { now: asked(most), most, page }
                refused=Refused::of(&product.id, l)
            />
        }
        .into_any()
    };
    view! {
        <Seo page=Page::product(l, &product) />
        <Preload image=product.picture() sizes=PAGE />
        <p class="back">
            <a href=href(l, "/products")>{text::product::back(l)}</a>
        </p>
        <article class="product">
            <Pictures l product=product.clone() />
            <div class="product-text">
                <h1>{unbroken(&name)}</h1>
                <p class="product-price">
                    <strong data-testid="price">{price(l, product.price)}</strong>
                    <StockNote l stock=product.stock />
                </p>
                <p class="hint">
                    <UnitPrice l cost=product.price net=product.food.net />
                    <span class="with-vat">{text::vat::price_with(l, product.food.vat.percent())}</span>
                </p>
                <p class="description">{description}</p>
                {order}
                <FoodDetails l food=product.food />
            </div>
        </article>
        {(!similar.is_empty())
            .then(|| {
                view! {
                    <section aria-labelledby="similar">
                        <h2 id="similar">{text::product::similar(l)}</h2>
                        <ProductGrid l products=similar />
                    </section>
                }
            })}
    }
    .into_any()
}
