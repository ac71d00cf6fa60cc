//! The list of products: search, shelf, order, pages. It is a plain form with the method GET, so
//! each state of it has an address.

use super::{
    allergen_filter::{AllergenFilter, LeftOut},
    api::{self, Shelf},
    product_card::ProductGrid,
};
use crate::{
    app::{
        forms::escape,
        i18n::{href, locale},
        seo::{Page, Seo},
        ui::{
            empty::Empty,
            failure::Failure,
            icon::{Icon, IconImage},
            once_loaded::once_loaded,
            pager::Pager,
            title::Title,
        },
    },
    model::{allergen::Allergens, category::Category, locale::Locale, product::ProductSort, text},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    category: Option<String>,
    q: Option<String>,
    sort: Option<String>,
    /// Names of allergens, with commas between.
    without: Option<String>,
    page: Option<String>,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).filter(|value| !value.trim().is_empty());
        // A form sends each box as a pair of its own.
        let without = query.get_all("without").map(|names| names.join(","));
        Asked {
            category: given("category"),
            q: given("q"),
            sort: given("sort"),
            without: without.filter(|names| !names.trim().is_empty()),
            page: given("page"),
        }
    }

    /// The address of another page of the same list.
    fn page(&self, l: Locale, page: u32) -> String {
        let mut address = format!("{}?page={page}", href(l, "/products"));
        let others =
            [("category", &self.category), ("q", &self.q), ("sort", &self.sort), ("without", &self.without)];
        for (name, value) in others {
            if let Some(value) = value {
                address.push_str(&format!("&{name}={}", escape(value)));
            }
        }
        address
    }

    /// What is avoided.
    fn avoided(&self) -> Allergens {
        self.without.as_deref().and_then(Allergens::parse).unwrap_or_default()
    }
}

/// The list of products.
#[component]
pub fn ProductsPage() -> impl IntoView {
    let l = locale();
    let asked = Asked::here();
    let wanted = asked.clone();
    let shelf = Resource::new(
        || (),
        move |()| {
            api::load_shelf(
                wanted.category.clone(),
                wanted.q.clone(),
                wanted.sort.clone(),
                wanted.without.clone(),
                wanted.page.clone(),
            )
        },
    );
    view! {
        <Title text=format!("{} · {}", text::shop::products(l), text::shop::name(l)) />
        <div class="wide">
            <h1>{text::products::title(l)}</h1>
            {once_loaded(async move {
                match shelf.await {
                    Ok(shelf) => view! { <List l asked shelf /> }.into_any(),
                    Err(error) => view! { <Failure error under=true /> }.into_any(),
                }
            })}
        </div>
    }
    .into_any()
}

#[component]
fn List(l: Locale, asked: Asked, shelf: Shelf) -> impl IntoView {
    let Shelf { products, categories } = shelf;
    let (page, last, total) = (products.page, products.last(), products.total);
    let noun =
        text::plural(l, total, text::products::one(l), text::products::few(l), text::products::other(l));
    let found = match &asked.q {
        Some(query) => text::products::results_for(l, total, noun, query),
        None => text::products::results(l, total, noun),
    };
    let (address, avoided) = (asked.clone(), asked.avoided());
    let shelf = asked.category.as_ref().and_then(|asked| categories.iter().find(|it| it.is_called(asked)));
    let seo = Page::list(l, shelf, &products, asked.q.is_some());
    let list = if products.items.is_empty() {
        view! {
            <Empty title=text::products::none(l).to_owned() hint=text::products::none_hint(l).to_owned()>
                <a class="button" href=href(l, "/products")>
                    {text::products::see_all(l)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <h2 class="quiet">{text::shop::products(l)}</h2>
            <ProductGrid l products=products.items seen=2 />
        }
        .into_any()
    };
    view! {
        <Seo page=seo />
        <Filter l asked categories />
        <p class="found" role="status" data-testid="found">
            {found}
        </p>
        <LeftOut l avoided />
        {list}
        <Pager page last href=move |page| address.page(l, page) />
    }
    .into_any()
}

#[component]
fn Filter(l: Locale, asked: Asked, categories: Vec<Category>) -> impl IntoView {
    let avoided = asked.avoided();
    let chosen = asked.category.clone();
    let is_chosen = move |category: &Category| chosen.as_deref().is_some_and(|name| category.is_called(name));
    let shelves = categories
        .into_iter()
        .map(|category| {
            let selected = is_chosen(&category);
            view! {
                <option value=category.slug.to_string() selected=selected>
                    {category.name(l).to_owned()}
                </option>
            }
        })
        .collect_view();
    let sort = asked.sort.as_deref().and_then(ProductSort::from_name).unwrap_or_default();
    let sorts = ProductSort::ALL
        .map(|choice| {
            view! {
                <option value=choice.name() selected=choice == sort>
                    {sort_label(choice, l)}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="filter" method="get" action=href(l, "/products") role="search">
            <div class="field search">
                <label for="q">{text::products::search_label(l)}</label>
                <input
                    id="q"
                    name="q"
                    type="search"
                    value=asked.q
                    maxlength="80"
                    placeholder=text::products::search_placeholder(l)
                    autocomplete="off"
                    enterkeyhint="search"
                />
            </div>
            <div class="field">
                <label for="category">{text::products::category(l)}</label>
                <select id="category" name="category">
                    <option value="">{text::products::all(l)}</option>
                    {shelves}
                </select>
            </div>
            <div class="field">
                <label for="sort">{text::products::sort(l)}</label>
                <select id="sort" name="sort">
                    {sorts}
                </select>
            </div>
            <button class="button">
                <IconImage icon=Icon::Search />
                {text::products::apply(l)}
            </button>
            <AllergenFilter l avoided />
        </form>
    }
    .into_any()
}

const fn sort_label(sort: ProductSort, l: Locale) -> &'static str {
    match sort {
        ProductSort::Name => text::products::sort_name(l),
        ProductSort::PriceAsc => text::products::sort_price_asc(l),
        ProductSort::PriceDesc => text::products::sort_price_desc(l),
        ProductSort::Newest => text::products::sort_newest(l),
    }
}
