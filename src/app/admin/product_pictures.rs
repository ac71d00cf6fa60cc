//! The pictures of a product below its form: added, put in order, taken off. Each step is a form of
//! its own; `app/live/desk` adds dragging, pasting, and how far a file has come.

use super::filled::Filled;
use crate::{
    app::{
        forms::action,
        ui::alert::{Alert, Tone},
    },
    model::{error::AppError, image::Image, locale::Locale, product::Product, text},
};
use leptos::prelude::*;

const ORDER: &str = "/fn/admin/products/pictures/order";
const REMOVE: &str = "/fn/admin/products/pictures/remove";

/// The section.
#[component]
pub fn ProductPictures(
    /// The language of the page.
    l: Locale,
    /// The login's token.
    csrf: String,
    /// Whose pictures.
    product: Product,
) -> impl IntoView {
    let add = format!("/admin/products/{}/pictures", product.id);
    let (ordered, removed, added) = (Filled::of(ORDER), Filled::of(REMOVE), Filled::of(&add));
    let bad = if ordered.stale() {
        Some(text::products_desk::pictures_stale(l).to_owned())
    } else {
        added.why().or_else(|| ordered.why()).or_else(|| removed.why()).map(|why| sentence(why, l))
    };
    let names: Vec<String> = product.images.iter().map(|image| name_of(image).to_owned()).collect();
    let shown = names.join(",");
    let pictures = product
        .images
        .iter()
        .enumerate()
        .map(|(place, image)| view! { <Picture l place image=image.clone() names=names.clone() /> })
        .collect_view();
    let hidden = |csrf: String| {
        view! {
            <input type="hidden" name="csrf" value=csrf />
            <input type="hidden" name="product_id" value=product.id.to_string() />
        }
    };
    let full = product.images.len() >= Product::MAX_IMAGES;
    view! {
        <section id="pictures" class="panel pictures-desk" aria-labelledby="pictures-title" data-testid="product-pictures">
            <h2 id="pictures-title">{text::admin::pictures(l)}</h2>
            <div data-part="pictures">
                {bad
                    .map(|bad| {
                        view! {
                            <Alert tone=Tone::Bad>
                                <p data-picture-error="">{bad}</p>
                            </Alert>
                        }
                    })}
                {if names.is_empty() {
                    view! { <p class="hint">{text::admin::no_pictures(l)}</p> }.into_any()
                } else {
                    view! {
                        <ol
                            class="desk-pictures"
                            aria-label=text::products_desk::pictures_of(l)
                            data-sort="pictures-order"
                        >
                            {pictures}
                        </ol>
                    }
                    .into_any()
                }}
                <form id="pictures-order" method="post" action=action(ORDER) data-live="desk">
                    {hidden(csrf.clone())}
                    <input type="hidden" name="shown" value=shown />
                </form>
                <form id="pictures-remove" method="post" action=action(REMOVE) data-live="desk">
                    {hidden(csrf.clone())}
                </form>
                {full.then(|| view! { <p class="hint">{text::products_desk::pictures_full(l)}</p> })}
            </div>
            {(!full).then(|| view! { <Add l csrf address=action(&add) /> })}
            <ul
                class="uploads"
                aria-live="polite"
                data-uploads=""
                data-sending=text::products_desk::pictures_sending(l)
                data-done=text::products_desk::pictures_done(l)
                data-lost=text::products_desk::pictures_lost(l)
            ></ul>
        </section>
    }
    .into_any()
}

/// A picture with its buttons. Each button knows the whole order that it makes.
#[component]
fn Picture(l: Locale, place: usize, image: Image, names: Vec<String>) -> impl IntoView {
    let name = name_of(&image).to_owned();
    let which = text::products_desk::picture(l, place + 1);
    let last = place + 1 == names.len();
    let swapped = |other: usize| {
        let mut order = names.clone();
        order.swap(place, other);
        order.join(",")
    };
    let way = |id: &str, label: &'static str, order: String| {
        view! {
            <button
                id=format!("{id}-{name}")
                class="button button-quiet button-small"
                form="pictures-order"
                name="order"
                value=order
            >
                {label}
                <span class="quiet">{format!(": {which}")}</span>
            </button>
        }
    };
    let earlier = (place > 0)
        .then(|| way("earlier", text::products_desk::earlier(l), swapped(place.saturating_sub(1))));
    let later = (!last).then(|| way("later", text::products_desk::later(l), swapped(place + 1)));
    view! {
        <li data-key=name.clone() data-testid="picture">
            <img
                class="picture"
                src=image.thumb()
                alt=text::admin::picture_of(l, place + 1)
                width="160"
                height="120"
                loading="lazy"
            />
            <span class="grip live-only" hidden aria-hidden="true" title=text::products_desk::drag(l) data-grip="">
                "⠿"
            </span>
            {(place == 0).then(|| view! { <span class="badge">{text::products_desk::picture_main(l)}</span> })}
            <div class="picture-ways">
                {earlier} {later}
                <button
                    id=format!("remove-{name}")
                    class="button button-quiet button-small"
                    form="pictures-remove"
                    name="picture"
                    value=name.clone()
                >
                    {text::products_desk::remove(l)}
                    <span class="quiet">{format!(": {which}")}</span>
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// The way in for files.
#[component]
fn Add(l: Locale, csrf: String, address: String) -> impl IntoView {
    view! {
        <form
            id="pictures-add"
            class="pictures-add"
            method="post"
            action=address
            enctype="multipart/form-data"
            data-upload=""
            data-testid="pictures-add"
        >
            // The token comes first: it is checked before any file is read.
            <input type="hidden" name="csrf" value=csrf />
            <p class="hint" id="pictures-hint">
                {text::products_desk::pictures_hint(l)}
                <span class="live-only" hidden>
                    {format!(" {}", text::products_desk::pictures_drop(l))}
                </span>
            </p>
            <div class="field">
                <label for="picture-files">{text::products_desk::pictures_choose(l)}</label>
                <input
                    id="picture-files"
                    type="file"
                    name="image"
                    accept="image/jpeg,image/png,image/webp"
                    multiple
                    aria-describedby="pictures-hint"
                />
            </div>
            <div class="field camera">
                <label for="picture-camera">{text::products_desk::pictures_camera(l)}</label>
                <input id="picture-camera" type="file" name="image" accept="image/*" capture="environment" />
            </div>
            <button class="button">{text::products_desk::pictures_add(l)}</button>
        </form>
    }
    .into_any()
}

/// The last part of its address.
fn name_of(image: &Image) -> &str {
    image.address.rsplit('/').next().unwrap_or_default()
}

/// What was wrong with a file says more than that something was.
fn sentence(why: &AppError, l: Locale) -> String {
    match why {
        AppError::Fields { errors } => {
            errors.0.keys().find_map(|field| errors.first(field, l)).unwrap_or_else(|| why.message(l))
        }
        why => why.message(l),
    }
}
