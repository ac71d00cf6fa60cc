//! The form of a category, new or known.

use super::{
    api::categories::load_category,
    desk::Desk,
    filled::Filled,
    header::Part,
    rows::{FormHead, check},
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
        category::{Category, CategoryForm},
        locale::Locale,
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

const SAVE: &str = "/fn/admin/categories/save";

/// The form of a category.
#[component]
pub fn CategoryFormPage() -> impl IntoView {
    let l = locale();
    let id = use_params_map().get_untracked().get("id");
    let title = if id.is_some() { text::admin::edit_category(l) } else { text::admin::new_category(l) };
    let loaded = Resource::new(|| (), move |()| load_category(id.clone()));
    view! {
        <Title text=format!("{title} · {}", text::shop::name(l)) />
        <Desk part=Part::Categories loaded show=move |l, csrf, category| view! { <Form l csrf category /> } />
    }
    .into_any()
}

#[component]
fn Form(l: Locale, csrf: String, category: Option<Category>) -> impl IntoView {
    let filled = Filled::of(SAVE);
    let stored = stored(category.as_ref());
    let title = match &category {
        Some(category) => category.name(l).to_owned(),
        None => text::admin::new_category(l).to_owned(),
    };
    let field = {
        let filled = filled.clone();
        move |name, label: &str, stored: &str, kind| {
            let value = filled.value(name, stored);
            view! { <TextField name label=label value error=filled.error(name, l) kind /> }
        }
    };
    let optional = |label: &str| format!("{label} ({})", text::checkout::optional(l));
    let (name_max, text_max) = CategoryForm::MAX;
    let line = |max| FieldKind { max: Some(max), ..FieldKind::default() };
    let lines = FieldKind { lines: Some(4), ..line(text_max) };
    view! {
        <FormHead
            back=href(l, Part::Categories.path())
            list=text::admin::categories(l)
            title
            message=filled.message(l)
        />
        <form class="desk-form" method="post" action=action(SAVE) novalidate data-testid="category-form">
            <input type="hidden" name="csrf" value=csrf />
            {category.map(|category| view! { <input type="hidden" name="id" value=category.id.to_string() /> })}
            <fieldset>
                <legend>{text::admin::in_romanian(l)}</legend>
                {field("name", text::admin::name_ro(l), &stored.name, line(name_max))}
                {field("description", &optional(text::admin::description_ro(l)), &stored.description, lines.clone())}
            </fieldset>
            <fieldset>
                <legend>{text::admin::in_english(l)}</legend>
                {field("name_en", &optional(text::admin::name_en(l)), &stored.name_en, line(name_max))}
                {field("description_en", &optional(text::admin::description_en(l)), &stored.description_en, lines)}
            </fieldset>
            <fieldset class="desk-form-wide">
                <legend>{text::admin::in_shop(l)}</legend>
                <div class="trio">
                    <TextField
                        name="display_order"
                        label=text::admin::display_order(l)
                        hint=text::admin::display_order_hint(l)
                        value=filled.value("display_order", &stored.display_order)
                        error=filled.error("display_order", l)
                        kind=line(6)
                    />
                </div>
                <div class="checks">
                    {check("active", text::admin::shown(l), l, &filled, stored.active)}
                </div>
            </fieldset>
            <div class="row desk-form-wide">
                <button class="button button-big">{text::admin::save(l)}</button>
                <a class="button button-quiet button-big" href=href(l, Part::Categories.path())>
                    {text::admin::back(l)}
                </a>
            </div>
        </form>
    }
    .into_any()
}

/// The category as the form shows it; a new one is shown in the shop.
fn stored(category: Option<&Category>) -> CategoryForm {
    let Some(category) = category else { return CategoryForm { active: true, ..CategoryForm::default() } };
    CategoryForm {
        name: category.text.name.clone(),
        description: category.text.description.clone(),
        name_en: category.text.name_en.clone().unwrap_or_default(),
        description_en: category.text.description_en.clone().unwrap_or_default(),
        display_order: category.display_order.to_string(),
        active: category.active,
    }
}
