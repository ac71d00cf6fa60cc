//! The list of products, on sale or not: what is running out, one row to change each, and many at
//! once.

use super::{
    api::products::{ProductList, load_products},
    bulk::{BULK, Bulk, Ticked},
    desk::Desk,
    header::Part,
    product_row::{ACTIVE, INLINE, ProductRow},
    rows::Notices,
};
use crate::{
    app::{
        forms::escape,
        i18n::{href, locale},
        ui::{
            alert::{Alert, Tone},
            empty::Empty,
            icon::{Icon, IconImage},
            pager::Pager,
            title::Title,
        },
    },
    model::{
        category::Category,
        locale::Locale,
        product::{Product, ShelfSort, Standing},
        text,
    },
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Asked {
    category: Option<String>,
    q: Option<String>,
    standing: Option<String>,
    sort: Option<String>,
    page: Option<String>,
}

impl Asked {
    fn here() -> Asked {
        let query = use_query_map().get_untracked();
        let given = |name: &str| query.get(name).filter(|value| !value.trim().is_empty());
        Asked {
            category: given("category"),
            q: given("q"),
            standing: given("standing"),
            sort: given("sort"),
            page: given("page"),
        }
    }

    /// The address of another page of the same list.
    fn page(&self, l: Locale, page: u32) -> String {
        let mut address = format!("{}?page={page}", href(l, Part::Products.path()));
        let asked = [
            ("category", &self.category),
            ("q", &self.q),
            ("standing", &self.standing),
            ("sort", &self.sort),
        ];
        for (name, value) in asked {
            if let Some(value) = value {
                address.push_str(&format!("&{name}={}", escape(value)));
            }
        }
        address
    }

    fn for_all(&self) -> bool {
        self.q.is_none() && self.category.is_none() && self.standing.is_none()
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
        move |()| {
            let Asked { category, q, standing, sort, page } = wanted.clone();
            load_products(category, q, standing.unwrap_or_default(), sort.unwrap_or_default(), page)
        },
    );
    view! {
        <Title text=format!("{} · {}", text::admin::products(l), text::shop::name(l)) />
        <Desk part=Part::Products loaded show=move |l, csrf, list| view! { <List l csrf asked list /> } />
    }
    .into_any()
}

#[component]
fn List(l: Locale, csrf: String, asked: Asked, list: ProductList) -> impl IntoView {
    let ProductList { products, low, categories } = list;
    let (page, last) = (products.page, products.last());
    let shelf = {
        let categories = categories.clone();
        move |product: &Product| {
            let shelf = categories.iter().find(|category| category.id == product.category_id);
            shelf.map(|shelf| shelf.name(l).to_owned()).unwrap_or_default()
        }
    };
    let ticked = Ticked::here();
    let rows = products
        .items
        .iter()
        .map(|product| {
            let ticked = ticked.has(&product.id);
            view! { <ProductRow l csrf=csrf.clone() product=product.clone() shelf=shelf(product) ticked /> }
        })
        .collect_view();
    let shown = if products.items.is_empty() {
        view! { <Nothing l asked_for_all=asked.for_all() /> }.into_any()
    } else {
        view! {
            <Bulk l csrf=csrf categories=categories.clone() />
            <ul class="desk-rows">{rows}</ul>
        }
        .into_any()
    };
    view! {
        <div class="desk-head">
            <h1>{text::admin::products(l)}</h1>
            <div class="head-ways">
                <a class="button button-quiet" href=href(l, "/admin/products/import")>
                    {text::sheet::link(l)}
                </a>
                <a class="button" href=href(l, "/admin/products/new")>
                    {text::admin::new_product(l)}
                </a>
            </div>
        </div>
        <Notices l actions=&[ACTIVE, INLINE, BULK] />
        <RunningOut l low />
        <Search l asked=asked.clone() categories />
        {shown}
        <Pager page last href=move |page| asked.page(l, page) />
    }
    .into_any()
}

#[component]
fn Nothing(l: Locale, asked_for_all: bool) -> impl IntoView {
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
}

/// How many products are running out, wherever they stand in the list.
#[component]
fn RunningOut(l: Locale, low: u64) -> impl IntoView {
    (low > 0).then(|| {
        let sentence = match text::plural(l, low, "one", "few", "other") {
            "one" => text::products_desk::low_one(l).to_owned(),
            "few" => text::products_desk::low_few(l, low),
            _ => text::products_desk::low_other(l, low),
        };
        let which =
            format!("{}?standing={}&sort=stock", href(l, Part::Products.path()), Standing::Low.name());
        view! {
            <Alert tone=Tone::Note>
                <p data-testid="running-low">
                    {sentence} " " <a href=which>{text::products_desk::low_see(l)}</a>
                </p>
            </Alert>
        }
    })
}

#[component]
fn Search(l: Locale, asked: Asked, categories: Vec<Category>) -> impl IntoView {
    let shelves: Vec<(String, String)> =
        std::iter::once((String::new(), text::admin::all_categories(l).to_owned()))
            .chain(categories.iter().map(|category| (category.id.to_string(), category.name(l).to_owned())))
            .collect();
    // An address may name a category by its slug.
    let chosen = categories
        .iter()
        .find(|category| asked.category.as_deref().is_some_and(|name| category.is_called(name)));
    let chosen = chosen.map(|category| category.id.to_string());
    let standings = Standing::ALL.map(|standing| (standing.name().to_owned(), standing.label(l).to_owned()));
    let sorts = ShelfSort::ALL.map(|sort| (sort.name().to_owned(), sort.label(l).to_owned()));
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
            <div class="desk-filters">
                {filter("category", text::products::category(l), shelves, chosen.as_deref())}
                {filter("standing", text::products_desk::show(l), standings.to_vec(), asked.standing.as_deref())}
                {filter("sort", text::products_desk::sort(l), sorts.to_vec(), asked.sort.as_deref())}
            </div>
            <button class="button">
                <IconImage icon=Icon::Search />
                <span class="button-word">{text::admin::search(l)}</span>
            </button>
        </form>
    }
    .into_any()
}

fn filter(
    name: &'static str,
    label: &'static str,
    choices: Vec<(String, String)>,
    chosen: Option<&str>,
) -> impl IntoView + use<> {
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let selected = chosen == Some(value.as_str());
            view! {
                <option value=value selected=selected>
                    {label}
                </option>
            }
        })
        .collect_view();
    view! {
        <label class="quiet" for=name>
            {label}
        </label>
        <select id=name name=name>
            {options}
        </select>
    }
}
