//! The form of a product, new or known.

use super::{
    api::products::{ProductDetails, load_product},
    card_preview::CardPreview,
    desk::Desk,
    filled::Filled,
    food_fields::FoodFields,
    header::Part,
    product_pictures::ProductPictures,
    rows::{FormHead, Notices, check},
    two_languages::TwoLanguages,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            field::{FieldKind, TextField},
            title::Title,
        },
    },
    model::{
        category::Category,
        food::FoodForm,
        locale::Locale,
        product::{Product, ProductForm},
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const SAVE: &str = "/fn/admin/products/save";

/// The form of a product.
#[component]
pub fn ProductFormPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id");
    let title = if id.is_some() { text::admin::edit_product(l) } else { text::admin::new_product(l) };
    let loaded = Resource::new(|| (), move |()| load_product(id.clone()));
    view! {
        <Title text=format!("{title} · {}", text::shop::name(l)) />
        <Desk part=Part::Products loaded show=move |l, csrf, details| view! { <Form l csrf details /> } />
    }
    .into_any()
}

#[component]
fn Form(l: Locale, csrf: String, details: ProductDetails) -> impl IntoView {
    let ProductDetails { product, categories } = details;
    let filled = Filled::of(SAVE);
    let stored = stored(product.as_ref(), l);
    let title = match &product {
        Some(product) => product.name(l).to_owned(),
        None => text::admin::new_product(l).to_owned(),
    };
    let field = {
        let filled = filled.clone();
        move |name, label: &str, stored: &str, hint: &str, kind| {
            let value = filled.value(name, stored);
            let now = filled.now(&value, stored, l);
            let hint = if now.is_empty() { hint.to_owned() } else { now };
            view! { <TextField name label=label value hint error=filled.error(name, l) kind /> }
        }
    };
    let number = |inputmode, max| FieldKind { inputmode, max: Some(max), ..FieldKind::default() };
    let stock = filled.changed("stock_quantity", "shown_stock", &stored.stock_quantity);
    let stock_hint = filled.now(&stock, &stored.stock_quantity, l);
    let low_hint = text::products_desk::low_stock_hint(l, Product::LOW);
    let texts = product.as_ref().map(|product| product.text.clone()).unwrap_or_default();
    let pictures = match product.clone() {
        Some(product) => view! { <ProductPictures l csrf=csrf.clone() product /> }.into_any(),
        None => view! { <p class="hint">{text::products_desk::pictures_after_save(l)}</p> }.into_any(),
    };
    let preview =
        view! { <CardPreview l filled=filled.clone() stored=stored.clone() product=product.clone() /> };
    view! {
        <FormHead back=href(l, Part::Products.path()) list=text::admin::products(l) title message=filled.message(l) />
        <Notices l actions=&[] />
        <div class="product-edit">
            <form
                id="product-form"
                class="desk-form"
                method="post"
                action=action(SAVE)
                novalidate
                data-live="desk"
                data-testid="product-form"
            >
                <input type="hidden" name="csrf" value=csrf />
                {product.map(|product| view! { <Remembered product filled=filled.clone() /> })}
                <TwoLanguages l filled=filled.clone() stored=texts max=ProductForm::MAX lines=6 />
                <fieldset class="desk-form-wide">
                    <legend>{text::admin::selling(l)}</legend>
                    <div class="trio">
                        {field("price", text::admin::price(l), &stored.price, "", number("decimal", 12))}
                        <TextField
                            name="stock_quantity"
                            label=text::admin::stock(l)
                            value=stock
                            hint=stock_hint
                            error=filled.error("stock_quantity", l)
                            kind=number("numeric", 7)
                        />
                        <Shelf l filled=filled.clone() stored=stored.category_id categories />
                        {field(
                            "low_stock_at",
                            text::products_desk::low_stock_at(l),
                            &stored.low_stock_at,
                            &low_hint,
                            number("numeric", 7),
                        )}
                    </div>
                    <div class="checks">
                        {check("active", text::admin::active(l), l, &filled, stored.active)}
                        {check("featured", text::admin::featured(l), l, &filled, stored.featured)}
                    </div>
                </fieldset>
                <FoodFields l filled=filled.clone() stored=stored.food />
                <div class="row desk-form-wide">
                    <button id="save" class="button button-big">
                        {text::admin::save(l)}
                    </button>
                    <a class="button button-quiet button-big" href=href(l, Part::Products.path())>
                        {text::admin::back(l)}
                    </a>
                </div>
            </form>
            {preview}
        </div>
        {pictures}
    }
    .into_any()
}

/// The product as the form shows it; a new one is on sale.
fn stored(product: Option<&Product>, l: Locale) -> ProductForm {
    let Some(product) = product else { return ProductForm { active: true, ..ProductForm::default() } };
    let form = ProductForm::of(product);
    match l {
        Locale::Ro => {
            let food = FoodForm { net_amount: form.food.net_amount.replace('.', ","), ..form.food };
            ProductForm { price: form.price.replace('.', ","), food, ..form }
        }
        Locale::En => form,
    }
}

/// Which product it is, and how it was when it was shown.
#[component]
fn Remembered(product: Product, filled: Filled) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=product.id.to_string() />
        <input type="hidden" name="version" value=filled.remembered("version", product.updated_at.0.to_string()) />
        <input type="hidden" name="shown_stock" value=filled.remembered("shown_stock", product.stock.to_string()) />
    }
    .into_any()
}

#[component]
fn Shelf(l: Locale, filled: Filled, stored: String, categories: Vec<Category>) -> impl IntoView {
    let chosen = filled.value("category_id", &stored);
    let error = filled.error("category_id", l);
    let name_of = |id: &str| {
        let category = categories.iter().find(|category| category.id.as_str() == id);
        category.map(|category| category.name(l).to_owned()).unwrap_or_default()
    };
    let hint = filled.now(&name_of(&chosen), &name_of(&stored), l);
    let options = categories
        .iter()
        .map(|category| {
            let hidden =
                if category.active { String::new() } else { format!(" ({})", text::admin::hidden(l)) };
            view! {
                <option value=category.id.to_string() selected=category.id.as_str() == chosen>
                    {format!("{}{hidden}", category.name(l))}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for="category_id">{text::admin::category(l)}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            <select
                id="category_id"
                name="category_id"
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=error.is_some().then_some("category_id-error")
            >
                <option value="">{text::admin::choose(l)}</option>
                {options}
            </select>
            {error
                .map(|error| {
                    view! {
                        <p class="error" id="category_id-error">
                            {error}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
