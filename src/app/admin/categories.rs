//! The list of categories, shown or hidden.

use super::{
    api::categories::load_categories,
    desk::Desk,
    filled::Filled,
    header::Part,
    rows::{Notices, Toggle},
};
use crate::{
    app::{
        forms::action,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            empty::Empty,
            title::Title,
        },
    },
    model::{category::Category, locale::Locale, text},
};
use leptos::prelude::*;

/// Where a category is shown or hidden.
const ACTIVE: &str = "/fn/admin/categories/active";
/// Where their order is sent.
const ORDER: &str = "/fn/admin/categories/order";

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
    let ordered = Filled::of(ORDER);
    let moved_meanwhile = match ordered.stale() {
        true => Some(text::products_desk::order_stale(l).to_owned()),
        false => ordered.message(l),
    };
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
        let ids: Vec<String> = categories.iter().map(|category| category.id.to_string()).collect();
        let shown = ids.join(",");
        let rows = categories
            .into_iter()
            .enumerate()
            .map(|(place, category)| view! { <Row l csrf=csrf.clone() place ids=ids.clone() category /> })
            .collect_view();
        view! {
            <form id="shelves-order" method="post" action=action(ORDER) data-live="desk">
                <input type="hidden" name="csrf" value=csrf />
                <input type="hidden" name="shown" value=shown />
            </form>
            <ol class="desk-rows" data-sort="shelves-order">
                {rows}
            </ol>
        }
        .into_any()
    };
    view! {
        <div class="desk-head">
            <h1>{text::admin::categories(l)}</h1>
            <a class="button" href=new>
                {text::admin::new_category(l)}
            </a>
        </div>
        <Notices l actions=&[ACTIVE] />
        {moved_meanwhile.map(|sentence| view! { <Alert tone=Tone::Bad>{sentence}</Alert> })}
        {shown}
    }
    .into_any()
}

#[component]
fn Row(l: Locale, csrf: String, place: usize, ids: Vec<String>, category: Category) -> impl IntoView {
    let edit = href(l, &format!("/admin/categories/{}", category.id));
    let name = category.name(l).to_owned();
    let which = format!(": {name}");
    let description = category.text.description(l).to_owned();
    let id = category.id.to_string();
    // Each button knows the whole order that it makes.
    let swapped = |other: usize| {
        let mut order = ids.clone();
        order.swap(place, other);
        order.join(",")
    };
    let way = |name: &str, label: &'static str, order: String| {
        view! {
            <button
                id=format!("{name}-{id}")
                class="button button-quiet button-small"
                form="shelves-order"
                name="order"
                value=order
            >
                {label}
                <span class="quiet">{which.clone()}</span>
            </button>
        }
    };
    let up = (place > 0).then(|| way("up", text::products_desk::up(l), swapped(place.saturating_sub(1))));
    let down = (place + 1 < ids.len()).then(|| way("down", text::products_desk::down(l), swapped(place + 1)));
    view! {
        <li
            id=id.clone()
            class="desk-row shelf-row"
            class:row-off=!category.active
            data-key=id.clone()
            data-testid="category-row"
        >
            <span class="row-place" aria-hidden="true" title=text::products_desk::drag(l) data-grip="">
                {place + 1}
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
            <div class="row-actions shelf-actions">
                {up} {down} <a class="button button-quiet button-small" href=edit>
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
