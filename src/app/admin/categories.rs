//! The list of categories, shown or hidden.

use super::{
    api::categories::load_categories,
    desk::Desk,
    header::Part,
    rows::{Notices, Toggle},
};
use crate::{
    app::{
        i18n::{href, locale},
        ui::{empty::Empty, title::Title},
    },
    model::{category::Category, locale::Locale, text},
};
use leptos::prelude::*;

/// Where a category is shown or hidden.
const ACTIVE: &str = "/fn/admin/categories/active";

/// The list of categories.
#[component]
pub fn CategoriesPage() -> impl IntoView {
    let l = locale();
    let loaded = Resource::new(|| (), |()| load_categories());
    view! {
        <Title text=format!("{} · {}", text::admin::categories(l), text::shop::name(l)) />
        <Desk part=Part::Categories loaded show=move |l, csrf, categories| view! { <List l csrf categories /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, categories: Vec<Category>) -> impl IntoView {
    let new = href(l, "/admin/categories/new");
    let first = new.clone();
    let shown = if categories.is_empty() {
        view! {
            <Empty title=text::admin::no_categories(l).to_owned() hint=text::admin::no_categories_hint(l).to_owned()>
                <a class="button" href=first>
                    {text::admin::new_category(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        let rows = categories
            .into_iter()
            .map(|category| view! { <Row l csrf=csrf.clone() category /> })
            .collect_view();
        view! { <ul class="desk-rows">{rows}</ul> }.into_any()
    };
    view! {
        <div class="desk-head">
            <h1>{text::admin::categories(l)}</h1>
            <a class="button" href=new>
                {text::admin::new_category(l)}
            </a>
        </div>
        <Notices l action=ACTIVE />
        {shown}
    }
    .into_any()
}

#[component]
fn Row(l: Locale, csrf: String, category: Category) -> impl IntoView {
    let edit = href(l, &format!("/admin/categories/{}", category.id));
    let name = category.name(l).to_owned();
    let which = format!(": {name}");
    let description = category.text.description(l).to_owned();
    view! {
        <li id=category.id.to_string() class="desk-row shelf-row" class:row-off=!category.active data-testid="category-row">
            <span class="row-place" aria-hidden="true">
                {category.display_order}
            </span>
            <div class="row-text">
                <a href=edit.clone()>{name}</a>
                <span class="hint">{description}</span>
            </div>
            <p class="row-state">
                <span class=if category.active { "badge badge-ready" } else { "badge" }>
                    {if category.active { text::admin::shown(l) } else { text::admin::hidden(l) }}
                </span>
            </p>
            <div class="row-actions">
                <a class="button button-quiet button-small" href=edit>
                    {text::admin::edit(l)}
                    <span class="quiet">{which.clone()}</span>
                </a>
                <Toggle
                    endpoint=ACTIVE
                    csrf
                    field="category_id"
                    id=category.id.to_string()
                    active=category.active
                    label=if category.active { text::admin::hide(l) } else { text::admin::show(l) }
                    which
                />
            </div>
        </li>
    }
    .into_any()
}
