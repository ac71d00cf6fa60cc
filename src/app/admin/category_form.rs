//! The form of a category, new or known.

use super::{
    api::categories::{CategoryDetails, load_category},
    category_delete::DeleteCategory,
    desk::Desk,
    filled::Filled,
    header::Part,
    rows::{FormHead, check},
    two_languages::TwoLanguages,
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::title::Title,
    },
    model::{category::CategoryForm, locale::Locale, text},
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
        <Desk part=Part::Categories loaded show=move |l, csrf, details| view! { <Form l csrf details /> } />
    }
    .into_any()
}

#[component]
fn Form(l: Locale, csrf: String, details: CategoryDetails) -> impl IntoView {
    let CategoryDetails { category, products, others } = details;
    let filled = Filled::of(SAVE);
    let title = match &category {
        Some(category) => category.name(l).to_owned(),
        None => text::admin::new_category(l).to_owned(),
    };
    let message = match filled.stale() {
        true => Some(text::products_desk::category_stale(l).to_owned()),
        false => filled.message(l),
    };
    let texts = category.as_ref().map(|category| category.text.clone()).unwrap_or_default();
    // A new one is shown in the shop.
    let active = category.as_ref().is_none_or(|category| category.active);
    let remembered = category.as_ref().map(|category| {
        let version = filled.remembered("version", category.updated_at.0.to_string());
        view! {
            <input type="hidden" name="id" value=category.id.to_string() />
            <input type="hidden" name="version" value=version />
        }
    });
    view! {
        <FormHead back=href(l, Part::Categories.path()) list=text::admin::categories(l) title message />
        <form
            id="category-form"
            class="desk-form"
            method="post"
            action=action(SAVE)
            novalidate
            data-live="desk"
            data-testid="category-form"
        >
            <input type="hidden" name="csrf" value=csrf.clone() />
            {remembered}
            <TwoLanguages l filled=filled.clone() stored=texts max=CategoryForm::MAX lines=4 />
            <fieldset class="desk-form-wide">
                <legend>{text::admin::in_shop(l)}</legend>
                <div class="checks">{check("active", text::admin::shown(l), l, &filled, active)}</div>
            </fieldset>
            <div class="row desk-form-wide">
                <button id="save" class="button button-big">
                    {text::admin::save(l)}
                </button>
                <a class="button button-quiet button-big" href=href(l, Part::Categories.path())>
                    {text::admin::back(l)}
                </a>
            </div>
        </form>
        {category.map(|category| view! { <DeleteCategory l csrf category products others /> })}
    }
    .into_any()
}
