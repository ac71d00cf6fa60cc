//! The list of products, on sale or not.

use super::{
    api::products::{ProductList, load_products},
    desk::Desk,
    header::Part,
    product_row::{ACTIVE, ProductRow},
    rows::Notices,
};
use crate::{
    app::{
        forms::escape,
        i18n::{href, locale},
        ui::{
            empty::Empty,
            icon::{Icon, IconImage},
            pager::Pager,
            title::Title,
        },
    },
    model::{category::Category, locale::Locale, product::Product, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    category: Option<String>,
    q: Option<String>,
    page: Option<String>,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).filter(|value| !value.trim().is_empty());
        Asked { category: given("category"), q: given("q"), page: given("page") }
    }

    /// The address of another page of the same list.
    fn page(&self, l: Locale, page: u32) -> String {
        let mut address = format!("{}?page={page}", href(l, Part::Products.path()));
        for (name, value) in [("category", &self.category), ("q", &self.q)] {
            if let Some(value) = value {
                address.push_str(&format!("&{name}={}", escape(value)));
            }
        }
        address
    }
}

/// The list of products.
#[component]
pub fn AdminProductsPage() -> impl IntoView {
    let l = locale();
    let asked = Asked::here();
    let wanted = asked.clone();
    let loaded = Resource::new(
        || (),
        move |()| load_products(wanted.category.clone(), wanted.q.clone(), wanted.page.clone()),
    );
    view! {
        <Title text=format!("{} · {}", text::admin::products(l), text::shop::name(l)) />
        <Desk part=Part::Products loaded show=move |l, csrf, list| view! { <List l csrf asked=asked.clone() list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, asked: Asked, list: ProductList) -> impl IntoView {
    let ProductList { products, categories } = list;
    let (page, last) = (products.page, products.last());
    let new = href(l, "/admin/products/new");
    let asked_for_all = asked.q.is_none() && asked.category.is_none();
    let shelf = {
        let categories = categories.clone();
        move |product: &Product| {
            let shelf = categories.iter().find(|category| category.id == product.category_id);
            shelf.map(|shelf| shelf.name(l).to_owned()).unwrap_or_default()
        }
    };
    let rows = products
        .items
        .iter()
        .map(|product| {
            view! { <ProductRow l csrf=csrf.clone() product=product.clone() shelf=shelf(product) /> }
        })
        .collect_view();
    let shown = if products.items.is_empty() {
        let (title, hint) = if asked_for_all {
            (text::admin::no_products(l), text::admin::no_products_hint(l))
        } else {
            (text::products::none(l), text::products::none_hint(l))
        };
        view! {
            <Empty title=title.to_owned() hint=hint.to_owned()>
                <a class="button button-quiet" href=href(l, Part::Products.path())>
                    {text::products::see_all(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <ul class="desk-rows">{rows}</ul> }.into_any()
    };
    view! {
        <div class="desk-head">
            <h1>{text::admin::products(l)}</h1>
            <a class="button" href=new>
                {text::admin::new_product(l)}
            </a>
        </div>
        <Notices l action=ACTIVE />
        <Search l asked=asked.clone() categories />
        {shown}
        <Pager page last href=move |page| asked.page(l, page) />
    }
    .into_any()
}

#[component]
fn Search(l: Locale, asked: Asked, categories: Vec<Category>) -> impl IntoView {
    let options = categories
        .into_iter()
        .map(|category| {
            let selected = asked.category.as_deref() == Some(category.id.as_str());
            view! {
                <option value=category.id.to_string() selected=selected>
                    {category.name(l).to_owned()}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="desk-search" method="get" action=href(l, Part::Products.path()) role="search">
            <label class="quiet" for="q">
                {text::products::search_label(l)}
            </label>
            <input
                id="q"
                name="q"
                type="search"
                value=asked.q
                maxlength="80"
                placeholder=text::products::search_label(l)
                autocomplete="off"
                enterkeyhint="search"
            />
            <label class="quiet" for="category">
                {text::products::category(l)}
            </label>
            <select id="category" name="category">
                <option value="">{text::admin::all_categories(l)}</option>
                {options}
            </select>
            <button class="button">
                <IconImage icon=Icon::Search />
                <span class="button-word">{text::admin::search(l)}</span>
            </button>
        </form>
    }
    .into_any()
}
